"""Step of ``ingest_recording``: check that a recording is whole, and fingerprint it."""

from __future__ import annotations

import time
from typing import Any

from environment import VerifyRecordingEnvironment

from trunkline.recordings.naming import parse_recording_key
from trunkline.recordings.report import describe_recording
from trunkline.recordings.store import RecordingStore
from trunkline.recordings.verification import verify_recording
from trunkline.runtime import client, load_center_document, load_environment

ENVIRONMENT = load_environment(VerifyRecordingEnvironment)
CENTER = load_center_document()
RECORDINGS = RecordingStore(client("s3", read_timeout_seconds=20), ENVIRONMENT.recordings_bucket)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take ``key``; answer what :func:`trunkline.recordings.report.describe_recording` says."""
    key = str(event["key"])
    name = parse_recording_key(key)
    verified = verify_recording(RECORDINGS.stream(key))
    return describe_recording(name, verified, CENTER, time.time())
