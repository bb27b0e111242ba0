"""Percentiles of seconds from a sketch that is small, merges exactly, and takes back what was corrected.

A value falls into the bucket of its logarithm; every bucket is so narrow that its middle is within 2 % of
every value in it. Zeros, which many waits are, are counted apart. A sketch is a linear thing: the sketch
of two groups is the sum of their sketches, and what was added can be subtracted.

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
_ZERO = -1
_CONTINUED = 0x80


def bucket_of(seconds: int) -> int:
    """Return the bucket of a value: the smallest ``i`` with seconds <= gamma ** i, and -1 for none.

    Examples
    --------
    >>> bucket_of(0), bucket_of(1), bucket_of(60)
    (-1, 0, 103)
    """
    if 0 <= seconds < _TABULATED_SECONDS:
        return _BUCKETS[seconds]
    return _find_bucket(seconds)


def _find_bucket(seconds: int) -> int:
    return _ZERO if seconds <= 0 else math.ceil(math.log(seconds) / _LOG_GAMMA - 1e-9)


_TABULATED_SECONDS = 3600
_BUCKETS = tuple(map(_find_bucket, range(_TABULATED_SECONDS)))


@cache
def value_of(bucket: int) -> float:
    """Return the value that stands for a bucket, in seconds: within 2 % of all that fall into it.

    Examples
    --------
    >>> round(value_of(bucket_of(60)), 1)
    60.4
    """
    return 0.0 if bucket == _ZERO else 2 * _GAMMA**bucket / (_GAMMA + 1)


def quantiles_of(values: Iterable[int], shares: Sequence[float]) -> list[float | None]:
    """Return what the sketch of some seconds would give as the values of some shares, without making it.

    Examples
    --------
    >>> quantiles_of([0, 0, 10, 100], [0.5]) == Sketch.of([0, 0, 10, 100]).quantiles([0.5])
    True
    """
    ordered = sorted(values)
    total = len(ordered)
    return [value_of(bucket_of(ordered[rank_of(share, total) - 1])) if total else None for share in shares]


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
    (4, 0.0, 102)
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

    def encode(self) -> bytes:
        """Return the sketch in few bytes: for each bucket its distance from the one before, and its count."""
        written = bytearray()
        before = _ZERO
        for bucket in sorted(self.counts):
            _write(written, bucket - before)
            _write(written, _fold_sign(self.counts[bucket]))
            before = bucket
        return bytes(written)

    @classmethod
    def decode(cls, data: bytes) -> Sketch:
        """Read what ``encode`` wrote.

        Raises
        ------
        ValueError
            If it ends within a number.
        """
        numbers = _read(data)
        if len(numbers) % 2:
            raise ValueError("a sketch ends before its last count")
        counts: dict[int, int] = {}
        bucket = _ZERO
        for distance, count in zip(numbers[::2], numbers[1::2], strict=True):
            bucket += distance
            counts[bucket] = _unfold_sign(count)
        return cls(counts)

    def _add_to(self, bucket: int, times: int) -> None:
        count = self.counts.get(bucket, 0) + times
        if count:
            self.counts[bucket] = count
        else:
            self.counts.pop(bucket, None)


def _fold_sign(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _unfold_sign(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2


def _write(written: bytearray, number: int) -> None:
    while number >= _CONTINUED:
        written.append(number % _CONTINUED + _CONTINUED)
        number //= _CONTINUED
    written.append(number)


def _read(data: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in data:
        number |= (byte % _CONTINUED) << shift
        shift += 7
        if byte < _CONTINUED:
            numbers.append(number)
            number, shift = 0, 0
    if shift:
        raise ValueError("a sketch ends within a number")
    return numbers
