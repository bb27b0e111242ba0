"""Three ways to count a change exactly once, over one table that counts write units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

from benchmarks.metrics_faults.item_size import item_bytes
from tests.unit.metrics.fakes import CrashError, MemoryCounters, apply_write, fits
from trunkline.metrics.changes import Change
from trunkline.metrics.fold import Write, apply_changes, plan_write
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS

UNIT_BYTES = 1024

Count = Callable[[Sequence[Change], str, Any, Callable[[Key, frozenset[str]], int]], Any]


class Table(MemoryCounters):
    """Counters in memory that count write units, and let another shard in before a write."""

    def __init__(self) -> None:
        super().__init__()
        self.units = 0
        self.intrude: Callable[[], None] | None = None
        self.checkpoints: dict[str, int] = {}
        self.marks: set[tuple[str, int]] = set()

    def write(self, write: Write) -> bool:
        """Write as the table does; one that is refused costs a unit too."""
        self._let_in()
        if not super().write(write):
            self.units += 1
            return False
        self.units += self._units(write.key)
        return True

    def transact(self, writes: Sequence[Write], mark: Callable[[], bool], fitting: Callable[[], bool]) -> bool:
        """Write counters and a mark together, or nothing; every item costs twice its units."""
        self._let_in()
        if self.crash_before is not None:
            if self.crash_before == 0:
                raise CrashError
            self.crash_before -= 1
        self.units += 2
        if not fitting() or not all(fits(self.items.get(write.key, {}), write, marked=False) for write in writes):
            self.units += 2 * len(writes)
            return False
        for write in writes:
            item = apply_write(self.items.get(write.key, {}), write)
            self.items[write.key] = {name: value for name, value in item.items() if name != MARKS}
            self.units += 2 * self._units(write.key)
        return mark()

    def _units(self, key: Key) -> int:
        return ceil(item_bytes(key, self.items[key]) / UNIT_BYTES)

    def _let_in(self) -> None:
        if self.intrude is not None:
            intrude, self.intrude = self.intrude, None
            intrude()


def count_with_marks(changes: Sequence[Change], shard: str, table: Table, recount: Any) -> None:
    """Count as the product does: a mark for each shard in every counter."""
    apply_changes(changes, shard, table, recount)


def count_with_checkpoint(changes: Sequence[Change], shard: str, table: Table, recount: Any) -> None:
    """Count a batch in one transaction with the shard's checkpoint."""
    while True:
        seen = table.checkpoints.get(shard, 0)
        fresh = [change for change in changes if change.sequence > seen]
        if not fresh:
            return
        writes = _plan(fresh, table, recount)

        def move(last: int = fresh[-1].sequence) -> bool:
            table.checkpoints[shard] = last
            return True

        def fitting(seen: int = seen) -> bool:
            return table.checkpoints.get(shard, 0) == seen

        if table.transact(writes, move, fitting):
            return


def count_with_contact_marks(changes: Sequence[Change], shard: str, table: Table, recount: Any) -> None:
    """Count each change in one transaction with a mark of its own."""
    for change in changes:
        identity = (shard, change.sequence)
        while identity not in table.marks:

            def mark(identity: tuple[str, int] = identity) -> bool:
                table.marks.add(identity)
                return True

            def fitting(identity: tuple[str, int] = identity) -> bool:
                return identity not in table.marks

            table.transact(_plan([change], table, recount), mark, fitting)


def _plan(fresh: Sequence[Change], table: Table, recount: Any) -> list[Write]:
    keys = sorted({key for change in fresh for key in (*change.old, *change.new) if change.touches(key)})
    items = table.read(keys)
    return [
        plan_write(key, [each for each in fresh if each.touches(key)], "none", items.get(key, {}), recount)
        for key in keys
    ]


MECHANISMS: Mapping[str, Count] = {
    "a mark for each shard in every counter (this project)": count_with_marks,
    "a checkpoint in the same transaction": count_with_checkpoint,
    "a mark for each change, in a transaction with its counters": count_with_contact_marks,
}
