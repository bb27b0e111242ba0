"""What was found behind a figure, of whatever kind it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Numbers = Mapping[str, float]
Row = dict[str, Any]

_LONGEST = "longest_wait_seconds"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A figure and what it is made of.

    Attributes
    ----------
    value
        The figure as it is shown elsewhere.
    counters
        What its formula is made of, as it is shown or stored.
    counted
        The same from the evidence.
    lists
        Rows by their name, the chief list first; each with its ``counts``.
    unread
        Whether there is more than was read.
    notes
        What else is to be said.
    """

    value: float | None
    counters: Numbers
    counted: Numbers
    lists: Mapping[str, Sequence[Row]]
    unread: bool = False
    notes: Mapping[str, Any] = field(default_factory=dict)


def add_counts(names: Iterable[str], rows: Iterable[Row]) -> dict[str, float]:
    """Add up what rows count; of longest waits the longest is taken.

    Examples
    --------
    >>> rows = [{"counts": {"waiting": 1, "longest_wait_seconds": 9}}, {"counts": {"longest_wait_seconds": 30}}]
    >>> add_counts(["waiting", "longest_wait_seconds"], rows)
    {'waiting': 1, 'longest_wait_seconds': 30}
    """
    total: dict[str, float] = dict.fromkeys(names, 0)
    for row in rows:
        for name in total.keys() & row["counts"].keys():
            count = row["counts"][name]
            total[name] = max(total[name], count) if name == _LONGEST else total[name] + count
    return total


def without_zeros(counts: Numbers) -> dict[str, float]:
    """Return the counts that count something."""
    return {name: count for name, count in counts.items() if count}
