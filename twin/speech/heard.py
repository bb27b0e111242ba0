"""What transcription heard: words with their times, by channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from .companding import Samples


@dataclass(frozen=True)
class HeardWord:
    """A word; ``mark`` is the punctuation mark that follows it, or empty."""

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float
    mark: str = ""


@dataclass(frozen=True)
class HeardSegment:
    """Words of one speaker without a long pause; channel 0 is the customer, 1 the agent."""

    channel: int
    words: tuple[HeardWord, ...]


@dataclass(frozen=True)
class Heard:
    """A whole recording, heard: segments in order of time, and the score of each possible language."""

    segments: tuple[HeardSegment, ...]
    scores: Mapping[str, float]

    @property
    def locale(self) -> str:
        """The language that scored best, as a locale."""
        return max(self.scores, key=lambda locale: self.scores[locale])


class Recogniser(Protocol):
    """Turns sound into words."""

    def hear(self, samples: Samples, locales: tuple[str, ...]) -> Heard:
        """Return what is said in a recording, which is in one of ``locales`` (any language where empty)."""
