"""Which day is closed, how long it lasts, and which reports it completes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from trunkline.contact.moments import day_bounds, local_day, parse_moment

_ONE_DAY = timedelta(days=1)
_SUNDAY = 6


class ClosingRequestError(ValueError):
    """The workflow was started with an input that names no day; the message tells what it takes."""


@dataclass(frozen=True)
class ClosedDay:
    """A day of the centre, between two moments in UTC: 23, 24 or 25 hours apart."""

    day: date
    start: datetime
    end: datetime

    @property
    def name(self) -> str:
        """Such as ``2026-11-21``."""
        return self.day.isoformat()


def choose_day(request: Mapping[str, Any], time_zone: str) -> ClosedDay:
    """Return the day that is to be closed.

    Parameters
    ----------
    request
        ``day``, or ``scheduled_at``: the moment of the schedule, which closes the day before.
    time_zone
        The centre's.

    Raises
    ------
    ClosingRequestError
        If neither can be read.

    Examples
    --------
    At a quarter past three in Los Angeles the day before is over.

    >>> choose_day({"scheduled_at": "2026-11-22T11:15:00Z"}, "America/Los_Angeles").name
    '2026-11-21'

    A day on which the clocks go back lasts 25 hours.

    >>> closed = choose_day({"day": "2026-11-01"}, "America/Los_Angeles")
    >>> (closed.end - closed.start).total_seconds() / 3600
    25.0

    Notes
    -----
    **Source**: EventBridge Scheduler user guide, "Adding context attributes" (``scheduled-time``).
    """
    try:
        if "day" in request:
            day = date.fromisoformat(request["day"])
        else:
            day = local_day(parse_moment(request["scheduled_at"]), time_zone) - _ONE_DAY
    except (KeyError, TypeError, ValueError) as error:
        raise ClosingRequestError(f'{request} names no day: give {{"day": "YYYY-MM-DD"}}.') from error
    return ClosedDay(day, *day_bounds(day, time_zone))


def list_reports(day: date, today: date) -> list[dict[str, str]]:
    """List the reports that tell of a day and are due: its own, and those of its week and month once these are over.

    Examples
    --------
    The night after a month's last day, a Sunday; and a day that is closed again a week later.

    >>> [report["period"] for report in list_reports(date(2026, 5, 31), date(2026, 6, 1))]
    ['day', 'week', 'month']
    >>> [report["period"] for report in list_reports(date(2026, 5, 20), date(2026, 5, 28))]
    ['day', 'week']
    """
    periods = ["day"]
    if day + timedelta(days=_SUNDAY - day.weekday()) < today:
        periods.append("week")
    if (day.year, day.month) < (today.year, today.month):
        periods.append("month")
    return [{"period": period, "on": day.isoformat()} for period in periods]
