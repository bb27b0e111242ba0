"""A counter table in memory; it passes the contract suite that the real one passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.metrics.fold import Write
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS
from trunkline.metrics.stored import TALLY, pack_tally, unpack_tally
from trunkline.metrics.tally import Tally


class CrashError(RuntimeError):
    """The function died here."""


def fits(item: Mapping[str, Any], write: Write, *, marked: bool = True) -> bool:
    """Whether an item is as a write expects; ``marked`` looks at the marks too."""
    if marked and item.get(MARKS, b"") != write.marks_before:
        return False
    return item.get(TALLY, b"") == write.tally_before


def apply_write(item: Mapping[str, Any], write: Write) -> dict[str, Any]:
    """Return the item as a write leaves it."""
    after = {**item, MARKS: write.marks_after, TALLY: write.tally_after}
    return {name: value for name, value in after.items() if value != b""}


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
        if item.get(TALLY, b"") != pack_tally(before or Tally()):
            return False
        packed = pack_tally(after)
        self.items[key] = {name: value for name, value in item.items() if name != TALLY}
        if packed:
            self.items[key][TALLY] = packed
        self.writes += 1
        return True

    def tally(self, key: Key) -> Tally:
        """What a key counts."""
        return unpack_tally(self.items.get(key, {}).get(TALLY, b""))

    def tallies(self) -> dict[Key, Tally]:
        """What was counted, without items that count nothing."""
        return {key: unpack_tally(item[TALLY]) for key, item in self.items.items() if TALLY in item}
