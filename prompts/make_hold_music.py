"""Makes ``hold_music.wav``: four bars of soft broken chords, twelve seconds that loop without a seam.

Nothing is sampled: every note is three sine waves that fade out, so the music belongs to whoever runs this.
Run ``python prompts/make_hold_music.py``; the file is the same each time.

**Source**: ITU-T Recommendation G.711 (mu-law companding).
"""

from __future__ import annotations

import math
import struct
from pathlib import Path

RATE = 8000
BAR_SECONDS = 3.0
NOTES_A_BAR = 8
CHORDS = (  # MIDI note numbers: C major seventh, A minor seventh, F major seventh, G sixth
    (48, 55, 59, 64, 67),
    (45, 52, 55, 60, 64),
    (41, 48, 52, 57, 60),
    (43, 50, 52, 59, 62),
)
PATTERN = (0, 2, 3, 4, 1, 3, 4, 2)
PARTIALS = ((1, 1.0), (2, 0.35), (3, 0.12))
FADE_SECONDS = 0.9
LOUDNESS = 0.2


def main() -> None:
    """Write the file beside this script."""
    samples = compose()
    sound = bytes(compand(sample) for sample in samples)
    header = struct.pack("<4sI4s4sIHHIIHHH", b"RIFF", 38 + len(sound), b"WAVE", b"fmt ", 18, 7, 1, RATE, RATE, 1, 8, 0)
    path = Path(__file__).with_name("hold_music.wav")
    path.write_bytes(header + struct.pack("<4sI", b"data", len(sound)) + sound)


def compose() -> list[float]:
    """Return the samples, from -1 to 1; what rings on at the end sounds over the beginning."""
    length = round(len(CHORDS) * BAR_SECONDS * RATE)
    samples = [0.0] * length
    step = BAR_SECONDS / NOTES_A_BAR
    for bar, chord in enumerate(CHORDS):
        for beat, voice in enumerate(PATTERN):
            start = round((bar * BAR_SECONDS + beat * step) * RATE)
            add_note(samples, start, 440.0 * 2 ** ((chord[voice] + 12 - 69) / 12), 0.7 if beat % 4 else 1.0)
    return samples


def add_note(samples: list[float], start: int, hertz: float, accent: float) -> None:
    """Add a plucked note to the samples, around their end."""
    for offset in range(round(4 * FADE_SECONDS * RATE)):
        seconds = offset / RATE
        envelope = min(seconds / 0.01, 1.0) * math.exp(-seconds / FADE_SECONDS * 1.6)
        wave = sum(weight * math.sin(2 * math.pi * hertz * part * seconds) for part, weight in PARTIALS)
        samples[(start + offset) % len(samples)] += LOUDNESS * accent * envelope * wave


def compand(sample: float) -> int:
    """Return a sample as a byte of G.711 mu-law."""
    value = max(-32635, min(32635, round(sample * 32767)))
    sign, magnitude = (0x80, -value) if value < 0 else (0, value)
    magnitude += 132
    exponent = max(0, magnitude.bit_length() - 8)
    mantissa = magnitude >> exponent + 3 & 0x0F
    return ~(sign | exponent << 4 | mantissa) & 0xFF


if __name__ == "__main__":
    main()
