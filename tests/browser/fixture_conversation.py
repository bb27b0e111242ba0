"""What was said on a fixture call: its transcript, and the sound of its recording."""

from __future__ import annotations

import io
import math
import struct
import wave
from typing import Any

SAMPLE_RATE_HERTZ = 8000

_ENGLISH = (
    ("agent", "Redline Classic Parts, this is Walt. What are you restoring?"),
    ("customer", "Hi Walt. A nineteen seventy one Barracuda. The left fender you sent arrived cracked."),
    ("agent", "Oh no. Sorry about that. Do you have the order number?"),
    ("customer", "Yes, it is four four one seven two."),
    ("agent", "Thank you. I see it. I can send a new one today, or give you a refund."),
    ("customer", "A new one please. And will it fit with the shaker hood?"),
    ("agent", "It will fit. Same bolt pattern from seventy to seventy four."),
    ("customer", "Great. Thanks a lot."),
    ("agent", "You are welcome. It leaves the shop at five."),
)
_KOREAN = (
    ("agent", "레드라인 클래식 파츠 박미나입니다. 무엇을 도와드릴까요?"),
    ("customer", "주문한 부품이 아직 안 왔어요."),
    ("agent", "죄송합니다. 주문 번호를 알려 주시겠어요?"),
    ("customer", "사사일칠이번입니다."),
    ("agent", "확인했습니다. 내일 도착할 예정입니다."),
    ("customer", "네, 감사합니다."),
)


def make_transcript(language: str, seconds: float) -> dict[str, Any]:
    """Spread the sample conversation over the length of a call."""
    lines = _KOREAN if language == "ko" else _ENGLISH
    weight = sum(len(text) + 8 for _, text in lines)
    segments, at = [], 0.6
    for index, (speaker, text) in enumerate(lines):
        length = (len(text) + 8) / weight * (seconds - 1.2)
        segments.append(
            {
                "speaker": speaker,
                "start_seconds": round(at, 2),
                "end_seconds": round(at + length * 0.88, 2),
                "text": text,
                "confidence": 0.52 if index == 3 else 0.97,
            }
        )
        at += length
    return {"language": "ko-KR" if language == "ko" else "en-US", "segments": segments}


def make_recording(transcript: dict[str, Any], seconds: float) -> bytes:
    """Make a two-channel telephone recording: a tone wherever somebody speaks."""
    tones = {"customer": 220.0, "agent": 165.0}
    frames = bytearray()
    for index in range(int(seconds * SAMPLE_RATE_HERTZ)):
        at = index / SAMPLE_RATE_HERTZ
        values = dict.fromkeys(tones, 0)
        for segment in transcript["segments"]:
            if segment["start_seconds"] <= at < segment["end_seconds"]:
                pitch = tones[segment["speaker"]]
                swell = 0.5 + 0.5 * math.sin(2 * math.pi * 4 * at)
                values[segment["speaker"]] = int(5000 * swell * math.sin(2 * math.pi * pitch * at))
        frames += struct.pack("<hh", values["customer"], values["agent"])
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HERTZ)
        file.writeframes(bytes(frames))
    return sound.getvalue()
