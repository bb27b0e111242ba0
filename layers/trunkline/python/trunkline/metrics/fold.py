"""Exactly once: changes of contacts become counters, whatever is delivered again, and in whatever batches.

Each counter item remembers, for each shard of the change stream, the last change that it counted. A write
adds the changes after that one and moves the mark, in one conditional update. So a batch that is delivered
again, cut differently, or left half done by a crash adds what is missing and nothing else. An item is written once
for each batch that touches it, however many contacts that brings.

This holds while one shard is read by one reader at a time (the event source mapping's parallelisation
factor is 1): the changes of a shard then come in the order of their sequence numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from trunkline.metrics.changes import Change
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS, Mark, move_mark, name_shard, unpack_marks
from trunkline.metrics.stored import TALLY, pack_tally, unpack_tally
from trunkline.metrics.tally import Tally

_ATTEMPTS = 40


class ConflictError(RuntimeError):
    """Others kept writing to the same counters; the batch is to be delivered again."""


@dataclass(frozen=True)
class Write:
    """One conditional update of a counter item.

    Attributes
    ----------
    marks_before, marks_after
        The packed marks that must be found, and those to leave; empty where there are none.
    tally_before, tally_after
        The packed tally that must be found, and the one to leave; empty where there is none.
    """

    key: Key
    marks_before: bytes
    marks_after: bytes
    tally_before: bytes
    tally_after: bytes


class CounterTable(Protocol):
    """Where counters are kept."""

    def read(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
        """Read counter items as they are now; absent ones are left out."""

    def write(self, write: Write) -> bool:
        """Update one item, or return False if it is not as the write expects."""


Recount = Callable[[Key, frozenset[str]], int]
"""Longest wait in seconds of a queue's interval, recounted without some contacts."""

Pause = Callable[[int], None]
"""Waits before another attempt, whose number it is given, from 1."""


def _go_on(_attempt: int) -> None:
    """Wait not at all."""


def apply_changes(
    changes: Sequence[Change], shard_id: str, table: CounterTable, recount: Recount, pause: Pause = _go_on
) -> dict[Key, list[Change]]:
    """Count each change once.

    Parameters
    ----------
    changes
        Of one shard, in order.
    shard_id
        Names the shard among those of all streams that are counted in the table.
    table
        The counters.
    recount
        Called when a correction may have lowered the longest wait of an interval.
    pause
        Called when another shard has overtaken a write, before it is worked out again.

    Returns
    -------
    dict
        The changes that were counted now, by key; those counted before are left out.

    Raises
    ------
    ConflictError
        If an item kept changing under the writes. What was counted stays counted.
    """
    touched = find_touched(changes)
    items = table.read(touched)
    counted = {}
    for key in sorted(touched):
        touching = [change for change in changes if change.touches(key)]
        counted[key] = _count(key, touching, shard_id, items.get(key, {}), table, recount, pause)
    return counted


def find_touched(changes: Iterable[Change]) -> set[Key]:
    """Return the keys under which some changes alter what is counted."""
    return {key for change in changes for key in (*change.old, *change.new) if change.touches(key)}


def _count(
    key: Key,
    changes: Sequence[Change],
    shard_id: str,
    item: Mapping[str, Any],
    table: CounterTable,
    recount: Recount,
    pause: Pause,
) -> list[Change]:
    for attempt in range(1, _ATTEMPTS + 1):
        fresh = select_fresh(changes, shard_id, item)
        if not fresh:
            return []
        if table.write(plan_write(key, fresh, shard_id, item, recount)):
            return fresh
        pause(attempt)
        item = table.read([key]).get(key, {})
    raise ConflictError(f"{key.interval_key}: counters changed {_ATTEMPTS} times while they were written")


def select_fresh(changes: Iterable[Change], shard_id: str, item: Mapping[str, Any]) -> list[Change]:
    """Return the changes that an item has not counted yet."""
    seen = unpack_marks(item.get(MARKS, b"")).get(name_shard(shard_id))
    after = -1 if seen is None else seen.sequence
    return [change for change in changes if change.sequence > after]


def plan_write(key: Key, fresh: Sequence[Change], shard_id: str, item: Mapping[str, Any], recount: Recount) -> Write:
    """Work out the one write that counts some changes under a key."""
    last, marks_before, tally_before = fresh[-1], item.get(MARKS, b""), item.get(TALLY, b"")
    tally = unpack_tally(tally_before)
    longest = _longest(key, fresh, tally.longest_wait_seconds, recount)
    for change in fresh:
        if key in change.old:
            tally.add(change.old[key], -1)
        if key in change.new:
            tally.add(change.new[key])
    tally.longest_wait_seconds = longest
    return Write(
        key=key,
        marks_before=marks_before,
        marks_after=move_mark(marks_before, name_shard(shard_id), Mark.of(last.sequence, last.hour)),
        tally_before=tally_before,
        tally_after=pack_tally(tally),
    )


def _longest(key: Key, fresh: Sequence[Change], before: int, recount: Recount) -> int:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for change in fresh:
        first.setdefault(change.contact_id, _wait(change.old, key))
        last[change.contact_id] = _wait(change.new, key)
    longest = max(last.values())
    if longest <= before and any(first[each] >= before > last[each] for each in first):
        return max(longest, recount(key, frozenset(last)))
    return max(longest, before)


def _wait(tallies: Mapping[Key, Tally], key: Key) -> int:
    return tallies[key].longest_wait_seconds if key in tallies else 0
