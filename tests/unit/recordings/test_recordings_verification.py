"""Whether a recording is whole: real bytes in, facts or a clear error out."""

from __future__ import annotations

import hashlib
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.recordings import make_wav
from trunkline.recordings.errors import (
    EmptyRecordingError,
    NotARecordingError,
    NotAudioError,
    RecordingError,
    TruncatedRecordingError,
)
from trunkline.recordings.naming import parse_recording_key
from trunkline.recordings.verification import VerifiedRecording, verify_recording

SHARED_RECORDING = Path(__file__).parents[4] / "shared/data/audio/call_245s_stereo_8khz.wav"


def verify(content: bytes, chunk: int = 4096) -> VerifiedRecording:
    return verify_recording(content[index : index + chunk] for index in range(0, len(content), chunk))


@pytest.mark.parametrize(
    ("channels", "rate", "bits", "tag", "encoding"),
    [
        (2, 8000, 16, 1, "pcm"),
        (1, 16000, 8, 1, "pcm"),
        (2, 8000, 8, 7, "mu-law"),
        (1, 8000, 8, 6, "a-law"),
        (2, 48000, 16, 1, "pcm"),
    ],
)
def test_format_and_length_are_read(channels: int, rate: int, bits: int, tag: int, encoding: str) -> None:
    content = make_wav(seconds=1.25, channels=channels, rate=rate, bits=bits, tag=tag)
    assert verify(content) == VerifiedRecording(
        hashlib.sha256(content).hexdigest(), len(content), 1.25, channels, rate, encoding
    )


def test_text_before_and_after_the_audio_is_not_audio() -> None:
    note = b"LIST" + struct.pack("<I", 5) + b"hello\0"
    assert verify(make_wav(seconds=1, extra=note) + note).seconds == 1.0


def test_extensible_format_is_read() -> None:
    plain = make_wav(seconds=1)
    form = plain[20:36].replace(b"\x01\x00", b"\xfe\xff", 1) + struct.pack("<HHIH", 22, 16, 3, 1) + bytes(14)
    content = plain[:16] + struct.pack("<I", len(form)) + form + plain[36:]
    assert verify(content).encoding == "pcm"


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF])
def test_length_that_a_streaming_writer_did_not_know_is_measured(length: int) -> None:
    content = bytearray(make_wav(seconds=2))
    content[40:44] = struct.pack("<I", length)
    assert verify(bytes(content)).seconds == 2.0


def test_empty_file_is_told_as_such() -> None:
    with pytest.raises(EmptyRecordingError, match="no bytes"):
        verify(b"")


@pytest.mark.parametrize("length", [8, 20, 30, 44, 1000])
def test_broken_off_file_is_truncated(length: int) -> None:
    with pytest.raises(TruncatedRecordingError):
        verify(make_wav()[:length])


def test_header_that_promises_nothing_holds_no_audio() -> None:
    with pytest.raises(TruncatedRecordingError, match="no audio"):
        verify(make_wav(seconds=0))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"ID3\x04mp3...", "not a WAV file"),
        (b"RIFF\0\0\0\0AVI LIST", "not a WAV file"),
        (make_wav(tag=2), "0x0002 cannot be transcribed"),
        (make_wav(channels=6), "6 channels"),
        (make_wav(rate=96_000), "96000 Hz"),
        (make_wav(channels=0), "0 channels"),
    ],
)
def test_what_cannot_be_transcribed_is_refused_with_a_reason(content: bytes, says: str) -> None:
    with pytest.raises(NotAudioError, match=says):
        verify(content)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_are_verified_or_refused(content: bytes, chunk: int) -> None:
    for candidate in (content, b"RIFF" + content, make_wav(seconds=0.01)[:24] + content):
        with suppress(RecordingError):
            assert verify(candidate, chunk).seconds > 0


@settings(deadline=None)
@given(st.integers(1, 5000))
def test_chunks_of_any_size_give_the_same_result(chunk: int) -> None:
    content = make_wav(seconds=0.5)
    assert verify(content, chunk) == verify(content, len(content))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_RECORDING.exists(), reason="the measuring data is not beside the project")
def test_a_real_recording_is_whole() -> None:
    verified = verify(SHARED_RECORDING.read_bytes(), 1 << 20)
    assert (verified.channels, verified.sample_rate_hertz) == (2, 8000)
    assert verified.seconds == pytest.approx(245, abs=1)


def test_key_tells_contact_and_time() -> None:
    name = parse_recording_key("connect/shop-1/CallRecordings/2026/11/21/7f2c-ab_20261121T10:15_UTC.wav")
    assert (name.contact_id, name.recorded_at) == ("7f2c-ab", "2026-11-21T10:15:00Z")


def test_recording_of_the_automated_part_lies_one_folder_deeper() -> None:
    name = parse_recording_key("connect/shop-1/CallRecordings/ivr/2026/11/21/7f2c-ab_20261121T10:15_UTC.wav")
    assert (name.contact_id, name.recorded_at) == ("7f2c-ab", "2026-11-21T10:15:00Z")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a.wav",
        "connect/shop/CallRecordings/2026/11/21/_20261121T10:15_UTC.wav",
        "connect/shop/CallRecordings/2026/11/21/c-1_20261121T10%3A15_UTC.wav",
        "connect/shop/ChatTranscripts/2026/11/21/c-1_20261121T10:15_UTC.json",
    ],
)
def test_other_keys_are_refused_with_the_form_expected(key: str) -> None:
    with pytest.raises(NotARecordingError, match="<contact id>_"):
        parse_recording_key(key)
