"""The live board, from items that may be stale."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.contact.samples import center_document
from trunkline.console.access import Caller
from trunkline.console.board import draw_board
from trunkline.contact.moments import format_moment

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
SUPERVISOR, MINA = Caller("sue", "supervisor"), Caller("mina", "agent")


def ago(seconds):
    return format_moment(NOW - timedelta(seconds=seconds))


def contact(contact_id, state, seconds, **more):
    expires_at = int(NOW.timestamp()) + 60
    return {"id": contact_id, "state": state, "since": ago(seconds), "expires_at": expires_at, **more}


def agent(username, agent_id, state="available", seconds=3600):
    return {"id": username, "agent_id": agent_id, "state": state, "since": ago(seconds)}


CONTACTS = [
    contact("waits", "queued", 45, queue="orders", customer="+15555550101"),
    contact("waits-longer", "queued", 90, queue="orders"),
    contact("talks", "connected", 30, queue="orders", agent_id="a1"),
    contact("done", "ended", 10, queue="billing", agent_id="a2"),
    contact("chooses", "menu", 5),
    contact("expired", "queued", 90_000, queue="orders", expires_at=int(NOW.timestamp()) - 1),
]
AGENTS = [agent("mina", "a1"), agent("theo", "a2"), agent("newcomer", "a3", "Training")]


@pytest.fixture(scope="module")
def center():
    return center_document()


@pytest.fixture(scope="module")
def board(center):
    return draw_board(center, CONTACTS, AGENTS, SUPERVISOR, NOW)


def test_queues_count_who_waits_and_who_talks(board):
    orders = board["queues"][0]
    assert orders == {"queue": "orders", "waiting": 2, "longest_wait_seconds": 90, "on_contact": 1}
    assert board["queues"][1]["longest_wait_seconds"] == 0
    assert len(board["queues"]) == 4


def test_ended_and_expired_contacts_are_not_shown(board):
    assert [each["contact_id"] for each in board["contacts"]] == ["waits-longer", "waits", "talks", "chooses"]


def test_contact_names_its_agent_by_user_name(board):
    talks = next(each for each in board["contacts"] if each["contact_id"] == "talks")
    assert (talks["agent"], talks["state"]) == ("mina", "connected")


def test_agents_are_on_contact_wrapping_up_or_in_their_own_status(board):
    states = {each["username"]: each["state"] for each in board["agents"]}
    assert (states["mina"], states["theo"], states["walt"]) == ("on_contact", "after_contact_work", "offline")


def test_agent_whom_the_centre_does_not_name_is_shown(board):
    newcomer = board["agents"][-1]
    assert (newcomer["username"], newcomer["name"], newcomer["state"]) == ("newcomer", "newcomer", "Training")


def test_queue_whom_the_centre_does_not_name_is_shown(center):
    board = draw_board(center, [contact("c", "queued", 5, queue="q-9")], [], SUPERVISOR, NOW)
    assert board["queues"][-1] == {"queue": "q-9", "waiting": 1, "longest_wait_seconds": 5, "on_contact": 0}


def test_agent_sees_all_queues_and_only_the_own_line_and_contacts(center):
    board = draw_board(center, CONTACTS, AGENTS, MINA, NOW)
    assert board["queues"][0]["waiting"] == 2
    assert [each["username"] for each in board["agents"]] == ["mina"]
    assert [each["contact_id"] for each in board["contacts"]] == ["talks"]
