"""What can be said of a figure from the number behind it: intervals, and whether a change is more than chance.

Small formulas on ``math`` alone: a scientific library would be ten times the size of everything else that a
function is deployed with.

**Source**: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
W. G. Cochran, "Sampling Techniques", 3rd ed. (1977), chapter 6 (ratio estimates); B. L. Welch, "The generalization
of Student's problem", Biometrika 34 (1947); D. L. Wallace, "Bounds on normal approximations to Student's and the
chi-square distributions", Annals of Mathematical Statistics 30 (1959); P. McCullagh, J. A. Nelder, "Generalized
Linear Models" (1989), 4.5 and 6.2 (overdispersed counts).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""Standard deviations of the normal distribution within which 95 % lie."""
SIGNIFICANT = 0.05


@dataclass(slots=True)
class Moments:
    """Sums over intervals of what a ratio of sums is made of; they add up.

    Attributes
    ----------
    number
        Intervals in which the denominator is not zero.
    x, y
        Sums of denominators and numerators; ``xx``, ``xy``, ``yy`` of their products.
    """

    number: int = 0
    x: float = 0
    y: float = 0
    xx: float = 0
    xy: float = 0
    yy: float = 0

    def note(self, numerator: float, denominator: float) -> None:
        """Add one interval."""
        if denominator:
            self.add(Moments(1, denominator, numerator, denominator**2, denominator * numerator, numerator**2))

    def add(self, other: Moments) -> None:
        """Add the intervals of another sum."""
        self.number += other.number
        self.x += other.x
        self.y += other.y
        self.xx += other.xx
        self.xy += other.xy
        self.yy += other.yy

    @property
    def variance(self) -> float | None:
        """Variance of the ratio of sums; ``None`` of fewer than two intervals.

        Contacts of the same quarter of an hour wait alike, so intervals are taken as drawn, not contacts
        (a cluster sample): the variance of y/x is m/(m-1) times the sum of (y - R x)^2, over x squared.

        Examples
        --------
        >>> moments = Moments()
        >>> for seconds in (10, 20, 30):
        ...     moments.note(seconds, 1)
        >>> round(moments.variance, 4)  # of the mean of three: 100 / 3
        33.3333
        """
        if self.number < 2 or not self.x:
            return None
        ratio = self.y / self.x
        spread = max(0.0, self.yy - 2 * ratio * self.xy + ratio**2 * self.xx)
        return self.number / (self.number - 1) * spread / self.x**2


@dataclass(frozen=True)
class Change:
    """How probable a change at least as large is by chance alone; ``None`` where nobody can tell."""

    p: float | None
    up: bool

    @property
    def verdict(self) -> str:
        """``more``, ``less``, or ``no_telling``."""
        if self.p is None or self.p >= SIGNIFICANT:
            return "no_telling"
        return "more" if self.up else "less"


UNKNOWN = Change(None, up=False)


