"""Flows beside the first one - hold, modules - and what flows are told and may see."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from contactflow.model import Flow
from contactflow.testing import HostDefaults, TestCase, run_case, write_case
from tests.twin.connect.centre import ROUTE, Centre, action, add_flow, answer_with, flow, open_centre
from tests.twin.connect.parties import PlainCaller
from tests.twin.connect.test_calls import HOUR, dial, only, staff
from twin.connect import CaseRecorder
from twin.connect.outlook import ASSUMED_HANDLE_SECONDS

BYE = action("bye", "DisconnectParticipant", {}, None)
LOGS = action("logs", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "first")
HOLD = flow(
    action(
        "music",
        "MessageParticipantIteratively",
        {"InterruptFrequencySeconds": "10", "Messages": [{"Text": "One moment, please."}]},
        None,
        conditions={"MessagesInterrupted": "music"},
        errors={"NoMatchingError": "music"},
    )
)


def logged(centre: Centre, identifier: str) -> dict[str, Any]:
    return next(one for one in centre.cloud.flow_log_events() if one["Identifier"] == identifier)


# --- hold --------------------------------------------------------------------------------------------


def test_customer_on_hold_hears_the_hold_flow_until_taken_back() -> None:
    centre = open_centre(hooks={"CustomerHold": ("CUSTOMER_HOLD", HOLD)})
    staff(centre, holds=((10, 25),))
    caller, _ = dial(centre, talk=60)
    centre.cloud.clock.run(HOUR)
    assert [one.text for one in caller.heard].count("One moment, please.") == 3  # after 0, 10 and 20 s
    assert (only(centre).hold_seconds, only(centre).talk_seconds) == (25, 35)


def test_customer_may_hang_up_on_hold() -> None:
    centre = open_centre(hooks={"CustomerHold": ("CUSTOMER_HOLD", HOLD)})
    staff(centre, holds=((10, 25),))
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    assert (only(centre).hold_seconds, only(centre).talk_seconds) == (10, 10)
    assert centre.network.desk("mina").routable


# --- modules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_id", [True, False])
def test_flow_log_names_the_module_that_a_step_belongs_to(*, by_id: bool) -> None:
    centre = open_centre()
    module = centre.cloud.create(
        "AWS::Connect::ContactFlowModule",
        InstanceArn=centre.instance,
        Name="announcement",
        Content=flow(
            action("tell", "MessageParticipant", {"Text": "News."}, "return"),
            action("return", "EndFlowModuleExecution", {}, None),
        ),
    ).ref
    reference = module.rsplit("/", 1)[-1] if by_id else module
    invoke = action("first", "InvokeFlowModule", {"FlowModuleId": reference}, "bye", errors={"NoMatchingError": "bye"})
    answer_with(centre, add_flow(centre, "entry", "CONTACT_FLOW", flow(LOGS, invoke, BYE)))
    caller, _ = dial(centre)
    centre.cloud.clock.run(HOUR)
    assert [one.text for one in caller.heard] == ["News."]
    step, call = logged(centre, "tell"), logged(centre, "bye")
    assert (step["ContactFlowName"], step["ContactFlowId"]) == ("announcement", module)
    assert step["ContactFlowModuleType"] == "PlayPrompt"
    assert call["ContactFlowName"] == "entry"
    assert logged(centre, "first")["ContactFlowModuleType"] == "InvokeModule"


# --- keys in secret ----------------------------------------------------------------------------------


def certificate() -> tuple[str, str]:
    """Return the public key of an instance and a certificate that it signed."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "keys")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=365))
    signed = builder.sign(key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    public = key.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    return public.decode(), signed.public_bytes(encoding).decode()


def test_plain_digits_of_an_encrypted_input_are_seen_nowhere() -> None:
    public, signed = certificate()
    centre = open_centre()
    ref = centre.cloud.create("AWS::Connect::SecurityKey", InstanceId=centre.instance, Key=public).attributes
    parameters = {
        "Text": "Your PIN?",
        "StoreInput": "True",
        "InputTimeLimitSeconds": "5",
        "InputValidation": {"CustomValidation": {"MaximumLength": "4"}},
        "InputEncryption": {"EncryptionKeyId": ref["AssociationId"], "Key": signed},
    }
    verify = {"LambdaFunctionARN": ROUTE, "LambdaInvocationAttributes": {"secret": "$.StoredCustomerInput"}}
    entry = flow(
        LOGS,
        action("first", "GetParticipantInput", parameters, "verify", errors={"NoMatchingError": "bye"}),
        action("verify", "InvokeLambdaFunction", verify, "bye", errors={"NoMatchingError": "bye"}),
        BYE,
    )
    answer_with(centre, add_flow(centre, "pin", "CONTACT_FLOW", entry))
    recorder = CaseRecorder(centre.network)
    _, call = dial(centre, keys=["7093"])
    centre.cloud.clock.run(HOUR)
    ((_, event),) = centre.cloud.invocations
    secret = event["Details"]["Parameters"]["secret"]
    assert len(secret) > 100
    case = write_case(recorder.events(call.contact_id), name="pin")
    told = [centre.cloud.calls, centre.cloud.events, centre.network.ledger, list(centre.network.snapshot().last_events)]
    assert "7093" not in repr(told).replace(secret, "")
    assert "7093" not in json.dumps(case).replace(secret, "")
    assert '"0000"' in json.dumps(case)


# --- queues ------------------------------------------------------------------------------------------


def asking(channel: str | None = None) -> str:
    parameters = {"QueueChannel": channel} if channel else {}
    told = {
        name: f"$.Metrics.{path}"
        for name, path in {
            "position": "Contact.PositionInQueue",
            "wait": "Contact.EstimatedWaitTime",
            "size": "Queue.Size",
            "queue_wait": "Queue.EstimatedWaitTime",
        }.items()
    }
    return flow(
        action("metrics", "GetMetricData", parameters, "keep", errors={"NoMatchingError": "bye"}),
        action(
            "keep",
            "UpdateContactAttributes",
            {"Attributes": told, "TargetContact": "Current"},
            "wait",
            errors={"NoMatchingError": "bye"},
        ),
        action(
            "wait",
            "MessageParticipantIteratively",
            {"InterruptFrequencySeconds": "20", "Messages": [{"Text": "Please hold."}]},
            None,
            conditions={"MessagesInterrupted": "metrics"},
            errors={"NoMatchingError": "bye"},
        ),
        BYE,
    )


def test_waiting_contacts_are_told_their_places() -> None:
    centre = open_centre(waiting=asking())
    for _ in range(3):
        dial(centre, patience=30)
    centre.cloud.clock.run(HOUR)
    assert [one.attributes["position"] for one in centre.network.ledger] == ["1", "2", "3"]


def test_place_moves_up_when_somebody_leaves() -> None:
    centre = open_centre(waiting=asking())
    dial(centre, patience=30)
    _, second = dial(centre, patience=90)
    centre.cloud.clock.run(10)
    before = second.facts.attributes["position"]
    centre.cloud.clock.run(HOUR)
    assert (before, second.facts.attributes["position"]) == ("2", "1")


def test_expected_wait_follows_place_agents_and_their_pace() -> None:
    centre = open_centre(waiting=asking("Voice"))
    staff(centre, ring=1, talk=70, after=30)
    _, first = dial(centre)
    centre.cloud.clock.run(10)
    _, second = dial(centre, patience=20)
    _, third = dial(centre, patience=20)
    centre.cloud.clock.run(10)
    assert [one.facts.attributes["wait"] for one in (second, third)] == [
        str(ASSUMED_HANDLE_SECONDS),
        str(2 * ASSUMED_HANDLE_SECONDS),
    ]
    assert third.facts.attributes["queue_wait"] == str(3 * ASSUMED_HANDLE_SECONDS)
    centre.cloud.clock.run(300)  # from now on, the one agent is known to take 100 s a contact
    assert first.facts.outcome == "answered"
    staff_busy, _ = dial(centre)
    centre.cloud.clock.run(10)
    _, waiting = dial(centre, patience=20)
    centre.cloud.clock.run(10)
    assert waiting.facts.attributes["wait"] == "100"
    assert staff_busy.heard


def test_nobody_at_work_gives_no_expected_wait() -> None:
    centre = open_centre(waiting=asking("Voice"))
    _, call = dial(centre, patience=30)
    centre.cloud.clock.run(10)
    assert call.facts.attributes["wait"] == ""


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [("DequeueContactAndTransferToQueue", {"QueueId": "$.Queue.ARN"}), ("CheckOutboundCallStatus", {})],
)
def test_what_the_twin_does_not_offer_is_refused_by_name(kind: str, parameters: dict[str, str]) -> None:
    waiting = flow(
        action("first", kind, parameters, "bye", errors={"NoMatchingError": "wait"}),
        action("wait", "MessageParticipantIteratively", {"Messages": [{"Text": "Please hold."}]}, None),
        BYE,
    )
    centre = open_centre(waiting=waiting)
    dial(centre, patience=30)
    centre.cloud.clock.run(HOUR)
    refused = logged(centre, "first")
    assert refused["Results"] == "NoMatchingError"
    assert kind in refused["ExternalResults"]["reason"]
    assert only(centre).outcome == "abandoned"


# --- test cases --------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [["1"], ["7", "2"], []])
def test_call_becomes_a_test_case_that_passes_on_the_same_flows(keys: list[str]) -> None:
    centre = open_centre()
    recorder = CaseRecorder(centre.network)
    caller = PlainCaller(centre.cloud.clock, keys=keys, patience=20)
    call = centre.network.dial(caller, centre.number)
    centre.cloud.clock.run(HOUR)
    number = centre.network.registry.number_of(centre.number)
    assert number is not None
    case = write_case(recorder.events(call.contact_id), name="a call", flow_id=number.flow_arn)
    flows = {one.arn: Flow.parse(one.content) for one in centre.network.registry.flows.values()}
    host = HostDefaults(queue_names={arn: name for name, arn in centre.queues.items()})
    result = run_case(TestCase.parse(case), flows, host=host)
    assert result.passed, result
    broken = json.loads(json.dumps(case).replace("For orders, press 1. For billing, press 2.", "Which animal is it?"))
    assert not run_case(TestCase.parse(broken), flows, host=host).passed
