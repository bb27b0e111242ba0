"""Exactly once, by three mechanisms: drift under faults, and write units where nothing goes wrong.

Run: ``python -m benchmarks.metrics_faults [runs]``. Every run draws from its own seed how contacts are
corrected, how their stream is cut into shards and batches, what is delivered again, where the function
dies, and which shard overtakes another between a read and its write. In the end the counters must be those
of a single pass over the contacts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from math import ceil
from random import Random
from typing import Any

from tests.unit.metrics.fakes import CrashError, MemoryCounters, apply_write, fits
from trunkline.contact.model import Contact
from trunkline.contact.moments import INTERVAL
from trunkline.metrics.changes import Change
from trunkline.metrics.fold import Write, apply_changes, encode_mark, mark_name, plan_write
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import Totals, count_contact, tally_contact
from trunkline.metrics.sketch import Sketch
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
TARGETS = Targets({"orders": 20, "billing": 30}, short_abandon_seconds=5)
SHARDS = ("shardId-00000001732172400000-a", "shardId-00000001732172400000-b", "shardId-00000001732172400000-c")
UNIT_BYTES = 1024
AGENTS = 100

Count = Callable[[Sequence[Change], str, Any, Callable[[Key, frozenset[str]], int]], Any]


def item_bytes(key: Key, item: Mapping[str, Any]) -> int:
    """Return the size of a counter item as DynamoDB counts it.

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "DynamoDB item sizes and formats" (names and text in UTF-8,
    numbers about a byte for two digits and one more).
    """
    values = {"day": key.day, "interval_key": key.interval_key, "expires_at": 1_732_172_400, **item}
    return sum(len(name) + _value_bytes(value) for name, value in values.items())


def _value_bytes(value: Any) -> int:
    return ceil(len(str(abs(value))) / 2) + 1 + (value < 0) if isinstance(value, int) else len(value)


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
            self.items[write.key] = {name: value for name, value in item.items() if not name.startswith("seen.")}
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


@dataclass
class Stream:
    """A change stream: contacts, their versions, and the shards in which their changes come."""

    final: dict[str, Contact] = field(default_factory=dict)
    shards: dict[str, list[Change]] = field(default_factory=lambda: {shard: [] for shard in SHARDS})

    def put(self, contact: Contact) -> None:
        """Write a version of a contact."""
        old = self.final.get(contact.contact_id)
        self.final[contact.contact_id] = contact
        changes = self.shards[SHARDS[int(contact.contact_id) % len(SHARDS)]]
        tallies = tally_contact(old, TARGETS), tally_contact(contact, TARGETS)
        changes.append(Change(len(changes) + 1, contact.contact_id, *tallies, first=old is None))

    def recount(self, key: Key, without: frozenset[str]) -> int:
        """Return an interval's longest wait as the table's index has it, which runs ahead of the stream."""
        waits = [
            contact.wait_seconds or 0
            for contact in self.final.values()
            if contact.contact_id not in without
            and contact.queue == key.name
            and contact.enqueued_at is not None
            and key.start <= contact.enqueued_at < key.start + INTERVAL
        ]
        return max(waits, default=0)

    def expected(self) -> dict[Key, Tally]:
        """Return what a single pass over the contacts counts."""
        totals = Totals(Tally)
        for contact in self.final.values():
            count_contact(contact, TARGETS, totals)
        return dict(totals)


def make_stream(random: Random, changes: int, contacts: int) -> Stream:
    """Return a stream of contacts of two queues and three agents, many of them corrected."""
    stream = Stream()
    for _ in range(changes):
        stream.put(_make_contact(random, str(random.randrange(contacts))))
    return stream


def _make_contact(random: Random, contact_id: str) -> Contact:
    enqueued_at = TEN + timedelta(seconds=random.choice((60, 880, 1000)))
    wait = random.choice((0, 0, 3, 25, 400))
    outcome = random.choice(("answered", "answered", "abandoned", "callback", None))
    answered = outcome == "answered"
    return Contact(
        contact_id=contact_id,
        version=TEN,
        initiated_at=enqueued_at - timedelta(seconds=30),
        channel="VOICE",
        initiation_method="INBOUND",
        queue=random.choice(("orders", "orders", "billing")),
        enqueued_at=enqueued_at,
        wait_seconds=wait,
        outcome=outcome,
        agent=random.choice(("mina", "theo", "sora")) if answered else None,
        answered_at=enqueued_at + timedelta(seconds=wait) if answered else None,
        talk_seconds=random.randrange(900) if answered else None,
        after_contact_seconds=random.randrange(60) if answered else None,
    )


def run_faults(seed: int, count: Count) -> bool:
    """Deliver one stream with everything that can go wrong; tell whether the counters drifted."""
    random = Random(seed)
    stream, table = make_stream(random, random.randint(3, 40), random.randint(1, 12)), Table()
    done = dict.fromkeys(SHARDS, 0)

    def deliver(shard: str, begin: int, end: int) -> None:
        """Deliver a batch as Lambda does: one that fails is cut in two, the first half first."""
        table.crash_before = random.choice((None, None, 0, 1, 2, 3))
        try:
            count(stream.shards[shard][begin:end], shard, table, stream.recount)
        except CrashError:
            table.crash_before = None
            if end - begin > 1:
                deliver(shard, begin, (begin + end) // 2)
                deliver(shard, (begin + end) // 2, end)
            elif random.random() < 0.5:
                return deliver(shard, begin, end)
            else:
                count(stream.shards[shard][begin:end], shard, table, stream.recount)
        table.crash_before = None
        done[shard] = max(done[shard], end)
        return None

    while waiting := [shard for shard in SHARDS if done[shard] < len(stream.shards[shard])]:
        shard = random.choice(waiting)
        other = random.choice(SHARDS)
        if other != shard and done[other] < len(stream.shards[other]) and random.random() < 0.5:
            table.intrude = lambda other=other: deliver(other, done[other], len(stream.shards[other]))
        begin = random.randint(0, done[shard])
        deliver(shard, begin, random.randint(done[shard] + 1, len(stream.shards[shard])))
        table.intrude = None
    for shard, changes in stream.shards.items():
        count(changes, shard, table, stream.recount)
    return _counted(table) != {key: tally for key, tally in stream.expected().items() if tally != Tally()}


def _counted(table: Table) -> dict[Key, Tally]:
    tallies = {key: Tally.from_values(item) for key, item in table.items.items()}
    return {key: tally for key, tally in tallies.items() if tally != Tally()}


def write_units(count: Count, batch: int, seed: int = 1) -> float:
    """Return write units for each touched key and batch where nothing goes wrong."""
    stream, table, touched = make_stream(Random(seed), 3000, 3000), Table(), 0
    for shard, changes in stream.shards.items():
        for part in _batches(changes, batch):
            touched += len({key for change in part for key in (*change.old, *change.new) if change.touches(key)})
            count(part, shard, table, stream.recount)
    return table.units / touched


def _batches(changes: Sequence[Change], size: int) -> Iterator[Sequence[Change]]:
    for start in range(0, len(changes), size):
        yield changes[start : start + size]


@dataclass(frozen=True)
class HotKey:
    """What a second of the hottest counter is like."""

    writes: float
    conflicts: float


def simulate_hot_key(
    shards: int, per_second: int = 1000, batch: int = 500, write_seconds: float = 0.005, seconds: int = 600
) -> HotKey:
    """Let contacts of one queue come, and the shards' functions read and write its counter as they do.

    A function reads all its counters, writes those of a hundred agents, and then the queue's; a write that
    another shard overtook is repeated after another read.
    """
    random = Random(1)
    every = batch * shards / per_second
    writes: list[tuple[float, float, float]] = []

    def begin(ready: float, free: float) -> None:
        """Read the counters of a batch when it is there and its shard's last one is done."""
        read = max(ready, free)
        heappush(writes, (read + AGENTS * write_seconds * random.uniform(0.5, 1.5), read, ready))

    for _ in range(shards):
        begin(random.uniform(0, every), 0)
    written, conflicts, now = [0.0], 0, 0.0
    while now < seconds:
        now, read, ready = heappop(writes)
        if read < written[-1]:
            conflicts += 1
            heappush(writes, (now + 2 * write_seconds * random.uniform(0.5, 1.5), now, ready))
        else:
            written.append(now)
            begin(ready + every, now)
    return HotKey((len(written) - 1 + conflicts) / seconds, conflicts / seconds)


