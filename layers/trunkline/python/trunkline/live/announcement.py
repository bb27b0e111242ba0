"""What every caller hears now: a supervisor's announcement, or the message of an emergency closure. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_TEXT = 1000
"""Longest announcement in characters, a little over a minute of speech."""


@dataclass(frozen=True)
class Announcement:
    """A sentence for every caller, in each of the centre's languages.

    Parameters
    ----------
    announcement_id
        New for each publication, so that a caller hears each announcement once.
    text
        Sentences by language code.
    closed
        Whether the centre is closed in an emergency: callers hear the text and are disconnected.
    expires_at
        Seconds since 1970 from which it is not heard any more.
    set_by, set_at
        User name of the supervisor, and the moment in ISO 8601.
    """

    announcement_id: str
    text: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    expires_at: int = 0
    set_by: str = ""
    set_at: str = ""

    def speak(self, language: str) -> str:
        """Return the sentence in a language, or in the first one where it is not spoken.

        Examples
        --------
        >>> Announcement("a-1", {"en": "Snow.", "ko": "눈."}).speak("fr")
        'Snow.'
        """
        return (self.text.get(language) or next(iter(self.text.values()), ""))[:LONGEST_TEXT]


def read_announcement(item: Mapping[str, Any], now_epoch_seconds: float) -> Announcement | None:
    """Return the announcement of a live item, or ``None`` where it says nothing or has expired.

    Parameters
    ----------
    item
        Attributes of the item ``announcement#current``; empty where there is none.
    now_epoch_seconds
        This moment.

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "Using time to live (TTL)": expired items stay readable
    for up to a few days.
    """
    text = item.get("text")
    texts = {"": text} if isinstance(text, str) else text
    expires_at = item.get("expires_at", now_epoch_seconds + 1)
    if not isinstance(texts, Mapping) or not any(texts.values()) or expires_at <= now_epoch_seconds:
        return None
    return Announcement(
        str(item.get("announcement_id", "current")),
        {str(language): str(sentence) for language, sentence in texts.items() if sentence},
        item.get("closed") is True,
        int(expires_at),
        str(item.get("set_by", "")),
        str(item.get("set_at", "")),
    )
