"""One suite for the metrics table and for the fake that stands for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.metrics.calls import TEN
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.metrics.fold import Write
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS, Mark, name_shard, pack_marks, unpack_marks
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.stored import TALLY, pack_tally, unpack_tally
from trunkline.metrics.tally import Tally
from trunkline.runtime import client
from trunkline.runtime.items import to_item

ORDERS = Key(TEN, "queue", "orders")
ONE = Tally(offered=1)
DAY = 86_400


@pytest.fixture(params=["memory", "dynamodb"])
def table(request):
    if request.param == "memory":
        return MemoryCounters()
    request.getfixturevalue("aws")
    return MetricsStore(client("dynamodb"), "metrics", 730 * DAY)


def marks(**seen):
    return pack_marks({name_shard(shard): Mark(sequence) for shard, sequence in seen.items()})


def write(before=None, after=ONE, seen_before=None, seen=None):
    packed = pack_tally(before or Tally()), pack_tally(after)
    return Write(ORDERS, marks(**(seen_before or {})), marks(**(seen or {"first": 5})), *packed)


def kept_marks(table):
    return unpack_marks(table.read([ORDERS])[ORDERS][MARKS])


def stored(table):
    return unpack_tally(table.read([ORDERS])[ORDERS].get(TALLY, b""))


def test_first_write_makes_the_item(table):
    assert table.write(write(after=Tally(offered=1, longest_wait_seconds=30, waits={30: 1})))
    assert stored(table) == Tally(offered=1, longest_wait_seconds=30, waits={30: 1})
    assert kept_marks(table) == {name_shard("first"): Mark(5)}


def test_mark_that_moved_refuses_the_write(table):
    table.write(write())
    assert not table.write(write(Tally(offered=1), Tally(offered=2)))
    assert not table.write(write(Tally(offered=1), Tally(offered=2), seen_before={"first": 4}, seen={"first": 9}))
    assert stored(table).offered == 1


def test_next_write_finds_the_mark_and_the_tally(table):
    table.write(write())
    assert table.write(write(Tally(offered=1), Tally(answered=2), seen_before={"first": 5}, seen={"first": 8}))
    assert stored(table) == Tally(answered=2)
    assert kept_marks(table) == {name_shard("first"): Mark(8)}


def test_mark_of_another_shard_that_moved_refuses_the_write_too(table):
    both = {"first": 5, "second": 2}
    assert table.write(write())
    assert not table.write(write(Tally(offered=1), Tally(offered=2), None, {"second": 2}))
    assert table.write(write(Tally(offered=1), Tally(offered=2), {"first": 5}, both))
    assert (stored(table).offered, len(kept_marks(table))) == (2, 2)


def test_tally_that_moved_refuses_the_write(table):
    table.write(write())
    assert not table.write(write(None, Tally(offered=1), {"first": 5}, {"first": 6}))
    assert not table.write(write(Tally(offered=7), Tally(offered=8), {"first": 5}, {"first": 6}))
    assert table.write(write(Tally(offered=1), Tally(offered=8), {"first": 5}, {"first": 6}))
    assert stored(table).offered == 8


def test_tally_that_was_emptied_can_be_filled_again(table):
    table.write(write())
    assert table.write(write(Tally(offered=1), Tally(), seen_before={"first": 5}, seen={"first": 6}))
    assert stored(table) == Tally()
    assert table.write(write(Tally(), Tally(offered=3), seen_before={"first": 6}, seen={"first": 7}))
    assert stored(table).offered == 3


def test_write_that_changes_no_count_still_moves_the_mark(table):
    table.write(write())
    assert table.write(write(Tally(offered=1), Tally(offered=1), seen_before={"first": 5}, seen={"first": 6}))
    assert kept_marks(table) == {name_shard("first"): Mark(6)}


def test_sequence_numbers_of_forty_digits_are_kept_whole(table):
    seen = int("4" * 40)
    table.write(write(seen={"first": seen}))
    assert table.write(write(Tally(offered=1), Tally(offered=2), {"first": seen}, {"first": seen + 1}))
    assert kept_marks(table) == {name_shard("first"): Mark(seen + 1)}


def test_recounted_counters_replace_what_was_read_and_leave_the_marks(table):
    table.write(write(after=Tally(offered=3, abandoned=1, longest_wait_seconds=30)))
    assert table.replace(ORDERS, stored(table), Tally(offered=2, answered=2, waits={0: 2}))
    assert kept_marks(table) == {name_shard("first"): Mark(5)}
    assert stored(table) == Tally(offered=2, answered=2, waits={0: 2})
    assert table.write(write(stored(table), Tally(abandoned=1), seen_before={"first": 5}, seen={"first": 6}))


def test_counters_that_changed_since_they_were_read_are_not_replaced(table):
    table.write(write())
    assert not table.replace(ORDERS, None, Tally(offered=7))
    assert not table.replace(ORDERS, Tally(offered=1, waits={0: 1}), Tally(offered=7))
    assert stored(table).offered == 1


def test_counters_that_are_absent_or_zero_are_nothing(table):
    assert table.replace(ORDERS, None, Tally(offered=1))
    assert table.replace(ORDERS, Tally(offered=1), Tally())
    assert table.replace(ORDERS, Tally(waits={7: 0}), Tally(offered=2))
    assert stored(table).offered == 2


def test_absent_items_are_left_out(table):
    assert table.read([ORDERS]) == {}


def test_more_keys_than_one_request_takes_are_read(table):
    keys = [Key(TEN + timedelta(minutes=15 * each), "queue", "orders") for each in range(130)]
    for key in keys:
        table.write(replace(write(), key=key))
    assert set(table.read(keys)) == set(keys)


def test_span_is_read_across_days_without_its_end(aws):
    store = MetricsStore(client("dynamodb"), "metrics", DAY)
    hours = [TEN + timedelta(hours=each) for each in (0, 13, 14, 23)]
    keys = [Key(hour, scope, "x") for hour in hours for scope in ("agent", "queue")]
    for key in keys:
        store.write(replace(write(), key=key))
    span = store.read_between(TEN, TEN + timedelta(hours=23))
    assert set(span) == set(keys[:6])
    assert span[keys[0]] == Tally(offered=1)
    assert store.read([keys[0]])[keys[0]]["expires_at"] == int(TEN.timestamp()) + DAY


def test_item_of_an_older_release_counts_nothing_until_its_day_is_rebuilt(aws):
    store = MetricsStore(client("dynamodb"), "metrics", DAY)
    older = {"offered": 3, "wait_sketch": b"\x01\x02", "seen.0a1b2c3d4e": b"\x05"}
    place = {"day": ORDERS.day, "interval_key": ORDERS.interval_key}
    client("dynamodb").put_item(TableName="metrics", Item=to_item({**place, **older}))
    assert store.read_between(TEN, TEN + timedelta(hours=1)) == {ORDERS: Tally()}
    assert store.replace(ORDERS, Tally(), Tally(offered=3))
    assert store.read_between(TEN, TEN + timedelta(hours=1)) == {ORDERS: Tally(offered=3)}
