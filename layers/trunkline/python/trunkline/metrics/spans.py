"""Spans of time, split over the intervals in which they were spent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from trunkline.contact.moments import INTERVAL, interval_start


def split_by_interval(start: datetime, end: datetime) -> Iterator[tuple[datetime, int]]:
    """Yield each interval that a span touches, and the whole seconds spent in it.

    Parameters
    ----------
    start, end
        In whole seconds, end excluded; a span that ends before it starts, as skewed clocks tell, is empty.

    Yields
    ------
    tuple of datetime and int
        Start of the interval, and seconds that add up to the span's.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> span = parse_moment("2026-11-21T05:23:00Z"), parse_moment("2026-11-21T06:15:00Z")
    >>> [f"{interval:%H:%M} {seconds // 60}" for interval, seconds in split_by_interval(*span)]
    ['05:15 7', '05:30 15', '05:45 15', '06:00 15']
    """
    while start < end:
        interval = interval_start(start)
        until = min(end, interval + INTERVAL)
        yield interval, int((until - start).total_seconds())
        start = until
