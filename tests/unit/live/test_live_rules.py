"""What events make of the live picture."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from trunkline.contact.agent_events import AgentChange
from trunkline.contact.agent_states import AgentOffer
from trunkline.contact.events import ContactEvent
from trunkline.live.rules import follow_agent, follow_contact, follow_offer

AT = datetime(2026, 11, 21, 18, 15, 40, 250_000, tzinfo=UTC)
NOW = AT.timestamp() + 1


def event(kind, **changes):
    fields = {"type": kind, "contact_id": "c1", "at": AT, "channel": "VOICE", "initiation_method": "INBOUND"}
    return ContactEvent(**{**fields, **changes})


@pytest.mark.parametrize(
    ("kind", "state", "rank"),
    [
        ("INITIATED", "menu", 1),
        ("QUEUED", "queued", 2),
        ("CONNECTED_TO_AGENT", "connected", 3),
        ("DISCONNECTED", "ended", 4),
    ],
)
def test_each_event_has_its_state_and_rank(kind, state, rank):
    update = follow_contact(event(kind), {}, NOW)
    assert (update.values["state"], update.values["rank"], update.newer_than) == (state, rank, "rank")
    assert update.values["since"] == "2026-11-21T18:15:40Z"


def test_queue_is_named_by_its_key_and_an_unknown_one_by_its_id():
    assert follow_contact(event("QUEUED", queue_id="q1"), {"q1": "orders"}, NOW).values["queue"] == "orders"
    assert follow_contact(event("QUEUED", queue_id="q2"), {"q1": "orders"}, NOW).values["queue"] == "q2"


@pytest.mark.parametrize("kind", ["CONTACT_DATA_UPDATED", "CONNECTED_TO_SYSTEM", "AMD_DISABLED", "SOMETHING_NEW"])
def test_events_that_move_no_contact_write_nothing(kind):
    assert follow_contact(event(kind), {}, NOW) is None


def test_supervisor_who_listens_in_is_no_contact():
    assert follow_contact(event("INITIATED", initiation_method="MONITOR"), {}, NOW) is None


def test_late_event_creates_no_contact():
    assert follow_contact(event("QUEUED"), {}, NOW).creates
    assert not follow_contact(event("QUEUED"), {}, NOW + 60).creates


def test_ended_contacts_expire_sooner():
    ended, begun = follow_contact(event("DISCONNECTED"), {}, NOW), follow_contact(event("INITIATED"), {}, NOW)
    assert ended.values["expires_at"] < begun.values["expires_at"]


@pytest.mark.parametrize(("status", "state"), [("Available", "available"), ("Offline", "offline"), ("Lunch", "Lunch")])
def test_agent_status_becomes_a_state(status, state):
    change = AgentChange(username="mina", agent_id="a1", status=status, since=AT, at=AT)
    update = follow_agent(change)
    assert (update.kind, update.id, update.values["state"]) == ("agent", "mina", state)
    assert update.values["version"].startswith("2026-11-21T18:15:40.250Z#")


def test_later_record_of_one_moment_sorts_later():
    login, available = (
        follow_agent(AgentChange(username="mina", agent_id="a1", status=status, since=AT, at=AT, sequence=sequence))
        for status, sequence in (("Offline", 9), ("Available", 10))
    )
    assert login.values["version"] < available.values["version"]


def test_later_events_tell_again_what_earlier_ones_told():
    enqueued_at, answered_at = AT - timedelta(seconds=40), AT - timedelta(seconds=10)
    ended = follow_contact(event("DISCONNECTED", enqueued_at=enqueued_at, answered_at=answered_at), {}, NOW)
    assert (ended.values["enqueued_at"], ended.values["answered_at"]) == (
        "2026-11-21T18:15:00Z",
        "2026-11-21T18:15:30Z",
    )
    assert "answered_at" not in follow_contact(event("QUEUED"), {}, NOW).values


def test_callback_is_marked_and_lives_as_long_as_it_may_wait():
    waits, rings = (follow_contact(event(kind, initiation_method="CALLBACK"), {}, NOW) for kind in ("QUEUED",) * 2)
    assert waits.values["method"] == "CALLBACK"
    assert rings.values["expires_at"] - AT.timestamp() > 6 * 86_400
    assert "method" not in follow_contact(event("QUEUED"), {}, NOW).values


def test_offer_that_was_missed_counts_and_one_that_the_customer_left_does_not():
    def offer(outcome):
        fields = {"username": "mina", "agent_id": "a1", "contact_id": "c1", "queue": "orders", "at": AT}
        return follow_offer(AgentOffer(**fields, outcome=outcome))

    missed = offer("missed")
    assert (missed.adds, missed.creates, missed.values) == ({"missed": 1}, False, {"missed_at": "2026-11-21T18:15:40Z"})
    assert offer("abandoned") is None
