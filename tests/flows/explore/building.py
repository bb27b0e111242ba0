"""Small flows for exploration, written in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import Flow

FAILS = "NoMatchingError"
SILENT = "InputTimeLimitExceeded"
WRONG = "NoMatchingCondition"


def flow_of(*actions: dict[str, Any], start: str | None = None, **fields: Any) -> Flow:
    first = actions[0]["Identifier"] if start is None else start
    return Flow.parse({"Version": "2019-10-30", "StartAction": first, "Actions": list(actions), **fields})


def action(
    identifier: str,
    action_type: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    then: str | None = None,
    when: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    operator: str = "Equals",
) -> dict[str, Any]:
    transitions: dict[str, Any] = {} if then is None else {"NextAction": then}
    if when:
        transitions["Conditions"] = [
            {"NextAction": target, "Condition": {"Operator": operator, "Operands": [operand]}}
            for operand, target in when.items()
        ]
    if errors:
        transitions["Errors"] = [{"ErrorType": name, "NextAction": target} for name, target in errors.items()]
    return {
        "Identifier": identifier,
        "Type": action_type,
        "Parameters": dict(parameters or {}),
        "Transitions": transitions,
    }


def say(identifier: str, then: str, text: str = "Hello.") -> dict[str, Any]:
    return action(identifier, "MessageParticipant", {"Text": text}, then=then, errors={FAILS: then})


def ask(identifier: str, keys: Mapping[str, str], *, silent: str, wrong: str, fails: str) -> dict[str, Any]:
    parameters = {"Text": "Press a key.", "StoreInput": "False", "InputTimeLimitSeconds": "5"}
    errors = {SILENT: silent, WRONG: wrong, FAILS: fails}
    return action(identifier, "GetParticipantInput", parameters, then=wrong, when=keys, errors=errors)


def compare(identifier: str, value: str, when: Mapping[str, str], otherwise: str, **options: Any) -> dict[str, Any]:
    errors = {WRONG: otherwise}
    return action(
        identifier, "Compare", {"ComparisonValue": value}, then=otherwise, when=when, errors=errors, **options
    )


def assign(identifier: str, attributes: Mapping[str, str], then: str) -> dict[str, Any]:
    return action(
        identifier, "UpdateContactAttributes", {"Attributes": dict(attributes)}, then=then, errors={FAILS: then}
    )


def invoke(identifier: str, then: str, fails: str) -> dict[str, Any]:
    parameters = {"LambdaFunctionARN": f"arn:aws:lambda:us-east-1:111122223333:function:{identifier}"}
    return action(identifier, "InvokeLambdaFunction", parameters, then=then, errors={FAILS: fails})


def loop(identifier: str, count: int | str, again: str, done: str) -> dict[str, Any]:
    when = {"ContinueLooping": again, "DoneLooping": done}
    return action(identifier, "Loop", {"LoopCount": str(count)}, then=done, when=when)


def call_module(identifier: str, module: str, then: str, fails: str) -> dict[str, Any]:
    return action(identifier, "InvokeFlowModule", {"FlowModuleId": module}, then=then, errors={FAILS: fails})


def leave_module(identifier: str = "return") -> dict[str, Any]:
    return action(identifier, "EndFlowModuleExecution")


def hang_up(identifier: str = "bye") -> dict[str, Any]:
    return action(identifier, "DisconnectParticipant")


def end(identifier: str = "end") -> dict[str, Any]:
    return action(identifier, "EndFlowExecution")
