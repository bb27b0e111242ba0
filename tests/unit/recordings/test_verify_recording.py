"""``verify_recording`` against the bucket."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.workflows.functions import load_handler
from tests.workflows.recordings import make_wav
from trunkline.recordings.errors import NotARecordingError

KEY = "connect/shop/CallRecordings/2026/11/21/c-1_20261121T10:15_UTC.wav"


@pytest.fixture
def verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, Any]]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="recordings")
        s3.put_object(Bucket="recordings", Key=KEY, Body=make_wav(seconds=3, channels=1))
        handler = load_handler("verify_recording", tmp_path, {"RECORDINGS_BUCKET": "recordings"})
        yield lambda key: handler({"key": key}, None)


def test_recording_is_described_for_the_next_steps(verify: Callable[..., dict[str, Any]]) -> None:
    answer = verify(KEY)
    assert answer["contact_id"] == "c-1"
    assert (answer["seconds"], answer["two_channels"]) == (3.0, False)
    assert answer["languages"] == ["en-US", "ko-KR"]
    assert answer["retention"] == "standard"
    assert answer["expires_at"] == pytest.approx(time.time() + 90 * 86_400, abs=5)


def test_recording_that_is_gone_is_told_as_such(verify: Callable[..., dict[str, Any]]) -> None:
    with pytest.raises(NotARecordingError, match="is gone"):
        verify(KEY.replace("c-1", "c-2"))
