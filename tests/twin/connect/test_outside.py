"""Callers who are put through to somebody outside, and what the flow does where that fails."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.testing import Heard
from tests.twin.connect.centre import Centre, action, add_flow, answer_with, flow, open_centre
from tests.twin.connect.test_calls import HOUR, dial, only, staff
from twin.connect import CaseRecorder
from twin.connect.outside import OutsideCall

TOWING = "+12065550123"


def transferring(*, continues: bool, to: str = TOWING) -> str:
    parameters = {
        "ThirdPartyPhoneNumber": to,
        "ThirdPartyConnectionTimeLimitSeconds": "20",
        "ContinueFlowExecution": str(continues),
    }
    return flow(
        action("logs", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "say"),
        action("say", "MessageParticipant", {"Text": "We connect you."}, "call"),
        action(
            "call",
            "TransferParticipantToThirdParty",
            parameters,
            "after",
            errors={"CallFailed": "failed", "ConnectionTimeLimitExceeded": "unanswered", "NoMatchingError": "failed"},
        ),
        action("after", "MessageParticipant", {"Text": "Welcome back."}, "bye"),
        action("failed", "MessageParticipant", {"Text": "Nobody can be reached."}, "bye"),
        action("unanswered", "MessageParticipant", {"Text": "Nobody answers."}, "bye"),
        action("bye", "DisconnectParticipant", {}, None),
    )


def transfer(outcome: OutsideCall, *, continues: bool = True, **habits: Any) -> tuple[Centre, list[str]]:
    centre = open_centre()
    centre.network.connect_outside(lambda number: outcome if number == TOWING else OutsideCall("busy"))
    answer_with(centre, add_flow(centre, "towing", "CONTACT_FLOW", transferring(continues=continues)))
    caller, call = dial(centre)
    if "hangs_up_after" in habits:
        centre.cloud.clock.call_later(habits["hangs_up_after"], call.hang_up)
    centre.cloud.clock.run(HOUR)
    return centre, [prompt.text for prompt in caller.heard]


def test_record_names_whom_the_caller_was_put_through_to_and_when() -> None:
    centre, heard = transfer(OutsideCall("answers", seconds=8, talk_seconds=60))
    record = centre.cloud.contact_records()[0]
    assert record["TransferredToEndpoint"] == {"Address": TOWING, "Type": "TELEPHONE_NUMBER"}
    assert record["TransferCompletedTimestamp"] == "2026-11-20T17:00:09Z"  # message 1 s, ringing 8 s
    assert record["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    assert only(centre).outcome == "transferred"
    assert heard == ["We connect you.", "Welcome back."]
    assert (only(centre).disconnected_at - only(centre).initiated_at).total_seconds() == 1 + 8 + 60 + 1


def test_flow_that_does_not_go_on_ends_with_the_outside_party() -> None:
    centre, heard = transfer(OutsideCall("answers", seconds=8, talk_seconds=60), continues=False)
    assert heard == ["We connect you."]
    assert centre.cloud.contact_records()[0]["DisconnectReason"] == "THIRD_PARTY_DISCONNECT"
    assert (only(centre).disconnected_at - only(centre).initiated_at).total_seconds() == 1 + 8 + 60


@pytest.mark.parametrize("continues", [True, False])
def test_caller_may_hang_up_while_talking_outside(*, continues: bool) -> None:
    centre, _ = transfer(OutsideCall("answers", seconds=8, talk_seconds=60), continues=continues, hangs_up_after=30)
    assert centre.cloud.contact_records()[0]["DisconnectReason"] == "CUSTOMER_DISCONNECT"
    assert only(centre).outcome == "transferred"


@pytest.mark.parametrize(
    ("outcome", "heard", "branch"),
    [
        (OutsideCall("busy", seconds=2), "Nobody can be reached.", "CallFailed"),
        (OutsideCall("no_answer"), "Nobody answers.", "ConnectionTimeLimitExceeded"),
        (OutsideCall("answers", seconds=21, talk_seconds=60), "Nobody answers.", "ConnectionTimeLimitExceeded"),
    ],
)
def test_failing_transfer_takes_its_branch(outcome: OutsideCall, heard: str, branch: str) -> None:
    centre, said = transfer(outcome)
    assert said[-1] == heard
    called = next(one for one in centre.cloud.flow_log_events() if one["Identifier"] == "call")
    assert (called["Results"], called["ContactFlowModuleType"]) == (branch, "Transfer")
    assert centre.cloud.contact_records()[0]["TransferredToEndpoint"] is None
    assert only(centre).outcome == "ended_by_flow"


def test_waiting_caller_who_is_put_through_leaves_the_queue_and_rings_nowhere() -> None:
    waiting = flow(
        action(
            "loop",
            "MessageParticipantIteratively",
            {"InterruptFrequencySeconds": "30", "Messages": [{"Text": "Please hold."}]},
            None,
            conditions={"MessagesInterrupted": "call"},
            errors={"NoMatchingError": "loop"},
        ),
        action(
            "call",
            "TransferParticipantToThirdParty",
            {"ThirdPartyPhoneNumber": TOWING, "ContinueFlowExecution": "False"},
            None,
            errors={"CallFailed": "loop", "NoMatchingError": "loop"},
        ),
    )
    centre = open_centre(waiting=waiting)
    centre.network.connect_outside(lambda _number: OutsideCall("answers", seconds=8, talk_seconds=60))
    dial(centre)
    centre.cloud.clock.run(40)
    staff(centre, ring=None)  # rings, but is not accepted before the outside party answers
    centre.cloud.clock.run(5)
    centre.cloud.clock.run(HOUR)
    true = only(centre)
    assert (true.outcome, true.agent, true.wait_seconds) == ("transferred", None, 38)
    assert centre.network.desk("mina").routable


def test_case_of_a_call_ends_where_somebody_outside_is_called() -> None:
    centre = open_centre()
    recorder = CaseRecorder(centre.network)
    answer_with(centre, add_flow(centre, "towing", "CONTACT_FLOW", transferring(continues=True)))
    _, call = dial(centre)
    centre.cloud.clock.run(HOUR)
    assert recorder.events(call.contact_id) == (Heard("We connect you."),)
