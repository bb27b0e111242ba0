"""What one contact counts, where, and when."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.metrics.calls import TARGETS, TEN, call
from trunkline.metrics.figures import add_up, service_level, to_figures
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import Totals, count_contact, tally_contact
from trunkline.metrics.sketch import Sketch
from trunkline.metrics.tally import Tally

ORDERS = Key(TEN, "queue", "orders")
MINA = Key(TEN, "agent", "mina")


def counts(contact):
    return {key: tally.counts() for key, tally in tally_contact(contact, TARGETS).items()}


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
            "worked_contact_seconds": 107,
            "worked_after_contact_seconds": 15,
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


@pytest.mark.parametrize("method", ["OUTBOUND", "MONITOR"])
def test_calls_that_nobody_made_to_the_centre_are_not_offered(method):
    assert counts(call(initiation_method=method)) == {}


def test_callback_counts_apart_from_what_was_offered():
    tallies = counts(call(initiation_method="CALLBACK", wait=300))
    requested = Key(TEN, "queue", "orders")
    assert tallies[requested] == {"callbacks_attempted": 1, "callbacks_connected": 1, "callback_wait_seconds": 330}
    assert tallies[MINA]["answered"] == 1


@pytest.mark.parametrize("outcome", ["abandoned", "ended_in_menu", "ended_by_flow"])
def test_callback_that_reached_nobody_is_given_up_in_the_interval_of_its_request(outcome):
    tallies = counts(call(initiation_method="CALLBACK", outcome=outcome, at=920))
    assert tallies == {ORDERS: {"callbacks_attempted": 1, "callbacks_given_up": 1}}


def test_callback_that_never_reached_its_queue_is_given_up_for_the_centre():
    tallies = counts(call(initiation_method="CALLBACK", outcome="ended_by_flow", queue=None))
    assert tallies == {Key(TEN, "center", "-"): {"callbacks_attempted": 1, "callbacks_given_up": 1}}


@pytest.mark.parametrize("outcome", [None, "callback", "transferred"])
def test_callback_that_goes_on_is_not_given_up(outcome):
    assert counts(call(initiation_method="CALLBACK", outcome=outcome)) == {ORDERS: {"callbacks_attempted": 1}}


def test_callback_that_turns_out_connected_takes_back_that_it_was_given_up():
    given_up = tally_contact(call(initiation_method="CALLBACK", outcome="abandoned"), TARGETS)[ORDERS]
    counted = add_up([given_up, tally_contact(call(initiation_method="CALLBACK"), TARGETS)[ORDERS]])
    counted.add(given_up, -1)
    assert (counted.callbacks_attempted, counted.callbacks_connected, counted.callbacks_given_up) == (1, 1, 0)


def test_transfer_counts_in_where_it_arrives_and_out_where_it_left():
    arrived = counts(call(initiation_method="TRANSFER"))[ORDERS]
    left = counts(call(transferred=True))
    assert (arrived["transfers_in"], arrived["offered"]) == (1, 1)
    assert (left[ORDERS]["transfers_out"], left[MINA]["transfers_out"]) == (1, 1)


def test_other_channels_stand_apart_from_voice():
    assert set(counts(call(channel="CHAT"))) == {
        Key(TEN, "queue", "orders/CHAT"),
        Key(TEN, "agent", "mina/CHAT"),
    }


def test_work_belongs_to_the_intervals_in_which_it_was_done():
    tallies = counts(call(at=840, wait=10, talk_seconds=100, hold_seconds=0, after_contact_seconds=1000))
    quarter = timedelta(minutes=15)
    assert tallies[MINA]["worked_contact_seconds"] == 50
    assert tallies[Key(TEN + quarter, "agent", "mina")] == {
        "worked_contact_seconds": 50,
        "worked_after_contact_seconds": 850,
    }
    assert tallies[Key(TEN + 2 * quarter, "agent", "mina")] == {"worked_after_contact_seconds": 150}


def test_waits_and_handle_times_go_into_sketches():
    tallies = tally_contact(call(wait=0), TARGETS)
    assert tallies[ORDERS].waits == {0: 1}
    assert tallies[ORDERS].handles == tallies[MINA].handles == Sketch.of([122]).counts
    assert tally_contact(call(outcome=None, wait=None), TARGETS)[ORDERS].waits == {}


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
    figures = to_figures(Tally(offered=31125, answered=27162, abandoned=3963, ended_in_menu=1941))
    assert round(figures["abandonment_rate"], 4) == 12.7325


def test_figures_of_nothing_have_no_rates():
    figures = to_figures(Tally())
    assert figures["offered"] == 0
    assert figures["abandonment_rate"] is None
    assert set(figures["service_level"].values()) == {None}
    assert figures["average_handle_time_seconds"] is None
    assert figures["csat_percent"] is None


def test_total_is_a_ratio_of_sums_not_a_mean_of_ratios():
    intervals = [Tally(answered=1, wait_answered_seconds=100), Tally(answered=9)]
    assert to_figures(add_up(intervals))["average_speed_of_answer_seconds"] == 10


def test_every_offered_contact_is_answered_lost_passed_on_or_open():
    tallies = [
        tally_contact(call(outcome=outcome), TARGETS)[ORDERS]
        for outcome in ("answered", "abandoned", "callback", "transferred", "ended_by_flow", None)
    ]
    figures = to_figures(add_up(tallies))
    assert (figures["offered"], figures["open"]) == (6, 1)


def test_percentiles_are_of_all_waits_together():
    quick, slow = Tally(waits=Sketch.of([0] * 90).counts), Tally(waits=Sketch.of([100] * 10).counts)
    queue_time = to_figures(add_up([quick, slow]))["queue_time_seconds"]
    assert (queue_time["p50"], queue_time["p90"]) == (0.0, 0.0)
    assert queue_time["p95"] == pytest.approx(100, rel=0.02)


def test_hold_is_averaged_over_held_contacts():
    tallies = [
        tally_contact(call(hold_seconds=hold, holds=holds), TARGETS)[ORDERS] for hold, holds in ((60, 1), (0, 0))
    ]
    assert to_figures(add_up(tallies))["average_hold_time_seconds"] == 60


def test_handle_time_is_talk_hold_and_after_contact_work():
    figures = to_figures(tally_contact(call(), TARGETS)[ORDERS])
    assert figures["average_handle_time_seconds"] == 122


@given(
    st.lists(
        st.tuples(st.sampled_from(["orders", "billing"]), st.sampled_from(["mina", "theo", "sora"])),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_each_link_of_a_chain_of_transfers_counts_once_for_its_queue_and_its_agent(links, last_gives_up):
    """The first contact came in; every other one was passed on by the agent before it."""
    totals = Totals(Tally)
    for place, (queue, agent) in enumerate(links):
        last = place == len(links) - 1
        link = call(
            f"c{place}",
            at=60 + place,
            queue=queue,
            agent=agent,
            outcome="abandoned" if last and last_gives_up else "answered",
            initiation_method="INBOUND" if place == 0 else "TRANSFER",
            transferred=not last,
        )
        count_contact(link, TARGETS, totals)
    answered = links[:-1] if last_gives_up else links
    queues, agents = Counter(queue for queue, _ in links), Counter(agent for _, agent in answered)
    of = {scope: [tally for key, tally in totals.items() if key.scope == scope] for scope in ("queue", "agent")}
    assert {key.name: tally.offered for key, tally in totals.items() if key.scope == "queue"} == queues
    assert {key.name: tally.answered for key, tally in totals.items() if key.scope == "agent"} == agents
    assert sum(tally.answered for tally in of["queue"]) == len(answered)
    assert sum(tally.transfers_in for tally in of["queue"]) == len(links) - 1
    assert sum(tally.transfers_out for tally in of["queue"]) == len(links) - 1
    assert sum(tally.transfers_out for tally in of["agent"]) == len(links) - 1
    for tally in of["queue"]:
        assert tally.offered == tally.answered + tally.abandoned
