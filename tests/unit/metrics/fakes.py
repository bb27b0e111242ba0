"""A counter table in memory; it passes the contract suite that the real one passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.metrics.fold import Write, decode_mark, encode_mark, mark_name
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally


class CrashError(RuntimeError):
    """The function died here."""


def fits(item: Mapping[str, Any], write: Write, *, marked: bool = True) -> bool:
    """Whether an item is as a write expects; ``marked`` looks at the shard's mark too."""
    mark = item.get(mark_name(write.shard_id))
    if marked and (decode_mark(mark) if mark else None) != write.seen_before:
        return False
    if write.longest is not None and item.get("longest_wait_seconds", 0) != write.longest_before:
        return False
    return all(item.get(sketch.name, b"") == sketch.before for sketch in write.sketches)


def apply_write(item: Mapping[str, Any], write: Write) -> dict[str, Any]:
    """Return the item as a write leaves it."""
    after = {**item, mark_name(write.shard_id): encode_mark(write.seen)}
    after |= {sketch.name: sketch.after for sketch in write.sketches}
    if write.longest is not None:
        after["longest_wait_seconds"] = write.longest
    for name, amount in write.adds.items():
        after[name] = after.get(name, 0) + amount
    return after


class MemoryCounters:
    """Counters in memory; ``crash_before`` lets so many writes pass and then dies."""

    def __init__(self) -> None:
        self.items: dict[Key, dict[str, Any]] = {}
        self.writes = 0
        self.crash_before: int | None = None

    def read(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
        return {key: dict(self.items[key]) for key in keys if key in self.items}

    def write(self, write: Write) -> bool:
        if self.crash_before is not None:
            if self.crash_before == 0:
                raise CrashError
            self.crash_before -= 1
        item = self.items.get(write.key, {})
        if not fits(item, write):
            return False
        self.items[write.key] = apply_write(item, write)
        self.writes += 1
        return True

    def replace(self, key: Key, before: Tally | None, after: Tally) -> bool:
        item = self.items.get(key, {})
        if Tally.from_values(item) != (before or Tally()):
            return False
        marks = {name: value for name, value in item.items() if name.startswith("seen.")}
        self.items[key] = marks | {name: value for name, value in after.to_values().items() if value}
        self.writes += 1
        return True

    def counters(self) -> dict[Key, dict[str, Any]]:
        """What was counted, without marks and zeros."""
        return {
            key: kept
            for key, item in self.items.items()
            if (kept := {name: value for name, value in item.items() if not name.startswith("seen.") and value})
        }
