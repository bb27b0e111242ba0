"""What a supervisor may publish: every language, short enough to listen to, and not for ever. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from trunkline.contact.moments import format_moment, parse_moment
from trunkline.live.announcement import LONGEST_TEXT, Announcement

LONGEST_LIFE = timedelta(days=7)
"""Longest time that an announcement stands: one that nobody took down must not be heard for ever."""


class AnnouncementError(ValueError):
    """An announcement that cannot be published; the message says what is wrong and how to mend it."""


def parse_announcement(
    body: object, *, languages: Sequence[str], now: datetime, announcement_id: str, set_by: str
) -> Announcement:
    """Read what a supervisor publishes.

    Parameters
    ----------
    body
        ``text`` by language, ``closed`` (false where absent) and ``expires_at`` in ISO 8601.
    languages
        Codes of the centre's languages: each one needs its sentence.
    now
        This moment, aware.
    announcement_id, set_by
        Identity of the publication.

    Raises
    ------
    AnnouncementError
        Naming what is missing, unknown, too long, past or too far away.
    """
    if not isinstance(body, Mapping):
        raise AnnouncementError("announcement: send a JSON object with text, closed and expires_at")
    unknown = sorted(set(map(str, body)) - {"text", "closed", "expires_at"})
    if unknown:
        raise AnnouncementError(f"{unknown[0]}: no such field; send text, closed and expires_at")
    closed = body.get("closed", False)
    if not isinstance(closed, bool):
        raise AnnouncementError("closed: give true or false")
    return Announcement(
        announcement_id,
        _parse_text(body.get("text"), languages),
        closed,
        int(_parse_expiry(body.get("expires_at"), now).timestamp()),
        set_by,
        format_moment(now),
    )


def _parse_text(text: object, languages: Sequence[str]) -> dict[str, str]:
    if not isinstance(text, Mapping):
        raise AnnouncementError(f"text: give a sentence for each of {', '.join(languages)}")
    unknown = sorted(set(map(str, text)) - set(languages))
    if unknown:
        raise AnnouncementError(
            f"text.{unknown[0]}: not a language of this centre, which speaks {', '.join(languages)}"
        )
    return {language: _parse_sentence(language, text.get(language)) for language in languages}


def _parse_sentence(language: str, sentence: object) -> str:
    if not isinstance(sentence, str) or not sentence.strip():
        raise AnnouncementError(f"text.{language}: missing; callers of this language would hear another one")
    plain = " ".join(sentence.split())
    if len(plain) > LONGEST_TEXT:
        raise AnnouncementError(f"text.{language}: {len(plain)} characters, at most {LONGEST_TEXT} can be announced")
    return plain


def _parse_expiry(moment: object, now: datetime) -> datetime:
    try:
        expires_at = parse_moment(moment) if isinstance(moment, str) else None
    except ValueError:
        expires_at = None
    if expires_at is None:
        raise AnnouncementError("expires_at: give a moment such as 2026-11-21T20:00:00Z")
    if not now < expires_at <= now + LONGEST_LIFE:
        raise AnnouncementError(f"expires_at: give a moment within {LONGEST_LIFE.days} days from now")
    return expires_at