def busy_item_bytes(contacts: int, shards: int) -> int:
    """Return the size of a queue's counter after so many contacts in its quarter of an hour."""
    random, waits, handles, tally = Random(2), Sketch(), Sketch(), Tally()
    for _ in range(contacts):
        waits.add(0 if random.random() < 0.4 else int(random.expovariate(1 / 60)))
        handles.add(int(random.lognormvariate(5, 0.7)) + int(random.expovariate(1 / 30)))
    for name in USUAL:
        setattr(tally, name, contacts * (200 if name.endswith("seconds") else 1))
    values = {name: value for name, value in tally.to_values().items() if value}
    marks = {mark_name(str(shard)): encode_mark(100 * 10**36 + shard) for shard in range(shards)}
    sketches = {"wait_sketch": waits.encode(), "handle_sketch": handles.encode(), "longest_wait_seconds": 900}
    return item_bytes(Key(TEN, "queue", "technical"), {**values, **marks, **sketches})


USUAL = (
    *("contacts", "offered", "answered", "abandoned", "abandoned_short", "answered_in_target", "abandoned_in_target"),
    *("wait_answered_seconds", "wait_abandoned_seconds", "talk_seconds", "hold_seconds", "held"),
    *("after_contact_work_seconds", "survey_answers", "survey_satisfied", "survey_score_sum", "callbacks"),
    *("transfers_in", "transfers_out", "transferred"),
)


def main(runs: int) -> None:
    """Print the tables that stand in ``benchmarks/results/metrics_faults.md``."""
    print(f"{runs} seeded runs of each mechanism: redelivery, batches cut anywhere and in two, crashes before any")
    print("write, shards at different paces that overtake each other between a read and its write.\n")
    print("| exactly once by | runs that drifted | write units for each touched key and batch of 100 | of 1 |")
    print("|---|---:|---:|---:|")
    for name, count in MECHANISMS.items():
        drifted = sum(run_faults(seed, count) for seed in range(runs))
        print(f"| {name} | {drifted} | {write_units(count, 100):.2f} | {write_units(count, 1):.2f} |")
    print("\n1,000 contacts a second in one queue, batches of 500, 5 ms a write:\n")
    print("| shards of the stream | writes a second on the queue's counter | of them repeated |")
    print("|---:|---:|---:|")
    for shards in (1, 4, 16):
        hot = simulate_hot_key(shards)
        print(f"| {shards} | {hot.writes:.1f} | {hot.conflicts:.1f} |")
    print("\nThe queue's counter item after so many contacts in its quarter of an hour (four shards):\n")
    print("| contacts | bytes |\n|---:|---:|")
    for contacts in (10, 100, 1_000, 2_500, 10_000, 100_000, 900_000):
        print(f"| {contacts:,} | {busy_item_bytes(contacts, 4)} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
