"""Seeded faults: whatever is delivered again, cut, overtaken or killed, the counters do not drift."""

from __future__ import annotations

import pytest

from benchmarks.metrics_faults import (
    MECHANISMS,
    busy_item_bytes,
    count_with_marks,
    run_faults,
    simulate_hot_key,
    write_units,
)


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


def test_thousand_contacts_a_second_are_few_writes_of_the_hottest_counter():
    assert simulate_hot_key(4).writes < 10


def test_item_of_a_very_busy_interval_is_one_write_unit():
    assert busy_item_bytes(1_000, 4) < 1024
