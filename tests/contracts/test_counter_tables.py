"""One suite for the metrics table and for the fake that stands for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.metrics.calls import TEN
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.metrics.fold import SketchChange, Write, encode_mark, mark_name
from trunkline.metrics.keys import Key
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.tally import Tally
from trunkline.runtime import client

ORDERS = Key(TEN, "queue", "orders")
MARK = mark_name("shardId-1")
DAY = 86_400


@pytest.fixture(params=["memory", "dynamodb"])
def table(request):
    if request.param == "memory":
        return MemoryCounters()
    request.getfixturevalue("aws")
    return MetricsStore(client("dynamodb"), "metrics", 730 * DAY)


def write(seen_before=None, seen=5, shard="shardId-1", adds=None, longest_before=0, longest=None, sketches=()):
    return Write(ORDERS, shard, seen_before, seen, adds or {"offered": 1}, longest_before, longest, sketches)


def test_first_write_makes_the_item(table):
    assert table.write(write(longest=30))
    item = table.read([ORDERS])[ORDERS]
    assert (item["offered"], item["longest_wait_seconds"], item[MARK]) == (1, 30, encode_mark(5))


def test_mark_that_moved_refuses_the_write(table):
    table.write(write())
    assert not table.write(write())
    assert not table.write(write(seen_before=4, seen=9))
    assert table.read([ORDERS])[ORDERS]["offered"] == 1


def test_next_write_finds_the_mark_and_adds(table):
    table.write(write())
    assert table.write(write(seen_before=5, seen=8, adds={"offered": -1, "answered": 2}))
    item = table.read([ORDERS])[ORDERS]
    assert (item["offered"], item["answered"], item[MARK]) == (0, 2, encode_mark(8))


def test_shards_keep_marks_of_their_own(table):
    assert table.write(write())
    assert table.write(write(shard="shardId-2", seen=2))
    assert table.read([ORDERS])[ORDERS]["offered"] == 2


def test_longest_wait_that_moved_refuses_the_write(table):
    table.write(write(longest=30))
    assert not table.write(write(shard="shardId-2", seen=1, longest_before=0, longest=50))
    assert not table.write(write(shard="shardId-2", seen=1, longest_before=20, longest=50))
    assert table.write(write(shard="shardId-2", seen=1, longest_before=30, longest=10))
    assert table.read([ORDERS])[ORDERS]["longest_wait_seconds"] == 10


def test_longest_wait_that_fell_to_zero_can_rise_again(table):
    table.write(write(longest=30))
    assert table.write(write(seen_before=5, seen=6, longest_before=30, longest=0))
    assert table.write(write(seen_before=6, seen=7, longest_before=0, longest=40))
    assert table.read([ORDERS])[ORDERS]["longest_wait_seconds"] == 40


def test_sketch_that_moved_refuses_the_write(table):
    first = SketchChange("wait_sketch", b"", b"\x01\x02")
    assert table.write(write(sketches=[first]))
    assert not table.write(write(shard="shardId-2", sketches=[first]))
    assert table.write(write(shard="shardId-2", sketches=[SketchChange("wait_sketch", b"\x01\x02", b"\x01\x04")]))
    assert table.read([ORDERS])[ORDERS]["wait_sketch"] == b"\x01\x04"


def test_sketch_that_was_emptied_can_be_filled_again(table):
    table.write(write(sketches=[SketchChange("wait_sketch", b"", b"\x01\x02")]))
    assert table.write(write(seen_before=5, seen=6, sketches=[SketchChange("wait_sketch", b"\x01\x02", b"")]))
    assert table.write(write(seen_before=6, seen=7, sketches=[SketchChange("wait_sketch", b"", b"\x05\x02")]))
    assert table.read([ORDERS])[ORDERS]["wait_sketch"] == b"\x05\x02"


def test_write_that_adds_nothing_still_moves_the_mark(table):
    table.write(write())
    assert table.write(Write(ORDERS, "shardId-1", 5, 6, {}, 0))
    assert table.read([ORDERS])[ORDERS][MARK] == encode_mark(6)


def test_sequence_numbers_of_forty_digits_are_kept_whole(table):
    seen = int("4" * 40)
    table.write(write(seen=seen))
    assert table.write(write(seen_before=seen, seen=seen + 1))


def test_recounted_counters_replace_what_was_read_and_leave_the_marks(table):
    table.write(write(adds={"offered": 3, "abandoned": 1}, longest=30))
    read = Tally.from_values(table.read([ORDERS])[ORDERS])
    assert table.replace(ORDERS, read, Tally(offered=2, answered=2, waits={0: 2}))
    item = table.read([ORDERS])[ORDERS]
    assert item[MARK] == encode_mark(5)
    assert Tally.from_values(item) == Tally(offered=2, answered=2, waits={0: 2})
    assert table.write(write(seen_before=5, seen=6, adds={"abandoned": 1}))


def test_counters_that_changed_since_they_were_read_are_not_replaced(table):
    table.write(write())
    assert not table.replace(ORDERS, None, Tally(offered=7))
    assert not table.replace(ORDERS, Tally(offered=1, waits={0: 1}), Tally(offered=7))
    assert table.read([ORDERS])[ORDERS]["offered"] == 1


def test_counters_that_are_absent_or_zero_are_nothing(table):
    assert table.replace(ORDERS, None, Tally(offered=1))
    table.write(write(adds={"offered": -1}))
    assert table.replace(ORDERS, Tally(), Tally(offered=2))
    assert table.read([ORDERS])[ORDERS]["offered"] == 2


def test_absent_items_are_left_out(table):
    assert table.read([ORDERS]) == {}


def test_more_keys_than_one_request_takes_are_read(table):
    keys = [Key(TEN + timedelta(minutes=15 * each), "queue", "orders") for each in range(130)]
    for key in keys:
        table.write(Write(key, "shardId-1", None, 1, {"offered": 1}, 0))
    assert set(table.read(keys)) == set(keys)


def test_span_is_read_across_days_without_its_end(aws):
    store = MetricsStore(client("dynamodb"), "metrics", DAY)
    hours = [TEN + timedelta(hours=each) for each in (0, 13, 14, 23)]
    keys = [Key(hour, scope, "x") for hour in hours for scope in ("agent", "queue")]
    for key in keys:
        store.write(Write(key, "shardId-1", None, 1, {"offered": 1}, 0))
    span = store.read_between(TEN, TEN + timedelta(hours=23))
    assert set(span) == set(keys[:6])
    assert span[keys[0]] == Tally(offered=1)
    assert store.read([keys[0]])[keys[0]]["expires_at"] == int(TEN.timestamp()) + DAY
