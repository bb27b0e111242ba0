"""The two telephone codings of sound, as tables from a byte to a 16-bit sample.

**Source**: ITU-T Recommendation G.711, tables 1a (A-law) and 2a (µ-law).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]


@cache
def mu_law_table() -> Samples:
    """Return the 256 samples of µ-law.

    >>> int(mu_law_table()[0x00]), int(mu_law_table()[0x80]), int(mu_law_table()[0xFF])
    (-32124, 32124, 0)
    """
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    segment, step = (code >> 4) & 7, code & 15
    magnitude = (((step << 3) + 132) << segment) - 132
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


@cache
def a_law_table() -> Samples:
    """Return the 256 samples of A-law.

    >>> int(a_law_table()[0x2A]), int(a_law_table()[0xAA]), int(a_law_table()[0xD5])
    (-32256, 32256, 8)
    """
    code = np.arange(256, dtype=np.int32) ^ 0x55
    segment, step = (code >> 4) & 7, code & 15
    linear = (step << 4) + 8
    curved = (linear + 256) << np.maximum(segment - 1, 0)
    magnitude = np.where(segment == 0, linear, curved)
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)
