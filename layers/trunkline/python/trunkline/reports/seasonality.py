"""When contacts come: the shares of weekdays, and of the hours of the centre's clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def show_weekdays(offered: Mapping[date, int]) -> list[dict[str, Any]]:
    """Show what each weekday brings: its mean day, as a share of a week of such days.

    Parameters
    ----------
    offered
        Contacts by day.

    Examples
    --------
    >>> [(each["weekday"], each["days"], each["share_percent"]) for each in show_weekdays(
    ...     {date(2026, 11, 2): 100, date(2026, 11, 9): 200, date(2026, 11, 10): 50})]
    [('mon', 2, 75.0), ('tue', 1, 25.0)]
    """
    days: dict[int, list[int]] = {}
    for day, number in offered.items():
        days.setdefault(day.weekday(), []).append(number)
    means = {weekday: sum(numbers) / len(numbers) for weekday, numbers in days.items()}
    week = sum(means.values())
    return [
        {
            "weekday": WEEKDAYS[weekday],
            "offered": sum(days[weekday]),
            "days": len(days[weekday]),
            "share_percent": _share(means[weekday], week),
        }
        for weekday in sorted(days)
    ]


def show_hours(offered: Sequence[int]) -> list[dict[str, Any]]:
    """Show what each hour of the clock brings, as a share of the day; none where nothing came at all.

    Examples
    --------
    >>> show_hours([0] * 9 + [30, 10] + [0] * 13)[9]
    {'hour': 9, 'offered': 30, 'share_percent': 75.0}
    """
    total = sum(offered)
    if not total:
        return []
    return [
        {"hour": hour, "offered": number, "share_percent": _share(number, total)} for hour, number in enumerate(offered)
    ]


def _share(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 6) if whole else None
