"""Heartbeats in the shape in which Kinesis delivers them."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime

import pytest

from tests.unit.contact.samples import INSTANCE, MINA_ID
from trunkline.contact.events import PhoneEventError
from trunkline.contact.heartbeats import HeldContact, parse_heartbeat

EVENT = {
    "AgentARN": f"{INSTANCE}/agent/{MINA_ID}",
    "CurrentAgentSnapshot": {
        "AgentStatus": {"Name": "Available", "StartTimestamp": "2026-11-21T18:00:00.250Z", "Type": "ROUTABLE"},
        "Configuration": {"Username": "mina"},
        "Contacts": [
            {
                "ContactId": "c1",
                "State": "CONNECTED_ONHOLD",
                "Queue": {"Name": "orders"},
                "QueueTimestamp": "2026-11-21T18:01:00Z",
                "ConnectedToAgentTimestamp": "2026-11-21T18:02:00Z",
            },
            {"ContactId": "c2", "State": "ENDED", "Queue": None},
        ],
    },
    "EventTimestamp": "2026-11-21T18:05:00.000Z",
    "EventType": "HEART_BEAT",
}


def test_heartbeat_tells_status_and_contacts():
    beat = parse_heartbeat(EVENT, 7)
    assert (beat.username, beat.agent_id, beat.status, beat.sequence) == ("mina", MINA_ID, "Available", 7)
    assert beat.at == datetime(2026, 11, 21, 18, 5, tzinfo=UTC)
    enqueued_at, answered_at = (datetime(2026, 11, 21, 18, minute, tzinfo=UTC) for minute in (1, 2))
    assert beat.contacts["c1"] == HeldContact("c1", True, "orders", enqueued_at, answered_at)
    assert not beat.contacts["c2"].talking


def test_agent_without_contacts_has_none():
    event = deepcopy(EVENT)
    event["CurrentAgentSnapshot"]["Contacts"] = None
    assert parse_heartbeat(event).contacts == {}


@pytest.mark.parametrize(
    "event",
    [
        {},
        {**EVENT, "CurrentAgentSnapshot": None},
        {**EVENT, "EventTimestamp": "now"},
        {**EVENT, "AgentARN": 7},
        {**EVENT, "CurrentAgentSnapshot": {**EVENT["CurrentAgentSnapshot"], "Contacts": [{}]}},
        ["not", "an", "object"],
    ],
)
def test_heartbeat_that_cannot_be_read_says_why(event):
    with pytest.raises(PhoneEventError, match="heartbeat: "):
        parse_heartbeat(event)
