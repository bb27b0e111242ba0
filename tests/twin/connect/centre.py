"""A small centre, made of the resources that a template would have, with hand-written flows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.twin.connect.fakes import FakeCloud, FakeStudio
from twin.connect import ConnectNetwork, DeliveryFaults, install

ROUTE = "arn:aws:lambda:us-east-1:111122223333:function:route"
WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def action(
    identifier: str, kind: str, parameters: dict[str, Any], following: str | None, **more: Any
) -> dict[str, Any]:
    transitions: dict[str, Any] = {"NextAction": following} if following else {}
    if "errors" in more:
        transitions["Errors"] = [{"ErrorType": kind, "NextAction": to} for kind, to in more["errors"].items()]
    if "conditions" in more:
        transitions["Conditions"] = [
            {"Condition": {"Operator": "Equals", "Operands": [operand]}, "NextAction": to}
            for operand, to in more["conditions"].items()
        ]
    return {"Identifier": identifier, "Type": kind, "Parameters": parameters, "Transitions": transitions}


def flow(*actions: dict[str, Any]) -> str:
    return json.dumps({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": list(actions)})


def inbound(queues: dict[str, str], hours: str, hooks: dict[str, str], *, patient: bool = False) -> str:
    """Greet, check hours, one menu (a key a queue), a function, the queue."""
    keys = {str(number): name for number, name in enumerate(queues, 1)}
    menu = action(
        "menu",
        "GetParticipantInput",
        {
            "Text": "For orders, press 1. For billing, press 2.",
            "StoreInput": "False",
            "InputTimeLimitSeconds": "5",
        },
        None,
        conditions={key: f"to_{name}" for key, name in keys.items()},
        errors={
            "InputTimeLimitExceeded": "menu" if patient else "goodbye",
            "NoMatchingCondition": "menu",
            "NoMatchingError": "goodbye",
        },
    )
    targets = [
        action(
            f"to_{name}",
            "UpdateContactTargetQueue",
            {"QueueId": arn},
            "route",
            errors={"NoMatchingError": "goodbye"},
        )
        for name, arn in queues.items()
    ]
    return flow(
        action("logs", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "record"),
        action(
            "record",
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}},
            "hook_0",
        ),
        *(
            action(
                f"hook_{number}",
                "UpdateContactEventHooks",
                {"EventHooks": {event: flow_id}},
                f"hook_{number + 1}" if number + 1 < len(hooks) else "hello",
                errors={"NoMatchingError": "hello"},
            )
            for number, (event, flow_id) in enumerate(hooks.items())
        ),
        action("hello", "MessageParticipant", {"Text": "Thank you for calling Redline."}, "hours"),
        action(
            "hours",
            "CheckHoursOfOperation",
            {"HoursOfOperationId": hours},
            None,
            conditions={"True": "menu", "False": "closed"},
            errors={"NoMatchingError": "goodbye"},
        ),
        menu,
        *targets,
        action(
            "route",
            "InvokeLambdaFunction",
            {
                "LambdaFunctionARN": ROUTE,
                "InvocationTimeLimitSeconds": "3",
                "LambdaInvocationAttributes": {"language": "en"},
            },
            "attributes",
            errors={"NoMatchingError": "queue"},
        ),
        action(
            "attributes",
            "UpdateContactAttributes",
            {
                "Attributes": {"routing_reasons": "$.External.reasons", "language": "en"},
                "TargetContact": "Current",
            },
            "queue",
            errors={"NoMatchingError": "queue"},
        ),
        action(
            "queue",
            "TransferContactToQueue",
            {},
            "goodbye",
            errors={"QueueAtCapacity": "goodbye", "NoMatchingError": "goodbye"},
        ),
        action("closed", "MessageParticipant", {"Text": "We are closed."}, "goodbye"),
        action("goodbye", "DisconnectParticipant", {}, None),
    )


WAITING = flow(
    action(
        "loop",
        "MessageParticipantIteratively",
        {"InterruptFrequencySeconds": "30", "Messages": [{"Text": "Please hold."}]},
        None,
        conditions={"MessagesInterrupted": "loop"},
        errors={"NoMatchingError": "loop"},
    ),
)

WHISPER = flow(
    action("tell", "MessageParticipant", {"Text": "A call about an order comes now."}, "end"),
    action("end", "EndFlowExecution", {}, None),
)


def _ask(name: str, text: str, attribute: str, then: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask for a key, and keep it as an attribute; who presses none is let go."""
    asked = {
        "Text": text,
        "StoreInput": "True",
        "InputTimeLimitSeconds": "5",
        "InputValidation": {"CustomValidation": {"MaximumLength": "1"}},
    }
    kept = {"Attributes": {attribute: "$.StoredCustomerInput"}, "TargetContact": "Current"}
    errors = {"InputTimeLimitExceeded": "bye", "NoMatchingError": "bye"}
    return (
        action(name, "GetParticipantInput", asked, f"keep-{name}", errors=errors),
        action(f"keep-{name}", "UpdateContactAttributes", kept, then, errors={"NoMatchingError": then}),
    )


_BYE = action("bye", "DisconnectParticipant", {}, None)
SURVEY = flow(*_ask("ask", "From 1 to 5?", "survey_score", "bye"), _BYE)
SURVEY_OF_TWO = flow(
    *_ask("ask", "From 1 to 5?", "survey_score", "again"),
    *_ask("again", "Is it resolved?", "survey_resolved", "bye"),
    _BYE,
)


@dataclass
class Centre:
    cloud: FakeCloud
    studio: FakeStudio
    network: ConnectNetwork
    instance: str
    queues: dict[str, str] = field(default_factory=dict)
    number: str = ""


