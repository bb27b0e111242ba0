"""Checking shifts: periods apart from each other, breaks within the hours of work, and shifts that exist."""

from __future__ import annotations

from .opening import check_periods, end_of
from .place import Place

_UNPLANNED = {"Available": "work", "Offline": "time off"}


def check_shifts(center: Place) -> None:
    """Note shifts that overlap themselves, breaks outside of work, and agents whose shift does not exist."""
    shifts = center["shifts"]
    for _, agent in center["agents"].entries():
        agent["shift"].refer(shifts.names() or (), "a shift defined under shifts")
    for _, shift in shifts.entries():
        check_periods(shift["work"])
        check_periods(shift["breaks"])
        for pause in shift["breaks"].items():
            _check_break(pause, shift["work"])


def _check_break(pause: Place, work: Place) -> None:
    state = pause["state"].text
    if state in _UNPLANNED:
        pause["state"].blame(f"{state}, which is {_UNPLANNED[state]}", "the status of a break, such as Lunch")
    begin, end = pause["from"].text, end_of(pause)
    if begin is None or end is None:
        return
    for day in pause["days"].items():
        if day.text is not None and not any(_holds(period, day.text, begin, end) for period in work.items()):
            day.blame(f"{day.text} {begin} to {pause['to'].text}", f"a break within the hours of work on {day.text}")


def _holds(period: Place, day: str, begin: str, end: str) -> bool:
    start, stop = period["from"].text, end_of(period)
    named = day in (period["days"].names() or ())
    return named and start is not None and stop is not None and start <= begin and end <= stop
