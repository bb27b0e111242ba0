"""The counter item of a queue's busiest quarter of an hour, as DynamoDB counts its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil
from random import Random
from typing import Any

from benchmarks.metrics_faults.stream import TEN
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS, Mark, name_shard, pack_marks
from trunkline.metrics.sketch import bucket_of
from trunkline.metrics.stored import TALLY, pack_tally
from trunkline.metrics.tally import AGENT_COUNTERS, COUNTERS, Tally

_HOUR = 3600
_OF_OTHERS = {*AGENT_COUNTERS, "worked_contact_seconds", "worked_after_contact_seconds", "ended_in_menu"}
_KEY = Key(TEN, "queue", "roadside_assistance")


def item_bytes(key: Key, item: Mapping[str, Any]) -> int:
    """Return the size of a counter item as DynamoDB counts it.

    Notes
    -----
    **Source**: Amazon DynamoDB developer guide, "DynamoDB item sizes and formats" (names and text in UTF-8,
    numbers about a byte for two digits and one more).
    """
    moments = {"expires_at": 1_732_172_400, "written_at": 1_732_172_400}
    values = {"day": key.day, "interval_key": key.interval_key, **moments, **item}
    return sum(len(name) + _value_bytes(value) for name, value in values.items())


def _value_bytes(value: Any) -> int:
    return ceil(len(str(abs(value))) / 2) + 1 + (value < 0) if isinstance(value, int) else len(value)


def busy_tally(contacts: int) -> Tally:
    """Return a queue's counters after so many contacts in its quarter of an hour.

    Three in ten wait not at all, the others up to an hour; handle times reach four hours. No counter that a queue
    can have is zero.
    """
    random = Random(2)
    waits: Counter[int] = Counter()
    handles: Counter[int] = Counter()
    for _ in range(contacts):
        waits[bucket_of(0 if random.random() < 0.3 else min(_HOUR, int(random.lognormvariate(4.5, 1.4))))] += 1
        handles[bucket_of(min(4 * _HOUR, int(random.lognormvariate(5.2, 1.1) + random.expovariate(1 / 60))))] += 1
    tally = Tally(waits=waits, handles=handles, longest_wait_seconds=_HOUR)
    for place, name in enumerate(COUNTERS):
        share = contacts * random.random() * (200 if name.endswith("seconds") else 1)
        setattr(tally, name, 0 if name in _OF_OTHERS else max(place + 1, int(share)))
    return tally


def stored_bytes(tally: Tally, shards: int) -> int:
    """Return the size of an item in which so many shards have left marks with sequence numbers of forty digits."""
    marks = {name_shard(str(shard)): Mark(int("9" * 40) - shard, 40_833) for shard in range(shards)}
    return item_bytes(_KEY, {TALLY: pack_tally(tally), MARKS: pack_marks(marks)})
