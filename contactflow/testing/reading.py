"""Events, usage and actions, read from a test case's JSON.

**Source**: Amazon Connect Developer Guide, "Events in the Testing language" and "Actions in the Testing
language", and the pages below them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from contactflow.model import KEYS
from contactflow.model.conditions import OPERATORS
from contactflow.model.references import Template, find_references
from contactflow.testing.fields import Fields, refuse
from contactflow.testing.language import (
    ANSWERS_HOURS,
    RESOURCE_PATHS,
    AssertValue,
    Command,
    EndTest,
    Event,
    FlowActionEvent,
    HangUp,
    LogData,
    MessageReceived,
    Mock,
    OverrideBehavior,
    PressKeys,
    SayWords,
    TestCompleted,
    TestInitiated,
    Usage,
)

EXISTS = "Exists"
_CONTENTS = ("Text", "SSML", "PromptId", "Media")
_OBSERVED = ("InvokeLambdaFunction", "CheckHoursOfOperation", "TransferContactToQueue", "ConnectParticipantWithLexBot")
_COMPLETED = ("InvokeLambdaFunction", "ConnectParticipantWithLexBot")
_MOCK_ERRORS: Mapping[str, tuple[str, ...]] = {
    "InvokeLambdaFunction": ("TimeLimitExceeded", "NoMatchingError"),
    "ConnectParticipantWithLexBot": ("TimeLimitExceeded", "NoMatchingError"),
    "CheckHoursOfOperation": ("NoMatchingError",),
    "TransferContactToQueue": ("QueueAtCapacity", "NoMatchingError"),
    "DequeueAndTransferToQueue": ("QueueAtCapacity", "NoMatchingError"),
}


def read_event(fields: Fields) -> Event:
    """Read one ``Event``."""
    if fields.values.get("Actor", "System") != "System":
        raise refuse(fields, "Actor", "Events come from the system", "Use System.")
    kind = fields.choice(
        "Type", "TestInitiated", "TestCompleted", "MessageReceived", "FlowActionStarted", "FlowActionCompleted"
    )
    match kind:
        case "TestInitiated":
            return TestInitiated()
        case "TestCompleted":
            return TestCompleted()
        case "MessageReceived":
            return _read_message(fields)
    return _read_flow_action(fields, completed=kind == "FlowActionCompleted")


def _read_message(event: Fields) -> MessageReceived:
    fields = event.optional_child("Properties")
    given = [name for name in _CONTENTS if fields.values.get(name)]
    if len(given) > 1:
        raise refuse(fields, given[1], f"{given[0]} and {given[1]} stand together", "Keep one of them.")
    wanted = " ".join(str(fields.values[given[0]]).split()) if given else "any message"
    media = fields.optional_child("Media")
    return MessageReceived(
        _read_criterion(event, fields),
        _template(fields, "Text"),
        _template(fields, "SSML"),
        _template(fields, "PromptId"),
        media.text("Uri") if "Media" in given else None,
        wanted,
    )


def _read_criterion(event: Fields, properties: Fields) -> Any:
    """Read how a message is matched.

    It stands in ``Properties`` as an object with a ``Type``; the API Reference's example has it beside them,
    as a text. Both are read.
    """
    for fields in (properties, event):
        given = fields.values.get("MatchingCriteria")
        if given:
            holder = fields if isinstance(given, str) else fields.child("MatchingCriteria")
            name = "MatchingCriteria" if isinstance(given, str) else "Type"
            return holder.choice(name, "Similarity", "Inclusion")
    return "Similarity"


def _read_flow_action(event: Fields, *, completed: bool) -> FlowActionEvent:
    fields = event.child("Properties")
    kind = fields.choice("ActionType", *(_COMPLETED if completed else _OBSERVED))
    return FlowActionEvent(kind, read_resource(fields, kind), completed)


def read_resource(fields: Fields, action_type: str) -> str | None:
    """Return the resource that ``ActionParameters`` name, None where they name none."""
    *parents, name = RESOURCE_PATHS[action_type]
    holder = fields.optional_child("ActionParameters")
    for parent in parents:
        holder = holder.optional_child(parent)
    return holder.optional_text(name)


def read_usage(fields: Fields) -> Usage:
    """Read one ``Usage``.

    Types are read in any case. ``Exactly`` and ``AtLeast`` look until the event has occurred often enough;
    ``AtMost`` and ``Always`` (once called ``ANY``) look on to the end.

    **Source**: Developer Guide, "Observations in the Testing language" (Usage).
    """
    if not fields.values:
        return Usage()
    kind = fields.text("Type").casefold()
    times = int(fields.number("Times", 1))
    usages = {
        "exactly": Usage(times, None, times),
        "atleast": Usage(times, None, max(times, 1)),
        "atmost": Usage(0, times, None),
        "always": Usage(0, None, None),
        "any": Usage(0, None, None),
    }
    if kind not in usages:
        raise refuse(
            fields, "Type", f"{kind!r} is not a known usage", "Use Exactly, AtLeast, AtMost or Always, or leave it out."
        )
    if kind == "exactly" and times < 1:
        raise refuse(fields, "Times", "Exactly 0 times can never be observed", "Use AtMost with Times 0.")
    return usages[kind]


def read_command(fields: Fields) -> Command:
    """Read what one action of an observation does."""
    readers: Mapping[str, Callable[[Fields], Command]] = {
        "SendInstruction": _read_instruction,
        "OverrideSystemBehavior": _read_override,
        "Assert": _read_assert,
        "TestControl": _read_control,
    }
    return readers[fields.choice("Type", *readers)](fields.child("Parameters"))


def _read_instruction(parameters: Fields) -> Command:
    if parameters.values.get("Actor", "Customer") != "Customer":
        raise refuse(parameters, "Actor", "Instructions are the customer's", "Use Customer.")
    fields = parameters.child("Instruction")
    kind = fields.choice("Type", "DtmfInput", "TextUtterance", "Utterance", "Disconnect")
    if kind == "Disconnect":
        return HangUp()
    properties = fields.child("Properties")
    if kind == "DtmfInput":
        keys = str(properties.values.get("Value", "")).strip()
        if not keys or not set(keys) <= set(KEYS):
            raise refuse(properties, "Value", f"{keys!r} is not a sequence of keys", "Use 0 to 9, * and #.")
        return PressKeys(keys)
    given = [name for name in ("Text", "SSML", "Value") if properties.values.get(name)]
    if len(given) != 1:
        raise refuse(properties, "Text", f"{len(given)} texts are given", "Give one of Text, SSML and Value.")
    return SayWords(Template(properties.text(given[0])))


def _read_override(parameters: Fields) -> OverrideBehavior:
    behavior = parameters.child("Behavior")
    behavior.choice("Type", "FlowAction")
    fields = behavior.child("Properties")
    kind = fields.choice("ActionType", *RESOURCE_PATHS)
    resource = read_resource(fields, kind)
    if resource is None:
        name = ".".join(RESOURCE_PATHS[kind])
        raise refuse(
            fields, "ActionParameters", f"{name} is missing", f"Name the resource whose behavior {kind} overrides."
        )
    strategy = fields.child("Strategy")
    if strategy.choice("Type", "SubstituteResource", "MockResponse") == "SubstituteResource":
        return OverrideBehavior(kind, resource, substitute=strategy.text("SubstituteArn"))
    return OverrideBehavior(kind, resource, _read_mock(kind, strategy.child("Response")))


def _read_mock(action_type: str, response: Fields) -> Mock:
    if response.choice("Type", "ExecutionResult", "Error") == "Error":
        error = response.child("Error")
        value = error.choice("Value", *_MOCK_ERRORS[action_type])
        return Mock(error=value, delay_seconds=error.number("DelaySeconds", 0))
    result = response.child("ExecutionResult")
    if action_type == "CheckHoursOfOperation":
        return Mock(result.choice("Value", *ANSWERS_HOURS) == ANSWERS_HOURS[0])
    if "Queue" in action_type:
        raise refuse(response, "Type", "A queue can be made to fail only", "Use Error, or SubstituteResource.")
    return Mock(_read_json(result), delay_seconds=result.number("DelaySeconds", 0))


def _read_json(result: Fields) -> Any:
    """Read a mock's answer: JSON in a text, in ``LoadedData`` (or ``Value``); nothing is an empty object."""
    name = "Value" if "Value" in result.values else "LoadedData"
    text = result.text(name, "{}")
    try:
        return json.loads(text)
    except ValueError as error:
        raise refuse(result, name, f"The text is not JSON: {error}", "Write the answer as JSON in a text.") from None


def _read_assert(parameters: Fields) -> AssertValue:
    namespace = parameters.text("Namespace")
    references = find_references(namespace)
    if len(references) != 1:
        raise refuse(parameters, "Namespace", f"{namespace!r} is not one reference", "Use one such as $.Queue.Name.")
    operator = parameters.choice("Operator", *OPERATORS, EXISTS)
    operand = parameters.values.get("Operand")
    if operand is None and operator != EXISTS:
        raise refuse(parameters, "Operand", "Operand is missing", f"Say what {operator} compares with.")
    return AssertValue(namespace, operator, "" if operand is None else str(operand), references[0])


def _read_control(parameters: Fields) -> Command:
    command = parameters.child("Command")
    if command.choice("Type", "EndTest", "LogData") == "EndTest":
        return EndTest()
    expressions = command.child("Properties").child("Expressions")
    return LogData({label: Template(expressions.text(label)) for label in expressions.values})


def _template(fields: Fields, name: str) -> Template | None:
    value = fields.optional_text(name)
    return None if value is None else Template(value)
