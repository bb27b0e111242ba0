"""Agents' states become counters exactly once: split over intervals, corrected, and found without drift."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.contact.agent_days import (
    NINE,
    MemoryAgentLog,
    MemoryLive,
    at,
    contact,
    event,
    login,
    logout,
    move,
    shift,
    snapshot,
    state,
    status,
)
from tests.unit.metrics.calls import TARGETS
from tests.unit.metrics.fakes import CrashError, MemoryCounters
from trunkline.contact.agent_states import AgentOffer
from trunkline.contact.moments import INTERVAL_SECONDS, parse_moment
from trunkline.live.agent_tracker import AgentTracker, close_silent_agents
from trunkline.metrics.changes import ChangeError, read_change
from trunkline.metrics.figures import add_up, figures_of, to_agent_figures, to_figures
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.rebuild import STATES_LOOK_BACK, find_drift, recount_contacts
from trunkline.metrics.rules import tally_agent
from trunkline.metrics.tally import Tally

DAYS = (NINE - timedelta(days=1), NINE + timedelta(days=4))


def count(log, *, batches=None, seed=0):
    """Fold the log's change stream in batches, some delivered twice, some dying halfway."""
    table, chance = MemoryCounters(), Random(seed)
    records = list(log.records)
    while records:
        size = batches or chance.randint(1, 5)
        batch, records = records[:size], records[size:]
        changes = [read_change(record, TARGETS) for record in batch]
        for crash in (chance.choice([0, 1, None]), None, None):
            table.crash_before = crash
            try:
                apply_changes(changes, "agents/shard-1", table, lambda key, without: 0)
            except CrashError:
                continue
    return table


def drift_of(log, table):
    recount = recount_contacts([], TARGETS, *DAYS, log.read_days(DAYS[0] - STATES_LOOK_BACK, DAYS[1]))
    return find_drift(table.tallies(), recount)


def test_state_from_0523_to_0615_gives_7_30_and_15_minutes_to_the_half_hours():
    lunch = state("Lunch", parse_moment("2026-11-21T05:23:00Z"), parse_moment("2026-11-21T06:15:00Z"))
    half_hours: dict[str, int] = {}
    for key, tally in tally_agent(lunch).items():
        assert (key.scope, key.name) == ("agent", "mina")
        half_hour = f"{key.start:%H}:{key.start.minute // 30 * 30:02d}"
        half_hours[half_hour] = half_hours.get(half_hour, 0) + tally.unavailable_seconds // 60
    assert half_hours == {"05:00": 7, "05:30": 30, "06:00": 15}


def test_available_and_other_states_are_counted_apart():
    total = add_up(
        tally
        for span in (state("Available", at(0), at(40)), state("Meeting", at(40), at(55)))
        for tally in tally_agent(span).values()
    )
    assert (total.available_seconds, total.unavailable_seconds) == (40 * 60, 15 * 60)


@pytest.mark.parametrize(("outcome", "counted"), [("missed", (1, 0)), ("abandoned", (0, 1))])
def test_offer_counts_in_the_interval_in_which_it_was_over(outcome, counted):
    offer = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue="orders", at=at(16), outcome=outcome)
    ((key, tally),) = tally_agent(offer).items()
    assert key == Key(at(15), "agent", "mina")
    assert (tally.offers_missed, tally.offers_abandoned) == counted


def test_correction_that_shortens_a_state_takes_its_seconds_back():
    log = MemoryAgentLog()
    log.add(state("Available", at(0), at(60), inferred=True))
    log.add(state("Available", at(0), at(20)))
    table = count(log, batches=1)
    assert {
        key.start: tally.available_seconds for key, tally in table.tallies().items() if tally.available_seconds
    } == {
        at(0): 900,
        at(15): 300,
    }
    assert drift_of(log, table) == []


def test_change_of_an_agent_that_cannot_be_read_is_named():
    record = {"dynamodb": {"SequenceNumber": "1", "NewImage": {"state_key": {"S": "mina#x"}}}}
    with pytest.raises(ChangeError, match="username"):
        read_change(record, TARGETS)


def test_figures_of_agents_are_ratios_of_sums():
    figures = to_agent_figures(
        Tally(
            answered=9,
            worked_contact_seconds=1500,
            worked_after_contact_seconds=300,
            available_seconds=2400,
            unavailable_seconds=1200,
            offers_missed=1,
            offers_abandoned=2,
        )
    )
    told = ("logged_in_seconds", "idle_seconds", "occupancy_percent", "utilisation_percent", "non_response_percent")
    assert [figures[name] for name in told] == [3600, 600, 75.0, 50.0, 10.0]
    assert figures["offers_abandoned"] == 2


