"""A figure is asked what it is made of: its contacts add up to it, and nobody sees what is not theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.metrics.calls import TARGETS, TEN, call
from trunkline.console.access import BadRequestError, Caller, ForbiddenError
from trunkline.console.behind.contacts import find_contacts
from trunkline.console.explain import MOST_LISTED, list_definitions, tell_finding
from trunkline.console.questions import read_question
from trunkline.contact.agent_states import AgentOffer, AgentState
from trunkline.contact.model import OUTCOMES, Contact
from trunkline.metrics.definitions import load_definitions
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.rules import Totals, count_contact, tally_agent
from trunkline.metrics.tally import Tally

SUE, MINA = Caller("sue", "supervisor"), Caller("mina", "agent")
CENTER = {
    "time_zone": "UTC",
    "queues": {
        "orders": {"department": "Sales", "service_target": {"seconds": 20}},
        "billing": {"department": "Finance", "service_target": {"seconds": 30}},
    },
    "metrics": {"short_abandon_seconds": 5, "service_level_convention": "c"},
}
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
AGENTS = {key for key, definition in load_definitions().items() if definition.scopes == ("agent",)}
FIGURES = [
    name
    for key, definition in load_definitions().items()
    if definition.evidence == "contacts"
    for name in ([f"{key}.{part}" for part in definition.parts] or [key])
]
SPANS = st.sampled_from([{"day": "2026-11-21"}, {"start": "2026-11-21T10:00:00Z"}, {"start": "2026-11-21T10:15:00Z"}])
PLACES = st.sampled_from(
    [
        {},
        {"scope": "queue", "key": "orders"},
        {"scope": "agent", "key": "mina"},
        {"scope": "center", "key": "-"},
        {"scope": "department", "key": "Finance"},
        {"scope": "channel", "key": "CHAT"},
    ]
)
SECONDS = st.integers(0, 1500)


@st.composite
def contacts(draw) -> Contact:
    queue = draw(st.sampled_from([None, "orders", "billing"]))
    outcome = draw(st.sampled_from([None, *OUTCOMES]))
    changes = {
        "channel": draw(st.sampled_from(["VOICE", "CHAT"])),
        "initiation_method": draw(st.sampled_from(["INBOUND", "TRANSFER", "CALLBACK", "OUTBOUND"])),
        "survey_score": draw(st.sampled_from([None, 1, 4, 5])),
        "holds": draw(st.integers(0, 2)),
        "transferred": draw(st.booleans()),
    }
    if outcome == "answered":
        changes |= {name: draw(SECONDS) for name in ("talk_seconds", "hold_seconds", "after_contact_seconds")}
    identity = draw(st.uuids()).hex
    agent = draw(st.sampled_from(["mina", "theo"]))
    at = draw(st.integers(-3 * 86_400, 3 * 86_400) | st.integers(0, 1800))
    return call(identity, at=at, queue=queue, wait=draw(SECONDS), outcome=outcome, agent=agent, **changes)


@st.composite
def entries(draw) -> AgentState | AgentOffer:
    agent = {"username": draw(st.sampled_from(["mina", "theo"])), "agent_id": "a1"}
    at = TEN + timedelta(seconds=draw(st.integers(-90_000, 90_000)))
    if draw(st.booleans()):
        state = {"state": draw(st.sampled_from(["Available", "Lunch"])), "until": at + timedelta(seconds=draw(SECONDS))}
        return AgentState(**agent, **state, since=at)
    outcome = draw(st.sampled_from(["missed", "abandoned"]))
    return AgentOffer(**agent, contact_id="c1", queue="orders", at=at, outcome=outcome)


def fold(calls, done=()):
    totals = Totals(Tally)
    for each in calls:
        count_contact(each, TARGETS, totals)
    for entry in done:
        for key, tally in tally_agent(entry).items():
            totals[key].add(tally)
    return totals


def explain(calls, caller=SUE, done=(), **query):
    question = read_question({"figure": "offered", **query}, CENTER, caller, NOW)
    found = find_contacts(question, fold(calls, done), calls, TARGETS, caller, entries=done)
    return tell_finding(question, found, CENTER)


@settings(deadline=None)
@given(st.lists(contacts(), max_size=12), st.lists(entries(), max_size=6), SPANS, PLACES, st.sampled_from(FIGURES))
def test_counts_of_contacts_and_states_add_up_to_the_counters(calls, done, span, place, figure):
    assume(figure not in AGENTS or place.get("scope") == "agent")
    told = explain(calls, done=done, figure=figure, **span, **place)
    counts = [each["counts"] for each in (*told["contacts"], *told["states"])]
    put_together = max if figure == "longest_wait_seconds" else sum
    for name, counted in told["counters"].items():
        assert put_together([each.get(name, 0) for each in counts] or [0]) == counted
    assert told["counted"] == told["counters"]
    assert all(counts)
    assert (told["matching"], told["more"]) == (len(told["contacts"]), False)


@settings(deadline=None)
@given(st.lists(contacts(), max_size=12), st.sampled_from(["orders", "billing"]))
def test_value_is_the_figure_that_the_pages_show(calls, queue):
    stored = {key: tally for key, tally in fold(calls).items() if key.start.date() == TODAY}
    figures = to_figures(add_up(tally for key, tally in stored.items() if (key.scope, key.member) == ("queue", queue)))
    for figure in set(FIGURES) - AGENTS:
        key, _, part = figure.partition(".")
        value = explain(calls, figure=figure, scope="queue", key=queue)["value"]
        assert value == (figures[key][part] if part else figures[key])


def test_rate_lists_those_above_and_below_the_line():
    told = explain([call("a"), call("b", outcome="abandoned", wait=9)], figure="abandonment_rate")
    assert (told["value"], told["formula"]) == (50.0, "100 × abandoned / offered")
    assert {each["contact_id"]: each["counts"] for each in told["contacts"]} == {
        "a": {"offered": 1},
        "b": {"abandoned": 1, "offered": 1},
    }


def test_service_level_is_explained_by_the_convention_asked_for():
    calls = [call("a"), call("b", outcome="abandoned", wait=9)]
    assert [explain(calls, figure=f"service_level{part}")["convention"] for part in ("", ".a")] == ["c", "a"]
    told = explain(calls, figure="service_level.b")
    assert (told["figure"], told["value"]) == ("service_level.b", 100.0)


def test_percentiles_and_the_longest_wait_list_who_waited_longest_first():
    calls = [call("short", wait=3), call("long", wait=300), call("middle", wait=30)]
    for figure in ("queue_time_seconds.p90", "longest_wait_seconds"):
        assert [each["contact_id"] for each in explain(calls, figure=figure)["contacts"]] == ["long", "middle", "short"]
    told = explain(calls, figure="longest_wait_seconds")
    assert told["counters"] == told["counted"] == {"longest_wait_seconds": 300}


def test_handle_time_lists_who_was_handled_longest_first():
    calls = [call("a", talk_seconds=10), call("b", talk_seconds=500), call("c", outcome="abandoned")]
    told = explain(calls, figure="average_handle_time_seconds")
    assert [(each["contact_id"], each["handle_seconds"]) for each in told["contacts"]] == [("b", 522), ("a", 32)]


def test_caller_of_before_midnight_counts_on_the_day_of_the_queue():
    late = call("late", at=14 * 3600 + 5)  # begins 25 seconds before midnight
    assert explain([late], day="2026-11-21")["matching"] == 0
    assert explain([late], day="2026-11-22")["matching"] == 1


def test_work_is_listed_in_every_interval_in_which_it_was_done():
    long = call("long", at=0, wait=0, talk_seconds=1200, hold_seconds=0, after_contact_seconds=0)
    told = [
        explain([long], figure="worked_contact_seconds", scope="agent", key="mina", start=start)
        for start in ("2026-11-21T10:00:00Z", "2026-11-21T10:15:00Z")
    ]
    assert [each["contacts"][0]["counts"] for each in told] == [
        {"worked_contact_seconds": 900},
        {"worked_contact_seconds": 300},
    ]


def test_agents_time_is_told_by_states_and_contacts():
    state = {"agent_id": "a1", "since": TEN - timedelta(minutes=5), "until": TEN + timedelta(minutes=10)}
    done = [AgentState(username="mina", state="Available", **state)]
    done.append(AgentOffer(username="mina", agent_id="a1", contact_id="c9", queue="orders", at=TEN, outcome="missed"))
    mine = {"scope": "agent", "key": "mina", "start": "2026-11-21T10:00:00Z", "done": done}
    told = explain([call(wait=0)], figure="occupancy_percent", **mine)
    assert told["value"] == pytest.approx(100 * 122 / 600)
    assert [each["counts"] for each in told["states"]] == [{"available_seconds": 600}]
    assert [(each["state"], each["since"][11:16], each["until"][11:16]) for each in told["states"]] == [
        ("Available", "09:55", "10:10")
    ]
    missed = explain([call()], figure="non_response_percent", **mine)
    assert (missed["value"], missed["counted"]) == (50.0, {"offers_missed": 1, "answered": 1})
    assert [(each["state"], each["contact_id"]) for each in missed["states"]] == [("missed", "c9")]


def test_contacts_without_end_are_listed_up_to_a_bound():
    told = explain([call(f"c{number}") for number in range(MOST_LISTED + 1)])
    assert (len(told["contacts"]), told["matching"], told["more"]) == (MOST_LISTED, MOST_LISTED + 1, True)
    assert told["counted"] == told["counters"] == {"offered": MOST_LISTED + 1}


def test_counters_that_no_contact_explains_show():
    question = read_question({"figure": "offered"}, CENTER, SUE, NOW)
    told = find_contacts(question, fold([call("a"), call("b")]), [call("a")], TARGETS, SUE)
    assert (told.counters, told.counted, told.value) == ({"offered": 2}, {"offered": 1}, 2)


def test_agents_see_their_own_contacts_with_masked_numbers():
    calls = [call("a", customer="+15555550101"), call("b", agent="theo", customer="+15555550102")]
    for place in ({}, {"scope": "agent", "key": "mina"}):
        told = explain(calls, caller=MINA, figure="answered", **place)
        assert [(each["contact_id"], each["customer"]) for each in told["contacts"]] == [("a", "***0101")]
        assert (told["value"], told["scope"], told["key"]) == (1, "agent", "mina")
    for place in ({"scope": "agent", "key": "theo"}, {"scope": "queue", "key": "orders"}, {"key": "-"}):
        with pytest.raises(ForbiddenError, match="own figures"):
            explain(calls, caller=MINA, **place)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"figure": "happiness"}, "no figure 'happiness'"),
        ({"figure": ""}, "no figure"),
        ({"figure": "service_level.f"}, "parts a, b, c, d, e"),
        ({"scope": "world"}, "scope: give one of"),
        ({"scope": "queue"}, "key: say which queue"),
        ({"figure": "occupancy_percent", "scope": "queue", "key": "orders"}, "told of: agent"),
        ({"figure": "adherence_percent"}, "told of: agent"),
        ({"figure": "resolution_percent", "scope": "channel", "key": "VOICE"}, "queue, agent, center, department"),
        ({"figure": "resolution_percent", "key": "-"}, "not told of contacts that never queued"),
        ({"figure": "resolution_percent", "start": "2026-11-21T10:00:00Z"}, "counted by days"),
        ({"figure": "first_contact_resolution_percent.survey"}, "judged by no_further_contact alone"),
        ({"figure": "waiting_now", "day": "2026-11-21"}, "day: waiting_now is of this moment"),
        ({"figure": "agents_by_state", "scope": "queue", "key": "orders"}, "told of: center"),
        ({"figure": "age_seconds.agents"}, "nothing is listed behind age_seconds. It tells how old"),
        ({"key": "orders"}, "key: the centre has none"),
        ({"day": "yesterday"}, "calendar day"),
        ({"day": "2026-11-21", "to": "2026-11-20"}, "1 to 31 days"),
        ({"day": "2026-11-01", "to": "2026-12-02"}, "1 to 31 days"),
        ({"start": "2026-11-21T10:07:00Z"}, "intervals begin"),
        ({"start": "2026-11-21T10:00:00"}, "interval's start"),
        ({"day": "9999-12-31"}, "calendar day"),
    ],
)
def test_question_that_cannot_be_answered_says_how_to_ask(query, told):
    with pytest.raises(BadRequestError, match=told):
        explain([], **query)


def test_span_is_a_day_days_or_an_interval():
    def span(**query):
        asked = read_question({"figure": "offered", **query}, CENTER, SUE, NOW).span
        return asked.start, asked.end - asked.start

    assert span() == span(day="2026-11-21") == (TEN.replace(hour=0), timedelta(days=1))
    assert span(day="2026-11-16", to="2026-11-22")[1] == timedelta(days=7)
    assert span(start="2026-11-21T10:00:00Z") == (TEN, timedelta(minutes=15))


def test_definitions_are_told_with_the_centres_convention():
    figures = {each["key"]: each for each in list_definitions(CENTER)["figures"]}
    level = figures["service_level"]
    assert (level["convention"], level["formula"]) == ("c", level["parts"]["c"])
    assert figures["offered"]["convention"] is None
    assert figures["first_contact_resolution_percent"]["convention"] == "no_further_contact"
    assert set(figures["offered"]["definition"]) == {"en", "ko"}
