"""Recordings for tests, made byte by byte."""

from __future__ import annotations

import struct


def make_wav(
    *,
    seconds: float = 2.0,
    channels: int = 2,
    rate: int = 8000,
    bits: int = 16,
    tag: int = 1,
    extra: bytes = b"",
) -> bytes:
    """Return a WAV file of silence; ``extra`` chunks stand before the audio."""
    frame = channels * bits // 8
    audio = bytes(int(seconds * rate) * frame)
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + extra + b"data" + struct.pack("<I", len(audio)) + audio
    return b"RIFF" + struct.pack("<I", len(body)) + body
