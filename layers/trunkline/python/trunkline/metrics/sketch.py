"""Percentiles of seconds from a sketch that is small, merges exactly, and takes back what was corrected.

Values up to 25 seconds have buckets of their own, and so zeros, which many waits are, are counted apart. Larger
ones fall into the bucket of their logarithm; every bucket is so narrow that its middle is within 2 % of every
value in it. A sketch is a linear thing: the sketch of two groups is the sum of their sketches, and what was added
can be subtracted.

**Source**: C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
relative-error guarantees", PVLDB 12 (2019), section 2.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

RELATIVE_ERROR = 0.02
_GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
_LOG_GAMMA = math.log(_GAMMA)
_EXACT_SECONDS = 25
"""From here on the buckets are wider than a second."""


def bucket_of(seconds: int) -> int:
    """Return the bucket of a value, from 0; every bucket up to that of a longest value has values of its own.

    Examples
    --------
    >>> bucket_of(0), bucket_of(25), bucket_of(26), bucket_of(60), bucket_of(3600)
    (0, 25, 26, 47, 150)
    """
    if 0 <= seconds < _TABULATED_SECONDS:
        return _BUCKETS[seconds]
    return _find_bucket(seconds)


def _find_bucket(seconds: int) -> int:
    if seconds <= _EXACT_SECONDS:
        return max(0, seconds)
    return _EXACT_SECONDS + math.ceil(math.log(seconds / _EXACT_SECONDS) / _LOG_GAMMA - 1e-9)


_TABULATED_SECONDS = 3600
_BUCKETS = tuple(map(_find_bucket, range(_TABULATED_SECONDS)))


@cache
def value_of(bucket: int) -> float:
    """Return the value that stands for a bucket, in seconds: within 2 % of all that fall into it.

    Examples
    --------
    >>> round(value_of(bucket_of(60)), 1)
    59.1
    """
    if bucket <= _EXACT_SECONDS:
        return float(bucket)
    return 2 * _EXACT_SECONDS * _GAMMA ** (bucket - _EXACT_SECONDS) / (_GAMMA + 1)


def quantiles_of(values: Iterable[int], shares: Sequence[float]) -> list[float | None]:
    """Return what the sketch of some seconds would give as the values of some shares, without making it.

    Examples
    --------
    >>> quantiles_of([0, 0, 10, 100], [0.5]) == Sketch.of([0, 0, 10, 100]).quantiles([0.5])
    True
    """
    ordered = sorted(values)
    total = len(ordered)
    if not total:
        return [None] * len(shares)
    return [value_of(bucket_of(ordered[rank_of(share, total) - 1])) for share in shares]


def rank_of(share: float, total: int) -> int:
    """Return which of ``total`` ordered values has a share of them below or at it, from 1."""
    return max(1, math.ceil(share * total - 1e-9))


@dataclass
class Sketch:
    """How often each bucket was hit.

    Attributes
    ----------
    counts
        Buckets to counts, none of them zero.

    Examples
    --------
    >>> waits = Sketch.of([0, 0, 10, 100])
    >>> waits.total, waits.quantile(0.5), round(waits.quantile(1.0))
    (4, 0.0, 99)
    """

    counts: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[int]) -> Sketch:
        """Return the sketch of some values, in seconds."""
        sketch = cls()
        for value in values:
            sketch.add(value)
        return sketch

    @property
    def total(self) -> int:
        """The number of values."""
        return sum(self.counts.values())

    def add(self, seconds: int, times: int = 1) -> None:
        """Add a value, or take it back with a negative number of times."""
        self._add_to(bucket_of(seconds), times)

    def merge(self, other: Sketch, times: int = 1) -> None:
        """Add all values of another sketch, or take them back."""
        for bucket, count in other.counts.items():
            self._add_to(bucket, count * times)

    def quantile(self, share: float) -> float | None:
        """Return the value below or at which a share of all values lies.

        Parameters
        ----------
        share
            0 to 1, such as 0.9 for the 90th percentile.

        Returns
        -------
        float or None
            Seconds, within 2 % of the value of rank ``ceil(share * total)``; ``None`` where nothing was added.
        """
        return self.quantiles((share,))[0]

    def quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return the values of several shares, which ascend."""
        buckets = sorted(self.counts)
        passed = list(accumulate(self.counts[bucket] for bucket in buckets))
        if not passed:
            return [None] * len(shares)
        ranks = [rank_of(share, passed[-1]) for share in shares]
        return [value_of(buckets[bisect_left(passed, rank)]) for rank in ranks]

    def _add_to(self, bucket: int, times: int) -> None:
        count = self.counts.get(bucket, 0) + times
        if count:
            self.counts[bucket] = count
        else:
            self.counts.pop(bucket, None)
