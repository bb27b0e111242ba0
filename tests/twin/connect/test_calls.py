"""A call from the first ring to the contact record, and every place where somebody may leave."""

from __future__ import annotations

import pytest

from tests.twin.connect.centre import Centre, open_centre
from tests.twin.connect.parties import PlainAgent, PlainCaller
from twin.connect import DialError, TrueContact
from twin.connect.call import Call
from twin.contracts import FunctionFailedError, ServiceError

HOUR = 3600


def dial(centre: Centre, **habits: object) -> tuple[PlainCaller, Call]:
    caller = PlainCaller(centre.cloud.clock, **habits)  # type: ignore[arg-type]
    return caller, centre.network.dial(caller, centre.number)


def staff(centre: Centre, username: str = "mina", **habits: object) -> PlainAgent:
    person = PlainAgent(centre.cloud.clock, **habits)  # type: ignore[arg-type]
    desk = centre.network.desk(username)
    desk.log_in(person)
    desk.choose_status("Available")
    return person


def only(centre: Centre) -> TrueContact:
    assert len(centre.network.ledger) == 1
    return centre.network.ledger[0]


def test_answered_call_is_measured_to_the_second() -> None:
    centre = open_centre()
    staff(centre, ring=4, after=30)
    dial(centre, talk=50)
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.outcome, true.queue, true.agent) == ("answered", "orders", "mina")
    assert (true.wait_seconds, true.talk_seconds, true.after_contact_seconds) == (4, 50, 30)
    assert true.enqueued_at is not None
    assert (true.enqueued_at - true.initiated_at).total_seconds() == 4  # greeting 2 s, key after 2 s


def test_caller_who_hangs_up_before_the_queue_ended_in_the_menu() -> None:
    centre = open_centre()
    _, call = dial(centre, keys=[])
    centre.cloud.clock.call_later(3, call.hang_up)
    centre.cloud.clock.run(HOUR)
    assert (only(centre).outcome, only(centre).queue, only(centre).wait_seconds) == (
        "ended_in_menu",
        None,
        None,
    )


def test_caller_who_gives_up_in_the_queue_counts_as_abandoned() -> None:
    centre = open_centre()
    caller, _ = dial(centre, patience=75)
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.outcome, true.wait_seconds, true.agent) == ("abandoned", 75, None)
    assert caller.left


def test_caller_who_hangs_up_while_it_rings_counts_as_abandoned_and_frees_the_agent() -> None:
    centre = open_centre()
    staff(centre, ring=10)
    dial(centre, patience=5)
    centre.cloud.clock.run(60)
    assert only(centre).outcome == "abandoned"
    assert centre.network.desk("mina").routable
    states = [[c["State"] for c in e["CurrentAgentSnapshot"]["Contacts"]] for e in centre.cloud.agent_events()]
    assert ["REJECTED"] in states


@pytest.mark.parametrize("moment", range(70))
def test_hanging_up_at_any_second_leaves_the_centre_whole(moment: int) -> None:
    centre = open_centre(survey=True)
    staff(centre, ring=6, talk=30, after=15, holds=((5, 10),))
    _, call = dial(centre, keys=["1", "5"], talk=None)
    centre.cloud.clock.call_later(moment, call.hang_up)
    centre.cloud.clock.run(2 * HOUR)
    true = only(centre)
    assert centre.network.calls() == ()
    assert centre.network.desk("mina").routable
    assert len(centre.cloud.contact_records()) == 1
    assert (true.disconnected_at - true.initiated_at).total_seconds() <= moment
    if true.outcome == "answered":
        assert true.talk_seconds + true.hold_seconds <= 30
    assert [e["eventType"] for e in centre.cloud.events][-2:] == ["DISCONNECTED", "COMPLETED"]


def test_missed_contact_is_offered_to_the_next_agent() -> None:
    centre = open_centre(agents=("mina", "dae"))
    staff(centre, "mina", ring=None)
    staff(centre, "dae", ring=3)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.agent, true.wait_seconds) == ("dae", 23)  # 20 s of ringing, then 3 s
    assert centre.cloud.contact_records()[0]["AgentConnectionAttempts"] == 2


def test_survey_runs_for_the_caller_whom_the_agent_left() -> None:
    centre = open_centre(survey=True)
    staff(centre, talk=30)
    dial(centre, keys=["1", "5"])
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.survey_score, true.talk_seconds) == (5, 30)
    record = centre.cloud.contact_records()[0]
    assert record["Attributes"]["survey_score"] == "5"
    assert record["DisconnectReason"] == "AGENT_DISCONNECT"


def test_no_survey_when_the_caller_hangs_up_first() -> None:
    centre = open_centre(survey=True)
    staff(centre)
    caller, _ = dial(centre, keys=["1", "5"], talk=30)
    centre.cloud.clock.run(HOUR)
    assert only(centre).survey_score is None
    assert caller.keys == ["5"]


def test_hold_is_not_talk() -> None:
    centre = open_centre()
    staff(centre, holds=((10, 15), (40, 5)))
    dial(centre, talk=60)
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.talk_seconds, true.hold_seconds, true.holds) == (40, 20, 2)


