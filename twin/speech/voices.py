"""The voices of the people on the line.

One English voice comes inside the package ``hibari-tts`` (``heart``, distilled from Kokoro's ``af_heart``);
its others would have to be downloaded, so they are not used. The second person is the same voice made
deeper: spoken faster by the factor that slowing it down takes back, which lowers pitch and formants
together, as a longer vocal tract does.

No free Korean voice comes in a package. Korean text is therefore romanised and read by the English voice:
it has the length, pauses and loudness of speech, and the right syllables, but an accent that no Korean
speaker would take for Korean. Transcripts do not suffer, because they are made from what was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.contracts import Speaker

from .companding import Samples
from .wav import SAMPLE_RATE_HERTZ

ENGINE = "hibari-tts 0.2.1, telephone band 1"
_SYNTHESIS_RATE_HERTZ = 24000
_NOISE_SEED = 0
_LOUDEST = 0.5
_HANGUL = re.compile("[가-힣]")
_KOREAN_DIGITS = str.maketrans(dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True)))


@dataclass(frozen=True)
class Voice:
    """A speaker: ``depth`` 1 is the voice as it is, 0.84 is about a man's."""

    name: str
    depth: float


VOICES: dict[Speaker, Voice] = {"agent": Voice("heart", 1.0), "customer": Voice("heart-deep", 0.84)}


def speak(text: str, voice: Voice) -> Samples:
    """Return ``text`` as it sounds over the telephone: 8 kHz, 16 bit, one channel."""
    import soxr

    spoken = _engine()(pronounce(text), speed=1 / voice.depth, seed=_NOISE_SEED)
    if not len(spoken):
        return np.zeros(0, np.int16)
    slowed = soxr.resample(spoken, _SYNTHESIS_RATE_HERTZ * voice.depth, SAMPLE_RATE_HERTZ)
    return _limit_to_telephone_band(np.asarray(slowed, dtype=np.float64))


def pronounce(text: str) -> str:
    """Return ``text`` in letters that the English voice can read.

    >>> pronounce("주문은 1번")
    'jumuneun ilbeon'
    """
    if not _HANGUL.search(text):
        return text
    return str(_romaniser().translit(text.translate(_KOREAN_DIGITS))).replace("-", "")


def _limit_to_telephone_band(sound: NDArray[np.float64]) -> Samples:
    """Keep 300 to 3400 Hz, as a telephone line does, and bring the sound to a common loudness."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HERTZ)
    spectrum *= np.interp(hertz, [200, 300, 3400, 3600], [0, 1, 1, 0])
    filtered = np.fft.irfft(spectrum, len(sound))
    peak = np.abs(filtered).max()
    scale = _LOUDEST / peak if peak > 0 else 0.0
    return np.round(filtered * scale * 32767).astype(np.int16)


@cache
def _engine() -> Any:
    from hibari import Hibari

    make: Any = Hibari
    return make()


@cache
def _romaniser() -> Any:
    from hangul_romanize.core import Transliter
    from hangul_romanize.rule import academic

    make: Any = Transliter
    return make(academic)
