"""Pauses between attempts, so that those who were in each other's way do not meet again."""

from __future__ import annotations

import random
import time

_FIRST_SECONDS = 0.005
_LONGEST_SECONDS = 0.1


def pause_before_retry(attempt: int) -> None:
    """Sleep for a random time, of which more is possible after each attempt.

    Parameters
    ----------
    attempt
        How many have failed, from 1.

    Notes
    -----
    **Source**: AWS Architecture Blog, "Exponential backoff and jitter" (full jitter).
    """
    time.sleep(random.uniform(0, min(_LONGEST_SECONDS, _FIRST_SECONDS * 2**attempt)))
