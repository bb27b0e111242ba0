"""What one contact counts, where, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.metrics.calls import TARGETS, TEN, call
from trunkline.metrics.figures import add_up, service_level, to_figures
from trunkline.metrics.rules import Key, tally_contact

ORDERS = Key(TEN, "queue", "orders")
MINA = Key(TEN, "agent", "mina")


def counts(contact):
    return {key: dict(tally.counts) for key, tally in tally_contact(contact, TARGETS).items()}


def test_answered_call_counts_for_its_queue_and_its_agent():
    assert counts(call()) == {
        ORDERS: {
            "contacts": 1,
            "offered": 1,
            "answered": 1,
            "answered_in_target": 1,
            "wait_answered_seconds": 10,
            "talk_seconds": 100,
            "hold_seconds": 7,
            "after_contact_work_seconds": 15,
        },
        MINA: {
            "contacts": 1,
            "answered": 1,
            "answered_in_target": 1,
            "wait_answered_seconds": 10,
            "talk_seconds": 100,
            "hold_seconds": 7,
            "after_contact_work_seconds": 15,
        },
    }


def test_queue_counts_by_enqueue_and_agent_by_answer():
    keys = set(counts(call(at=890, wait=30)))
    assert keys == {ORDERS, Key(TEN + timedelta(minutes=15), "agent", "mina")}


@pytest.mark.parametrize(("wait", "in_target"), [(20, 1), (21, 0)])
def test_target_is_met_at_its_very_second(wait, in_target):
    assert counts(call(wait=wait))[ORDERS].get("answered_in_target", 0) == in_target


@pytest.mark.parametrize(("queue", "in_target"), [("orders", 0), ("billing", 1), ("unknown", 0)])
def test_each_queue_is_held_against_its_own_target(queue, in_target):
    assert counts(call(queue=queue, wait=25))[Key(TEN, "queue", queue)].get("answered_in_target", 0) == in_target


@pytest.mark.parametrize(("wait", "short"), [(5, 1), (6, 0)])
def test_short_abandons_are_told_apart(wait, short):
    orders = counts(call(outcome="abandoned", wait=wait))[ORDERS]
    assert orders.get("abandoned_short", 0) == short
    assert (orders["abandoned"], orders["wait_abandoned_seconds"], orders["abandoned_in_target"]) == (
        1,
        wait,
        1,
    )


@pytest.mark.parametrize(
    ("outcome", "counter"),
    [
        ("abandoned", "abandoned"),
        ("ended_by_flow", "ended_by_flow"),
        ("callback", "callbacks"),
        ("transferred", "transferred"),
    ],
)
def test_every_offered_contact_is_accounted_for(outcome, counter):
    orders = counts(call(outcome=outcome))[ORDERS]
    assert (orders["offered"], orders[counter]) == (1, 1)
    assert "answered" not in orders


def test_open_contact_is_offered_and_nothing_else():
    assert counts(call(outcome=None))[ORDERS] == {"contacts": 1, "offered": 1}


def test_contact_that_never_queued_counts_for_the_centre():
    assert counts(call(queue=None, outcome="ended_in_menu")) == {
        Key(TEN, "center", "-"): {"contacts": 1, "ended_in_menu": 1}
    }


@pytest.mark.parametrize("method", ["OUTBOUND", "CALLBACK", "MONITOR"])
def test_calls_that_nobody_made_to_the_centre_are_not_offered(method):
    assert counts(call(initiation_method=method)) == {}


def test_survey_counts_for_queue_and_agent():
    tallies = counts(call(survey_score=4))
    for key in (ORDERS, MINA):
        assert [tallies[key][name] for name in ("survey_answers", "survey_satisfied", "survey_score_sum")] == [1, 1, 4]
    assert "survey_satisfied" not in counts(call(survey_score=3))[ORDERS]


def test_five_conventions_of_the_definition():
    levels = service_level(1000, 60, 860, 20, 10)
    assert {name: round(level, 1) for name, level in levels.items()} == {
        "a": 81.1, "b": 86.0, "c": 83.0, "d": 82.7, "e": 81.9,
    }  # fmt: skip


def test_figures_of_the_bank_in_february_1999():
    figures = to_figures({"offered": 31125, "answered": 27162, "abandoned": 3963, "ended_in_menu": 1941})
    assert round(figures["abandonment_rate"], 4) == 12.7325


def test_figures_of_nothing_have_no_rates():
    figures = to_figures({})
    assert figures["offered"] == 0
    assert figures["abandonment_rate"] is None
    assert set(figures["service_level"].values()) == {None}
    assert figures["average_handle_time_seconds"] is None
    assert figures["csat_percent"] is None


def test_total_is_a_ratio_of_sums_not_a_mean_of_ratios():
    intervals = [{"answered": 1, "wait_answered_seconds": 100}, {"answered": 9, "wait_answered_seconds": 0}]
    assert to_figures(add_up(intervals))["average_speed_of_answer_seconds"] == 10


def test_handle_time_is_talk_hold_and_after_contact_work():
    figures = to_figures(tally_contact(call(), TARGETS)[ORDERS].counts)
    assert figures["average_handle_time_seconds"] == 122
