"""Intervals hold what they promise, and tests tell what is there."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.reports.statistics import (
    Moments,
    compare_counts,
    compare_means,
    compare_shares,
    estimate_dispersion,
    reach_of,
    wilson_interval,
)

RUNS = 2_000


def moments_of(pairs):
    moments = Moments()
    for numerator, denominator in pairs:
        moments.note(numerator, denominator)
    return moments


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
def test_wilson_interval_holds_the_share_95_times_of_100(share):
    chance = random.Random(7)
    held = 0
    for _ in range(RUNS):
        low, high = wilson_interval(sum(chance.random() < share for _ in range(80)), 80)
        held += low <= share <= high
    assert 0.92 <= held / RUNS <= 0.98


def test_interval_of_a_mean_holds_it_though_contacts_of_an_interval_wait_alike():
    chance = random.Random(7)
    held = 0
    for _ in range(RUNS):
        queues = []
        for _interval in range(40):
            contacts, busy = chance.randint(1, 9), chance.expovariate(1 / 30)
            queues.append((sum(busy + chance.gauss(0, 3) for _ in range(contacts)), contacts))
        moments = moments_of(queues)
        held += abs(moments.y / moments.x - 30) <= reach_of(moments)
    assert 0.90 <= held / RUNS <= 0.98


def test_intervals_of_single_contacts_would_be_too_narrow():
    alike = [(5 * wait, 5) for wait in (0, 10, 20, 30, 40, 50)]
    apart = [(wait, 1) for wait in (0, 10, 20, 30, 40, 50) for _ in range(5)]
    assert reach_of(moments_of(alike)) > 2 * reach_of(moments_of(apart))


def test_nothing_has_no_interval_and_one_interval_has_none_either():
    assert wilson_interval(0, 0) is None
    assert reach_of(Moments()) is None
    assert reach_of(moments_of([(30, 1)])) is None
    assert compare_shares(0, 0, 1, 2).verdict == "no_telling"
    assert compare_means(Moments(), moments_of([(1, 1), (2, 1)])).p is None
    assert compare_counts(0, 0, 3, 1, 1).p is None


@pytest.mark.parametrize("dispersion", [1.0, 4.0])
def test_counts_that_did_not_change_are_called_changed_about_once_in_twenty(dispersion):
    chance, alarms = random.Random(7), 0
    deviation = (dispersion * 700) ** 0.5
    for _ in range(RUNS):
        now, before = max(0.0, chance.gauss(700, deviation)), max(0.0, chance.gauss(700, deviation))
        alarms += compare_counts(now, 7, before, 7, dispersion).verdict != "no_telling"
    assert 0.03 <= alarms / RUNS <= 0.07


def test_months_of_different_lengths_are_held_against_each_other_by_the_day():
    assert compare_counts(3100, 31, 2800, 28, 1).verdict == "no_telling"
    assert compare_counts(3100, 28, 2800, 28, 1).verdict == "more"
    assert compare_counts(2800, 28, 3400, 31, 1).verdict == "less"


def test_days_that_differ_by_more_than_chance_are_noticed():
    chance = random.Random(7)
    calm = [[chance.gauss(100, 10) for _ in range(8)] for _ in range(7)]
    wild = [[chance.gauss(100, 30) for _ in range(8)] for _ in range(7)]
    assert estimate_dispersion(calm) < 2
    assert 6 < estimate_dispersion(wild) < 13


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_interval_lies_between_nothing_and_all_around_the_share(part, rest):
    low, high = wilson_interval(part, part + rest)
    assert 0 <= low <= part / (part + rest) <= high <= 1


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 20)), max_size=30), st.integers(0, 29))
def test_moments_add_up_whatever_the_cut(pairs, cut):
    whole, first = moments_of(pairs), moments_of(pairs[:cut])
    first.add(moments_of(pairs[cut:]))
    assert first == whole
