"""Opening hours as a caller hears them."""

from __future__ import annotations

from typing import Any

from tests.workflows.functions import CENTER
from trunkline.ivr.hours import speak_opening_hours


def shop(*periods: dict[str, Any]) -> dict[str, Any]:
    return {"hours": {"shop": {"open": list(periods)}}}


def test_hours_are_spoken_in_english() -> None:
    assert speak_opening_hours(CENTER, "en") == (
        "We are open Monday to Friday from 7 AM to 8 PM; Saturday from 8 AM to 4:30 PM."
    )


def test_hours_are_spoken_in_korean() -> None:
    assert speak_opening_hours(CENTER, "ko") == (
        "영업 시간은 월요일부터 금요일까지 오전 7시부터 오후 8시까지, 토요일 오전 8시부터 오후 4시 30분까지입니다."
    )


def test_days_that_do_not_follow_each_other_are_listed() -> None:
    hours = shop({"days": ["wed", "mon", "fri"], "from": "09:00", "to": "12:00"})
    assert speak_opening_hours(hours, "en") == "We are open Monday, Wednesday, Friday from 9 AM to 12 PM."


def test_midnight_has_a_name() -> None:
    hours = shop({"days": ["sun"], "from": "00:00", "to": "00:00"})
    assert speak_opening_hours(hours, "en") == "We are open Sunday from midnight to midnight."


def test_centre_without_hours_says_nothing() -> None:
    assert speak_opening_hours({}, "en") == ""
