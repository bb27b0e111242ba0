"""WAV files of the kinds that telephone systems write."""

from __future__ import annotations

import numpy as np

from tests.twin.speech.samples import encode_mu_law, pcm, tone, wav

PCM, MU_LAW = 1, 7


def make_wav(
    seconds: float = 5, *, channels: int = 2, rate_hertz: int = 8000, bits: int = 16, coding: int = PCM
) -> bytes:
    """Return a WAV file with a tone in each channel."""
    sound = np.stack([tone(rate_hertz, seconds, 300 + 100 * channel) for channel in range(channels)], axis=1)
    body = encode_mu_law(sound) if coding == MU_LAW else pcm(sound, bits)
    return wav(body, coding=coding, channels=channels, rate=rate_hertz, bits=8 if coding == MU_LAW else bits)
