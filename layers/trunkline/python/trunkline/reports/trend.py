"""How days change from week to week: a slope that outliers and weekdays do not bend.

**Source**: R. M. Hirsch, J. R. Slack, R. A. Smith, "Techniques of trend analysis for monthly water quality data",
Water Resources Research 18 (1982): the seasonal Kendall test and slope; P. K. Sen, "Estimates of the regression
coefficient based on Kendall's tau", JASA 63 (1968).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

from trunkline.reports.statistics import Change, normal_p


@dataclass(frozen=True)
class Trend:
    """Median change from one week to the next, and whether it is more than chance.

    Attributes
    ----------
    slope
        Contacts a day more (or, negative, fewer) each week.
    days
        Days that it stands on.
    """

    slope: float
    change: Change
    days: int


def find_trend(values: Mapping[date, float]) -> Trend | None:
    """Find how days change from week to week, each held against days of its own weekday only.

    Parameters
    ----------
    values
        Contacts by day; days may be missing.

    Returns
    -------
    Trend or None
        ``None`` where no weekday is known twice.

    Examples
    --------
    >>> from datetime import timedelta
    >>> first = date(2026, 10, 5)
    >>> quiet_sundays = {first + timedelta(day): 0 if day % 7 == 6 else 100 + day // 7 * 5 for day in range(28)}
    >>> trend = find_trend(quiet_sundays)
    >>> trend.slope, trend.change.verdict
    (5.0, 'more')
    """
    weekdays: dict[int, list[tuple[date, float]]] = {}
    for day in sorted(values):
        weekdays.setdefault(day.weekday(), []).append((day, values[day]))
    slopes = [slope for each in weekdays.values() for slope in _slopes(each)]
    if not slopes:
        return None
    score = sum(_score(each) for each in weekdays.values())
    variance = sum(_variance(each) for each in weekdays.values())
    return Trend(median(slopes), _judge(score, variance), len(values))


def _slopes(days: list[tuple[date, float]]) -> Iterator[float]:
    for (early, before), (late, after) in combinations(days, 2):
        yield (after - before) / ((late - early).days / 7)


def _score(days: list[tuple[date, float]]) -> int:
    return sum((after > before) - (after < before) for (_, before), (_, after) in combinations(days, 2))


def _variance(days: list[tuple[date, float]]) -> float:
    """Return the variance of Kendall's score if nothing changed, ties taken off."""
    ties = Counter(value for _, value in days).values()
    return (_pairs(len(days)) - sum(_pairs(number) for number in ties)) / 18


def _pairs(number: int) -> int:
    return number * (number - 1) * (2 * number + 5)


def _judge(score: int, variance: float) -> Change:
    if variance <= 0:
        return Change(None, up=False)
    continuous = math.copysign(max(0, abs(score) - 1), score)
    return Change(normal_p(continuous / math.sqrt(variance)), up=score > 0)
