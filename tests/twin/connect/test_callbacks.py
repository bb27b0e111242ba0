"""A callback from its request to its contact record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.twin.connect.centre import Centre, action, add_flow, answer_with, flow, open_centre
from tests.twin.connect.test_calls import HOUR, dial, staff
from trunkline.contact.record import parse_contact_record
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.targets import Targets
from twin.connect.facts import TrueContact

DELAY, RETRY, RINGING = 99, 300, 60
ASK = {"StoreInput": "False", "InputTimeLimitSeconds": "5"}
SPOKEN = flow(action("tell", "MessageParticipant", {"Text": "This is your call back."}, "end"),
              action("end", "EndFlowExecution", {}, None))  # fmt: skip


def offering(attempts: int = 2, **parameters: str) -> str:
    """Return a flow for those who wait that offers a callback after 30 seconds."""
    request = {
        "InitialCallDelaySeconds": str(DELAY),
        "MaximumConnectionAttempts": str(attempts),
        "RetryDelaySeconds": str(RETRY),
    }
    return flow(
        action(
            "loop",
            "MessageParticipantIteratively",
            {"InterruptFrequencySeconds": "30", "Messages": [{"Text": "Please hold."}]},
            None,
            conditions={"MessagesInterrupted": "offer"},
            errors={"NoMatchingError": "loop"},
        ),
        action(
            "offer",
            "GetParticipantInput",
            {"Text": "Press 1 to be called back.", **ASK},
            None,
            conditions={"1": "create"},
            errors={"InputTimeLimitExceeded": "loop", "NoMatchingCondition": "loop", "NoMatchingError": "loop"},
        ),
        action("create", "CreateCallbackContact", request | parameters, "bye", errors={"NoMatchingError": "loop"}),
        action("bye", "DisconnectParticipant", {}, None),
    )


def both(centre: Centre) -> tuple[TrueContact, TrueContact]:
    """Return the contact that asked and the one that called back."""
    by_method = {one.initiation_method: one for one in centre.network.ledger}
    return by_method["INBOUND"], by_method["CALLBACK"]


def record_of(centre: Centre, contact: TrueContact) -> dict[str, Any]:
    (record,) = (one for one in centre.cloud.contact_records() if one["ContactId"] == contact.contact_id)
    return record


def counted(record: dict[str, Any]) -> dict[str, int]:
    """Return what a callback's record counts for the queue in which it was requested."""
    tallies = tally_contact(parse_contact_record(record), Targets({}, short_abandon_seconds=5))
    (counts,) = (tally.counts() for key, tally in tallies.items() if key.scope == "queue")
    return counts


def staff_later(centre: Centre, seconds: int = 40, **habits: Any) -> None:
    centre.cloud.clock.call_later(seconds, lambda: staff(centre, **habits))


def whisper_to_customers(centre: Centre) -> None:
    """Set the outbound whisper flow of the queue of orders."""
    flow_id = add_flow(centre, "outbound", "OUTBOUND_WHISPER", SPOKEN)
    queues = centre.network.registry.queues
    queues.put(replace(queues[centre.queues["orders"]], outbound_flow_arn=flow_id))


def ask(centre: Centre, **habits: Any) -> Any:
    caller, _ = dial(centre, keys=["1", "1"], **habits)
    return caller


def test_caller_who_is_called_back_has_two_contacts_that_name_each_other() -> None:
    centre = open_centre(waiting=offering())
    staff_later(centre)
    ask(centre, talk=50, answers=5)
    centre.cloud.clock.run(HOUR)
    asked, called = both(centre)
    assert (asked.outcome, asked.agent, asked.queue) == ("callback", None, "orders")
    assert (called.outcome, called.agent, called.queue) == ("answered", "mina", "orders")
    assert (asked.next_contact_id, called.previous_contact_id) == (called.contact_id, asked.contact_id)
    first, second = record_of(centre, asked), record_of(centre, called)
    assert (first["DisconnectReason"], first["NextContactId"]) == ("CONTACT_FLOW_DISCONNECT", called.contact_id)
    assert first["Queue"]["DequeueTimestamp"] == first["DisconnectTimestamp"]
    assert (second["InitiationMethod"], second["PreviousContactId"]) == ("CALLBACK", asked.contact_id)
    assert second["InitialContactId"] == asked.contact_id
    assert second["CustomerEndpoint"] == first["CustomerEndpoint"]


