"""WAV files of every kind that telephone systems write."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

_TAGS = {"pcm": 1, "a-law": 6, "mu-law": 7}


def make_wav(
    seconds: float = 5, *, channels: int = 2, rate_hertz: int = 8000, bits: int = 16, encoding: str = "pcm"
) -> bytes:
    """Return a WAV file with a soft tone in each channel."""
    moments = np.arange(round(seconds * rate_hertz)) / rate_hertz
    tones = [np.sin(2 * np.pi * (300 + 100 * channel) * moments) * 0.2 for channel in range(channels)]
    body = _encode(np.stack(tones, axis=1), bits, encoding)
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", _TAGS[encoding], channels, rate_hertz, rate_hertz * frame, frame, bits)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _encode(samples: NDArray[np.float64], bits: int, encoding: str) -> bytes:
    if encoding == "mu-law":
        return _mu_law(samples).tobytes()
    if encoding == "a-law":
        return np.full(samples.shape, 0xD5, dtype=np.uint8).tobytes()
    if bits == 8:
        return (samples * 127 + 128).astype(np.uint8).tobytes()
    return (samples * 32767).astype("<i2").tobytes()


def _mu_law(samples: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Compress to 8 bits (ITU-T G.711, continuous form)."""
    level = np.round(np.log1p(255 * np.abs(samples)) / np.log(256) * 127).astype(np.uint8)
    return np.where(samples < 0, 127 - level, 255 - level).astype(np.uint8)
