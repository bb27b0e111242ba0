"""Exactly once: changes of contacts become counters, whatever is delivered again, and in whatever batches.

Each counter item remembers, for each shard of the change stream, the last change that it counted. A write
adds the changes after that one and moves the mark, in one conditional update. So a batch that is delivered
again, cut differently, or left half done by a crash adds what is missing and nothing else.

This holds while one shard is read by one reader at a time (the event source mapping's parallelisation
factor is 1): the changes of a shard then come in the order of their sequence numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Protocol

from trunkline.metrics.changes import Change
from trunkline.metrics.keys import Key
from trunkline.metrics.sketch import Sketch
from trunkline.metrics.tally import Tally

_ATTEMPTS = 8


class ConflictError(RuntimeError):
    """Others kept writing to the same counters; the batch is to be delivered again."""


@dataclass(frozen=True)
class SketchChange:
    """A sketch of an item, as it must be found and as it is to be left; empty where there is none."""

    name: str
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Write:
    """One conditional update of a counter item.

    Attributes
    ----------
    seen_before, seen
        Mark of the shard that must be found, and the one to leave.
    adds
        Counter names to amounts, which may be negative.
    sketches
        Sketches that change.
    longest_before, longest
        Longest wait that must be found, in seconds, and the one to set; ``None`` leaves it alone.
    """

    key: Key
    shard_id: str
    seen_before: int | None
    seen: int
    adds: Mapping[str, int]
    longest_before: int
    longest: int | None = None
    sketches: Sequence[SketchChange] = ()


class CounterTable(Protocol):
    """Where counters are kept."""

    def read(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
        """Read counter items as they are now; absent ones are left out."""

    def write(self, write: Write) -> bool:
        """Update one item, or return False if it is not as the write expects."""


Recount = Callable[[Key, frozenset[str]], int]
"""Longest wait in seconds of a queue's interval, recounted without some contacts."""


def apply_changes(
    changes: Sequence[Change], shard_id: str, table: CounterTable, recount: Recount
) -> dict[Key, list[Change]]:
    """Count each change once.

    Parameters
    ----------
    changes
        Of one shard, in order.
    shard_id
        Shard of the change stream.
    table
        The counters.
    recount
        Called when a correction may have lowered the longest wait of an interval.

    Returns
    -------
    dict
        The changes that were counted now, by key; those counted before are left out.

    Raises
    ------
    ConflictError
        If an item kept changing under the writes. What was counted stays counted.
    """
    touched = {key for change in changes for key in (*change.old, *change.new) if change.touches(key)}
    items = table.read(touched)
    counted = {}
    for key in sorted(touched):
        touching = [change for change in changes if change.touches(key)]
        counted[key] = _count(key, touching, shard_id, items.get(key, {}), table, recount)
    return counted


def _count(
    key: Key,
    changes: Sequence[Change],
    shard_id: str,
    item: Mapping[str, Any],
    table: CounterTable,
    recount: Recount,
) -> list[Change]:
    for _attempt in range(_ATTEMPTS):
        fresh = select_fresh(changes, shard_id, item)
        if not fresh:
            return []
        if table.write(plan_write(key, fresh, shard_id, item, recount)):
            return fresh
        item = table.read([key]).get(key, {})
    raise ConflictError(f"{key.interval_key}: counters changed {_ATTEMPTS} times while they were written")


def mark_name(shard_id: str) -> str:
    """Return the attribute in which a counter item keeps its mark of a shard: short, for items are."""
    return f"seen.{blake2b(shard_id.encode(), digest_size=5).hexdigest()}"


def encode_mark(sequence: int) -> bytes:
    """Write a mark in half the bytes of its digits.

    Examples
    --------
    >>> decode_mark(encode_mark(10**39)) == 10**39
    True
    """
    return sequence.to_bytes((sequence.bit_length() + 7) // 8, "big")


def decode_mark(mark: bytes) -> int:
    """Read what ``encode_mark`` wrote."""
    return int.from_bytes(mark, "big")


def select_fresh(changes: Iterable[Change], shard_id: str, item: Mapping[str, Any]) -> list[Change]:
    """Return the changes that an item has not counted yet."""
    seen = _seen(shard_id, item)
    return [change for change in changes if seen is None or change.sequence > seen]


def plan_write(key: Key, fresh: Sequence[Change], shard_id: str, item: Mapping[str, Any], recount: Recount) -> Write:
    """Work out the one write that counts some changes under a key."""
    total = Tally()
    for change in fresh:
        if key in change.old:
            total.add(change.old[key], -1)
        if key in change.new:
            total.add(change.new[key])
    before = item.get("longest_wait_seconds", 0)
    return Write(
        key=key,
        shard_id=shard_id,
        seen_before=_seen(shard_id, item),
        seen=fresh[-1].sequence,
        adds=total.counts(),
        longest_before=before,
        longest=_longest(key, fresh, before, recount),
        sketches=_change_sketches(item, total),
    )


def _longest(key: Key, fresh: Sequence[Change], before: int, recount: Recount) -> int | None:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for change in fresh:
        first.setdefault(change.contact_id, _wait(change.old, key))
        last[change.contact_id] = _wait(change.new, key)
    longest = max(last.values())
    if longest > before:
        return longest
    if any(first[each] >= before > last[each] for each in first):
        longest = max(longest, recount(key, frozenset(last)))
        return longest if longest != before else None
    return None


def _wait(tallies: Mapping[Key, Tally], key: Key) -> int:
    return tallies[key].longest_wait_seconds if key in tallies else 0


def _change_sketches(item: Mapping[str, Any], total: Tally) -> list[SketchChange]:
    changes = []
    for name, counts in (("wait_sketch", total.waits), ("handle_sketch", total.handles)):
        before = item.get(name, b"")
        sketch = Sketch.decode(before)
        sketch.merge(Sketch(counts))
        after = sketch.encode()
        if after != before:
            changes.append(SketchChange(name, before, after))
    return changes


def _seen(shard_id: str, item: Mapping[str, Any]) -> int | None:
    mark = item.get(mark_name(shard_id))
    return decode_mark(mark) if mark is not None else None
