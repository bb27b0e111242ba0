"""Where calls go: outside numbers, agents, other queues, later calls."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.run import ContactState
from contactflow.run import effects as fx
from tests.flows.test_actions import action, error, instantly, session_of, settle, step, when

THIRD_PARTY = {
    "ThirdPartyPhoneNumber": "$.Attributes.towing",
    "ThirdPartyConnectionTimeLimitSeconds": "30",
    "ContinueFlowExecution": "True",
    "ThirdPartyDTMFDigits": "1,2#",
    "CallerId": {"Number": "+12065550199", "Name": "Shop"},
}
OUTSIDE = {
    "NextAction": "end",
    "Errors": [error("CallFailed", "failed"), error("ConnectionTimeLimitExceeded", "other"), error()],
}


def transfer(**changes: Any) -> dict[str, Any]:
    return action("TransferParticipantToThirdParty", {**THIRD_PARTY, **changes}, **OUTSIDE)


def towing() -> ContactState:
    return ContactState("c", attributes={"towing": "+12065550123"})


def test_outside_number_is_called_as_the_flow_says() -> None:
    effect = session_of(transfer(), contact=towing()).start()
    assert effect == fx.TransferToThirdParty("+12065550123", 30, True, "1,2#", "+12065550199", "Shop")


@pytest.mark.parametrize(
    ("result", "branch", "target"),
    [
        (fx.Done(), "NextAction", "end"),
        (fx.CallFailed("busy"), "CallFailed", "failed"),
        (fx.Timeout(), "ConnectionTimeLimitExceeded", "other"),
        (fx.Failed("no trunk"), "NoMatchingError", "failed"),
    ],
)
def test_flow_goes_on_after_the_third_party(result: fx.Result, branch: str, target: str) -> None:
    taken = settle(session_of(transfer(), contact=towing()), result)
    assert (taken.branch, taken.next_action) == (branch, target)


def test_flow_that_does_not_continue_ends_with_the_answer() -> None:
    session = session_of(transfer(ContinueFlowExecution="False"), contact=towing())
    session.start()
    assert session.resume(fx.Done()) == fx.End("transferred")


def test_outside_call_that_fails_goes_on_in_a_flow_that_would_not_continue() -> None:
    blind = {**transfer(ContinueFlowExecution="False"), "Transitions": {"NextAction": "end", "Errors": [error()]}}
    assert settle(session_of(blind, contact=towing()), fx.Timeout()).branch == "NoMatchingError"


@pytest.mark.parametrize(
    ("changes", "branch"),
    [
        ({"ThirdPartyPhoneNumber": "$.Attributes.none"}, "CallFailed"),
        ({"ThirdPartyPhoneNumber": "2065550123"}, "CallFailed"),
        ({"ThirdPartyConnectionTimeLimitSeconds": "601"}, "NoMatchingError"),
        ({"ThirdPartyDTMFDigits": "1w2"}, "NoMatchingError"),
        ({"VoiceConnector": {"VoiceConnectorType": "ChimeConnector"}}, "NoMatchingError"),
    ],
)
def test_outside_call_that_cannot_be_made_is_not_made(changes: dict[str, Any], branch: str) -> None:
    assert instantly(session_of(transfer(**changes), contact=towing())).branch == branch


CALLBACK = {"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "2", "RetryDelaySeconds": "600"}


def test_callback_goes_to_the_number_that_was_set_from_the_queue_that_was_set() -> None:
    contact = ContactState(
        "c", customer_address="+15550100", queue_arn="arn:q", callback_number="+15550111", queued=True
    )
    session = session_of(action("CreateCallbackContact", CALLBACK), contact=contact)
    assert session.start() == fx.CreateCallback("+15550111", "arn:q", None, 5, 2, 600)
    assert session.resume(fx.Done()) == fx.End("ended")


def test_callback_goes_to_the_caller_s_own_number_where_none_was_set() -> None:
    contact = ContactState("c", customer_address="+15550100")
    effect = session_of(action("CreateCallbackContact", {**CALLBACK, "QueueId": "q-2"}), contact=contact).start()
    assert effect == fx.CreateCallback("+15550100", "q-2", None, 5, 2, 600)


def test_callback_that_starts_a_flow_needs_no_first_delay() -> None:
    contact = ContactState("c", customer_address="+15550100")
    parameters = {"AgentId": "a", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "1", "ContactFlowId": "f"}
    effect = session_of(action("CreateCallbackContact", parameters), contact=contact).start()
    assert effect == fx.CreateCallback("+15550100", None, "a", 0, 1, 1, "f")


@pytest.mark.parametrize(
    "changes",
    [
        {"InitialCallDelaySeconds": "0"},
        {"InitialCallDelaySeconds": "259201"},
        {"MaximumConnectionAttempts": "0"},
        {"RetryDelaySeconds": "soon"},
        {"QueueId": "q", "AgentId": "a"},
    ],
)
def test_callback_outside_the_limits_takes_the_error_branch(changes: dict[str, str]) -> None:
    contact = ContactState("c", customer_address="+15550100", queue_arn="arn:q")
    taken = instantly(session_of(action("CreateCallbackContact", {**CALLBACK, **changes}), contact=contact))
    assert taken.next_action == "failed"


@pytest.mark.parametrize("contact", [ContactState("c", queue_arn="q"), ContactState("c", customer_address="+1555")])
def test_callback_without_number_or_queue_takes_the_error_branch(contact: ContactState) -> None:
    assert instantly(session_of(action("CreateCallbackContact", CALLBACK), contact=contact)).next_action == "failed"


REQUEUE = action(
    "DequeueContactAndTransferToQueue", {"QueueId": "q-2"}, Errors=[error("QueueAtCapacity", "other"), error()]
)


def test_waiting_contact_moves_to_another_queue() -> None:
    contact = ContactState("c", queue_arn="q-1", queue_name="one", queued=True, priority=2)
    session = session_of(REQUEUE, contact=contact)
    assert session.start() == fx.RequeueContact("q-2", None, 2)
    assert session.resume(fx.Queued()) == fx.End("queued")
    assert (contact.queue_arn, contact.queue_name) == ("q-2", None)


def test_waiting_contact_stays_where_the_other_queue_is_full() -> None:
    contact = ContactState("c", queue_arn="q-1", queued=True)
    assert settle(session_of(REQUEUE, contact=contact), fx.QueueFull()).branch == "QueueAtCapacity"
    assert contact.queue_arn == "q-1"


def test_contact_that_waits_nowhere_cannot_be_moved() -> None:
    assert instantly(session_of(REQUEUE)).next_action == "failed"


@pytest.mark.parametrize(
    ("result", "ending"), [(fx.Done(), fx.End("transferred")), (fx.AgentBusy(), fx.Disconnect("flow"))]
)
def test_transfer_to_an_agent_ends_the_flow(result: fx.Result, ending: fx.Ending) -> None:
    session = session_of(action("TransferContactToAgent"), contact=ContactState("c", target_agent="ada"))
    assert session.start() == fx.TransferToAgent("ada")
    assert session.resume(result) == ending


@pytest.mark.parametrize("status", ["CallAnswered", "VoicemailBeep", "VoicemailNoBeep", "NotDetected"])
def test_progress_of_an_outbound_call_is_compared(status: Any) -> None:
    answers = ("CallAnswered", "VoicemailBeep", "VoicemailNoBeep", "NotDetected")
    check = action("CheckOutboundCallStatus", {}, Conditions=[when(answer) for answer in answers], Errors=[error()])
    assert settle(session_of(check), fx.CallProgress(status)).branch == status


@pytest.mark.parametrize(
    ("type_name", "parameters", "effect"),
    [
        ("CompleteOutboundCall", {"CallerId": {"Number": "+15550100"}}, fx.CompleteOutboundCall("+15550100")),
        (
            "UpdatePreviousContactParticipantState",
            {"PreviousContactParticipantState": "AgentOnHold"},
            fx.SetHold("AgentOnHold"),
        ),
        ("UpdateRoutingCriteria", {"RoutingCriteria": {"Steps": [1]}}, fx.SetRouting(criteria={"Steps": [1]})),
        ("TagContact", {"Tags": {"team": "$.Attributes.team"}}, fx.SetTags({"team": "blue"})),
        ("UntagContact", {"TagKeys": ["old"]}, fx.SetTags({}, ("old",))),
        (
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": [], "IVRRecordingBehavior": "Enabled"}},
            fx.SetRecording(False, (), True),
        ),
        (
            "UpdateContactRecordingAndAnalyticsBehavior",
            {"VoiceBehavior": {"VoiceRecordingBehavior": {"RecordedParticipants": ["Agent"]}}},
            fx.SetRecording(True, ("Agent",)),
        ),
    ],
)
def test_setting_reaches_the_host(type_name: str, parameters: dict[str, Any], effect: fx.Effect) -> None:
    contact = ContactState("c", attributes={"team": "blue"}, tags={"old": "1"})
    session = session_of(action(type_name, parameters), contact=contact)
    assert session.start() == effect
    assert session.resume(fx.Done()) == fx.End("ended")


def test_tags_are_put_on_and_taken_off() -> None:
    contact = ContactState("c", tags={"old": "1"})
    settle(session_of(action("TagContact", {"Tags": {"new": "2"}}), contact=contact), fx.Done())
    settle(session_of(action("UntagContact", {"TagKeys": ["old"]}), contact=contact), fx.Done())
    assert contact.lookup(("Tags",)) == {"new": "2"}


def test_voicemail_s_recording_does_not_record_a_talk() -> None:
    contact = ContactState("c")
    parameters = {"RecordingBehavior": {"RecordedParticipants": [], "IVRRecordingBehavior": "Enabled"}}
    settle(session_of(action("UpdateContactRecordingBehavior", parameters), contact=contact), fx.Done())
    assert (contact.recording, contact.ivr_recording) == ((), True)


STREAM = {
    "MediaStreamingState": "Enabled",
    "Participants": [{"ParticipantType": "Customer", "MediaDirections": ["To", "From"]}],
    "MediaStreamType": "Audio",
}


def test_stream_of_the_caller_s_audio_can_be_referred_to() -> None:
    contact = ContactState("c")
    session = session_of(action("UpdateContactMediaStreamingBehavior", STREAM), contact=contact)
    assert session.start() == fx.SetMediaStreaming(True, {"Customer": ("To", "From")}, "Audio")
    session.resume(fx.StreamStarted("arn:stream", "1700000000000", "91343852333181432392682062"))
    assert contact.lookup(("MediaStreams", "Customer", "Audio", "StreamARN")) == "arn:stream"
    assert contact.lambda_contact_data()["MediaStreams"]["Customer"]["Audio"]["StartTimestamp"] == "1700000000000"


def test_stream_is_stopped() -> None:
    stop = action("UpdateContactMediaStreamingBehavior", {**STREAM, "MediaStreamingState": "Disabled"})
    session = session_of(stop)
    effect = session.start()
    assert isinstance(effect, fx.SetMediaStreaming)
    assert not effect.on
    assert session.resume(fx.Done()) == fx.End("ended")


def test_position_and_expected_wait_can_be_referred_to() -> None:
    contact = ContactState("c", queue_arn="q", queued=True)
    session = session_of(action("GetMetricData", {"QueueChannel": "Voice"}), contact=contact)
    session.start()
    session.resume(
        fx.Metrics({"Queue": {"EstimatedWaitTime": 95}, "Contact": {"PositionInQueue": 2, "EstimatedWaitTime": 60}})
    )
    assert contact.lookup(("Metrics", "Contact", "PositionInQueue")) == 2
    assert contact.lookup(("Metrics", "Queue", "EstimatedWaitTime")) == 95
    assert step(session).branch == "NextAction"
