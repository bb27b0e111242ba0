"""A counter table in memory; it passes the contract suite that the real one passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.metrics.fold import Write, mark_name
from trunkline.metrics.rules import Key


class CrashError(RuntimeError):
    """The function died here."""


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
        mark = item.get(mark_name(write.shard_id))
        if (int(mark) if mark else None) != write.seen_before:
            return False
        if write.longest is not None and item.get("longest_wait_seconds", 0) != write.longest_before:
            return False
        if any(item.get(sketch.name, b"") != sketch.before for sketch in write.sketches):
            return False
        item = {**item, mark_name(write.shard_id): str(write.seen)}
        item |= {sketch.name: sketch.after for sketch in write.sketches}
        if write.longest is not None:
            item["longest_wait_seconds"] = write.longest
        for name, amount in write.adds.items():
            item[name] = item.get(name, 0) + amount
        self.items[write.key] = item
        self.writes += 1
        return True

    def counters(self) -> dict[Key, dict[str, Any]]:
        """What was counted, without marks and zeros."""
        return {
            key: kept
            for key, item in self.items.items()
            if (kept := {name: value for name, value in item.items() if not name.startswith("seen.") and value})
        }
