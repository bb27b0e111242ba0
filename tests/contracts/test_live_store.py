"""The live table: events out of order, late and repeated leave the newest state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from trunkline.contact.agent_events import AgentChange
from trunkline.contact.events import ContactEvent
from trunkline.live.rules import follow_agent, follow_contact
from trunkline.live.store import LiveStore
from trunkline.runtime import client

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
KINDS = ("INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED")


@pytest.fixture
def store(aws):
    return LiveStore(client("dynamodb"), "live")


def update(kind, contact_id="c1", *, seconds_late=1):
    event = ContactEvent(
        type=kind, contact_id=contact_id, at=AT, channel="VOICE", initiation_method="INBOUND", queue_id="q1"
    )
    return follow_contact(event, {"q1": "orders"}, AT.timestamp() + seconds_late)


@pytest.mark.parametrize("order", list(permutations(KINDS[1:])), ids=lambda order: "-".join(x[0] for x in order))
def test_contact_ends_whatever_the_order_of_its_events(store, order):
    for kind in order:
        store.apply(update(kind))
    (item,) = store.list_kind("contact")
    assert (item["state"], item["queue"]) == ("ended", "orders")


def test_repeated_event_changes_nothing(store):
    assert store.apply(update("QUEUED"))
    assert not store.apply(update("QUEUED"))


def test_event_before_its_predecessor_never_goes_back(store):
    store.apply(update("CONNECTED_TO_AGENT"))
    assert not store.apply(update("QUEUED"))
    assert store.list_kind("contact")[0]["state"] == "connected"


def test_newest_agent_change_wins(store):
    def change(status, seconds):
        at = AT + timedelta(seconds=seconds)
        return follow_agent(AgentChange(username="mina", agent_id="a1", status=status, since=at, at=at))

    assert store.apply(change("Lunch", 0.5))
    assert not store.apply(change("Available", 0.25))
    assert store.apply(change("Available", 0.75))
    assert store.list_kind("agent")[0]["state"] == "available"


def test_kinds_are_listed_apart(store):
    store.apply(update("QUEUED"))
    assert store.list_kind("agent") == []


def test_contact_whose_record_came_is_closed_even_if_its_last_event_was_lost(store):
    for kind in ("INITIATED", "QUEUED"):
        store.apply(update(kind))
    store.close_contact("c1")
    store.close_contact("c1")
    assert store.list_kind("contact") == []


def test_late_event_moves_a_contact_but_brings_none_back(store):
    store.apply(update("INITIATED"))
    assert store.apply(update("QUEUED", seconds_late=180))
    store.close_contact("c1")
    assert not store.apply(update("CONNECTED_TO_AGENT", seconds_late=180))
    assert store.list_kind("contact") == []
