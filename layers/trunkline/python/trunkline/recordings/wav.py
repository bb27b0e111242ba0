"""The header of a WAV file, read from the first bytes of a stream.

Python's :mod:`wave` module reads PCM only and wants a seekable file; recordings are streamed, and
may be µ-law or A-law.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.recordings.errors import NotAudioError, TruncatedRecordingError

HEADER_LIMIT_BYTES = 65_536
"""How far into a file its audio may begin; chunks of text before it are short."""

_ENCODINGS = {1: "pcm", 6: "a-law", 7: "mu-law"}
_EXTENSIBLE = 0xFFFE
_UNKNOWN_LENGTHS = (0, 0xFFFFFFFF)


@dataclass(frozen=True)
class WavHeader:
    """What a WAV file says about its audio.

    Parameters
    ----------
    encoding
        ``pcm``, ``mu-law`` or ``a-law``.
    channels
        1 or 2 for telephone calls.
    sample_rate_hertz, bits_per_sample
        Resolution in time and in level.
    frame_bytes
        Bytes of one sample of all channels.
    audio_offset
        Where the audio begins, in bytes from the start.
    declared_audio_bytes
        How long the audio says it is; 0 where the writer did not know (it was streaming).
    """

    encoding: str
    channels: int
    sample_rate_hertz: int
    bits_per_sample: int
    frame_bytes: int
    audio_offset: int
    declared_audio_bytes: int


def parse_wav_header(head: bytes) -> WavHeader:
    """Read the header from the beginning of a file.

    Parameters
    ----------
    head
        The first :data:`HEADER_LIMIT_BYTES` of the file, or all of it if it is shorter.

    Raises
    ------
    NotAudioError
        If it is no WAV file, or one whose audio cannot be transcribed.
    TruncatedRecordingError
        If the file ends before its audio begins.

    Notes
    -----
    **Source**: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0"
    (RIFF WAVE); RFC 2361 (format tags).
    """
    if not (head.startswith(b"RIFF") and b"WAVE".startswith(head[8:12])):
        raise NotAudioError(f"not a WAV file: it begins with {head[:12]!r}, not with RIFF....WAVE.")
    form: tuple[str, int, int, int, int] | None = None
    for name, offset, size in _chunks(head):
        if name == b"fmt ":
            form = _parse_format(head[offset : offset + size])
        elif name == b"data":
            if form is None:
                raise NotAudioError("not a WAV file that can be read: its audio comes before its format.")
            encoding, channels, rate, bits, frame = form
            declared = 0 if size in _UNKNOWN_LENGTHS else size
            return WavHeader(encoding, channels, rate, bits, frame, offset, declared)
    raise TruncatedRecordingError(f"the file ends, or has no audio, within its first {len(head)} bytes.")


def _chunks(head: bytes) -> Iterator[tuple[bytes, int, int]]:
    position = 12
    while position + 8 <= len(head):
        name, size = struct.unpack_from("<4sI", head, position)
        yield name, position + 8, size
        position += 8 + size + size % 2


def _parse_format(body: bytes) -> tuple[str, int, int, int, int]:
    if len(body) < 16:
        raise TruncatedRecordingError("the file ends within its format chunk.")
    tag, channels, rate, _, frame, bits = struct.unpack_from("<HHIIHH", body)
    if tag == _EXTENSIBLE and len(body) >= 26:
        (tag,) = struct.unpack_from("<H", body, 24)
    if tag not in _ENCODINGS:
        raise NotAudioError(f"WAV format {tag:#06x} cannot be transcribed: use PCM, µ-law or A-law.")
    if not (channels and rate and frame):
        raise NotAudioError(f"{channels} channels at {rate} Hz cannot be audio: the header is damaged.")
    return _ENCODINGS[tag], channels, rate, bits, frame
