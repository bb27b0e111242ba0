"""Drawing from spans."""

from __future__ import annotations

from random import Random

from twin.people.habits import Seconds


def draw(chance: Random, span: Seconds) -> int:
    """Return a whole number of seconds from ``span``."""
    return chance.randint(span.least, span.most)
