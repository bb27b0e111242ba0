"""A small flow that the contacts of the fixture went through, and its picture."""

from __future__ import annotations

from functools import cache
from typing import Any

from contactflow.draw import LANGUAGES, draw_svg
from contactflow.model import Flow

NAME = "inbound"


def _action(
    identifier: str,
    type_name: str,
    parameters: dict[str, Any],
    then: str | None = None,
    when: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, Any]:
    transitions: dict[str, Any] = {} if then is None else {"NextAction": then}
    if when:
        transitions["Conditions"] = [
            {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [key]}}
            for key, target in when.items()
        ]
    if errors:
        transitions["Errors"] = [{"ErrorType": name, "NextAction": target} for name, target in errors.items()]
    return {"Identifier": identifier, "Type": type_name, "Parameters": parameters, "Transitions": transitions}


_ACTIONS = (
    _action("log", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "voice"),
    _action("voice", "UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Joanna"}, "greeting"),
    _action("greeting", "MessageParticipant", {"Text": "Thank you for calling Redline Classic Parts."}, "notice"),
    _action(
        "notice", "MessageParticipant", {"Text": "This call is recorded to improve our service."}, "identify-caller"
    ),
    _action(
        "identify-caller",
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": "${function.identify_caller}"},
        "record",
        errors={"NoMatchingError": "record"},
    ),
    _action(
        "record",
        "UpdateContactRecordingBehavior",
        {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"]}},
        "check-hours",
    ),
    _action(
        "check-hours",
        "CheckHoursOfOperation",
        {"HoursOfOperationId": "${hours.shop}"},
        when={"True": "menu-main", "False": "closed"},
        errors={"NoMatchingError": "menu-main"},
    ),
    _action("closed", "MessageParticipant", {"Text": "We are closed now."}, "hang-up"),
    _action(
        "menu-main",
        "GetParticipantInput",
        {"Text": "For an order, press 1. For technical help, press 3."},
        when={"1": "route-call", "3": "menu-technical"},
        errors={"InputTimeLimitExceeded": "again", "NoMatchingCondition": "again"},
    ),
    _action("again", "Loop", {"LoopCount": "2"}, when={"ContinueLooping": "menu-main", "DoneLooping": "route-call"}),
    _action(
        "menu-technical",
        "GetParticipantInput",
        {"Text": "For muscle cars of the nineteen seventies, press 1."},
        when={"1": "route-call"},
        errors={"InputTimeLimitExceeded": "menu-main", "NoMatchingCondition": "menu-main"},
    ),
    _action("route-call", "InvokeLambdaFunction", {"LambdaFunctionARN": "${function.route_call}"}, "queue"),
    _action("queue", "UpdateContactTargetQueue", {"QueueId": "$.External.queue"}, "transfer"),
    _action("transfer", "TransferContactToQueue", {}, errors={"QueueAtCapacity": "hang-up"}),
    _action("hang-up", "DisconnectParticipant", {}),
)
"""What the contacts of the fixture run, and where else they could have gone."""


@cache
def draw_flow(language: str) -> str:
    """Draw the flow."""
    flow = Flow.parse({"Version": "2019-10-30", "StartAction": "log", "Actions": list(_ACTIONS)})
    return draw_svg(flow, title=NAME, language=next(each for each in LANGUAGES if each == language))
