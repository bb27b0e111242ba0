"""The live board, from items that may be stale."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.contact.samples import center_document
from trunkline.console.access import Caller
from trunkline.console.board import draw_board
from trunkline.contact.moments import INTERVAL, format_moment, interval_start
from trunkline.live.picture import LivePicture
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally

NOW = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)
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
    contact("will-be-called", "queued", 600, queue="orders", method="CALLBACK"),
    contact("is-put-off", "menu", 5000, queue="orders", method="CALLBACK"),
]
AGENTS = [agent("mina", "a1"), agent("theo", "a2"), agent("newcomer", "a3", "Training"), agent("jordan", "a4")]


@pytest.fixture(scope="module")
def center():
    return center_document()


def draw(center, contacts=CONTACTS, agents=AGENTS, caller=SUPERVISOR, heard=None, counters=None, written_at=None):
    picture = LivePicture(tuple(contacts), tuple(agents), {}, {"shard-0": heard or {}})
    return draw_board(center, picture, counters or {}, written_at, caller, NOW)


@pytest.fixture(scope="module")
def board(center):
    return draw(center)


def test_queues_count_who_waits_who_talks_and_who_will_be_called_back(board):
    orders = board["queues"][0]
    assert {name: orders[name] for name in ("queue", "waiting", "longest_wait_seconds", "on_contact")} == {
        "queue": "orders",
        "waiting": 2,
        "longest_wait_seconds": 90,
        "on_contact": 1,
    }
    assert orders["callbacks_pending"] == 2
    assert board["queues"][1]["longest_wait_seconds"] == 0
    assert len(board["queues"]) == 4


def test_queue_counts_those_who_have_its_skill(board):
    lines = {each["queue"]: (each["agents_available"], each["agents_staffed"]) for each in board["queues"]}
    assert lines == {"orders": (1, 3), "billing": (0, 2), "technical": (1, 1), "muscle_cars": (0, 0)}


def test_ended_contacts_are_not_shown(board):
    shown = [each["contact_id"] for each in board["contacts"]]
    assert shown == ["is-put-off", "will-be-called", "waits-longer", "waits", "talks", "chooses"]


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
    last = draw(center, [contact("c", "queued", 5, queue="q-9")], [])["queues"][-1]
    assert (last["queue"], last["waiting"], last["longest_wait_seconds"], last["agents_staffed"]) == ("q-9", 1, 5, 0)


def test_agent_sees_all_queues_and_only_the_own_line_and_contacts(center):
    board = draw(center, caller=MINA)
    assert board["queues"][0]["waiting"] == 2
    assert [each["username"] for each in board["agents"]] == ["mina"]
    assert [each["contact_id"] for each in board["contacts"]] == ["talks"]


def test_ghost_is_told_with_its_reason_and_counted_apart(center):
    now = int(NOW.timestamp())
    agents = [agent("mina", "a1"), {**agent("theo", "a2"), "missed": 2}, agent("jordan", "a4", "Lunch")]
    board = draw(center, [], agents, heard={"mina": now - 481, "theo": now - 20})
    lines = {each["username"]: each for each in board["agents"]}
    assert (lines["mina"]["ghost"], lines["mina"]["heard_at"]) == ("unheard", ago(481))
    assert (lines["theo"]["ghost"], lines["jordan"]["ghost"]) == ("misses_offers", None)
    assert (board["ghosts"], board["agents_by_state"]) == (2, {"Lunch": 1, "ghost": 2, "offline": 5})
    assert board["queues"][0]["agents_available"] == 0


def test_each_kind_of_data_has_its_age(center):
    now = int(NOW.timestamp())
    board = draw(center, heard={"mina": now - 70, "theo": now - 200}, written_at=now - 33)
    assert board["ages"] == {"contacts": 5, "agents": 10, "figures": 33}
    assert draw(center, [], [])["ages"] == {"contacts": None, "agents": None, "figures": None}


def test_clock_that_runs_behind_the_events_makes_no_negative_age(center):
    ahead = [contact("c", "queued", -3, queue="orders")]
    assert draw(center, ahead, [], written_at=int(NOW.timestamp()) + 9)["ages"]["contacts"] == 0


def entered(contact_id, state, seconds, **more):
    """A contact that entered the queue of orders so long ago; the interval has been running for 300 s."""
    return contact(contact_id, state, 0, queue="orders", enqueued_at=ago(seconds), **more)


def test_service_level_of_the_running_interval_adds_contacts_that_go_on_to_those_that_are_counted(center):
    start = interval_start(NOW)
    counted = Tally(offered=3, answered=1, answered_in_target=1, abandoned=2, abandoned_in_target=0)
    counters = {
        Key(start, "queue", "orders"): counted,
        Key(start - INTERVAL, "queue", "orders"): Tally(offered=100, answered=100),
        Key(start, "agent", "mina"): Tally(offered=100, answered=100),
    }
    contacts = [
        entered("in-time", "connected", 290, answered_at=ago(270), agent_id="a1"),
        entered("too-late", "ended", 290, answered_at=ago(269), agent_id="a2"),
        entered("waits", "queued", 200),
        entered("before", "connected", 301, answered_at=ago(300)),
        entered("called-back", "connected", 200, answered_at=ago(199), method="CALLBACK"),
    ]
    orders = draw(center, contacts, [], counters=counters)["queues"][0]
    assert (orders["offered"], orders["service_level_percent"]) == (6, pytest.approx(100 * 2 / 5))


def test_queue_in_which_nothing_happened_has_no_service_level(center):
    orders = draw(center)["queues"][0]
    assert (orders["offered"], orders["service_level_percent"]) == (0, None)
