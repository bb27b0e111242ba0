"""The live picture when events are lost: what is shown meanwhile, and what mends it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest

from tests.centre.callers import KeyPresser
from tests.centre.centre import Centre, open_centre
from twin.connect.agent_events import AgentEvents
from twin.connect.call import Call
from twin.connect.delivery import Delivery
from twin.connect.desk import Desk
from twin.connect.parties import AgentPerson

ENGLISH_ORDERS = ["1", "1"]


@dataclass
class Steady(AgentPerson):
    """An agent who answers at once, or not at all, and is done with a contact after five seconds."""

    later: Callable[[float, Callable[[], None]], Any]
    answers: bool = True

    def is_rung(self, desk: Desk, call: Call) -> None:
        if self.answers:
            self.later(3, lambda: desk.accept(call))

    def wraps_up(self, desk: Desk, call: Call) -> None:
        self.later(5, lambda: desk.finish_after_contact_work(call))

    def is_missed(self, desk: Desk) -> None:
        self.later(1, desk.clear_missed)


@dataclass(frozen=True)
class Floor:
    """A centre in which Mina alone takes calls, and Theo is at lunch: his heartbeats go on."""

    centre: Centre
    mina: Desk
    person: Steady

    def board(self) -> dict[str, Any]:
        return self.centre.session.console.live()

    def agent(self, username: str = "mina") -> dict[str, Any]:
        return next(one for one in self.board()["agents"] if one["username"] == username)

    def queue(self) -> dict[str, Any]:
        return next(one for one in self.board()["queues"] if one["queue"] == "orders")

    def ring(self, seconds: float) -> str:
        """Let somebody ring for orders and hang up after so long; return the contact's id."""
        call = self.centre.session.network.dial(KeyPresser(self.centre, ENGLISH_ORDERS))
        self.centre.session.network.clock.later(seconds, call.hang_up)
        return call.contact_id

    def state(self, contact_id: str) -> tuple[str, str | None] | None:
        shown = self.centre.live(contact_id)
        return (shown["state"], shown.get("agent")) if shown else None


@pytest.fixture(scope="module")
def floor() -> Iterator[Floor]:
    with open_centre(1) as centre:
        centre.run_until(10)
        network = centre.session.network
        for desk in (network.desk(name) for name in network.usernames()):
            if desk.logged_in and desk.person is not None:
                desk.person.goes(desk)  # type: ignore[attr-defined]
        centre.run(minutes=15)
        person = Steady(network.clock.later)
        mina, theo = network.desk("mina"), network.desk("theo")
        for desk in (mina, theo):
            desk.log_in(person)
        mina.choose_status("Available")
        theo.choose_status("Lunch")
        centre.run(minutes=10)
        yield Floor(centre, mina, person)


@contextmanager
def lost_contact_events(kind: str) -> Iterator[None]:
    send = Delivery.event

    def lose(self: Delivery, event: Any, facts: Any, **more: Any) -> None:
        if event != kind:
            send(self, event, facts, **more)

    with patch.object(Delivery, "event", lose):
        yield


@contextmanager
def lost_agent_events(kind: str) -> Iterator[None]:
    flush = AgentEvents._flush

    def lose(self: AgentEvents) -> None:
        self._batch = [one for one in self._batch if json.loads(one["Data"])["EventType"] != kind]
        flush(self)

    with patch.object(AgentEvents, "_flush", lose):
        yield


def test_picture_follows_a_call_whose_events_all_come(floor: Floor) -> None:
    offered = floor.queue()["offered"]
    contact_id = floor.ring(200)
    floor.centre.run(seconds=120)
    assert floor.state(contact_id) == ("connected", "mina")
    assert (floor.agent()["state"], floor.agent()["contact_id"]) == ("on_contact", contact_id)
    queue = floor.queue()
    assert (queue["on_contact"], queue["agents_available"], queue["agents_staffed"]) == (1, 0, 2)
    assert (queue["offered"], queue["service_level_percent"]) == (offered + 1, 100)
    floor.centre.run(minutes=6)
    assert floor.state(contact_id) is None
    queue = floor.queue()
    assert (queue["on_contact"], queue["agents_available"]) == (0, 1)
    ages = floor.board()["ages"]
    assert 0 < ages["figures"] < 300
    assert ages["agents"] <= 420


