"""What agent events leave in the log: closed states that never overlap, whatever was lost, late or told twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from tests.unit.contact.agent_days import (
    MemoryAgentLog,
    MemoryLive,
    at,
    contact,
    event,
    login,
    logout,
    move,
    shift,
    snapshot,
    state,
    status,
)
from trunkline.contact.agent_states import AgentOffer, read_entry, settle
from trunkline.contact.events import PhoneEventError
from trunkline.live.agent_tracker import AgentTracker, close_silent_agents

DAY = [
    login(at(0)),
    move(("Offline", at(0)), ("Available", at(1))),
    move(("Available", at(1)), ("Lunch", at(60))),
    move(("Lunch", at(60)), ("Available", at(90))),
    logout(("Available", at(90)), at(200)),
]
SPANS = [state("Available", at(1), at(60)), state("Lunch", at(60), at(90)), state("Available", at(90), at(200))]


def follow(*events, heard=None):
    log, live = MemoryAgentLog(), MemoryLive()
    tracker = AgentTracker(live, log)
    for sequence, each in enumerate(events):
        if heard and sequence in heard:
            live.heard["mina"] = int(heard[sequence].timestamp())
        tracker.follow(each, sequence)
    return log


def test_day_is_told_as_spans_that_follow_each_other():
    assert follow(*DAY).states() == SPANS


def test_time_offline_is_no_span():
    assert {each.state for each in follow(*DAY).states()} == {"Available", "Lunch"}


def test_everything_told_twice_is_written_once():
    log = follow(*(each for each in DAY for _ in range(2)), *DAY)
    assert log.states() == SPANS
    assert len(log.records) == len(SPANS)


def test_spans_need_no_memory_and_come_right_in_any_order():
    for order in permutations(DAY[1:]):
        states = [each for each in follow(*order).states() if not each.inferred]
        assert states == SPANS


def test_lost_change_closes_the_state_before_when_the_next_one_began():
    log = follow(DAY[0], DAY[1], DAY[3], DAY[4])
    assert log.states() == [state("Available", at(1), at(60), inferred=True), *SPANS[1:]]


def test_lost_change_that_comes_late_takes_the_place_of_what_was_inferred():
    late = move(("Available", at(1)), ("Meeting", at(40)))
    log = follow(DAY[0], DAY[1], DAY[3], DAY[4], late)
    assert log.states()[0] == state("Available", at(1), at(40))


def test_end_of_after_contact_work_is_no_change_of_status():
    told = status("Available", at(1))
    cleared = event("STATE_CHANGE", at(30), snapshot(told, contact("ENDED", at(29))), snapshot(told))
    log = follow(DAY[0], DAY[1], cleared, *DAY[2:])
    assert log.states() == SPANS
    assert len(log.records) == len(SPANS)


def test_logout_that_never_came_is_closed_at_the_last_heartbeat_and_never_at_the_login():
    tomorrow = login(at(24 * 60))
    log = follow(*DAY[:4], tomorrow, heard={4: at(170)})
    assert log.states()[-1] == state("Available", at(90), at(170), inferred=True)


def test_without_a_heartbeat_it_is_closed_when_the_agent_was_last_heard():
    told = status("Available", at(90))
    cleared = event("STATE_CHANGE", at(120), snapshot(told, contact("ENDED", at(119))), snapshot(told))
    log = follow(*DAY[:4], cleared, login(at(24 * 60)))
    assert log.states()[-1] == state("Available", at(90), at(120), inferred=True)


def test_heartbeats_after_the_login_tell_nothing_of_the_state_before():
    tomorrow = at(24 * 60)
    log = follow(*DAY[:4], login(tomorrow), heard={4: tomorrow + timedelta(minutes=2)})
    assert log.states()[-1].until == at(90)


def test_lost_login_does_not_stretch_the_evening_before_into_the_morning():
    morning = at(22 * 60)
    log = follow(*DAY[:4], move(("Offline", morning), ("Available", at(22 * 60 + 1))), heard={4: at(150)})
    assert log.states()[-1] == state("Available", at(90), at(150), inferred=True)


def test_logout_that_comes_after_all_takes_the_place_of_the_heartbeat():
    log = follow(*DAY[:4], login(at(300)), DAY[4], heard={4: at(170)})
    assert log.states() == SPANS


def test_agent_of_whom_nothing_was_heard_for_an_hour_is_closed_at_night():
    log, live = MemoryAgentLog(), MemoryLive(heard={"mina": int(at(170).timestamp())})
    for sequence, each in enumerate(DAY[:4]):
        AgentTracker(live, log).follow(each, sequence)
    picture = live.read_picture(0)
    assert close_silent_agents(picture, log, at(200)) == []
    (closed,) = close_silent_agents(picture, log, at(600))
    assert closed == state("Available", at(90), at(170), inferred=True)
    assert close_silent_agents(picture, log, at(700)) == []


def test_agent_who_logged_out_is_left_alone_at_night():
    log, live = MemoryAgentLog(), MemoryLive()
    for sequence, each in enumerate(DAY):
        AgentTracker(live, log).follow(each, sequence)
    assert close_silent_agents(live.read_picture(0), log, at(10_000)) == []


def test_state_that_heartbeats_found_to_be_over_ends_then():
    log, live = MemoryAgentLog(), MemoryLive()
    for sequence, each in enumerate(DAY[:4]):
        AgentTracker(live, log).follow(each, sequence)
    live.agents["mina"] |= {"state": "offline", "since": "2026-11-21T11:30:00Z"}
    live.heard["mina"] = int(at(210).timestamp())
    (closed,) = close_silent_agents(live.read_picture(0), log, at(211))
    assert closed.until == at(150)


def test_where_clocks_differ_the_state_that_began_later_holds():
    skewed = move(("Lunch", at(58)), ("Available", at(90)))
    log = follow(*DAY[:3], skewed, DAY[4])
    assert log.states() == [state("Available", at(1), at(58)), state("Lunch", at(58), at(90)), SPANS[2]]


def test_state_that_ends_seconds_before_it_began_lasted_no_time():
    log = follow(DAY[0], DAY[1], move(("Available", at(1)), ("Lunch", at(0.9))))
    assert sum(each.seconds for each in log.states()) == 0


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        (move(("Lunch", at(60)), ("Available", at(30))), "ended before"),
        (move(("Lunch", at(60)), ("Available", at(60 + 25 * 60))), "longer than 24 hours"),
    ],
    ids=["negative", "absurd"],
)
def test_event_that_cannot_be_true_is_refused_with_its_cause(told, cause):
    log, live = MemoryAgentLog(), MemoryLive()
    with pytest.raises(PhoneEventError, match=cause):
        AgentTracker(live, log).follow(told, 1)
    assert log.entries == {}
    assert live.agents == {}


def test_days_offline_are_not_absurd():
    told = move(("Offline", at(0)), ("Available", at(60 * 100)))
    assert follow(told).states() == []


def test_forgotten_state_is_never_longer_than_a_day():
    much_later = at(60 * 60)
    log = follow(*DAY[:4], move(("Lunch", much_later), ("Available", much_later + timedelta(minutes=5))))
    assert log.states()[-2].until <= at(90) + timedelta(hours=24)


def test_crash_before_the_live_item_moved_loses_nothing():
    class CrashingLive(MemoryLive):
        crashes = 1

        def apply(self, update):
            if self.agents and self.crashes:
                self.crashes -= 1
                raise RuntimeError
            return super().apply(update)

    log, live = MemoryAgentLog(), CrashingLive()
    tracker = AgentTracker(live, log)
    tracker.follow(DAY[1], 1)
    for _delivery in range(2):
        try:
            tracker.follow(DAY[3], 3)
        except RuntimeError:
            continue
    assert log.states() == [state("Available", at(1), at(60), inferred=True), SPANS[1]]


def test_skewed_event_moves_with_its_clock():
    assert shift(DAY[2], 60) == move(("Available", at(2)), ("Lunch", at(61)))


def offered(state_before, state_after, minutes=5.0, before_minutes=4.7, **more):
    told = status("Available", at(1))
    before = [contact(state_before, at(before_minutes), **more)] if state_before else []
    after = [contact(state_after, at(minutes), **more)] if state_after else []
    return event("STATE_CHANGE", at(minutes), snapshot(told, *before), snapshot(told, *after))


@pytest.mark.parametrize(
    ("states", "outcomes"),
    [
        (["CONNECTING", "MISSED", None], ["missed"]),
        (["INCOMING", "MISSED", None], ["missed"]),
        (["CONNECTING", "REJECTED", None], ["abandoned"]),
        (["CONNECTING", None], ["abandoned"]),
        (["CONNECTING", "CONNECTED", "ENDED", None], []),
        (["CONNECTING", "ERROR", None], []),
        (["CONNECTED", None], []),
    ],
    ids=lambda value: "-".join(map(str, value)),
)
def test_offers_end_as_contact_states_tell(states, outcomes):
    pairs = zip([None, *states], states, strict=False)
    log = follow(*(offered(*pair, minutes=index, before_minutes=index - 1) for index, pair in enumerate(pairs)))
    assert [each.outcome for each in log.entries.values()] == outcomes


def test_callback_that_is_gone_was_abandoned_by_nobody():
    log = follow(offered("CONNECTING", None, InitiationMethod="CALLBACK"))
    assert log.entries == {}


def test_missed_offer_is_told_by_either_of_its_two_events_and_counted_once():
    missed, cleared = offered("CONNECTING", "MISSED"), offered("MISSED", None, 5.3, 5)
    alone = [follow(missed).entries, follow(cleared).entries, follow(missed, cleared, missed).entries]
    assert alone[0] == alone[1] == alone[2]
    (offer,) = alone[0].values()
    assert offer == AgentOffer(
        username="mina", agent_id="a1", contact_id="c1", queue="orders", at=at(5), outcome="missed"
    )


def test_entries_survive_their_items():
    offer = AgentOffer(username="mina", agent_id="a1", contact_id="c1", queue=None, at=at(5), outcome="abandoned")
    for entry in (*SPANS, state("Lunch", at(1), at(2), inferred=True), offer):
        assert read_entry(entry.to_values()) == entry


@pytest.mark.parametrize(
    ("values", "cause"),
    [({}, "username"), ({"username": "a", "agent_id": "b", "state": "x", "since": 3, "until": "y"}, "item")],
)
def test_item_that_is_no_entry_is_refused_by_name(values, cause):
    with pytest.raises(ValueError, match=cause):
        read_entry(values)


def test_told_state_is_not_lengthened_by_an_older_telling():
    cut = state("Available", at(1), at(30))
    assert settle(state("Available", at(1), at(60)), [cut]) == []
