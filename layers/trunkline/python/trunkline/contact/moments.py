"""Moments and intervals: UTC in storage, the centre's time zone only for display."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

INTERVAL = timedelta(minutes=15)
INTERVAL_SECONDS = int(INTERVAL.total_seconds())
_IN_A_DAY = 86_400 // INTERVAL_SECONDS


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 timestamp.

    Parameters
    ----------
    text
        With an offset or ``Z``; fractions of a second are kept.

    Returns
    -------
    datetime
        Aware, in UTC.

    Raises
    ------
    ValueError
        If the text is no timestamp, or has no offset.

    Examples
    --------
    >>> parse_moment("2022-04-08T23:59:38+09:00")
    datetime.datetime(2022, 4, 8, 14, 59, 38, tzinfo=datetime.timezone.utc)
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset: give Z or +hh:mm")
    return moment.astimezone(UTC)


def format_moment(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC with ``Z``, in whole seconds; later moments sort later.

    Examples
    --------
    >>> format_moment(parse_moment("2019-08-13T20:52:30.704Z"))
    '2019-08-13T20:52:30Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_precise_moment(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC with ``Z``, always in milliseconds; later moments sort later.

    Examples
    --------
    >>> format_precise_moment(parse_moment("2019-08-13T20:52:30Z"))
    '2019-08-13T20:52:30.000Z'
    """
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def interval_start(moment: datetime) -> datetime:
    """Return the start of the 15-minute interval that a moment lies in.

    Examples
    --------
    >>> format_moment(interval_start(parse_moment("2026-11-21T10:29:59Z")))
    '2026-11-21T10:15:00Z'
    """
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return _start_of_interval(moment.toordinal() * _IN_A_DAY + moment.hour * 4 + moment.minute // 15)


@lru_cache(maxsize=8192)
def _start_of_interval(number: int) -> datetime:
    """Return the start of an interval by its number in the calendar: what is kept has its hash ready."""
    day, within = divmod(number, _IN_A_DAY)
    return datetime.combine(date.fromordinal(day), time(), UTC) + within * INTERVAL


def day_bounds(day: date, time_zone: str) -> tuple[datetime, datetime]:
    """Return the moments between which a day lasts in a time zone.

    Parameters
    ----------
    day
        Calendar day in that zone.
    time_zone
        IANA name, such as ``America/Los_Angeles``.

    Returns
    -------
    tuple of datetime
        Start (included) and end (excluded), in UTC; 23 or 25 hours apart when the clocks change.

    Examples
    --------
    >>> [format_moment(each) for each in day_bounds(date(2026, 11, 1), "America/Los_Angeles")]
    ['2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z']
    """
    from zoneinfo import ZoneInfo  # slow to load: functions in a call do without it

    zone = ZoneInfo(time_zone)
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def local_day(moment: datetime, time_zone: str) -> date:
    """Return the calendar day of a moment in a time zone."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(time_zone)).date()


def utc_days(start: datetime, end: datetime) -> list[str]:
    """List the UTC dates that a span touches: the partition keys to read for it.

    Examples
    --------
    >>> utc_days(*day_bounds(date(2026, 11, 1), "America/Los_Angeles"))
    ['2026-11-01', '2026-11-02']
    """
    first, last = start.astimezone(UTC).date(), (end - timedelta(microseconds=1)).astimezone(UTC).date()
    return [(first + timedelta(days=each)).isoformat() for each in range((last - first).days + 1)]
