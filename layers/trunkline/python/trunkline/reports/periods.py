"""Days, weeks and months of the centre's own time zone, and the spans that they are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from trunkline.contact.moments import INTERVAL_SECONDS, day_bounds, local_day

KINDS = ("day", "week", "month")
_ONE_DAY = timedelta(days=1)
_BASELINE_WEEKS = {"day": 8, "week": 4, "month": 4}


class PeriodError(ValueError):
    """A period that cannot be reported; the message says which ones can."""


@dataclass(frozen=True)
class Period:
    """Whole calendar days of a time zone.

    Attributes
    ----------
    kind
        ``day``, ``week`` (Monday to Sunday) or ``month``.
    first, last
        Its first and last day.
    zone
        IANA name of the time zone.
    """

    kind: str
    first: date
    last: date
    zone: str

    @property
    def start(self) -> datetime:
        """Moment at which it begins, in UTC."""
        return day_bounds(self.first, self.zone)[0]

    @property
    def end(self) -> datetime:
        """Moment at which it has ended, in UTC."""
        return day_bounds(self.last, self.zone)[1]

    @property
    def days(self) -> list[date]:
        """Its days in order."""
        return [self.first + number * _ONE_DAY for number in range((self.last - self.first).days + 1)]

    @property
    def previous(self) -> Period:
        """The period of the same kind before."""
        return find_period(self.kind, self.first - _ONE_DAY, self.zone)

    @property
    def baseline_weeks(self) -> int:
        """How many weeks before it the usual values come from."""
        return _BASELINE_WEEKS[self.kind]

    def is_complete(self, now: datetime) -> bool:
        """Tell whether it has ended."""
        return now >= self.end

    def usual_days(self, day: date) -> list[date]:
        """List the days of the same weekday in the weeks before the period, the latest first.

        Examples
        --------
        >>> week = find_period("week", date(2026, 11, 18), "America/Los_Angeles")
        >>> [each.isoformat() for each in week.usual_days(date(2026, 11, 20))]
        ['2026-11-13', '2026-11-06', '2026-10-30', '2026-10-23']
        """
        latest = self.first - _ONE_DAY - timedelta(days=(self.first - _ONE_DAY - day).days % 7)
        return [latest - timedelta(weeks=number) for number in range(self.baseline_weeks)]

    def history(self) -> list[date]:
        """List the days before the period that its usual values come from, in order."""
        return sorted({usual for day in self.days for usual in self.usual_days(day)})


def find_period(kind: str, on: date, zone: str) -> Period:
    """Return the period in which a day lies.

    Raises
    ------
    PeriodError
        If there is no such kind of period, or the calendar ends within it.

    Examples
    --------
    >>> week = find_period("week", date(2026, 11, 1), "America/Los_Angeles")
    >>> week.first.isoformat(), week.last.isoformat(), (week.end - week.start).total_seconds() / 3600
    ('2026-10-26', '2026-11-01', 169.0)
    >>> find_period("month", date(2028, 2, 10), "UTC").last.isoformat()
    '2028-02-29'
    """
    try:
        if kind == "day":
            return Period(kind, on, on, zone)
        if kind == "week":
            first = on - timedelta(days=on.weekday())
            return Period(kind, first, first + timedelta(days=6), zone)
        if kind == "month":
            first = on.replace(day=1)
            return Period(kind, first, (first + timedelta(days=31)).replace(day=1) - _ONE_DAY, zone)
    except OverflowError as error:
        raise PeriodError(f"on: {on.isoformat()} lies outside the calendar") from error
    raise PeriodError(f"period: {kind!r} is none; give {', '.join(KINDS)}")


def find_reported(kind: str | None, on: str | None, zone: str, now: datetime) -> Period:
    """Return the period that somebody asks for.

    Parameters
    ----------
    kind
        ``day`` where it is not given.
    on
        A day within it, as YYYY-MM-DD; yesterday where it is not given.
    zone
        The centre's time zone.
    now
        This moment.

    Raises
    ------
    PeriodError
        If the kind or the day is none, or the period has not begun.
    """
    try:
        day = date.fromisoformat(on) if on is not None else local_day(now, zone) - _ONE_DAY
    except ValueError as error:
        raise PeriodError(f"on: {on!r} is no day; give one such as 2026-11-21") from error
    try:
        period = find_period(kind or "day", day, zone)
        begun = period.start <= now
    except OverflowError as error:
        raise PeriodError(f"on: {day.isoformat()} lies outside the calendar") from error
    if not begun:
        raise PeriodError(f"on: the {period.kind} of {day.isoformat()} has not begun; give a day up to today")
    return period


def spans_compared(period: Period, now: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """Return the span to report and the one to hold it against, ends excluded, in UTC.

    A period that runs ends with the last whole interval, and the one before is cut at the same day and hour of
    the clock: otherwise a Tuesday's week would be held against a whole one.

    Examples
    --------
    >>> from trunkline.contact.moments import format_moment, parse_moment
    >>> month = find_period("month", date(2026, 11, 20), "America/Los_Angeles")
    >>> spans = spans_compared(month, parse_moment("2026-11-21T20:07:00Z"))
    >>> [format_moment(moment) for span in spans for moment in span]
    ['2026-11-01T07:00:00Z', '2026-11-21T20:00:00Z', '2026-10-01T07:00:00Z', '2026-10-21T19:00:00Z']
    """
    before = period.previous
    if period.is_complete(now):
        return (period.start, period.end), (before.start, before.end)
    end = max(period.start, now - timedelta(seconds=int(now.timestamp()) % INTERVAL_SECONDS))
    local = end.astimezone(ZoneInfo(period.zone)).replace(fold=0)
    same = local - timedelta(days=(period.first - before.first).days)
    if period.kind == "month":  # the same day of the month, as far as that month has it
        same = local.replace(year=before.first.year, month=before.first.month, day=min(local.day, before.last.day))
    cut = min(max(same.astimezone(UTC), before.start), before.end)
    return (period.start, end), (before.start, cut)


def days_between(start: datetime, end: datetime, zone: str) -> Iterator[date]:
    """Yield the local days that a span touches."""
    day = local_day(start, zone)
    while day_bounds(day, zone)[0] < end:
        yield day
        day += _ONE_DAY
