"""Hourly sums of a day's counters. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from trunkline.closing.day import ClosedDay
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally

_HOUR = timedelta(hours=1)


def whole_hours(day: ClosedDay) -> tuple[datetime, datetime]:
    """Return the span of the hours, in UTC, that a day touches.

    Where clocks differ from UTC by half an hour, a day's first and last hour are shared with its neighbours: they
    are summed whole each time, so that whichever sum is newest is right.

    Examples
    --------
    >>> from trunkline.closing.day import choose_day
    >>> [f"{moment:%d %H:%M}" for moment in whole_hours(choose_day({"day": "2026-11-21"}, "Asia/Kolkata"))]
    ['20 18:00', '21 19:00']
    """
    return start_of_hour(day.start), start_of_hour(day.end + _HOUR - timedelta(microseconds=1))


def sum_hours(counters: Mapping[Key, Tally]) -> dict[Key, Tally]:
    """Add up the intervals of each hour, sketches included.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> starts = [parse_moment(f"2026-11-21T10:{minute}:00Z") for minute in ("00", "45")]
    >>> (total,) = sum_hours({Key(each, "queue", "orders"): Tally(offered=2) for each in starts}).values()
    >>> total.offered
    4
    """
    hours: dict[Key, Tally] = {}
    for key in sorted(counters):
        hours.setdefault(key._replace(start=start_of_hour(key.start)), Tally()).add(counters[key])
    return hours


def start_of_hour(moment: datetime) -> datetime:
    """Return the start of the hour that a moment lies in, in UTC."""
    return moment.replace(minute=0, second=0, microsecond=0)
