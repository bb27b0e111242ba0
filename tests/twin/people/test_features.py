"""What callers do beside their menus: offers, messages, callbacks, what they know, and people outside."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from tests.twin.connect.centre import Centre, add_flow, answer_with, open_centre
from tests.twin.connect.test_callbacks import offering
from tests.twin.connect.test_messages import VOICEMAIL
from tests.twin.connect.test_outside import TOWING, transferring
from tests.twin.people.test_day import DIALOGUE, small
from twin.people import Scenario
from twin.people import open_centre as open_for
from twin.people.callers import ScenarioCaller, Surroundings
from twin.people.outside import outside_world

OFFERS = [{"words": ["to be called back"], "share": 1.0, "keys": ["1"]}]
PATIENT = {"patience_mean_seconds": 20000, "hangs_up_in_menu_share": 0, "wrong_key_share": 0, "no_key_share": 0}
LATE = [{"start": "10:20", "end": "19:00"}]
MESSAGES = {"words": ["Leave your message"], "share": 1.0, "texts": {"en": [["My bumper is damaged."]]}}


def run(centre: Centre, scenario: Scenario, calls: int = 12) -> Centre:
    start = datetime(2026, 11, 20, 18, tzinfo=UTC)
    day = open_for(centre.network, scenario, seed=7, start=start, calls=calls)
    centre.cloud.clock.run()
    assert day.finished
    return centre


def callbacks(**habits: Any) -> Centre:
    """Open a centre to which everybody calls before its agents come, and takes the offered callback."""
    scenario = small(
        arrivals=[{"days": ["fri"], "calls_by_hour": {9: 1}}], offers=OFFERS, callers=PATIENT, shifts=LATE, **habits
    )
    return run(open_centre(agents=("mina", "dae"), waiting=offering()), scenario)


def test_customers_who_take_the_offer_are_called_back() -> None:
    centre = callbacks(callbacks={"answers_share": 1.0})
    asked = [one for one in centre.network.ledger if one.initiation_method == "INBOUND"]
    called = [one for one in centre.network.ledger if one.initiation_method == "CALLBACK"]
    assert {one.outcome for one in asked} == {"callback"}
    assert {one.outcome for one in called} == {"answered"}
    assert len(asked) == len(called) == 12
    assert all(one.talk_seconds > 5 for one in called)


def test_customers_who_never_answer_are_given_up() -> None:
    centre = callbacks(callbacks={"answers_share": 0.0})
    called = [one for one in centre.network.ledger if one.initiation_method == "CALLBACK"]
    assert {one.outcome for one in called} == {"not_reached"}
    records = [one for one in centre.cloud.contact_records() if one["InitiationMethod"] == "CALLBACK"]
    assert {one["DisconnectReason"] for one in records} == {"OUTBOUND_ATTEMPT_FAILED"}


def test_callbacks_that_nobody_is_left_to_make_are_cleared() -> None:
    scenario = small(arrivals=[{"days": ["fri"], "calls_by_hour": {9: 1}}], offers=OFFERS, callers=PATIENT, shifts=[])
    centre = run(open_centre(waiting=offering()), scenario, calls=3)
    called = [one for one in centre.network.ledger if one.initiation_method == "CALLBACK"]
    assert {one.outcome for one in called} == {"not_reached"}
    assert len(called) == 3


def leave_messages(**habits: Any) -> Centre:
    centre = open_centre()
    answer_with(centre, add_flow(centre, "voicemail", "CONTACT_FLOW", VOICEMAIL))
    return run(centre, small(callers=PATIENT, messages=MESSAGES | habits))


@pytest.mark.parametrize("key_share", [0.0, 1.0])
def test_callers_leave_their_message_and_press_a_key_or_hang_up(key_share: float) -> None:
    centre = leave_messages(key_share=key_share)
    said = [[one.text for one in lines] for lines in centre.studio.remembered.values()]
    assert all("My bumper is damaged." in lines for lines in said)
    assert len(said) == 12
    assert {one.outcome for one in centre.network.ledger} == {"ended_by_flow" if key_share else "ended_in_menu"}


def test_callers_who_leave_no_message_hang_up() -> None:
    centre = leave_messages(share=0.0)
    said = [one.text for lines in centre.studio.remembered.values() for one in lines]
    assert "My bumper is damaged." not in said


def test_callers_are_put_through_and_talk_outside() -> None:
    centre = open_centre()
    answer_with(centre, add_flow(centre, "towing", "CONTACT_FLOW", transferring(continues=True)))
    outside = {TOWING: {"answers_share": 1.0, "busy_share": 0.0}}
    run(centre, small(callers=PATIENT, outside_numbers=outside))
    assert {one.outcome for one in centre.network.ledger} == {"transferred"}


def test_outside_numbers_answer_are_busy_or_ring_in_their_shares() -> None:
    scenario = small(outside_numbers={TOWING: {"answers_share": 0.5, "busy_share": 0.25}})
    call = outside_world(scenario, Random(1))
    outcomes = [call(TOWING).outcome for _ in range(400)]
    shares = {outcome: outcomes.count(outcome) / 400 for outcome in ("answers", "busy", "no_answer")}
    assert shares == {
        "answers": pytest.approx(0.5, abs=0.1),
        "busy": pytest.approx(0.25, abs=0.1),
        "no_answer": pytest.approx(0.25, abs=0.1),
    }
    assert call("+15005550199").outcome == "busy"


@pytest.mark.parametrize(("number", "pressed"), [("+12065550142", "4821"), ("+12065550143", "0000")])
def test_callers_key_what_those_from_their_number_know(number: str, pressed: str) -> None:
    dialogue = {"en": [[{"agent": "Good morning."}, {"customer": "Hello."}]]}
    scenario = small(
        known={"+12065550142": {"pin": "4821"}},
        reasons={"balance": {"weight": 1, "keys": [["5"], "{pin}#"], "dialogues": dialogue}},
    )
    centre = open_centre()
    around = Surroundings(scenario, centre.network.clock, centre.studio, lambda _caller: None)
    caller = ScenarioCaller(number, "en", "balance", Random(1), around)
    assert caller.keys_to_press == ["5", f"{pressed}#"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"messages": MESSAGES | {"texts": {}}}, "messages.texts: none in 'en'"),
        ({"outside_numbers": {TOWING: {"answers_share": 0.9, "busy_share": 0.2}}}, "more than all calls"),
        ({"offers": [{"words": [], "share": 1, "keys": ["1"]}]}, "offers.0.words"),
        ({"known": {TOWING: {"pin": "four"}}}, "known"),
    ],
)
def test_broken_habits_name_the_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(**changes)


def test_callers_of_a_reason_may_have_numbers_of_their_own() -> None:
    reasons = {"order": {"weight": 1, "keys": ["1"], "numbers": ["+12065550142"], "dialogues": {"en": [DIALOGUE]}}}
    centre = run(open_centre(agents=("mina", "dae")), small(reasons=reasons))
    assert {one.customer for one in centre.network.ledger} == {"+12065550142"}
