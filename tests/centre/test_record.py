"""Recordings made elsewhere go through the whole pipeline, and tell what they could not become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.errors import UsageError
from cli.progress import Progress
from cli.record import run_record
from cli.session import SAMPLE_CENTER
from tests.centre.sounds import MU_LAW, PCM, make_wav
from twin.speech import recognise


def record(file: Path, agent: str = "mina", queue: str | None = None) -> dict[str, Any]:
    progress = Progress(quiet=True)
    return run_record(
        file, agent=agent, customer="+15555550123", queue=queue, center_file=SAMPLE_CENTER, progress=progress
    )


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(sound: bytes) -> Path:
        path = tmp_path / "call.wav"
        path.write_bytes(sound)
        return path

    return write


@pytest.fixture(autouse=True)
def _without_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed: a package that it needs cannot be found."""
    monkeypatch.setattr(recognise, "_PARTS", ("no_such_package",))


@pytest.mark.parametrize(
    ("channels", "rate_hertz", "bits", "coding"),
    [(1, 8000, 8, MU_LAW), (2, 16_000, 16, PCM), (1, 11_025, 8, PCM), (2, 48_000, 24, PCM)],
)
def test_recording_is_kept_verified_and_linked(
    written: Any, channels: int, rate_hertz: int, bits: int, coding: int
) -> None:
    report = record(
        written(make_wav(7, channels=channels, rate_hertz=rate_hertz, bits=bits, coding=coding)), queue="billing"
    )
    contact, recording = report["contact"], report["recording"]
    assert (contact["outcome"], contact["agent"], contact["queue"]) == ("answered", "mina", "billing")
    assert contact["talk_seconds"] == 7
    assert recording["seconds"] == pytest.approx(7, abs=0.01)
    assert (recording["channels"], recording["sample_rate_hertz"], recording["retention"]) == (2, 8000, "standard")
    assert len(recording["sha256"]) == 64
    assert [entry["code"] for entry in report["timeline"] if entry["kind"] == "event"][:3] == [
        "initiated",
        "queued",
        "answered",
    ]


def test_contact_shows_why_it_has_no_transcript(written: Any) -> None:
    report = record(written(make_wav(3)))
    (failure,) = report["failures"]
    assert failure["stage"] == "transcribe"
    assert "cannot recognise speech: install the extra" in failure["cause"]
    assert report["recording"] is not None
    assert (report["transcript"], report["analysis"]) == (None, None)


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (b"", "the file is empty: a recording is a WAV file"),
        (b"ID3\x04 this is no WAV" * 10, "not with a RIFF/WAVE header"),
        (make_wav()[:44], "is cut off: it announces 160000 bytes of sound, and 0 are there"),
        (make_wav(1, rate_hertz=4000), "4000"),
        (make_wav(1, channels=3), "3 channels"),
    ],
    ids=["empty", "mp3", "truncated", "4 kHz", "three channels"],
)
def test_file_that_is_no_recording_is_refused_with_its_cause(written: Any, sound: bytes, words: str) -> None:
    path = written(sound)
    with pytest.raises(UsageError) as caught:
        record(path)
    assert caught.value.problem.startswith(f"{path}: ")
    assert words in caught.value.problem
    assert caught.value.mend == "give a WAV file with PCM, µ-law or A-law audio"


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.wav cannot be read: No such file"):
        record(tmp_path / "nowhere.wav")


def test_agent_or_queue_that_is_unknown_is_named_with_those_that_are(written: Any) -> None:
    path = written(make_wav(1))
    with pytest.raises(UsageError, match=r"(?s)no agent 'nina'.*choose one of mina, jordan"):
        record(path, agent="nina")
    with pytest.raises(UsageError, match=r"(?s)no queue 'sales'.*choose one of orders, billing"):
        record(path, queue="sales")
