"""Reading any WAV file as a telephone recording, and writing one.

A recording is what Amazon Connect stores: 8 kHz, 16 bit, channel 0 the customer, channel 1 the agent.

**Source**: Microsoft, "Multiple Channel Audio Data and WAVE Files"; Amazon Connect Administrator Guide,
"Review recorded conversations".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .companding import Samples, a_law_table, mu_law_table
from .errors import RecordingError

SAMPLE_RATE_HERTZ = 8000
CHANNELS = 2
_PCM, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 6, 7, 0xFFFE
_STREAMED = (0, 0xFFFFFFFF)
_READABLE = "1 or 2 channels of 8, 16 or 24 bit PCM, µ-law or A-law at 8 to 48 kHz"


@dataclass(frozen=True)
class WavFormat:
    """What the header of a WAV file says, and where its sound is."""

    coding: int
    channels: int
    sample_rate_hertz: int
    bits: int
    data_offset: int
    data_bytes: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of every channel."""
        return self.channels * self.bits // 8

    @property
    def seconds(self) -> float:
        """Length of the sound."""
        return self.data_bytes // self.frame_bytes / self.sample_rate_hertz


def inspect_wav(content: bytes) -> WavFormat:
    """Read the header of a WAV file and check that its sound is there.

    Raises
    ------
    RecordingError
        Where the file is empty, truncated, no WAV file, or of a kind that is not read.
    """
    if not content:
        raise RecordingError("empty", "the file is empty: a recording is a WAV file")
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        shown = content[:4].decode("latin-1", "replace")
        raise RecordingError("not_audio", f"the file begins with {shown!r}, not with a RIFF/WAVE header")
    header: tuple[int, int, int, int] | None = None
    for name, offset, size in _chunks(content):
        if name == b"fmt ":
            header = _read_format(content[offset : offset + size])
        elif name == b"data":
            if header is None:
                raise RecordingError("not_audio", "the WAV file has sound before it says of what kind (fmt)")
            return _locate_sound(header, content, offset, size)
    raise RecordingError("truncated", "the WAV file ends before its sound (no data chunk)")


def read_wav(content: bytes) -> Samples:
    """Return a WAV file as 16-bit samples at 8 kHz, one row a moment: customer, agent.

    A file with one channel is the customer's; the agent is silent then.

    Raises
    ------
    RecordingError
        As :func:`inspect_wav`.
    """
    described = inspect_wav(content)
    sound = content[described.data_offset : described.data_offset + described.data_bytes]
    samples = _decode(sound, described).reshape(-1, described.channels)
    samples = _resample(samples, described.sample_rate_hertz)
    if described.channels == 1:
        samples = np.column_stack([samples, np.zeros_like(samples)])
    return samples


def write_wav(samples: Samples) -> bytes:
    """Return samples (one row a moment, one column a channel) as an 8 kHz, 16-bit WAV file."""
    channels = samples.shape[1]
    sound = np.ascontiguousarray(samples, dtype="<i2")
    frame_bytes = 2 * channels
    layout = struct.pack("<HHIIHH", _PCM, channels, SAMPLE_RATE_HERTZ, SAMPLE_RATE_HERTZ * frame_bytes, frame_bytes, 16)
    head = struct.pack("<4sI4s4sI", b"RIFF", 36 + sound.nbytes, b"WAVE", b"fmt ", 16)
    return b"".join((head, layout, struct.pack("<4sI", b"data", sound.nbytes), sound.data))


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    offset = 12
    while offset + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, offset)
        yield name, offset + 8, size
        offset += 8 + size + (size & 1)


def _read_format(layout: bytes) -> tuple[int, int, int, int]:
    if len(layout) < 16:
        raise RecordingError("truncated", "the WAV file ends inside its header")
    coding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", layout)
    if coding == _EXTENSIBLE and len(layout) >= 26:
        (coding,) = struct.unpack_from("<H", layout, 24)
    known = bits in {8, 16, 24} if coding == _PCM else coding in {_A_LAW, _MU_LAW} and bits == 8
    if not known or channels not in {1, 2} or not SAMPLE_RATE_HERTZ <= rate <= 48000:
        found = f"coding {coding}, {channels} channels, {bits} bit, {rate} Hz"
        raise RecordingError("unsupported", f"the WAV file has {found}; readable: {_READABLE}")
    return coding, channels, rate, bits


def _locate_sound(header: tuple[int, int, int, int], content: bytes, offset: int, size: int) -> WavFormat:
    coding, channels, rate, bits = header
    there = len(content) - offset
    if size in _STREAMED:
        size = there
    if size > there:
        message = f"the WAV file is cut off: it announces {size} bytes of sound, and {there} are there"
        raise RecordingError("truncated", message)
    frame_bytes = channels * bits // 8
    if size < frame_bytes:
        raise RecordingError("empty", "the WAV file has a header and no sound")
    return WavFormat(coding, channels, rate, bits, offset, size - size % frame_bytes)


def _decode(sound: bytes, described: WavFormat) -> Samples:
    if described.coding == _MU_LAW:
        return mu_law_table()[np.frombuffer(sound, np.uint8)]
    if described.coding == _A_LAW:
        return a_law_table()[np.frombuffer(sound, np.uint8)]
    if described.bits == 8:
        return ((np.frombuffer(sound, np.uint8).astype(np.int16) - 128) << 8).astype(np.int16)
    if described.bits == 16:
        return np.frombuffer(sound, "<i2").astype(np.int16)
    upper: NDArray[np.uint8] = np.frombuffer(sound, np.uint8).reshape(-1, 3)[:, 1:]
    return np.ascontiguousarray(upper).view("<i2").reshape(-1).astype(np.int16)


def _resample(samples: Samples, rate_hertz: int) -> Samples:
    if rate_hertz == SAMPLE_RATE_HERTZ:
        return samples
    import soxr

    return np.asarray(soxr.resample(samples, rate_hertz, SAMPLE_RATE_HERTZ), dtype=np.int16)