def test_moments_of_a_callback_are_those_of_the_documented_example() -> None:
    centre = open_centre(waiting=offering(), whisper=True)
    whisper_to_customers(centre)
    staff_later(centre, ring=4)
    ask(centre, talk=50, answers=5)
    centre.cloud.clock.run(HOUR)
    _, called = both(centre)
    facts = centre.network.facts(called.contact_id)
    assert facts is not None
    assert facts.enqueued_at is not None
    assert facts.connected_to_system_at is not None
    assert (facts.enqueued_at - facts.initiated_at).total_seconds() == DELAY
    assert called.wait_seconds == 4  # until the agent accepts
    assert (facts.connected_to_system_at - facts.enqueued_at).total_seconds() == 4 + 3 + 5  # agent whisper, ringing
    assert called.answered_at is not None
    assert (called.answered_at - facts.connected_to_system_at).total_seconds() == 2  # outbound whisper
    assert called.talk_seconds == 50


def test_contact_and_agent_events_of_a_callback() -> None:
    centre = open_centre(waiting=offering())
    staff_later(centre)
    ask(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    _, called = both(centre)
    events = [one for one in centre.cloud.events if one["contactId"] == called.contact_id]
    kinds = [one["eventType"] for one in events]
    assert kinds == ["INITIATED", "QUEUED", "CONNECTED_TO_SYSTEM", "CONNECTED_TO_AGENT", "DISCONNECTED", "COMPLETED"]
    assert {one["initiationMethod"] for one in events} == {"CALLBACK"}
    assert "connectedToSystemTimestamp" not in events[0]
    states = [
        contact["State"]
        for event in centre.cloud.agent_events()
        if event["EventType"] == "STATE_CHANGE"
        for contact in event["CurrentAgentSnapshot"]["Contacts"]
    ]
    assert states == ["INCOMING", "CONNECTING", "CONNECTED", "ENDED"]


def test_callback_is_recorded_as_the_call_would_have_been() -> None:
    centre = open_centre(waiting=offering())
    staff_later(centre)
    ask(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    asked, called = both(centre)
    (put,) = centre.cloud.calls_of("s3", "put_object")
    assert called.recording_key == put["Key"]
    assert called.contact_id in put["Key"]
    assert asked.recording_key is None


def test_customer_who_does_not_answer_is_called_again_and_then_given_up() -> None:
    centre = open_centre(waiting=offering(attempts=2))
    staff_later(centre, ring=4)
    caller = ask(centre, answers=None)
    centre.cloud.clock.run(HOUR)
    _, called = both(centre)
    assert (called.outcome, called.agent, called.talk_seconds) == ("not_reached", None, 0)
    assert len(caller.called) == 2
    queued = [
        one["queueInfo"]["enqueueTimestamp"]
        for one in centre.cloud.events
        if one["eventType"] == "QUEUED" and one["contactId"] == called.contact_id
    ]
    assert len(queued) == 2
    assert (called.disconnected_at - called.initiated_at).total_seconds() == DELAY + 4 + RINGING + RETRY + 4 + RINGING
    record = record_of(centre, called)
    assert (record["Agent"], record["DisconnectReason"]) == (None, "OUTBOUND_ATTEMPT_FAILED")
    assert record["AgentConnectionAttempts"] == 2
    assert record["ConnectedToSystemTimestamp"] is None
    assert centre.network.desk("mina").routable
    assert counted(record) == {"callbacks_attempted": 1, "callbacks_given_up": 1}


def test_customer_who_answers_the_second_time_is_connected() -> None:
    centre = open_centre(waiting=offering(attempts=3))
    staff_later(centre)
    caller = ask(centre, answers=None, talk=20)
    centre.cloud.clock.call_later(400, lambda: setattr(caller, "answers", 5))
    centre.cloud.clock.run(HOUR)
    assert both(centre)[1].outcome == "answered"
    assert len(caller.called) == 2
    counts = counted(record_of(centre, both(centre)[1]))
    assert (counts["callbacks_attempted"], counts["callbacks_connected"]) == (1, 1)
    assert "callbacks_given_up" not in counts


def test_customer_who_hangs_up_during_the_outbound_whisper_was_not_reached() -> None:
    centre = open_centre(waiting=offering())
    whisper_to_customers(centre)
    staff_later(centre)
    caller = ask(centre, answers=5)
    while not caller.called:
        centre.cloud.clock.run(1)
    centre.cloud.clock.run(6)
    caller.called[0].hang_up()
    centre.cloud.clock.run(HOUR)
    assert both(centre)[1].outcome == "not_reached"
    assert counted(record_of(centre, both(centre)[1])) == {"callbacks_attempted": 1, "callbacks_given_up": 1}
    assert record_of(centre, both(centre)[1])["DisconnectReason"] == "CUSTOMER_DISCONNECT"
    states = {c["State"] for e in centre.cloud.agent_events() for c in e["CurrentAgentSnapshot"]["Contacts"]}
    assert "ERROR" in states
    assert centre.network.desk("mina").routable


def test_agent_who_misses_a_callback_leaves_it_to_another() -> None:
    centre = open_centre(agents=("mina", "dae"), waiting=offering())
    staff_later(centre, username="mina", ring=None)
    staff_later(centre, 41, username="dae", ring=3)
    ask(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    assert both(centre)[1].agent == "dae"


def test_waiting_callback_can_be_stopped() -> None:
    centre = open_centre(waiting=offering())
    ask(centre)
    centre.cloud.clock.run(200)
    (call,) = centre.network.calls()
    assert call.phase == "queued"
    parameters = {"ContactId": call.contact_id, "InstanceId": centre.instance}
    centre.cloud.services["connect"].call("StopContact", parameters, "role")
    centre.cloud.clock.run(HOUR)
    assert both(centre)[1].outcome == "not_reached"
    assert centre.network.calls() == ()


def test_survey_runs_after_a_callback_too() -> None:
    centre = open_centre(waiting=offering(), survey=True)
    staff_later(centre, talk=20)
    caller = ask(centre)
    caller.keys.append("4")
    centre.cloud.clock.run(HOUR)
    assert both(centre)[1].survey_score == 4


def test_only_the_minutes_on_the_line_are_metered() -> None:
    centre = open_centre(waiting=offering())
    staff_later(centre)
    ask(centre, talk=60)
    centre.cloud.clock.run(HOUR)
    asked, _ = both(centre)
    inbound = (asked.disconnected_at - asked.initiated_at).total_seconds() / 60
    assert centre.cloud.metered["connect", "voice_minutes"] == pytest.approx(inbound + 1)


def test_number_and_queue_are_those_that_the_flow_names() -> None:
    centre = open_centre()
    billing = centre.queues["billing"]
    entry = flow(
        action("number", "UpdateContactCallbackNumber", {"CallbackNumber": "$.Attributes.number"}, "create"),
        action(
            "create",
            "CreateCallbackContact",
            {
                "QueueId": billing,
                "InitialCallDelaySeconds": "5",
                "MaximumConnectionAttempts": "1",
                "RetryDelaySeconds": "60",
            },
            "bye",
            errors={"NoMatchingError": "bye"},
        ),
        action("bye", "DisconnectParticipant", {}, None),
    )
    set_number = {"Attributes": {"number": "+12065550142"}, "TargetContact": "Current"}
    document = flow(action("set", "UpdateContactAttributes", set_number, "number"), *_actions(entry))
    answer_with(centre, add_flow(centre, "other", "CONTACT_FLOW", document))
    staff(centre)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    asked, called = both(centre)
    assert (called.customer, called.queue) == ("+12065550142", "billing")
    assert asked.outcome == "ended_by_flow"  # it never was in a queue


@pytest.mark.parametrize("parameters", [{"QueueId": "nowhere"}, {"AgentId": "somebody"}])
def test_callback_that_cannot_be_made_takes_the_error_branch(parameters: dict[str, str]) -> None:
    centre = open_centre(waiting=offering(**parameters))
    ask(centre, patience=120)
    centre.cloud.clock.run(HOUR)
    (only,) = centre.network.ledger
    assert only.outcome == "abandoned"
    created = next(one for one in centre.cloud.flow_log_events() if one["Identifier"] == "create")
    assert created["Results"] == "NoMatchingError"


def _actions(document: str) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = json.loads(document)["Actions"]
    return actions
