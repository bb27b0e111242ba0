"""Faults drawn from a seed, and write units where nothing goes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.metrics_faults.mechanisms import Count, Table
from benchmarks.metrics_faults.stream import SHARDS, make_stream
from tests.unit.metrics.fakes import CrashError
from trunkline.metrics.changes import Change


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
    return table.tallies() != stream.expected()


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
