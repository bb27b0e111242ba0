"""Whether a recording is whole: format, length and fingerprint, in one pass over its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from trunkline.recordings.errors import EmptyRecordingError, NotAudioError, TruncatedRecordingError
from trunkline.recordings.wav import HEADER_LIMIT_BYTES, WavHeader, parse_wav_header

_MOST_CHANNELS = 2
_SAMPLE_RATES_HERTZ = range(8_000, 48_001)


@dataclass(frozen=True)
class VerifiedRecording:
    """A recording that is whole.

    Parameters
    ----------
    sha256
        Fingerprint of the file, hexadecimal.
    size_bytes
        Length of the file.
    seconds
        Length of the audio, to the millisecond.
    channels, sample_rate_hertz, encoding
        Its format.
    """

    sha256: str
    size_bytes: int
    seconds: float
    channels: int
    sample_rate_hertz: int
    encoding: str


def verify_recording(chunks: Iterable[bytes]) -> VerifiedRecording:
    """Check a recording while it streams by; memory stays at one chunk and the header.

    Parameters
    ----------
    chunks
        The bytes of the file, in order.

    Raises
    ------
    EmptyRecordingError
        If there are no bytes.
    TruncatedRecordingError
        If there is less audio than the header declares, or none.
    NotAudioError
        If it is not WAV, or has a format that cannot be transcribed.

    Notes
    -----
    **Source**: Amazon Transcribe developer guide, "Data input and output" (one or two channels,
    8,000 to 48,000 Hz).
    """
    digest = hashlib.sha256()
    head = b""
    total = 0
    for chunk in chunks:
        digest.update(chunk)
        total += len(chunk)
        if len(head) < HEADER_LIMIT_BYTES:
            head += chunk[: HEADER_LIMIT_BYTES - len(head)]
    if total == 0:
        raise EmptyRecordingError("the file has no bytes: the call was not recorded, or the upload broke off.")
    header = parse_wav_header(head)
    _check_format(header)
    return VerifiedRecording(
        sha256=digest.hexdigest(),
        size_bytes=total,
        seconds=_measure_seconds(header, total),
        channels=header.channels,
        sample_rate_hertz=header.sample_rate_hertz,
        encoding=header.encoding,
    )


def _check_format(header: WavHeader) -> None:
    if header.channels > _MOST_CHANNELS:
        raise NotAudioError(f"{header.channels} channels cannot be transcribed: record one or two.")
    if header.sample_rate_hertz not in _SAMPLE_RATES_HERTZ:
        raise NotAudioError(f"{header.sample_rate_hertz} Hz cannot be transcribed: record at 8,000 to 48,000 Hz.")


def _measure_seconds(header: WavHeader, total_bytes: int) -> float:
    present = max(0, total_bytes - header.audio_offset)
    if present < header.declared_audio_bytes:
        raise TruncatedRecordingError(
            f"the header declares {header.declared_audio_bytes} bytes of audio, but {present} are there."
        )
    audio = header.declared_audio_bytes or present
    if audio < header.frame_bytes:
        raise TruncatedRecordingError(f"the file has a header of {header.audio_offset} bytes and no audio.")
    return round(audio // header.frame_bytes / header.sample_rate_hertz, 3)
