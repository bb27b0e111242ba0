"""Checking opening hours: periods of one day apart from each other, holidays once."""

from __future__ import annotations

from .place import Place

_MIDNIGHT = "00:00"
_END_OF_DAY = "24:00"


def check_hours(center: Place) -> None:
    """Note opening periods that overlap and holidays that are listed twice."""
    for _, hours in center["hours"].entries():
        check_periods(hours["open"])
        _check_holidays(hours["holidays"])


def check_periods(periods: Place) -> None:
    """Note days that a period names twice, and periods of one day that overlap."""
    taken: dict[str, list[tuple[str, str]]] = {}
    for period in periods.items():
        begin, end = period["from"].text, period["to"].text
        named: set[str] = set()
        for day in period["days"].items():
            name = day.text
            if name is None:
                continue
            if name in named:
                day.blame(f"{name} again", "each day once")
                continue
            named.add(name)
            if begin is not None and end is not None:
                _take(period, name, (begin, end), taken.setdefault(name, []))


def end_of(period: Place) -> str | None:
    """Return the clock time at which a period ends, which sorts after its beginning."""
    end = period["to"].text
    return _END_OF_DAY if end == _MIDNIGHT else end


def _take(period: Place, day: str, span: tuple[str, str], taken: list[tuple[str, str]]) -> None:
    begin, end = span[0], _END_OF_DAY if span[1] == _MIDNIGHT else span[1]
    for other_begin, other_end in taken:
        if begin < other_end and other_begin < end:
            shown_end = _MIDNIGHT if other_end == _END_OF_DAY else other_end
            period.blame(
                f"{day} {span[0]} to {span[1]}",
                f"a period apart from {day} {other_begin} to {shown_end}, or one period for both",
            )
            return
    taken.append((begin, end))


def _check_holidays(holidays: Place) -> None:
    seen: dict[str, str] = {}
    for holiday in holidays.items():
        day = holiday["date"].value
        if day is None:
            continue
        name = holiday["name"].text or "a holiday"
        if str(day) in seen:
            holiday["date"].blame(f"{day} again", f"each date once ({seen[str(day)]} is on it)")
        else:
            seen[str(day)] = name
