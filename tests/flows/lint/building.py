"""Flows for the linter's tests, as short as they can be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import Flow

END: dict[str, Any] = {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}


def do(
    identifier: str,
    kind: str,
    parameters: Mapping[str, Any] | None = None,
    then: str | None = None,
    on: Mapping[str, str] | None = None,
    fails: Mapping[str, str] | str | None = None,
    operator: str = "Equals",
) -> dict[str, Any]:
    """Return an action: what follows ``on`` which answer, and where it ``fails`` (a name: NoMatchingError)."""
    errors = {"NoMatchingError": fails} if isinstance(fails, str) else fails or {}
    transitions: dict[str, Any] = {} if then is None else {"NextAction": then}
    transitions["Conditions"] = [
        {"NextAction": target, "Condition": {"Operator": operator, "Operands": [answer]}}
        for answer, target in (on or {}).items()
    ]
    transitions["Errors"] = [{"NextAction": target, "ErrorType": error} for error, target in errors.items()]
    return {"Identifier": identifier, "Type": kind, "Parameters": dict(parameters or {}), "Transitions": transitions}


def say(identifier: str, text: str, then: str = "end") -> dict[str, Any]:
    """Return a message."""
    return do(identifier, "MessageParticipant", {"Text": text}, then, fails=then)


def ask(
    identifier: str = "menu", keys: Mapping[str, str] | None = None, silent: str = "end", **parameters: Any
) -> dict[str, Any]:
    """Return a menu."""
    return do(
        identifier,
        "GetParticipantInput",
        {"Text": "Press a key", "StoreInput": "False", "InputTimeLimitSeconds": "5", **parameters},
        "end",
        keys or {"1": "end"},
        {"InputTimeLimitExceeded": silent, "NoMatchingCondition": silent, "NoMatchingError": "end"},
    )


def collect(
    identifier: str = "collect", text: str = "Enter your order number", then: str = "end", **parameters: Any
) -> dict[str, Any]:
    """Return a question for several digits, which are stored."""
    return do(
        identifier,
        "GetParticipantInput",
        {
            "Text": text,
            "StoreInput": "True",
            "InputTimeLimitSeconds": "5",
            "InputValidation": {"CustomValidation": {"MaximumLength": "16"}},
            **parameters,
        },
        then,
        fails="end",
    )


def invoke(
    identifier: str = "function", then: str = "end", fails: str | None = "sorry", **parameters: Any
) -> dict[str, Any]:
    """Return the invocation of a function."""
    return do(
        identifier,
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": "${function.look_up}", "InvocationTimeLimitSeconds": "4", **parameters},
        then,
        fails=fails,
    )


def compare(
    identifier: str, value: str, on: Mapping[str, str], otherwise: str | None = "end", operator: str = "Equals"
) -> dict[str, Any]:
    """Return a comparison."""
    fails = None if otherwise is None else {"NoMatchingCondition": otherwise}
    return do(identifier, "Compare", {"ComparisonValue": value}, otherwise, on, fails, operator)


def put(identifier: str, attributes: Mapping[str, str], then: str = "end") -> dict[str, Any]:
    """Return an action that sets contact attributes."""
    return do(identifier, "UpdateContactAttributes", {"Attributes": dict(attributes)}, then, fails=then)


def transfer(identifier: str = "transfer", full: str = "end") -> dict[str, Any]:
    """Return a transfer to the contact's queue."""
    return do(identifier, "TransferContactToQueue", {}, full, fails={"QueueAtCapacity": full, "NoMatchingError": full})


def flow(*actions: Mapping[str, Any], type: str = "", **changes: Any) -> Flow:  # noqa: A002
    """Return a flow that starts with the first action; an action ``end`` hangs up, unless there is one."""
    has_end = any(action["Identifier"] == "end" for action in actions)
    return Flow.parse(
        {
            "Version": "2019-10-30",
            "StartAction": actions[0]["Identifier"],
            "Metadata": {"type": type} if type else {},
            "Actions": [*actions, *(() if has_end else (END,))],
            **changes,
        }
    )
