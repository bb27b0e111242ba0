"""The wallboard: big numbers that a wall can show, of now and of today."""

from __future__ import annotations

from math import ceil

from aws_cdk import Duration

from trunkline.center import Center, OpenHours

from .connect import ConnectMetrics
from .sums import INTERVAL, Sums
from .widgets import Rows, numbers

_MIDNIGHT = 24


def opening_day(center: Center) -> Duration:
    """Return the length of the longest opening day, in whole hours.

    Dashboards know no "today": at any moment of an opening day, so much time goes back to its beginning, and not to the
    day before as long as the centre is closed for longer than it is open.
    """
    days: dict[str, list[tuple[float, float]]] = {}
    for hours in center.hours.values():
        for period in hours.open:
            for day in period.days:
                days.setdefault(day, []).append(_span(period))
    longest = max(max(end for _, end in spans) - min(start for start, _ in spans) for spans in days.values())
    return Duration.hours(ceil(longest))


def wallboard(center: Center, sums: Sums, connect: ConnectMetrics) -> Rows:
    """Compose the wallboard; its time is one opening day."""
    queues = sums.queues
    today = f"in the last {opening_day(center).to_hours():g} hours"
    levels = [sums.service_level(queues, "All"), *(sums.service_level([key], sums.title(key)) for key in queues)]
    return [
        [
            numbers("Waiting now", [connect.waiting(key, sums.title(key)) for key in queues], width=12),
            numbers(
                "Longest wait now, seconds", [connect.longest_wait(key, sums.title(key)) for key in queues], width=12
            ),
        ],
        [
            numbers("Service level of the last quarter of an hour, %", levels, width=12, period=INTERVAL),
            numbers(f"Service level {today}, %", levels, width=12, over_all=True),
        ],
        [
            numbers(f"{name} {today}", [sums.total(name, name)], width=8, over_all=True)
            for name in ("Offered", "Answered", "Abandoned")
        ],
    ]


def _span(period: OpenHours) -> tuple[float, float]:
    return _hour(period.from_), _hour(period.to) or _MIDNIGHT


def _hour(clock: str) -> float:
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / 60
