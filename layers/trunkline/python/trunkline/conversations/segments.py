"""Words of both speakers put together as the turns of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trunkline.conversations.transcript import Speaker, Word

PAUSE_SECONDS = 1.0
"""A speaker who pauses this long begins a new segment."""


@dataclass(frozen=True)
class Segment:
    """What one speaker said without pausing.

    Parameters
    ----------
    speaker
        Who spoke.
    start_seconds, end_seconds
        From the beginning of the recording.
    text
        What was said.
    confidence
        Mean confidence of the words, 0 to 1.
    """

    speaker: Speaker
    start_seconds: float
    end_seconds: float
    text: str
    confidence: float


def split_segments(words: Iterable[Word]) -> list[Segment]:
    """Put words together as segments, in the order in which they began.

    A segment ends where its speaker pauses, or where the other speaker says something before the
    next word.

    Parameters
    ----------
    words
        Words of all speakers, in any order.
    """
    turns: list[list[Word]] = []
    open_turns: dict[Speaker, list[Word]] = {}
    ordered = sorted(words, key=lambda each: (each.start_seconds, each.end_seconds))
    for previous, word in zip(ordered[:1] + ordered, ordered, strict=False):
        turn = open_turns.get(word.speaker)
        if turn is None or _begins_segment(word, turn[-1], previous):
            turn = open_turns[word.speaker] = []
            turns.append(turn)
        turn.append(word)
    return [_to_segment(turn) for turn in turns]


def _begins_segment(word: Word, own_last: Word, previous: Word) -> bool:
    if word.start_seconds - own_last.end_seconds >= PAUSE_SECONDS:
        return True
    other_spoke_last = previous is not own_last
    return other_spoke_last and previous.start_seconds >= own_last.end_seconds


def _to_segment(turn: Sequence[Word]) -> Segment:
    return Segment(
        speaker=turn[0].speaker,
        start_seconds=turn[0].start_seconds,
        end_seconds=turn[-1].end_seconds,
        text=" ".join(word.text for word in turn),
        confidence=round(sum(word.confidence for word in turn) / len(turn), 3),
    )
