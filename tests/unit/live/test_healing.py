"""What heartbeats mend, and what they leave alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from trunkline.contact.heartbeats import Heartbeat, HeldContact
from trunkline.contact.moments import format_moment
from trunkline.live.healing import find_lost_events
from trunkline.live.picture import LivePicture

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def beat(status="Available", *contacts, at=10, since=600):
    held = {each.contact_id: each for each in contacts}
    return Heartbeat(
        username="mina", agent_id="a1", at=ago(at), status=status, since=ago(since), sequence=7, contacts=held
    )


def agent(state="available", seconds=600):
    return {"id": "mina", "agent_id": "a1", "state": state, "since": format_moment(ago(seconds))}


def contact(state, seconds=300, **more):
    return {"id": "c1", "state": state, "since": format_moment(ago(seconds)), "channel": "VOICE", **more}


TALKS = HeldContact("c1", True, "orders", ago(290), ago(250))
WRAPS_UP = HeldContact("c1", False, "orders", ago(290), ago(250))


def find(beats, agents=(), contacts=()):
    return find_lost_events(beats, LivePicture(tuple(contacts), tuple(agents)))


def test_where_no_event_was_lost_nothing_is_written():
    connected = contact("connected", agent_id="a1", queue="orders")
    assert find([beat("Available", TALKS)], [agent()], [connected]) == []
    assert find([beat("Available", WRAPS_UP)], [agent()], [contact("ended", agent_id="a1")]) == []
    assert find([beat("Lunch")], [agent("Lunch")]) == []


@pytest.mark.parametrize(
    ("status", "state"), [("Lunch", "Lunch"), ("Offline", "offline")], ids=["lost status", "lost logout"]
)
def test_status_that_was_lost_is_set_with_the_moment_at_which_it_began(status, state):
    (update,) = find([beat(status, since=200)], [agent()])
    assert (update.kind, update.id, update.values["state"]) == ("agent", "mina", state)
    assert update.values["since"] == format_moment(ago(200))
    assert update.values["version"].startswith("2026-11-21T17:59:50.000Z#")


def test_agent_whose_login_was_lost_appears():
    (update,) = find([beat()])
    assert (update.id, update.values["state"], update.creates) == ("mina", "available", True)


def test_picture_that_knows_more_than_the_heartbeat_stays():
    assert find([beat(at=100)], [agent("Lunch", 20)]) == []
    assert find([beat("Available", TALKS, at=320)], [agent()], [contact("queued", 300)]) == []
    assert find([beat(at=304)], [agent()], [contact("connected", 300, agent_id="a1")]) == []


def test_end_of_after_contact_work_is_no_lost_status():
    assert find([beat(since=600)], [agent(seconds=40)]) == []


@pytest.mark.parametrize("state", ["menu", "queued"])
def test_contact_whose_connection_was_lost_is_connected_since_it_was(state):
    (update,) = find([beat("Available", TALKS)], [agent()], [contact(state, queue="orders")])
    assert (update.kind, update.id, update.values["state"]) == ("contact", "c1", "connected")
    assert (update.values["since"], update.values["agent_id"]) == (format_moment(ago(250)), "a1")
    assert (update.values["queue"], update.values["enqueued_at"]) == ("orders", format_moment(ago(290)))
    assert not update.creates


def test_contact_that_left_its_agent_unnoticed_has_ended():
    (update,) = find([beat()], [agent()], [contact("connected", agent_id="a1", queue="orders")])
    assert (update.values["state"], update.values["rank"], update.creates) == ("ended", 4, False)


def test_contact_of_somebody_else_is_left_alone():
    assert find([beat()], [agent()], [contact("connected", agent_id="a2")]) == []


def test_contact_that_is_still_offered_is_not_connected():
    offered = HeldContact("c1", False, "orders", ago(290))
    assert find([beat("Available", offered)], [agent()], [contact("queued")]) == []


def test_newest_of_an_agents_heartbeats_counts():
    assert find([beat("Lunch", at=250), beat(at=10)], [agent()]) == []
