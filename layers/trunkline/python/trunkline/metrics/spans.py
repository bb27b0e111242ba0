"""Spans of time, split over the intervals in which they were spent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from trunkline.contact.moments import INTERVAL_SECONDS

_INTERVAL_MINUTES = INTERVAL_SECONDS // 60


def seconds_left(moment: datetime) -> int:
    """Return the seconds from a moment, in UTC, to the end of its interval.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> seconds_left(parse_moment("2026-11-21T05:23:00Z"))
    420
    """
    return INTERVAL_SECONDS - moment.minute % _INTERVAL_MINUTES * 60 - moment.second


def split_by_interval(start: datetime, seconds: int) -> Iterator[tuple[datetime, int]]:
    """Yield a moment in each interval that a span touches, and the seconds spent in it.

    Parameters
    ----------
    start
        Beginning of the span.
    seconds
        Its length; none and less is empty.

    Yields
    ------
    tuple of datetime and int
        The span's first moment in the interval, and seconds that add up to the span's.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> span = split_by_interval(parse_moment("2026-11-21T05:23:00Z"), 52 * 60)
    >>> [f"{moment:%H:%M} {seconds // 60}" for moment, seconds in span]
    ['05:23 7', '05:30 15', '05:45 15', '06:00 15']
    """
    left = seconds_left(start)
    while seconds > 0:
        spent = min(seconds, left)
        yield start, spent
        start += timedelta(seconds=left)
        seconds -= spent
        left = INTERVAL_SECONDS
