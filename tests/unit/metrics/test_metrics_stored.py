"""A tally is stored in few bytes and read back as it was; marks go when nothing can need them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.metrics.calls import TEN, call, change
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS, Mark, name_shard, pack_marks, unpack_marks
from trunkline.metrics.packing import pack_numbers, unpack_numbers
from trunkline.metrics.stored import PLACES, CounterItemError, pack_tally, unpack_tally
from trunkline.metrics.tally import COUNTERS, Tally

NUMBERS = st.integers(-(10**12), 10**12)
SKETCHES = st.dictionaries(st.integers(0, 400), st.integers(-500, 10**6).filter(bool), max_size=40)
TALLIES = st.builds(
    lambda counters, waits, handles: Tally(**counters, waits=waits, handles=handles),
    st.dictionaries(st.sampled_from(PLACES), NUMBERS),
    SKETCHES,
    SKETCHES,
)
ORDERS = Key(TEN, "queue", "orders")
HOUR = 490_000


@given(st.lists(NUMBERS))
def test_packed_numbers_are_read_back_as_they_were(numbers):
    assert list(unpack_numbers(pack_numbers(numbers))) == numbers


@given(TALLIES)
def test_stored_tally_is_read_back_as_it_was(tally):
    assert unpack_tally(pack_tally(tally)) == tally


@given(TALLIES, st.data())
def test_tally_that_is_cut_short_is_refused_or_is_another_tally(tally, data):
    packed = pack_tally(tally)
    cut = packed[: data.draw(st.integers(1, max(1, len(packed) - 1)))]
    with suppress(CounterItemError):
        assert isinstance(unpack_tally(cut), Tally)


def test_empty_tally_is_stored_as_nothing():
    assert pack_tally(Tally(waits={7: 0})) == b""
    assert unpack_tally(b"") == Tally()


def test_every_counter_has_a_place_and_no_place_is_moved():
    assert set(PLACES) == {*COUNTERS, "longest_wait_seconds"}
    assert len(set(PLACES)) == len(PLACES)
    # What release after release has stored is read by these places.
    assert PLACES[:5] == ("contacts", "offered", "answered", "abandoned", "abandoned_short")
    assert PLACES.index("longest_wait_seconds") == 27
    assert PLACES.index("offers_abandoned") == 31
    assert PLACES.index("callbacks_given_up") == 32


def test_counter_that_is_new_changes_nothing_that_is_stored(monkeypatch):
    packed = pack_tally(Tally(offered=3, offers_abandoned=2))
    monkeypatch.setattr("trunkline.metrics.stored.PLACES", (*PLACES, "held"))
    assert pack_tally(Tally(offered=3, offers_abandoned=2)) == packed
    monkeypatch.setattr("trunkline.metrics.stored.PLACES", PLACES[:2])
    assert unpack_tally(packed) == Tally(offered=3)


@pytest.mark.parametrize("data", [b"\x01", b"\x00\x00", b"\x28"])
def test_unreadable_tally_is_an_error_that_says_how_to_mend(data):
    with pytest.raises(CounterItemError, match="rebuild its day"):
        unpack_tally(data)


def marks_of(table):
    return unpack_marks(table.items[ORDERS][MARKS])


def test_marks_of_shards_whose_changes_left_the_stream_are_retired():
    table = MemoryCounters()
    for day in range(8):
        for shard in ("a", "b"):
            made = change(day + 1, None, call(f"{shard}{day}"), hour=HOUR + 24 * day)
            apply_changes([made], f"shard-{day}-{shard}", table, lambda *_: 0)
    assert set(marks_of(table)) == {name_shard(f"shard-{day}-{shard}") for day in (6, 7) for shard in "ab"}
    assert table.tally(ORDERS).offered == 16


def test_shard_whose_mark_was_retired_goes_on_counting():
    table = MemoryCounters()
    first, later = change(1, None, call("a"), hour=HOUR), change(2, None, call("b"), hour=HOUR + 100)
    apply_changes([first], "quiet", table, lambda *_: 0)
    apply_changes([change(1, None, call("c"), hour=HOUR + 99)], "busy", table, lambda *_: 0)
    assert name_shard("quiet") not in marks_of(table)
    apply_changes([later], "quiet", table, lambda *_: 0)
    apply_changes([later], "quiet", table, lambda *_: 0)
    assert table.tally(ORDERS).offered == 3


def test_marks_of_unknown_age_are_kept():
    table = MemoryCounters()
    apply_changes([change(1, None, call("a"))], "quiet", table, lambda *_: 0)
    apply_changes([change(1, None, call("b"), hour=HOUR)], "busy", table, lambda *_: 0)
    assert marks_of(table) == {name_shard("quiet"): Mark(1), name_shard("busy"): Mark.of(1, HOUR)}


def test_late_reader_that_is_far_behind_keeps_its_own_mark():
    table = MemoryCounters()
    apply_changes([change(1, None, call("a"), hour=HOUR + 5000)], "busy", table, lambda *_: 0)
    late = [change(1, None, call("b"), hour=HOUR)]
    for _ in range(2):
        apply_changes(late, "late", table, lambda *_: 0)
    assert table.tally(ORDERS).offered == 2


@given(
    st.dictionaries(
        st.binary(min_size=5, max_size=5),
        st.builds(Mark, st.integers(0, 10**40), st.one_of(st.just(0), st.integers(40_827, 40_833))),
        max_size=20,
    )
)
def test_marks_are_read_back_as_they_were(marks):
    assert unpack_marks(pack_marks(marks)) == marks
