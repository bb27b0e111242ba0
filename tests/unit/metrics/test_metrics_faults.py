"""Seeded faults: whatever is delivered again, cut, overtaken or killed, the counters do not drift."""

from __future__ import annotations

import pytest

from benchmarks.metrics_faults.faults import run_faults, write_units
from benchmarks.metrics_faults.hot_key import contend, simulate_hot_key
from benchmarks.metrics_faults.item_size import busy_tally, stored_bytes
from benchmarks.metrics_faults.mechanisms import MECHANISMS, count_with_marks
from trunkline.metrics.stored import PLACES, pack_tally, unpack_tally


def test_no_run_drifts():
    assert [seed for seed in range(300) if run_faults(seed, count_with_marks)] == []


@pytest.mark.parametrize("count", MECHANISMS.values(), ids=[count.__name__ for count in MECHANISMS.values()])
def test_alternatives_are_compared_where_they_are_right(count):
    assert [seed for seed in range(40) if run_faults(seed, count)] == []


def test_faults_are_strong_enough_to_show_a_mechanism_without_marks():
    def count_blindly(changes, shard, table, recount):
        for sequence, change in enumerate(changes):
            table.checkpoints.clear()
            MECHANISMS["a checkpoint in the same transaction"]([change], f"{shard}{sequence}", table, recount)

    assert any(run_faults(seed, count_blindly) for seed in range(20))


def test_clean_path_writes_each_touched_key_once_a_batch():
    assert write_units(count_with_marks, 100) <= 1.05


@pytest.mark.parametrize("per_second", [10, 1000, 4000])
def test_writes_of_the_hottest_counter_follow_batches_and_not_contacts(per_second):
    batches = per_second / 500
    assert simulate_hot_key(8, per_second=per_second).writes < 2 * batches + 1


def test_shards_that_want_one_counter_at_the_same_moment_all_count_once():
    met = contend(shards=10, batches=5, contacts=5, seconds=0.001)
    assert met.offered == met.expected == 250
    assert met.mean_attempts > 1


def test_item_of_a_thousand_contacts_a_second_is_one_write_unit():
    tally = busy_tally(90_000)
    for name in PLACES:
        setattr(tally, name, 10 * getattr(tally, name))
    for sketch in (tally.waits, tally.handles):
        # Ten times as many contacts; counts that are not round, as theirs would not be.
        sketch.update({bucket: 10 * count + bucket % 10 for bucket, count in sketch.items()})
    assert tally.contacts > 100_000
    assert sum(1 for name in PLACES if not getattr(tally, name)) == 7, "an agent's six, and what ended in the menu"
    assert stored_bytes(tally, 14) < 1024
    assert unpack_tally(pack_tally(tally)) == tally
