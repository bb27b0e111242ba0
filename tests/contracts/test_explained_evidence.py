"""What is behind figures that are no counters: cases, states, costs and the live picture, read from the tables."""

from __future__ import annotations

import json

import pytest
import time_machine

from tests.unit.console import friday
from tests.unit.console.friday import FRIDAY, NOW
from tests.unit.contact.samples import center_document
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_states import AgentState
from trunkline.contact.log_store import ContactLog
from trunkline.contact.moments import day_bounds
from trunkline.contact.store import ContactStore
from trunkline.live.store import LiveStore
from trunkline.metrics.resolution import ResolutionRule, count_resolution
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.runtime import client

MANAGER = ("max", "manager")


@pytest.fixture
def ask(load_handler):
    """A centre with a day behind it and calls in progress; asks a page, answers status and body."""
    calls, dynamodb = list(friday.contacts()), client("dynamodb")
    store, log = ContactStore(dynamodb, "contacts"), AgentLog(dynamodb, "agent_states")
    for each in calls:
        store.save(each, expires_at=1)
    for entry in friday.states():
        if isinstance(entry, AgentState):
            log.add(entry)
    counted = count_resolution(calls, ResolutionRule.of_center(center_document()), NOW)
    ResolutionStore(dynamodb, "metrics", 730).write({FRIDAY: counted[FRIDAY]})
    live = LiveStore(dynamodb, "live")
    for update in friday.live_updates():
        assert live.apply(update)
    live.keep_heartbeats("shard-1", friday.heartbeats())
    handle = load_handler("serve_console")

    def ask(path, who=MANAGER, **query):
        claims = {"username": who[0], "cognito:groups": f"[{who[1]}]"}
        http = {"method": "GET", "path": path}
        context = {"http": http, "authorizer": {"jwt": {"claims": claims}}}
        event = {"version": "2.0", "rawPath": path, "requestContext": context, "queryStringParameters": query}
        with time_machine.travel(NOW, tick=False):
            response = handle(event)
        return response["statusCode"], json.loads(response["body"])

    return ask


def test_case_tells_how_it_was_judged_and_day_that_no_night_counted_has_cases_too(ask):
    _, told = ask("/api/explain", figure="first_contact_resolution_percent", day="2026-11-20")
    cases = {case["contact_id"]: case for case in told["cases"]}
    assert told["convention"] == "no_further_contact"
    assert (cases["c1"]["judged"], cases["c1"]["repeated_by"]) == ("not_resolved", "c30")
    assert (cases["c3"]["judged"], cases["c3"]["repeated_by"]) == ("not_resolved", "c31")
    assert (cases["c2"]["judged"], cases["c2"]["closes_at"]) == ("provisional", "2026-11-27T19:13:50Z")
    assert cases["c23"]["contacts"] == ["c22", "c23"]
    _, told = ask("/api/explain", figure="resolution_percent", day="2026-11-20", scope="agent", key="mina")
    assert {case["judged"] for case in told["cases"]} == {"resolved", "not_resolved"}
    _, told = ask("/api/explain", figure="first_contact_resolution_percent")
    assert (told["value"], told["counters"]["provisional"], told["counted_days"]) == (None, 0, [])
    assert told["counted"]["provisional"] == told["matching"] == 2


def test_spans_and_costs_tell_what_was_planned_and_what_is_estimated(ask):
    _, told = ask("/api/explain", figure="adherence_percent", scope="agent", key="mina", day="2026-11-20")
    assert [(each["planned"], each["actual"], sum(each["counts"].values()) // 60) for each in told["spans"]] == [
        ("Available", "Available", 400),
        ("Available", "Lunch", 10),
        ("Lunch", "Lunch", 60),
        ("Available", "Lunch", 10),
        ("Available", "Available", 460),
        ("Available", None, 30),
    ]
    _, told = ask("/api/explain", figure="cost_per_contact", day="2026-11-20")
    costs = [contact["counts"]["cost_of_contacts"] for contact in told["contacts"]]
    assert costs == sorted(costs, reverse=True)
    assert told["estimated"] == ["menu", "recording", "telephony"]
    (menu,) = (contact for contact in told["contacts"] if contact["contact_id"] == "c24")
    assert (menu["estimated"], set(menu["categories"])) == (["menu"], {"telephony", "orchestration"})
    assert told["shared"][0]["counts"]["cost_fixed"] == told["counters"]["cost_fixed"] > 0


def test_live_figure_tells_who_waits_and_who_is_a_ghost(ask):
    _, told = ask("/api/explain", figure="waiting_now", scope="queue", key="orders")
    assert [contact["contact_id"] for contact in told["contacts"]] == ["c41"]
    _, told = ask("/api/explain", figure="callbacks_pending")
    assert [contact["contact_id"] for contact in told["contacts"]] == ["c44"]
    _, told = ask("/api/explain", figure="ghosts")
    assert [(agent["agent"], agent["ghost"]) for agent in told["agents"]] == [("theo", "unheard")]


def test_who_may_ask_for_what(ask):
    agent, supervisor = ("mina", "agent"), ("sue", "supervisor")
    friday = {"day": "2026-11-20"}
    for who, query, status in (
        (agent, {"figure": "first_contact_resolution_percent", **friday}, 200),
        (agent, {"figure": "adherence_percent", **friday}, 200),
        (agent, {"figure": "adherence_percent", "scope": "agent", "key": "theo", **friday}, 403),
        (agent, {"figure": "cost_per_contact", **friday}, 403),
        (agent, {"figure": "waiting_now"}, 403),
        (supervisor, {"figure": "cost_per_contact", **friday}, 403),
        (supervisor, {"figure": "waiting_now"}, 200),
        (MANAGER, {"figure": "adherence_percent", "scope": "agent", "key": "nobody", **friday}, 400),
    ):
        answered, told = ask("/api/explain", who, **query)
        assert answered == status, (who, query, told)
        if who == agent:
            assert all(case["customer"].startswith("***") for case in told.get("cases", ()))


def test_of_the_days_after_only_those_who_came_back_are_read(ask):
    assert ask("/api/me")[0] == 200
    start, end = day_bounds(FRIDAY, center_document()["time_zone"])
    found = ContactLog(client("dynamodb"), "contacts").read_followed(start, end, NOW, most=1000)
    assert {each.contact_id for each in found.contacts if each.initiated_at >= end} == {"c31"}
    assert not found.more


def test_too_many_contacts_are_told(ask, monkeypatch):
    monkeypatch.setattr("trunkline.console.evidence.MOST_READ", 4)
    _, told = ask("/api/explain", figure="first_contact_resolution_percent", day="2026-11-20")
    assert told["more"]
    monkeypatch.setattr("trunkline.console.evidence.MOST_BILLED", 4)
    status, told = ask("/api/explain", figure="cost_per_contact", day="2026-11-20")
    assert (status, "give fewer days" in told["message"]) == (400, True)
