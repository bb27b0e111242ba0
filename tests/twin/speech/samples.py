"""WAV files of every kind, made by hand."""

from __future__ import annotations

import struct

import numpy as np

from twin.contracts import Utterance

CONVERSATION = (
    Utterance("agent", "en", "Redline Classic Parts, how can I help you?", 0.5, 3.5),
    Utterance("customer", "en", "My order 4471 has not arrived, and I paid $27.50!", 4.0, 8.0),
    Utterance("agent", "en", "I am sorry. I will refund it today.", 8.5, 11.0),
)
KOREAN = (
    Utterance("agent", "ko", "안녕하세요, 레드라인입니다.", 0.5, 2.5),
    Utterance("customer", "ko", "주문한 부품이 아직 안 왔어요.", 3.0, 5.0),
)


def tone(rate_hertz: int, seconds: float = 0.5, hertz: float = 440.0) -> np.ndarray:
    moments = np.arange(round(rate_hertz * seconds)) / rate_hertz
    return 0.5 * np.sin(2 * np.pi * hertz * moments)


def wav(
    sound: bytes,
    *,
    coding: int = 1,
    channels: int = 1,
    rate: int = 8000,
    bits: int = 16,
    data_bytes: int | None = None,
    extensible: bool = False,
    before: bytes = b"",
) -> bytes:
    frame = channels * bits // 8
    layout = struct.pack("<HHIIHH", 0xFFFE if extensible else coding, channels, rate, rate * frame, frame, bits)
    if extensible:
        guid = struct.pack("<H", coding) + bytes.fromhex("000000001000800000aa00389b71")
        layout += struct.pack("<HHI", 22, bits, 0) + guid
    size = len(sound) if data_bytes is None else data_bytes
    body = b"WAVE" + before + b"fmt " + struct.pack("<I", len(layout)) + layout
    body += b"data" + struct.pack("<I", size) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pcm(samples: np.ndarray, bits: int) -> bytes:
    if bits == 8:
        return (np.round(samples * 127) + 128).astype(np.uint8).tobytes()
    if bits == 16:
        return np.round(samples * 32767).astype("<i2").tobytes()
    return b"".join(round(float(value) * 8388607).to_bytes(3, "little", signed=True) for value in samples.flat)


def encode_mu_law(samples: np.ndarray) -> bytes:
    """Encode by searching the nearest code, independently of the tables under test."""
    codes = np.arange(256)
    inverted = ~codes & 0xFF
    magnitude = (((inverted & 15) * 2 + 33) * 2.0 ** (inverted >> 4 & 7) - 33) * 4
    values = np.where(inverted & 0x80, -magnitude, magnitude)
    return _nearest(samples, values)


def encode_a_law(samples: np.ndarray) -> bytes:
    codes = np.arange(256)
    toggled = codes ^ 0x55
    exponent, mantissa = toggled >> 4 & 7, toggled & 15
    magnitude = np.where(exponent == 0, mantissa * 2 + 1, (mantissa * 2 + 33) * 2.0 ** (exponent - 1)) * 8
    values = np.where(toggled & 0x80, magnitude, -magnitude)
    return _nearest(samples, values)


def _nearest(samples: np.ndarray, values: np.ndarray) -> bytes:
    wanted = samples * 32767
    return bytes(int(np.argmin(np.abs(values - sample))) for sample in wanted)
