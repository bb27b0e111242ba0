"""Usual values: the median of the same weekdays of the weeks before, and the range that is usual around it.

**Source**: P. J. Rousseeuw, C. Croux, "Alternatives to the median absolute deviation", JASA 88 (1993).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from trunkline.reports.statistics import t_quantile_95

_NORMAL = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""
_FEWEST_DAYS = 3


@dataclass(frozen=True)
class Baseline:
    """What is usual.

    Attributes
    ----------
    value
        Usual value of the period.
    low, high
        Usual range: about 95 % of such periods.
    days
        Days that it stands on.
    """

    value: float
    low: float
    high: float
    days: int

    def judge(self, value: float) -> str:
        """Tell whether a value lies above (``more``), below (``less``) or in the usual range (``no_telling``)."""
        if value > self.high:
            return "more"
        return "less" if value < self.low else "no_telling"


def usual_value(values: Sequence[float]) -> tuple[float, float]:
    """Return the median of some values and their robust standard deviation.

    Examples
    --------
    >>> usual_value([100, 104, 98, 300])
    (102.0, 4.4478)
    """
    middle = median(values)
    return middle, _NORMAL * median([abs(each - middle) for each in values])


def count_baseline(usual: Iterable[Mapping[date, float]]) -> Baseline | None:
    """Return the usual number of contacts of a period: the sum of the usual values of its days.

    Parameters
    ----------
    usual
        For each day of the period: contacts on days of its weekday.

    Returns
    -------
    Baseline or None
        ``None`` where a weekday is known fewer than three times. The range is never narrower than chance alone makes
        it (Poisson).

    Examples
    --------
    >>> mondays = {date(2026, 11, day): number for day, number in ((2, 100), (9, 104), (16, 96))}
    >>> usual = count_baseline([mondays])
    >>> usual.value, round(usual.low), round(usual.high), usual.judge(130)
    (100.0, 48, 152, 'no_telling')
    """
    total, variance, freedom, fewest = 0.0, 0.0, 0, 0
    days: set[date] = set()
    for known in usual:
        if len(known) < _FEWEST_DAYS:
            return None
        middle, spread = usual_value(list(known.values()))
        total, variance = total + middle, variance + max(spread**2, middle)
        freedom, fewest = freedom + len(known) - 1, min(fewest or len(known), len(known))
        days |= known.keys()
    reach = _prediction_factor(freedom, fewest) * math.sqrt(variance) if days else 0.0
    return _around(total, reach, len(days))


def ratio_baseline(values: Sequence[float], *, weeks: float, days: int, highest: float) -> Baseline | None:
    """Return the usual value of a ratio of sums from its values in the weeks before.

    Parameters
    ----------
    values
        The ratio in each of them.
    weeks
        Weeks that the period lasts, where it lasts longer than those: its value varies less.
    days
        Days that the values stand on.
    highest
        What the ratio cannot exceed.
    """
    if len(values) < _FEWEST_DAYS:
        return None
    middle, spread = usual_value(values)
    reach = _prediction_factor(len(values) - 1, len(values)) * spread / math.sqrt(max(1.0, weeks))
    found = _around(middle, reach, days)
    return Baseline(found.value, found.low, min(highest, found.high), found.days)


def _prediction_factor(freedom: int, number: int) -> float:
    """Return how many deviations from the middle of ``number`` values the next one lies at most, 95 times of 100."""
    return t_quantile_95(freedom) * math.sqrt(1 + 1 / number)


def _around(middle: float, reach: float, days: int) -> Baseline:
    return Baseline(middle, max(0.0, middle - reach), middle + reach, days)
