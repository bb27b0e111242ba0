"""Contact actions that set something on the contact.

**Source**: Amazon Connect API Reference, "Contact actions in the Amazon Connect Flow language":
UpdateContactAttributes, UpdateContactData, UpdateContactTextToSpeechVoice, UpdateContactEventHooks,
UpdateContactCallbackNumber, TagContact, UnTagContact; "Flow control actions": UpdateFlowLoggingBehavior,
UpdateFlowAttributes; Administrator Guide, "Amazon Connect feature specifications" (32 KB of attributes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_items
from contactflow.run.effects import (
    Done,
    Effect,
    SetAttributes,
    SetCallbackNumber,
    SetContactData,
    SetHook,
    SetLogging,
    SetTags,
    SetVoice,
)
from contactflow.run.outcomes import NEXT, Ask, Failure, Handler, Next, Outcome, Scope

MAX_ATTRIBUTES_BYTES = 32 * 1024
DATA_FIELDS = {
    "LanguageCode": "language_code",
    "CustomerId": "customer_id",
    "Name": "name",
    "Description": "description",
}


EVENTS = frozenset(
    {
        "AgentHold",
        "AgentWhisper",
        "CustomerHold",
        "CustomerQueue",
        "CustomerRemaining",
        "CustomerWhisper",
        "DefaultAgentUI",
        "DisconnectAgentUI",
        "PauseContact",
        "ResumeContact",
    }
)
"""Events that a flow can be hooked to."""


def instruct(effect: Effect, apply: Callable[[], None] | None = None) -> Ask:
    """Ask for an instruction, and apply it to the contact once it is done."""

    def settle(_result: Done) -> Outcome:
        if apply is not None:
            apply()
        return NEXT

    return Ask(effect, (Done,), settle)


def update_contact_attributes(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set contact attributes: all of them, or none where they would exceed 32 KB."""
    given = as_fields(parameters.get("Attributes"))
    attributes = {str(name): as_result(value) or "" for name, value in given.items()}
    target = str(parameters.get("TargetContact") or "Current")
    held = scope.contact.attributes
    size = measure_attributes({**held, **attributes})
    if size > MAX_ATTRIBUTES_BYTES:
        return Failure(f"The contact would have {size} bytes of attributes, more than {MAX_ATTRIBUTES_BYTES}")
    return instruct(
        SetAttributes(attributes, target),
        lambda: held.update(attributes) if target == "Current" else None,
    )


def update_contact_data(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set fields of the contact, such as its language."""
    values = dict(parameters)

    def apply() -> None:
        for name, attribute in DATA_FIELDS.items():
            if name in values:
                setattr(scope.contact, attribute, as_result(values[name]))

    return instruct(SetContactData(values), apply)


def update_contact_text_to_speech_voice(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Choose the voice of everything said from now on."""
    voice = as_result(parameters.get("TextToSpeechVoice"))
    if not voice:
        return Failure("TextToSpeechVoice is empty")
    engine = as_result(parameters.get("TextToSpeechEngine"))

    def apply() -> None:
        scope.contact.voice = voice
        scope.contact.voice_engine = engine

    return instruct(SetVoice(voice, engine, as_result(parameters.get("TextToSpeechStyle"))), apply)


def update_contact_event_hooks(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Run a flow on an event of the contact; the language takes exactly one event per action."""
    hooks = as_fields(parameters.get("EventHooks"))
    if len(hooks) != 1:
        return Failure(f"EventHooks has {len(hooks)} entries where the language takes one")
    event, flow_id = next(iter(hooks.items()))
    if event not in EVENTS:
        return Failure(f"{event} is no event of a contact")
    if not flow_id:
        return Failure(f"The hook {event} names no flow")
    return instruct(
        SetHook(str(event), str(flow_id)),
        lambda: scope.contact.hooks.__setitem__(str(event), str(flow_id)),
    )


def update_contact_callback_number(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set the number to call back."""
    number = as_result(parameters.get("CallbackNumber"))
    if not number or not number.removeprefix("+").isdigit():
        return Failure(f"{number!r} is not a phone number", "InvalidCallbackNumber")
    return instruct(SetCallbackNumber(number), lambda: setattr(scope.contact, "callback_number", number))


def update_flow_logging_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Write flow logs from now on, or stop."""
    enabled = parameters.get("FlowLoggingBehavior") == "Enabled"
    return instruct(SetLogging(enabled), lambda: setattr(scope.contact, "flow_logging", enabled))


def update_flow_attributes(scope: Scope, parameters: Mapping[str, Any]) -> Outcome:
    """Set attributes that live as long as the flow, as ``{"name": {"Value": ...}}`` or plain values; all or none."""
    given = as_fields(parameters.get("FlowAttributes")).items()
    values = {str(name): value.get("Value") if isinstance(value, Mapping) else value for name, value in given}
    attributes = {**scope.contact.flow_attributes, **values}
    size = measure_attributes(attributes)
    if size > MAX_ATTRIBUTES_BYTES:
        return Failure(f"The flow would have {size} bytes of attributes, more than {MAX_ATTRIBUTES_BYTES}")
    scope.contact.flow_attributes = attributes
    return Next(values)


def tag_contact(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Put tags on the contact."""
    tags = {str(name): as_result(value) or "" for name, value in as_fields(parameters.get("Tags")).items()}
    return instruct(SetTags(tags), lambda: scope.contact.tags.update(tags))


def untag_contact(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Take tags off the contact: all that are named, or none where one of them is not there."""
    names = tuple(str(name) for name in as_items(parameters.get("TagKeys")))
    tags = scope.contact.tags
    missing = [name for name in names if name not in tags]
    if missing:
        return Failure(f"The contact has no tag {', '.join(missing)}")

    def apply() -> None:
        for name in names:
            tags.pop(name, None)

    return instruct(SetTags({}, names), apply)


def measure_attributes(attributes: Mapping[str, Any]) -> int:
    """Return the bytes that attributes take: names and values in UTF-8."""
    return sum(len(f"{name}{value}".encode()) for name, value in attributes.items())


HANDLERS: Mapping[str, Handler] = {
    "UpdateContactAttributes": update_contact_attributes,
    "UpdateContactData": update_contact_data,
    "UpdateContactTextToSpeechVoice": update_contact_text_to_speech_voice,
    "UpdateContactEventHooks": update_contact_event_hooks,
    "UpdateContactCallbackNumber": update_contact_callback_number,
    "UpdateFlowLoggingBehavior": update_flow_logging_behavior,
    "UpdateFlowAttributes": update_flow_attributes,
    "TagContact": tag_contact,
    "UnTagContact": untag_contact,
    "UntagContact": untag_contact,
}
