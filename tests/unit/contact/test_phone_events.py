"""Contact events in either spelling, and the agent events that change an agent's own state."""

from __future__ import annotations

import pytest

from tests.unit.contact.samples import CONTACT_ID, INSTANCE, MINA_ID, ORDERS_ID
from trunkline.contact.agent_events import parse_agent_change
from trunkline.contact.events import PhoneEventError, parse_contact_event
from trunkline.contact.moments import format_moment

PASCAL = {
    "EventType": "CONNECTED_TO_AGENT",
    "ContactId": CONTACT_ID,
    "Channel": "Voice",
    "InstanceARN": INSTANCE,
    "InitiationMethod": "INBOUND",
    "QueueInfo": {"QueueArn": f"{INSTANCE}/queue/{ORDERS_ID}", "QueueType": "STANDARD"},
    "AgentInfo": {"AgentArn": f"{INSTANCE}/agent/{MINA_ID}"},
}
CAMEL = {
    "eventType": "CONNECTED_TO_AGENT",
    "contactId": CONTACT_ID,
    "channel": "VOICE",
    "instanceArn": INSTANCE,
    "initiationMethod": "INBOUND",
    "queueInfo": {"queueArn": f"{INSTANCE}/queue/{ORDERS_ID}", "queueType": "STANDARD"},
    "agentInfo": {"agentArn": f"{INSTANCE}/agent/{MINA_ID}"},
}
MIXED = {**{name: CAMEL[name] for name in CAMEL if name != "agentInfo"}, "AgentInfo": PASCAL["AgentInfo"]}


def event_bridge(detail):
    return {"detail-type": "Amazon Connect Contact Event", "time": "2026-11-21T18:15:52Z", "detail": detail}


@pytest.mark.parametrize("detail", [PASCAL, CAMEL, MIXED], ids=["Pascal", "camel", "mixed"])
def test_spellings_mean_the_same(detail):
    event = parse_contact_event(event_bridge(detail))
    assert (event.type, event.contact_id, event.channel) == ("CONNECTED_TO_AGENT", CONTACT_ID, "VOICE")
    assert (event.queue_id, event.agent_id) == (ORDERS_ID, MINA_ID)
    assert format_moment(event.at) == "2026-11-21T18:15:52Z"


def test_time_in_the_detail_is_better_than_that_of_delivery():
    agent = {**CAMEL["agentInfo"], "connectedToAgentTimestamp": "2026-11-21T18:15:50.123Z"}
    event = parse_contact_event(event_bridge({**CAMEL, "agentInfo": agent}))
    assert format_moment(event.at) == "2026-11-21T18:15:50Z"


@pytest.mark.parametrize("name", ["eventType", "contactId", "channel", "initiationMethod"])
def test_contact_event_error_names_the_field(name):
    with pytest.raises(PhoneEventError, match=name):
        parse_contact_event(event_bridge({key: CAMEL[key] for key in CAMEL if key != name}))


def test_contact_event_without_detail_or_time_is_refused():
    with pytest.raises(PhoneEventError, match="detail"):
        parse_contact_event({"time": "2026-11-21T18:15:52Z"})
    with pytest.raises(PhoneEventError, match="time of CONNECTED"):
        parse_contact_event({"detail": CAMEL})


def snapshot(status="Available", since="2026-11-21T16:00:00.000Z", contacts=()):
    return {
        "AgentStatus": {"ARN": "arn:status", "Name": status, "StartTimestamp": since},
        "Configuration": {"Username": "mina", "RoutingProfile": {"Name": "mina"}},
        "Contacts": [{"ContactId": each, "State": state} for each, state in contacts],
    }


def agent_event(kind="STATE_CHANGE", before=None, after=None, at="2026-11-21T18:20:52.250Z"):
    return {
        "AgentARN": f"{INSTANCE}/agent/{MINA_ID}",
        "EventType": kind,
        "EventTimestamp": at,
        "CurrentAgentSnapshot": after,
        "PreviousAgentSnapshot": before,
    }


def test_login_tells_the_first_status():
    change = parse_agent_change(agent_event("LOGIN", None, snapshot("Offline", "2026-11-21T18:20:52.250Z")))
    assert (change.username, change.agent_id, change.status) == ("mina", MINA_ID, "Offline")


def test_logout_means_offline_whatever_the_snapshot_says():
    change = parse_agent_change(agent_event("LOGOUT", snapshot(), snapshot("Offline")))
    assert (change.status, format_moment(change.since)) == ("Offline", "2026-11-21T18:20:52Z")


def test_status_change_is_dated_by_the_status():
    change = parse_agent_change(agent_event(before=snapshot(), after=snapshot("Lunch", "2026-11-21T18:20:51.900Z")))
    assert (change.status, format_moment(change.since)) == ("Lunch", "2026-11-21T18:20:51Z")


def test_contact_that_leaves_after_contact_work_frees_the_agent():
    change = parse_agent_change(agent_event(before=snapshot(contacts=[("c1", "ENDED")]), after=snapshot()))
    assert (change.status, format_moment(change.since)) == ("Available", "2026-11-21T18:20:52Z")


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("HEART_BEAT", snapshot(), snapshot()),
        ("STATE_CHANGE", snapshot(), snapshot(contacts=[("c1", "CONNECTING")])),
        (
            "STATE_CHANGE",
            snapshot(contacts=[("c1", "CONNECTED")]),
            snapshot(contacts=[("c1", "CONNECTED_ONHOLD")]),
        ),
        ("STATE_CHANGE", snapshot(contacts=[("c1", "CONNECTED")]), snapshot(contacts=[("c1", "ENDED")])),
        ("STATE_CHANGE", snapshot(), snapshot()),
    ],
    ids=["heartbeat", "rings", "hold", "after-contact work begins", "configuration"],
)
def test_events_that_contacts_tell_better_change_nothing(kind, before, after):
    assert parse_agent_change(agent_event(kind, before, after)) is None


def test_agent_event_error_names_the_field():
    with pytest.raises(PhoneEventError, match=r"AgentStatus\.Name"):
        parse_agent_change(agent_event("LOGIN", None, {"Configuration": {"Username": "mina"}}))
    with pytest.raises(PhoneEventError, match="EventTimestamp"):
        parse_agent_change(agent_event("LOGIN", None, snapshot(), at="soon"))