def wilson_interval(part: float, whole: float) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, each end between 0 and 1; ``None`` of nothing.

    Examples
    --------
    >>> low, high = wilson_interval(8, 10)
    >>> round(low, 4), round(high, 4)
    (0.4902, 0.9433)
    >>> low, high = wilson_interval(0, 10)
    >>> round(low, 4), round(high, 4)
    (0.0, 0.2775)
    """
    if whole <= 0:
        return None
    share, square = part / whole, Z_95**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = Z_95 / (1 + square / whole) * math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    # The share lies between them by the formula, but not always by its rounding.
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def reach_of(moments: Moments) -> float | None:
    """Return how far the 95 % interval of a ratio of sums reaches on either side; ``None`` of fewer than two intervals.

    Examples
    --------
    >>> moments = Moments()
    >>> for seconds in (10, 20, 30):
    ...     moments.note(seconds, 1)
    >>> round(reach_of(moments), 1)  # of the mean of 20: 4.48 * 5.77
    25.8
    """
    variance = moments.variance
    return None if variance is None else t_quantile_95(moments.number - 1) * math.sqrt(variance)


def compare_shares(part: float, whole: float, part_before: float, whole_before: float) -> Change:
    """Compare two shares by the two-proportion z test with a pooled share.

    Examples
    --------
    >>> change = compare_shares(90, 100, 75, 100)
    >>> round(change.p, 4), change.verdict
    (0.0052, 'more')
    """
    if not whole or not whole_before:
        return UNKNOWN
    pooled = (part + part_before) / (whole + whole_before)
    variance = pooled * (1 - pooled) * (1 / whole + 1 / whole_before)
    difference = part / whole - part_before / whole_before
    return _judge(difference, math.sqrt(max(0.0, variance)))


def compare_means(now: Moments, before: Moments) -> Change:
    """Compare two ratios of sums by Welch's test, with the degrees of freedom that Satterthwaite gives.

    Examples
    --------
    >>> now, before = Moments(), Moments()
    >>> for seconds in (30, 31, 32, 33):
    ...     now.note(seconds, 1)
    ...     before.note(seconds - 10, 1)
    >>> compare_means(now, before).verdict, compare_means(now, now).verdict
    ('more', 'no_telling')
    """
    one, other = now.variance, before.variance
    if one is None or other is None:
        return UNKNOWN
    difference, variance = now.y / now.x - before.y / before.x, one + other
    freedom = variance**2 / (one**2 / (now.number - 1) + other**2 / (before.number - 1)) if variance else 1.0
    return _judge(difference, math.sqrt(variance), freedom)


def compare_counts(count: float, days: float, count_before: float, days_before: float, dispersion: float) -> Change:
    """Compare two numbers of contacts, each per day, by a Poisson test whose variance is ``dispersion`` times the mean.

    Examples
    --------
    >>> compare_counts(130, 1, 100, 1, dispersion=1).verdict
    'more'
    >>> compare_counts(130, 1, 100, 1, dispersion=3).verdict  # where days differ that much anyhow
    'no_telling'
    """
    if not days or not days_before:
        return UNKNOWN
    variance = dispersion * (count / days**2 + count_before / days_before**2)
    return _judge(count / days - count_before / days_before, math.sqrt(variance))


def estimate_dispersion(groups: Iterable[Sequence[float]]) -> float:
    """Estimate how much more days of the same kind differ than chance makes them; 1 at least.

    Pearson's statistic over its degrees of freedom: 1 where contacts come independently of each other.

    Examples
    --------
    >>> round(estimate_dispersion([[100, 140, 120], [10, 10]]), 2)
    2.22
    >>> estimate_dispersion([])
    1.0
    """
    squares, freedom = 0.0, 0
    for group in groups:
        mean = sum(group) / len(group) if group else 0
        if mean:
            squares += sum((each - mean) ** 2 for each in group) / mean
            freedom += len(group) - 1
    return max(1.0, squares / freedom) if freedom else 1.0


def normal_p(z: float) -> float:
    """Return the probability that a standard normal is further from zero than ``z``, on either side.

    Examples
    --------
    >>> round(normal_p(1.96), 4)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def t_quantile_95(freedom: float) -> float:
    """Return the t within which 95 % lie: a little wide below four degrees of freedom, exact to 0.5 % from there.

    Examples
    --------
    >>> [round(t_quantile_95(each), 2) for each in (2, 4, 10, 30, 1000)]  # 4.30, 2.78, 2.23, 2.04, 1.96
    [4.48, 2.79, 2.23, 2.04, 1.96]
    """
    z = Z_95 * (8 * freedom + 3) / (8 * freedom + 1)
    return math.sqrt(freedom * math.expm1(z * z / freedom))


def t_to_normal(t: float, freedom: float) -> float:
    """Return the standard normal that is as improbable as Student's t, by Wallace's formula.

    Examples
    --------
    >>> round(normal_p(t_to_normal(2.2281, 10)), 3)
    0.05
    """
    size = math.sqrt(freedom * math.log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    return math.copysign(size, t)


def _judge(difference: float, deviation: float, freedom: float = math.inf) -> Change:
    if not deviation:
        return Change(1.0, up=False) if not difference else UNKNOWN
    z = difference / deviation
    return Change(normal_p(z if math.isinf(freedom) else t_to_normal(z, max(1.0, freedom))), up=difference > 0)