def test_figures_of_an_agent_who_did_nothing_divide_nothing():
    figures = to_agent_figures(Tally())
    assert [figures[name] for name in ("occupancy_percent", "utilisation_percent", "non_response_percent")] == [
        None
    ] * 3


def test_more_work_than_time_available_is_never_negative_idle():
    assert to_agent_figures(Tally(worked_contact_seconds=500, available_seconds=200))["idle_seconds"] == 0


def test_queues_have_no_figures_of_agents():
    assert figures_of("queue", Tally()) == to_figures(Tally())
    assert not {"occupancy_percent", "available_seconds", "offers_missed"} & to_figures(Tally()).keys()


# --- any sequence of states, lost, told twice, out of order and by clocks that differ ------------------

STATUSES = ("Available", "Lunch", "Meeting")


@st.composite
def days(draw):
    """What truly happened to one agent, and the events that told it."""
    events, truth, moment = [], [], 0.0
    for _shift in range(draw(st.integers(1, 3))):
        events.append(login(at(moment)))
        known = ("Offline", at(moment))
        moment += draw(st.integers(0, 5))
        for name in draw(st.lists(st.sampled_from(STATUSES), min_size=1, max_size=6)):
            begun = (name, at(moment))
            events.append(move(known, begun))
            if known[0] != "Offline":
                truth.append(state(known[0], known[1], begun[1]))
            known = begun
            moment += draw(st.floats(0.1, 130).map(lambda minutes: round(minutes * 60) / 60))
            if draw(st.booleans()):
                told = status(*known)
                rung = snapshot(told, contact("CONNECTING", at(moment)))
                missed = snapshot(told, contact("MISSED", at(moment + 0.3)))
                events += [event("STATE_CHANGE", at(moment + 0.3), rung, missed)]
                moment += 0.5
        events.append(logout(known, at(moment)))
        truth.append(state(known[0], known[1], at(moment)))
        moment += draw(st.integers(30, 600))
    return events, [each for each in truth if each.seconds]


@st.composite
def rough_days(draw):
    """A day whose events are lost, told twice, late or timed by clocks that differ."""
    events, _truth = draw(days())
    rough = []
    for each in events:
        match draw(st.sampled_from(["told", "told", "told", "lost", "twice", "late", "skewed"])):
            case "told":
                rough.append(each)
            case "twice":
                rough += [each, each]
            case "late":
                rough.insert(max(0, len(rough) - draw(st.integers(1, 3))), each)
            case "skewed":
                rough.append(shift(each, draw(st.integers(-90, 90))))
    beats = {index: at(draw(st.integers(0, 2000))) for index in range(0, len(rough), 3)}
    return rough, beats


def live_through(events, beats=None):
    log, live = MemoryAgentLog(), MemoryLive()
    tracker = AgentTracker(live, log)
    for sequence, each in enumerate(events):
        beat = (beats or {}).get(sequence)
        if beat is not None:
            live.heard["mina"] = max(live.heard.get("mina", 0), int(beat.timestamp()))
        tracker.follow(each, sequence)
    close_silent_agents(live.read_picture(0), log, NINE + timedelta(days=3))
    return log


@given(days())
def test_day_that_is_told_whole_is_measured_as_it_was(day):
    events, truth = day
    log = live_through(events)
    assert [each for each in log.states() if each.seconds] == truth


@given(rough_days(), st.integers(0, 5))
@settings(max_examples=200)
def test_whatever_happens_to_events_no_second_counts_twice_and_nothing_drifts(rough, seed):
    log = live_through(*rough)
    table = count(log, seed=seed)
    tallies = table.tallies()
    assert all(tally.available_seconds >= 0 <= tally.unavailable_seconds for tally in tallies.values())
    for tally in tallies.values():
        assert tally.available_seconds + tally.unavailable_seconds <= INTERVAL_SECONDS
    spans = log.states()
    assert all(one.until <= other.since for one, other in pairwise(spans))
    assert sum(tally.available_seconds + tally.unavailable_seconds for tally in tallies.values()) == sum(
        each.seconds for each in spans
    )
    assert drift_of(log, table) == []


@given(rough_days())
def test_events_delivered_twice_change_nothing(rough):
    events, beats = rough
    once = live_through(events, beats)
    twice = live_through(
        [each for each in events for _ in range(2)], {2 * index: beat for index, beat in beats.items()}
    )
    assert twice.entries == once.entries


@given(days(), st.randoms(use_true_random=False))
def test_lost_events_stretch_no_state_over_an_absence_of_more_than_an_hour(day, chance):
    events, truth = day
    log = live_through([each for each in events if chance.random() < 0.7])
    absences = sum(each["EventType"] == "LOGIN" for each in events) - 1
    assert sum(each.seconds for each in log.states()) <= sum(each.seconds for each in truth) + absences * 3600
