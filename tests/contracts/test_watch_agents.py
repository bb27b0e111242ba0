"""Heartbeats in the shape in which Lambda delivers them, and what they leave in the live table."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.contracts.counting import count_requests
from trunkline.contact.agent_events import AgentChange
from trunkline.contact.events import ContactEvent
from trunkline.contact.moments import format_precise_moment
from trunkline.live.rules import follow_agent, follow_contact
from trunkline.live.store import LiveStore
from trunkline.runtime import client

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SHARD = "shardId-000000000000"


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def beat(username, seconds=30, status="Available", since=900, contacts=()):
    return {
        "AgentARN": f"arn:aws:connect:us-east-1:111122223333:instance/i/agent/id-{username}",
        "CurrentAgentSnapshot": {
            "AgentStatus": {"Name": status, "StartTimestamp": format_precise_moment(ago(since))},
            "Configuration": {"Username": username},
            "Contacts": [{"ContactId": each, "State": "CONNECTED"} for each in contacts],
        },
        "EventTimestamp": format_precise_moment(ago(seconds)),
        "EventType": "HEART_BEAT",
    }


def batch(*documents, shard=SHARD):
    return {
        "Records": [
            {
                "eventID": f"{shard}:{number}",
                "eventSource": "aws:kinesis",
                "kinesis": {
                    "sequenceNumber": str(number),
                    "data": base64.b64encode(
                        document if isinstance(document, bytes) else json.dumps(document).encode()
                    ).decode(),
                },
            }
            for number, document in enumerate(documents, 1)
        ]
    }


@pytest.fixture
def handle(load_handler):
    handler = load_handler("watch_agents")

    def handle(event):
        with time_machine.travel(NOW, tick=False):
            assert handler(event) is None

    return handle


@pytest.fixture
def live(aws):
    return LiveStore(client("dynamodb"), "live")


def sits_down(live, username, seconds=900, status="Available"):
    at = ago(seconds)
    live.apply(follow_agent(AgentChange(username=username, agent_id=f"id-{username}", status=status, since=at, at=at)))


def metrics(capsys):
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    (line,) = lines
    return {name: line[name] for name in ("Center", "GhostAgents", "AgentsAvailable")}


def test_batch_costs_one_query_and_one_write(handle, live, capsys):
    sits_down(live, "mina")
    sits_down(live, "theo")
    handle(batch(beat("mina", 200), beat("theo", 100), beat("mina", 80)))
    with count_requests() as requests:
        handle(batch(beat("mina", 20)))
    assert requests == ["Query", "PutItem"]
    heard = live.read_picture(NOW.timestamp()).heard
    assert {name: NOW.timestamp() - at for name, at in heard.items()} == {"mina": 20, "theo": 100}


def test_agent_whose_heartbeats_stopped_is_published_as_a_ghost(handle, live, capsys):
    for username in ("mina", "theo"):
        sits_down(live, username)
    handle(batch(beat("theo", 10)))
    assert metrics(capsys) == {"Center": "redline-parts", "GhostAgents": 1, "AgentsAvailable": 1}


def test_shards_keep_apart_what_they_heard(handle, live, capsys):
    handle(batch(beat("mina")))
    handle(batch(beat("theo"), shard="shardId-000000000001"))
    assert set(live.read_picture(NOW.timestamp()).heard) == {"mina", "theo"}


def test_heartbeat_that_cannot_be_read_is_passed_over(handle, live, capsys):
    handle(batch(b"not json", b"[]", {"EventType": "HEART_BEAT"}, beat("mina")))
    assert set(live.read_picture(NOW.timestamp()).heard) == {"mina"}
    assert capsys.readouterr().out.count("heartbeat not read") == 3


def test_lost_events_are_mended_once(handle, live, capsys):
    sits_down(live, "mina")
    event = ContactEvent(
        type="QUEUED", contact_id="c1", at=ago(300), channel="VOICE", initiation_method="INBOUND", queue_id="orders"
    )
    live.apply(follow_contact(event, {}, ago(300).timestamp()))
    for _delivery in range(2):
        handle(batch(beat("mina", contacts=["c1"]), beat("theo", status="Lunch", since=60)))
    picture = live.read_picture(NOW.timestamp())
    assert [(each["id"], each["state"], each["agent_id"]) for each in picture.contacts] == [
        ("c1", "connected", "id-mina")
    ]
    assert {each["id"]: each["state"] for each in picture.agents} == {"mina": "available", "theo": "Lunch"}
    assert capsys.readouterr().out.count("lost event mended") == 2


def test_logout_that_was_lost_is_told_by_the_heartbeats_that_follow_it(handle, live, capsys):
    sits_down(live, "mina")
    handle(batch(beat("mina", status="Offline", since=100)))
    assert live.read("agent", "mina")["state"] == "offline"