def test_silent_caller_is_sent_off_by_the_flow() -> None:
    centre = open_centre()
    dial(centre, keys=[])
    centre.cloud.clock.run(HOUR)
    assert only(centre).outcome == "ended_by_flow"
    assert centre.cloud.contact_records()[0]["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"


def test_wrong_key_is_asked_again() -> None:
    centre = open_centre()
    caller, _ = dial(centre, keys=["7", "2"], patience=10)
    centre.cloud.clock.run(HOUR)
    assert only(centre).queue == "billing"
    assert [prompt.listens for prompt in caller.heard[:3]] == ["nothing", "keys", "keys"]


def test_keys_outside_of_a_question_are_lost() -> None:
    centre = open_centre()
    _, call = dial(centre, keys=[])
    call.press("1")
    centre.cloud.clock.run(HOUR)
    assert only(centre).outcome == "ended_by_flow"


def test_holiday_closes_the_centre() -> None:
    centre = open_centre(closed_on="2026-11-20")
    caller, _ = dial(centre)
    centre.cloud.clock.run(HOUR)
    assert caller.heard[-1].text == "We are closed."
    assert only(centre).outcome == "ended_by_flow"


def test_full_queue_takes_no_more() -> None:
    centre = open_centre(max_contacts=1)
    dial(centre, patience=600)
    dial(centre, patience=600)
    centre.cloud.clock.run(HOUR)
    assert sorted(one.outcome for one in centre.network.ledger) == ["abandoned", "ended_by_flow"]


def test_function_gets_amazon_connects_event_and_its_answer_reaches_the_record() -> None:
    centre = open_centre()
    dial(centre, patience=5)
    centre.cloud.clock.run(HOUR)
    (arn, event), *_ = centre.cloud.invocations
    assert arn.endswith(":route")
    assert event["Name"] == "ContactFlowEvent"
    assert event["Details"]["Parameters"] == {"language": "en"}
    assert event["Details"]["ContactData"]["CustomerEndpoint"]["Address"] == "+12065550101"
    assert only(centre).attributes["routing_reasons"] == "menu choice"


def test_failing_function_is_retried_three_times_and_the_error_branch_goes_on() -> None:
    centre = open_centre()

    def fail(event: object) -> object:
        raise FunctionFailedError("route", "error", "KeyError: 'queue'")

    centre.cloud.functions = dict.fromkeys(centre.cloud.functions, fail)
    dial(centre, patience=5)
    centre.cloud.clock.run(HOUR)
    assert len(centre.cloud.invocations) == 4
    assert only(centre).outcome == "abandoned"


def test_function_that_is_not_associated_is_never_invoked() -> None:
    centre = open_centre()
    centre.network.registry.functions.clear()
    dial(centre, patience=5)
    centre.cloud.clock.run(HOUR)
    assert centre.cloud.invocations == []
    failed = next(e for e in centre.cloud.flow_log_events() if e["Identifier"] == "route")
    assert "not associated" in failed["ExternalResults"]["reason"]


def test_unknown_number_says_which_numbers_there_are() -> None:
    centre = open_centre()
    with pytest.raises(DialError, match="no flow answers"):
        centre.network.dial(PlainCaller(centre.cloud.clock), "+19995550000")


def test_stop_contact_ends_a_conversation() -> None:
    centre = open_centre()
    staff(centre)
    _, call = dial(centre)
    centre.cloud.clock.run(30)
    assert call.phase == "connected"
    service = centre.cloud.services["connect"]
    service.call("StopContact", {"ContactId": call.contact_id, "InstanceId": centre.instance}, "role")
    centre.cloud.clock.run(HOUR)
    assert centre.cloud.contact_records()[0]["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    with pytest.raises(ServiceError, match="ContactNotFoundException"):
        service.call("StopContact", {"ContactId": call.contact_id, "InstanceId": centre.instance}, "role")


def test_minutes_of_the_line_are_metered() -> None:
    centre = open_centre()
    dial(centre, patience=56)
    centre.cloud.clock.run(HOUR)
    assert centre.cloud.metered["connect", "voice_minutes"] == pytest.approx(1.0)
    assert centre.cloud.metered["connect", "number_minutes_did"] == pytest.approx(1.0)


def test_agents_take_the_next_contact_after_their_after_contact_work() -> None:
    centre = open_centre()
    staff(centre, ring=2, after=20)
    dial(centre, talk=30)
    dial(centre, talk=30)
    centre.cloud.clock.run(HOUR)
    first, second = centre.network.ledger
    gap = (second.answered_at - first.disconnected_at).total_seconds()  # type: ignore[operator]
    assert gap == 20 + 2


def test_chosen_status_waits_for_the_contact_on_the_desk() -> None:
    centre = open_centre()
    staff(centre, after=20)
    dial(centre, talk=30)
    centre.cloud.clock.run(20)
    desk = centre.network.desk("mina")
    desk.choose_status("Lunch")
    assert desk.status == "Available"
    centre.cloud.clock.run(HOUR)
    assert desk.status == "Lunch"
    event = next(e for e in centre.cloud.agent_events() if e["CurrentAgentSnapshot"]["NextAgentStatus"])
    assert event["CurrentAgentSnapshot"]["NextAgentStatus"]["Name"] == "Lunch"


def test_agent_whisper_is_part_of_the_wait() -> None:
    centre = open_centre(whisper=True)
    staff(centre, ring=4)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    assert (only(centre).wait_seconds, only(centre).talk_seconds) == (4 + 3, 20)


def test_caller_who_hangs_up_during_the_whisper_counts_as_abandoned() -> None:
    centre = open_centre(whisper=True)
    staff(centre, ring=4)
    _, call = dial(centre)
    centre.cloud.clock.call_later(4 + 5, call.hang_up)
    centre.cloud.clock.run(HOUR)
    assert only(centre).outcome == "abandoned"
    assert centre.network.desk("mina").routable
