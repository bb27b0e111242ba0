"""How the time in a queue is divided by messages and offers, and what silence is made of.

**Source**: Amazon Polly Developer Guide, "Supported SSML tags" (a break lasts at most 10 seconds).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

MAX_BREAK_SECONDS = 10


@dataclass(frozen=True)
class Stretch:
    """A time of waiting: so many ``cycles`` of ``seconds`` each; None goes on until an agent answers."""

    cycles: int | None
    seconds: int


def plan_stretches(every_seconds: int, offered_after: tuple[int, ...]) -> list[list[Stretch]]:
    """Return the stretches before each offer, and those after the last.

    The last message before an offer waits a little longer where the time does not divide, so that no message is
    cut short by the next.

    Examples
    --------
    >>> plan_stretches(30, (60, 100))  # doctest: +NORMALIZE_WHITESPACE
    [[Stretch(cycles=2, seconds=30)], [Stretch(cycles=1, seconds=40)], [Stretch(cycles=None, seconds=30)]]
    >>> plan_stretches(30, (20,))
    [[Stretch(cycles=1, seconds=20)], [Stretch(cycles=None, seconds=30)]]
    """
    return [
        *(_divide(end - start, every_seconds) for start, end in pairwise((0, *offered_after))),
        [Stretch(None, every_seconds)],
    ]


def _divide(seconds: int, every_seconds: int) -> list[Stretch]:
    cycles, rest = divmod(seconds, every_seconds)
    if not rest:
        return [Stretch(cycles, every_seconds)]
    if cycles <= 1:
        return [Stretch(1, seconds)]
    return [Stretch(cycles - 1, every_seconds), Stretch(1, every_seconds + rest)]


def silence(seconds: int) -> str:
    """Return SSML that is silent for ``seconds``.

    Examples
    --------
    >>> silence(12)
    '<speak><break time="10s"/><break time="2s"/></speak>'
    """
    breaks = [MAX_BREAK_SECONDS] * (seconds // MAX_BREAK_SECONDS)
    if seconds % MAX_BREAK_SECONDS:
        breaks.append(seconds % MAX_BREAK_SECONDS)
    return "<speak>" + "".join(f'<break time="{length}s"/>' for length in breaks) + "</speak>"
