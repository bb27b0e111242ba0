"""Schedule expressions: ``rate(...)``, ``cron(...)`` and ``at(...)``.

**Source**: EventBridge user guide, "Cron expressions reference" and "Rate expressions".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

from twin.cloud.errors import PatternError

NextMoment = Callable[[datetime], datetime | None]
_UNITS = {"minute": 60, "hour": 3600, "day": 86_400}
_MONTHS = {name.upper(): index for index, name in enumerate(calendar.month_abbr) if name}
_DAYS = {name: index for index, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), start=1)}
_HORIZON_DAYS = 366 * 5


def parse_schedule(expression: str, zone: tzinfo = UTC) -> NextMoment:
    """Return what gives the first moment after another that the schedule means.

    Raises
    ------
    PatternError
        For an expression that cannot be read.

    Examples
    --------
    >>> parse_schedule("cron(30 9 ? * MON-FRI *)")(datetime(2026, 11, 21, tzinfo=UTC)).isoformat()
    '2026-11-23T09:30:00+00:00'
    """
    match = re.fullmatch(r"(rate|cron|at)\((.+)\)", expression.strip())
    if match is None:
        raise PatternError(f"schedule expression {expression!r} is none of rate(...), cron(...) and at(...)")
    kind, body = match.groups()
    if kind == "rate":
        return _rate(body, expression)
    if kind == "at":
        moment = datetime.fromisoformat(body).replace(tzinfo=zone).astimezone(UTC)
        return lambda after: moment if moment > after else None
    return _cron(body.split(), expression, zone)


def _rate(body: str, expression: str) -> NextMoment:
    match = re.fullmatch(r"(\d+) (minute|hour|day)s?", body)
    if match is None:
        raise PatternError(f"schedule expression {expression!r}: a rate is a number and minutes, hours or days")
    step = timedelta(seconds=int(match[1]) * _UNITS[match[2]])
    return lambda after: after + step


def _cron(fields: list[str], expression: str, zone: tzinfo) -> NextMoment:
    if len(fields) != 6:
        raise PatternError(f"schedule expression {expression!r}: cron takes 6 fields, not {len(fields)}")
    minutes = _values(fields[0], 0, 59, {}, expression)
    hours = _values(fields[1], 0, 23, {}, expression)
    months = _values(fields[3], 1, 12, _MONTHS, expression)
    years = _values(fields[5], 1970, 2199, {}, expression)
    on_day = _day_test(fields[2], fields[4], expression)

    def following(after: datetime) -> datetime | None:
        local = after.astimezone(zone)
        for offset in range(_HORIZON_DAYS):
            day = local.date() + timedelta(days=offset)
            if day.year not in years or day.month not in months or not on_day(day):
                continue
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
                    if moment > after:
                        return moment
        return None

    return following


def _day_test(of_month: str, of_week: str, expression: str) -> Callable[[date], bool]:
    if of_week != "?":
        if of_week.endswith("L"):
            last = _number(of_week[:-1], _DAYS, expression)
            return lambda day: _weekday(day) == last and (day + timedelta(days=7)).month != day.month
        if "#" in of_week:
            name, _, nth = of_week.partition("#")
            wanted = _number(name, _DAYS, expression)
            return lambda day: _weekday(day) == wanted and (day.day - 1) // 7 + 1 == int(nth)
        weekdays = _values(of_week, 1, 7, _DAYS, expression)
        return lambda day: _weekday(day) in weekdays
    if of_month == "L":
        return lambda day: (day + timedelta(days=1)).day == 1
    days = _values(of_month, 1, 31, {}, expression)
    return lambda day: day.day in days


def _weekday(day: date) -> int:
    return day.isoweekday() % 7 + 1


def _values(field: str, low: int, high: int, names: dict[str, int], expression: str) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        if first in {"*", "?"}:
            begin, end = low, high
        else:
            begin = _number(first, names, expression)
            end = _number(last, names, expression) if dash else high if step else begin
        found.update(range(begin, end + 1, int(step or 1)))
    if not found or min(found) < low or max(found) > high:
        raise PatternError(f"schedule expression {expression!r}: {field!r} is outside {low} to {high}")
    return frozenset(found)


def _number(text: str, names: dict[str, int], expression: str) -> int:
    if text.upper() in names:
        return names[text.upper()]
    if not text.isdigit():
        raise PatternError(f"schedule expression {expression!r}: {text!r} is no value")
    return int(text)
