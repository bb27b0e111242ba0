"""The recording of the automated part of a contact: what the caller hears, and what the caller says.

**Source**: Amazon Connect administrator guide, "When, what, and where for contact recordings" (customer and system
audio; recording of automated interactions begins and ends at once; one such recording a contact).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from twin.connect.moments import seconds_between
from twin.connect.parties import Prompt
from twin.contracts import Utterance


class Tape:
    """Records from ``began_at`` on."""

    def __init__(self, began_at: datetime) -> None:
        self.began_at = began_at
        self._lines: list[Utterance] = []

    def plays(self, prompt: Prompt, at: datetime) -> None:
        """Keep a message; it ends what was being played."""
        start = self._position(at)
        self._lines = [_cut_off(line, start) for line in self._lines]
        if prompt.text:
            self._lines.append(Utterance("agent", prompt.language, prompt.text, start, start + prompt.seconds))

    def speaks(self, utterances: Sequence[Utterance], at: datetime) -> None:
        """Keep what the caller says from ``at`` on."""
        offset = self._position(at)
        self._lines += [
            replace(one, start_seconds=one.start_seconds + offset, end_seconds=one.end_seconds + offset)
            for one in utterances
        ]

    def stop(self, at: datetime) -> tuple[Utterance, ...]:
        """Return what was recorded until ``at``, in order; what was cut off by the end is not kept."""
        length = self._position(at)
        kept = (line for line in self._lines if line.end_seconds <= length)
        return tuple(sorted(kept, key=lambda line: line.start_seconds))

    def _position(self, at: datetime) -> float:
        return float(seconds_between(self.began_at, at))


def _cut_off(line: Utterance, end: float) -> Utterance:
    if line.speaker == "agent" and line.end_seconds > end:
        return replace(line, end_seconds=max(line.start_seconds, end))
    return line