def test_lost_end_is_mended_by_the_record(floor: Floor) -> None:
    with lost_contact_events("DISCONNECTED"):
        contact_id = floor.ring(120)
        floor.centre.run(minutes=6)
    assert floor.state(contact_id) is None
    assert floor.agent()["state"] == "available"


def test_lost_connection_is_mended_by_the_agents_heartbeat_and_then_by_the_record(floor: Floor) -> None:
    with lost_contact_events("CONNECTED_TO_AGENT"):
        contact_id = floor.ring(900)
        floor.centre.run(seconds=90)
        assert floor.state(contact_id) == ("queued", None)
        floor.centre.run(minutes=9)
        assert floor.state(contact_id) == ("connected", "mina")
        assert floor.agent()["state"] == "on_contact"
        floor.centre.run(minutes=10)
    assert floor.state(contact_id) is None
    assert "lost event mended" in floor.centre.logged("WatchAgents")


def test_lost_queueing_is_mended_by_the_connection(floor: Floor) -> None:
    with lost_contact_events("QUEUED"):
        floor.person.answers = False
        contact_id = floor.ring(400)
        floor.centre.run(seconds=60)
        assert floor.state(contact_id) == ("menu", None)
        floor.person.answers = True
        floor.centre.run(seconds=120)
        assert floor.state(contact_id) == ("connected", "mina")
        assert floor.centre.live(contact_id)["queue"] == "orders"
        floor.centre.run(minutes=10)
    assert floor.state(contact_id) is None


def test_lost_status_is_mended_by_a_heartbeat(floor: Floor) -> None:
    with lost_agent_events("STATE_CHANGE"):
        floor.mina.choose_status("Lunch")
    began_at = floor.board()["at"]
    floor.centre.run(seconds=5)
    assert floor.agent()["state"] == "available"
    floor.centre.run(minutes=9)
    assert (floor.agent()["state"], floor.agent()["since"]) == ("Lunch", began_at)
    floor.mina.choose_status("Available")
    floor.centre.run(seconds=30)
    assert floor.agent()["state"] == "available"


def test_agent_who_misses_offers_in_a_row_is_a_ghost_until_one_is_taken(floor: Floor) -> None:
    floor.person.answers = False
    floor.ring(300)
    floor.centre.run(seconds=150)
    assert (floor.agent()["ghost"], floor.board()["ghosts"]) == ("misses_offers", 1)
    assert floor.queue()["agents_available"] == 0
    floor.person.answers = True
    floor.centre.run(minutes=10)
    assert (floor.agent()["ghost"], floor.board()["ghosts"]) == (None, 0)


def test_agent_whose_logout_was_lost_is_a_ghost_and_then_offline(floor: Floor) -> None:
    with lost_agent_events("LOGOUT"):
        floor.mina.log_out()
    floor.centre.run(seconds=30)
    assert (floor.agent()["state"], floor.agent()["ghost"]) == ("available", None)
    floor.centre.run(minutes=15)
    assert (floor.agent()["state"], floor.agent()["ghost"], floor.board()["ghosts"]) == ("available", "unheard", 1)
    assert '"GhostAgents":1' in floor.centre.logged("WatchAgents")
    floor.centre.run(hours=1)
    assert (floor.agent()["state"], floor.agent()["ghost"], floor.board()["ghosts"]) == ("offline_unheard", None, 0)
    floor.mina.log_in(floor.person)
    floor.mina.choose_status("Available")
    floor.centre.run(seconds=30)
    assert (floor.agent()["state"], floor.agent()["ghost"]) == ("available", None)


def test_no_contact_of_the_day_is_left_in_the_picture(floor: Floor) -> None:
    report = floor.centre.finish()
    assert report["differences"] == []
    assert floor.board()["contacts"] == []
