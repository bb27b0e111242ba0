"""The live table: events out of order, late and repeated leave the newest state."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from itertools import permutations

import boto3
import pytest

from tests.contracts.counting import count_requests
from trunkline.contact.agent_events import AgentChange
from trunkline.contact.agent_states import AgentOffer
from trunkline.contact.events import ContactEvent
from trunkline.live.rules import follow_agent, follow_contact, follow_offer
from trunkline.live.store import LiveStore
from trunkline.runtime import client
from twin.cloud.units import item_bytes

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
NOW = AT.timestamp()
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
    (item,) = store.read_picture(NOW).contacts
    assert (item["state"], item["queue"]) == ("ended", "orders")


def test_repeated_event_changes_nothing(store):
    assert store.apply(update("QUEUED"))
    assert not store.apply(update("QUEUED"))


def test_event_before_its_predecessor_never_goes_back(store):
    store.apply(update("CONNECTED_TO_AGENT"))
    assert not store.apply(update("QUEUED"))
    assert store.read_picture(NOW).contacts[0]["state"] == "connected"


def test_newest_agent_change_wins(store):
    def change(status, seconds):
        at = AT + timedelta(seconds=seconds)
        return follow_agent(AgentChange(username="mina", agent_id="a1", status=status, since=at, at=at))

    assert store.apply(change("Lunch", 0.5))
    assert not store.apply(change("Available", 0.25))
    assert store.apply(change("Available", 0.75))
    assert store.read_picture(NOW).agents[0]["state"] == "available"


def test_kinds_are_listed_apart(store):
    store.apply(update("QUEUED"))
    assert store.read_picture(NOW).agents == ()


def test_contact_whose_record_came_is_closed_even_if_its_last_event_was_lost(store):
    for kind in ("INITIATED", "QUEUED"):
        store.apply(update(kind))
    store.close_contact("c1")
    store.close_contact("c1")
    assert store.read_picture(NOW).contacts == ()


def test_late_event_moves_a_contact_but_brings_none_back(store):
    store.apply(update("INITIATED"))
    assert store.apply(update("QUEUED", seconds_late=180))
    store.close_contact("c1")
    assert not store.apply(update("CONNECTED_TO_AGENT", seconds_late=180))
    assert store.read_picture(NOW).contacts == ()


def available(seconds):
    at = AT + timedelta(seconds=seconds)
    return follow_agent(AgentChange(username="mina", agent_id="a1", status="Available", since=at, at=at))


def missed(seconds):
    at = AT + timedelta(seconds=seconds)
    offer = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue="orders", at=at, outcome="missed")
    return follow_offer(offer)


def test_missed_offers_count_once_each_until_the_agent_does_something(store):
    store.apply(available(0))
    assert [store.apply(missed(seconds)) for seconds in (20, 20, 50, 20)] == [True, False, True, False]
    assert store.read("agent", "mina")["missed"] == 2
    store.apply(available(60))
    assert store.read("agent", "mina")["missed"] == 0
    assert not store.apply(missed(50))


def test_missed_offer_of_an_agent_of_whom_nothing_is_known_makes_no_agent(store):
    assert not store.apply(missed(20))
    assert store.read("agent", "mina") is None


def test_everything_is_read_by_one_query(store):
    store.apply(update("QUEUED"))
    store.apply(available(0))
    store.keep_heartbeats("shardId-000000000000", {"mina": int(NOW)})
    boto3.client("dynamodb").put_item(
        TableName="live",
        Item={"picture": {"S": "now"}, "item_key": {"S": "announcement#current"}, "text": {"S": "Snow."}},
    )
    with count_requests() as requests:
        picture = store.read_picture(NOW)
    assert requests == ["Query"]
    assert [each["id"] for each in (*picture.contacts, *picture.agents)] == ["c1", "mina"]
    assert (picture.announcement["text"], picture.heard) == ("Snow.", {"mina": int(NOW)})


def test_contact_that_outlived_itself_is_not_seen_though_its_item_is_still_there(store):
    store.apply(update("CONNECTED_TO_AGENT"))
    assert store.read_picture(NOW + 12 * 3600 - 1).contacts
    assert store.read_picture(NOW + 12 * 3600).contacts == ()


def test_picture_of_more_than_a_megabyte_takes_as_many_pages_as_it_needs(store):
    for number in range(5):
        names = {f"agent-{number}-{each}-{'x' * 1000}": int(NOW) for each in range(250)}
        store.keep_heartbeats(f"shardId-{number}", names)
    with count_requests() as requests:
        assert len(store.read_picture(NOW).heard) == 1_250
    assert len(requests) > 1


@pytest.mark.parametrize(("agents", "most_units"), [(20, 1), (50, 2), (400, 20)])
def test_heartbeats_of_twenty_agents_take_one_write_unit(store, agents, most_units):
    usernames = {f"firstname.lastname{number:03}": int(NOW) for number in range(agents)}
    store.keep_heartbeats("shardId-000000000000", usernames)
    (item,) = boto3.client("dynamodb").scan(TableName="live")["Items"]
    assert math.ceil(item_bytes(item) / 1024) <= most_units