def open_centre(
    *,
    agents: Sequence[str] = ("mina",),
    queues: Sequence[str] = ("orders", "billing"),
    survey: bool = False,
    seed: int = 1,
    faults: DeliveryFaults | None = None,
    max_contacts: int | None = None,
    closed_on: str | None = None,
    patient: bool = False,
    whisper: bool = False,
    waiting: str | None = None,
    hooks: dict[str, tuple[str, str]] | None = None,
) -> Centre:
    """Create a centre; its agents are not logged in yet. A patient one repeats its menu for ever.

    ``waiting`` is the flow for those who wait; ``hooks`` are further flows by event, each with its type.
    """
    cloud, studio = FakeCloud(seed), FakeStudio()
    network = install(cloud, studio, faults)
    instance = cloud.create(
        "AWS::Connect::Instance",
        InstanceAlias="redline",
        IdentityManagementType="CONNECT_MANAGED",
        Attributes={"InboundCalls": True, "OutboundCalls": False, "ContactflowLogs": True},
    ).ref
    centre = Centre(cloud, studio, network, instance)
    stores: list[tuple[str, dict[str, Any]]] = [
        (
            "CALL_RECORDINGS",
            {"S3Config": {"BucketName": "recordings", "BucketPrefix": "connect/redline/CallRecordings"}},
        ),
        (
            "CONTACT_TRACE_RECORDS",
            {"KinesisFirehoseConfig": {"FirehoseArn": "arn:aws:firehose:x:y:deliverystream/records"}},
        ),
        ("AGENT_EVENTS", {"KinesisStreamConfig": {"StreamArn": "arn:aws:kinesis:x:y:stream/agents"}}),
    ]
    for kind, config in stores:
        cloud.create(
            "AWS::Connect::InstanceStorageConfig",
            InstanceArn=instance,
            ResourceType=kind,
            StorageType="X",
            **config,
        )
    overrides = [] if closed_on is None else [_closed(closed_on)]
    hours = cloud.create(
        "AWS::Connect::HoursOfOperation",
        InstanceArn=instance,
        Name="shop",
        TimeZone="America/Los_Angeles",
        Config=[{"Day": day, "StartTime": _time(7), "EndTime": _time(20)} for day in WEEK],
        HoursOfOperationOverrides=overrides,
    ).ref
    for name in queues:
        limit = {} if max_contacts is None else {"MaxContacts": max_contacts}
        centre.queues[name] = cloud.create(
            "AWS::Connect::Queue", InstanceArn=instance, Name=name, HoursOfOperationArn=hours, **limit
        ).ref
    profile = cloud.create(
        "AWS::Connect::RoutingProfile",
        InstanceArn=instance,
        Name="everything",
        DefaultOutboundQueueArn=centre.queues[queues[0]],
        MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 1}],
        QueueConfigs=[
            {"Delay": 0, "Priority": 1, "QueueReference": {"Channel": "VOICE", "QueueArn": arn}}
            for arn in centre.queues.values()
        ],
    ).ref
    for name in agents:
        cloud.create(
            "AWS::Connect::User",
            InstanceArn=instance,
            Username=name,
            IdentityInfo={"FirstName": name.title(), "LastName": "Park"},
            PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": False},
            RoutingProfileArn=profile,
            SecurityProfileArns=[],
        )
    more = hooks or {}
    arns = {"CustomerQueue": add_flow(centre, "waiting", "CUSTOMER_QUEUE", waiting or WAITING)}
    if survey:
        arns["CustomerRemaining"] = add_flow(centre, "survey", "CONTACT_FLOW", SURVEY)
    if whisper:
        arns["AgentWhisper"] = add_flow(centre, "whisper", "AGENT_WHISPER", WHISPER)
    arns |= {event: add_flow(centre, event, kind, content) for event, (kind, content) in more.items()}
    entry = add_flow(centre, "inbound", "CONTACT_FLOW", inbound(centre.queues, hours, arns, patient=patient))
    cloud.create(
        "AWS::Connect::IntegrationAssociation",
        InstanceId=instance,
        IntegrationType="LAMBDA_FUNCTION",
        IntegrationArn=ROUTE,
    )
    cloud.functions[ROUTE] = lambda event: {"queue": "orders", "reasons": "menu choice"}
    number = cloud.create("AWS::Connect::PhoneNumber", TargetArn=instance, CountryCode="US", Type="DID")
    centre.number = number.attributes["Address"]
    answer_with(centre, entry)
    return centre


def answer_with(centre: Centre, flow_id: str) -> None:
    """Let a flow answer the centre's number."""
    number = centre.network.registry.number_of(centre.number)
    assert number is not None
    parameters = {"PhoneNumberId": number.arn, "InstanceId": centre.instance, "ContactFlowId": flow_id}
    centre.cloud.services["connect"].call("AssociatePhoneNumberContactFlow", parameters, "role")


def add_flow(centre: Centre, name: str, kind: str, content: str) -> str:
    return centre.cloud.create(
        "AWS::Connect::ContactFlow", InstanceArn=centre.instance, Name=name, Type=kind, Content=content
    ).ref


def _time(hour: int) -> dict[str, int]:
    return {"Hours": hour, "Minutes": 0}


def _closed(day: str) -> dict[str, Any]:
    return {
        "OverrideName": "holiday",
        "EffectiveFrom": day,
        "EffectiveTill": day,
        "OverrideConfig": [{"Day": day_name, "StartTime": _time(0), "EndTime": _time(0)} for day_name in WEEK],
    }
