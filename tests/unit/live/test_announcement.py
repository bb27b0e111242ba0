"""Announcements: what may be published, and what is heard."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from trunkline.live.announcement import Announcement, read_announcement
from trunkline.live.announcement_form import AnnouncementError, parse_announcement

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
SOUND: dict[str, Any] = {"text": {"en": "Snow.", "ko": "눈."}, "expires_at": "2026-11-21T20:00:00Z"}


def parse(body: object) -> Announcement:
    return parse_announcement(body, languages=("en", "ko"), now=NOW, announcement_id="a-1", set_by="sue")


def test_announcement_is_kept_with_who_set_it_and_when() -> None:
    assert parse({**SOUND, "closed": True}) == Announcement(
        "a-1", SOUND["text"], True, 1_795_291_200, "sue", "2026-11-21T18:00:00Z"
    )


def test_blanks_and_line_ends_are_not_spoken() -> None:
    assert parse({**SOUND, "text": {"en": " Snow.\n\tStay  home. ", "ko": "눈."}}).text["en"] == "Snow. Stay home."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": {"en": "Snow."}}, r"text\.ko: missing"),
        ({"text": {"en": "Snow.", "ko": " "}}, r"text\.ko: missing"),
        ({"text": {"en": "Snow.", "ko": 7}}, r"text\.ko: missing"),
        ({"text": {**SOUND["text"], "fr": "Neige."}}, r"text\.fr: not a language"),
        ({"text": "Snow."}, "text: give a sentence"),
        ({"text": None}, "text: give a sentence"),
        ({"text": {"en": "x" * 1001, "ko": "눈."}}, r"text\.en: 1001 characters"),
        ({"closed": "yes"}, "closed"),
        ({"expires_at": "2026-11-21T18:00:00Z"}, "within 7 days"),
        ({"expires_at": "2026-11-28T18:00:01Z"}, "within 7 days"),
        ({"expires_at": "2026-11-21T20:00:00"}, "give a moment"),
        ({"expires_at": "tomorrow"}, "give a moment"),
        ({"expires_at": None}, "give a moment"),
        ({"expires_at": 1_795_305_600}, "give a moment"),
        ({"colour": "red"}, "colour: no such field"),
    ],
)
def test_what_cannot_be_announced_is_refused_with_its_place(change: dict[str, Any], told: str) -> None:
    with pytest.raises(AnnouncementError, match=told):
        parse({**SOUND, **change})


@pytest.mark.parametrize("body", [None, [], "Snow.", 7])
def test_body_that_is_no_object_is_refused(body: object) -> None:
    with pytest.raises(AnnouncementError, match="JSON object"):
        parse(body)


def test_longest_announcement_and_life_are_taken() -> None:
    longest = {"text": {"en": "x" * 1000, "ko": "눈."}, "expires_at": "2026-11-28T18:00:00Z"}
    assert len(parse(longest).speak("en")) == 1000


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"text": ""},
        {"text": {}},
        {"text": {"en": ""}},
        {"text": ["Snow."]},
        {"text": "Snow.", "expires_at": 100},
    ],
)
def test_item_that_says_nothing_now_is_not_heard(item: dict[str, Any]) -> None:
    assert read_announcement(item, 100) is None


def test_item_is_heard_until_the_moment_it_expires() -> None:
    heard = read_announcement({"text": {"en": "Snow."}, "expires_at": 101}, 100)
    assert heard is not None
    assert heard.speak("ko") == "Snow."
