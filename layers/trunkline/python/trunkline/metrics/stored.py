"""A tally as the metrics table keeps it: one packed attribute, so that the busiest interval stays under 1 KB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice, pairwise

from trunkline.metrics.packing import pack_numbers, unpack_numbers
from trunkline.metrics.tally import Tally

TALLY = "tally"
"""Attribute of a counter item."""

# The order is the format: a counter that is new goes to the end, and one that goes leaves its place unused.
PLACES = (
    "contacts",
    "offered",
    "answered",
    "abandoned",
    "abandoned_short",
    "ended_in_menu",
    "ended_by_flow",
    "callbacks",
    "transferred",
    "answered_in_target",
    "abandoned_in_target",
    "wait_answered_seconds",
    "wait_abandoned_seconds",
    "talk_seconds",
    "hold_seconds",
    "held",
    "after_contact_work_seconds",
    "survey_answers",
    "survey_satisfied",
    "survey_score_sum",
    "transfers_in",
    "transfers_out",
    "callbacks_attempted",
    "callbacks_connected",
    "callback_wait_seconds",
    "worked_contact_seconds",
    "worked_after_contact_seconds",
    "longest_wait_seconds",
    "available_seconds",
    "unavailable_seconds",
    "offers_missed",
    "offers_abandoned",
    "callbacks_given_up",
)
"""Counters by their places in the attribute."""


class CounterItemError(ValueError):
    """A counter item that cannot be read: rebuild its day."""


def pack_tally(tally: Tally) -> bytes:
    """Write a tally: its counters by place, then the buckets of its two sketches; nothing for an empty one.

    Examples
    --------
    >>> packed = pack_tally(Tally(offered=3, answered=2, waits={0: 2, 47: 1}))
    >>> len(packed), unpack_tally(packed) == Tally(offered=3, answered=2, waits={0: 2, 47: 1})
    (12, True)
    """
    counters = _shorten([getattr(tally, name) for name in PLACES])
    waits, handles = _differences(tally.waits), _differences(tally.handles)
    if not (counters or waits or handles):
        return b""
    return pack_numbers((len(counters), *counters, len(waits), *waits, len(handles), *handles))


def unpack_tally(data: bytes) -> Tally:
    """Read what ``pack_tally`` wrote; nothing is an empty tally.

    Raises
    ------
    CounterItemError
        If it is cut short.
    """
    if not data:
        return Tally()
    try:
        numbers = unpack_numbers(data)
        counters, waits, handles = (_take(numbers) for _ in range(3))
    except ValueError as error:
        raise CounterItemError("a counter item ends before its last count: rebuild its day") from error
    return Tally(
        **{name: count for name, count in zip(PLACES, counters, strict=False) if count},
        waits=_add_up(waits),
        handles=_add_up(handles),
    )


def _shorten(counts: list[int]) -> list[int]:
    """Return the counts without the zeros at their end, so that counters which are new change nothing yet."""
    length = max((place for place, count in enumerate(counts, 1) if count), default=0)
    return counts[:length]


def _differences(sketch: Mapping[int, int]) -> list[int]:
    """Return how each bucket's count differs from the one before, for neighbours are alike."""
    counts = _shorten([sketch.get(bucket, 0) for bucket in range(max(sketch, default=-1) + 1)])
    return [count - before for before, count in pairwise((0, *counts))]


def _add_up(differences: Iterable[int]) -> dict[int, int]:
    return {bucket: count for bucket, count in enumerate(accumulate(differences)) if count}


def _take(numbers: Iterator[int]) -> list[int]:
    """Take a series: its length comes first."""
    length = next(numbers, -1)
    taken = list(islice(numbers, max(0, length)))
    if len(taken) != length:
        raise ValueError(f"{len(taken)} numbers where {length} are told")
    return taken
