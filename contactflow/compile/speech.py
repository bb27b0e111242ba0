"""What is said: plain text, markup or a recording, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Ssml:
    """Speech Synthesis Markup Language, from ``<speak>`` to ``</speak>``."""

    markup: str


@dataclass(frozen=True)
class Recorded:
    """A recording, by its name among the resources' prompts."""

    prompt: str


Said: TypeAlias = str | Ssml | Recorded
Texts: TypeAlias = Mapping[str, Said]
"""What is said, by language code."""


def words_of(said: Said) -> str:
    """Return the words or markup of something said; nothing for a recording.

    Examples
    --------
    >>> words_of("Hello."), words_of(Ssml("<speak>Hello.</speak>")), words_of(Recorded("hello"))
    ('Hello.', '<speak>Hello.</speak>', '')
    """
    if isinstance(said, Recorded):
        return ""
    return said.markup if isinstance(said, Ssml) else said


def fill_in(words: str, values: Mapping[str, str]) -> str:
    """Return words with ``{name}`` replaced by its value, an attribute reference.

    Examples
    --------
    >>> fill_in("You are number {position}.", {"position": "$.Metrics.Contact.PositionInQueue"})
    'You are number $.Metrics.Contact.PositionInQueue.'
    >>> fill_in("{minutes}분 남았습니다", {"minutes": "$.Attributes.minutes"})
    '$.Attributes.minutes 분 남았습니다'
    """
    for name, value in values.items():
        before, *parts = words.split(f"{{{name}}}")
        words = before + "".join(value + _apart(part) + part for part in parts)
    return words


def _apart(following: str) -> str:
    """Return a space where what follows could be read as a part of the reference."""
    follows = following[1:2] if following[:1] == "." else following[:1]
    return " " if follows.isalnum() or follows in {"[", "_", "-"} else ""
