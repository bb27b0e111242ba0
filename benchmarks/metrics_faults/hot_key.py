"""The hottest counter: how often it is written, and how shards that want it at once get their turns."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random
from threading import Lock
from typing import Any

from benchmarks.metrics_faults.stream import TARGETS, TEN
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.contact.model import Contact
from trunkline.metrics.changes import Change
from trunkline.metrics.fold import Write, apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import Mark, unpack_marks
from trunkline.metrics.rules import tally_contact
from trunkline.runtime.pauses import pause_before_retry

AGENTS = 100
ORDERS = Key(TEN, "queue", "orders")


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


@dataclass(frozen=True)
class Contention:
    """What shards that want one counter at the same moment went through."""

    offered: int
    expected: int
    most_attempts: int
    mean_attempts: float


class SlowTable(MemoryCounters):
    """Counters that take as long as DynamoDB to read and write, for threads."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._lock = Lock()
        self.attempts: Counter[frozenset[tuple[bytes, Mark]]] = Counter()

    def read(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
        """Read after a while."""
        self._pass_time()
        with self._lock:
            return super().read(keys)

    def write(self, write: Write) -> bool:
        """Write after a while, if nobody was quicker."""
        self._pass_time()
        with self._lock:
            moved = unpack_marks(write.marks_after).items() - unpack_marks(write.marks_before).items()
            self.attempts[frozenset(moved)] += 1
            return super().write(write)

    def _pass_time(self) -> None:
        time.sleep(self._seconds * Random().uniform(0.5, 1.5))


def contend(shards: int, batches: int = 20, contacts: int = 20, seconds: float = 0.005) -> Contention:
    """Let shards that lag behind count batches of one queue as fast as they can, with the function's code."""
    table = SlowTable(seconds)

    def count(shard: int) -> None:
        for batch in range(batches):
            changes = [_abandon(shard, batch * contacts + each) for each in range(contacts)]
            apply_changes(changes, f"shard-{shard}", table, lambda *_: 0, pause_before_retry)

    with ThreadPoolExecutor(shards) as pool:
        list(pool.map(count, range(shards)))
    attempts = table.attempts.values()
    return Contention(
        offered=table.tally(ORDERS).offered,
        expected=shards * batches * contacts,
        most_attempts=max(attempts),
        mean_attempts=sum(attempts) / len(attempts),
    )


def _abandon(shard: int, number: int) -> Change:
    contact = Contact(
        contact_id=f"{shard}-{number}",
        version=TEN,
        initiated_at=TEN,
        channel="VOICE",
        initiation_method="INBOUND",
        queue="orders",
        enqueued_at=TEN,
        wait_seconds=number % 300,
        outcome="abandoned",
    )
    return Change(number + 1, contact.contact_id, {}, tally_contact(contact, TARGETS), first=True)
