"""Who is to be reached: heartbeats, missed offers, skewed clocks, a logout that never came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from trunkline.contact.moments import format_moment, format_precise_moment
from trunkline.live.picture import LivePicture
from trunkline.live.reachability import (
    LOST_SECONDS,
    UNHEARD_SECONDS,
    find_ghosts,
    merge_heartbeats,
    tell_agents,
)

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def ago(seconds):
    return format_moment(NOW - timedelta(seconds=seconds))


def agent(username="mina", state="available", seconds=7200, **more):
    version = f"{format_precise_moment(NOW - timedelta(seconds=seconds))}#1"
    item = {"id": username, "agent_id": f"id-{username}", "state": state, "since": ago(seconds), "version": version}
    return {**item, **more}


def tell(agents, heard, contacts=()):
    beats = {name: EPOCH - seconds for name, seconds in heard.items()}
    return tell_agents(LivePicture(tuple(contacts), tuple(agents), {}, {"shard-0": beats}), EPOCH)


def test_agent_who_was_heard_lately_is_no_ghost():
    mina = tell([agent()], {"mina": UNHEARD_SECONDS})["mina"]
    assert (mina.ghost, mina.available, mina.staffed, mina.heard_at) == (None, True, True, EPOCH - UNHEARD_SECONDS)


def test_available_agent_whose_heartbeats_stopped_is_a_ghost():
    agents = tell([agent()], {"mina": UNHEARD_SECONDS + 1})
    assert (agents["mina"].ghost, agents["mina"].available, agents["mina"].staffed) == ("unheard", False, True)
    assert find_ghosts(agents) == ["mina"]


def test_agent_at_lunch_is_no_ghost_however_silent():
    assert tell([agent(state="Lunch")], {"mina": UNHEARD_SECONDS + 1})["mina"].ghost is None


def test_own_event_is_a_sign_of_life_as_good_as_a_heartbeat():
    assert tell([agent(seconds=30)], {"theo": 0})["mina"].ghost is None


def test_contact_that_reached_the_agent_is_a_sign_of_life():
    contact = {"id": "c1", "state": "connected", "since": ago(60), "agent_id": "id-mina", "queue": "orders"}
    mina = tell([agent()], {"mina": 4000}, [contact])["mina"]
    assert (mina.presence.state, mina.heard_at, mina.ghost) == ("on_contact", EPOCH - 60, None)


@pytest.mark.parametrize(("missed", "ghost"), [(0, None), (1, None), (2, "misses_offers"), (7, "misses_offers")])
def test_available_agent_who_misses_offers_in_a_row_is_a_ghost_though_heard(missed, ghost):
    assert tell([agent(missed=missed)], {"mina": 10})["mina"].ghost == ghost


def test_agent_whose_logout_never_came_is_offline_after_an_hour_of_silence():
    mina = tell([agent()], {"mina": LOST_SECONDS + 1})["mina"]
    assert (mina.presence.state, mina.ghost, mina.staffed) == ("offline_unheard", None, False)
    assert tell([agent(state="offline")], {"mina": LOST_SECONDS + 1})["mina"].presence.state == "offline"


def test_nobody_is_unheard_before_anybodys_first_heartbeat():
    assert tell([agent()], {})["mina"].ghost is None


def test_heartbeat_of_a_clock_that_runs_ahead_counts_as_now():
    assert merge_heartbeats({}, [("mina", EPOCH + 90.0)], EPOCH) == {"mina": EPOCH}
    assert tell([agent()], {"mina": -90})["mina"].heard_at == EPOCH


def test_heartbeats_out_of_order_leave_the_newest():
    assert merge_heartbeats({"mina": EPOCH - 10}, [("mina", EPOCH - 200.0)], EPOCH) == {"mina": EPOCH - 10}


def test_agent_whom_resharding_left_in_two_items_counts_by_the_newer():
    picture = LivePicture((), (agent(),), {}, {"parent": {"mina": EPOCH - 900}, "child": {"mina": EPOCH - 5}})
    assert tell_agents(picture, EPOCH)["mina"].ghost is None


def test_those_who_went_home_leave_the_item():
    heard = {f"agent{number}": EPOCH - LOST_SECONDS for number in range(500)}
    assert merge_heartbeats(heard, [("mina", EPOCH)], EPOCH) == {"mina": EPOCH}
