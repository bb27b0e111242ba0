"""Contact actions that set something on the contact.

**Source**: Amazon Connect API Reference, "Contact actions in the Amazon Connect Flow language":
UpdateContactAttributes, UpdateContactData, UpdateContactTextToSpeechVoice, UpdateContactRecordingBehavior,
UpdateContactEventHooks, UpdateContactCallbackNumber; "Flow control actions": UpdateFlowLoggingBehavior,
UpdateFlowAttributes; Administrator Guide, "Amazon Connect feature specifications" (32 KB of attributes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from contactflow.run.conditions import as_result
from contactflow.run.effects import (
    Done,
    Effect,
    SetAttributes,
    SetCallbackNumber,
    SetContactData,
    SetHook,
    SetLogging,
    SetRecording,
    SetVoice,
)
from contactflow.run.outcomes import Ask, Failure, Handler, Next, Outcome, Scope

MAX_ATTRIBUTES_BYTES = 32 * 1024
DATA_FIELDS = {
    "LanguageCode": "language_code",
    "CustomerId": "customer_id",
    "Name": "name",
    "Description": "description",
}


def instruct(effect: Effect, apply: Callable[[], None]) -> Ask:
    """Ask for an instruction, and apply it to the contact once it is done."""

    def settle(_result: Done) -> Outcome:
        apply()
        return Next()

    return Ask(effect, (Done,), settle)


def update_contact_attributes(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Set contact attributes: all of them, or none where they would exceed 32 KB."""
    given = parameters.get("Attributes") or {}
    attributes = {str(name): as_result(value) or "" for name, value in given.items()}
    target = str(parameters.get("TargetContact") or "Current")
    held = scope.contact.attributes
    size = sum(len(f"{name}{value}".encode()) for name, value in {**held, **attributes}.items())
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


def update_contact_recording_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Say who is recorded; an empty list stops recording."""
    behavior = parameters.get("RecordingBehavior") or {}
    participants = tuple(str(name) for name in behavior.get("RecordedParticipants") or ())
    effect = SetRecording(
        bool(participants),
        participants,
        behavior.get("IVRRecordingBehavior") == "Enabled",
        parameters.get("AnalyticsBehavior") or {},
    )
    return instruct(effect, lambda: setattr(scope.contact, "recording", participants))


def update_contact_event_hooks(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Run a flow on an event of the contact; the language takes exactly one event per action."""
    hooks = parameters.get("EventHooks") or {}
    if len(hooks) != 1:
        return Failure(f"EventHooks has {len(hooks)} entries where the language takes one")
    event, flow_id = next(iter(hooks.items()))
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
    """Set attributes that live as long as the flow, as ``{"name": {"Value": ...}}`` or plain values."""
    for name, given in (parameters.get("FlowAttributes") or {}).items():
        scope.contact.flow_attributes[name] = given.get("Value") if isinstance(given, Mapping) else given
    return Next()


HANDLERS: Mapping[str, Handler] = {
    "UpdateContactAttributes": update_contact_attributes,
    "UpdateContactData": update_contact_data,
    "UpdateContactTextToSpeechVoice": update_contact_text_to_speech_voice,
    "UpdateContactRecordingBehavior": update_contact_recording_behavior,
    "UpdateContactEventHooks": update_contact_event_hooks,
    "UpdateContactCallbackNumber": update_contact_callback_number,
    "UpdateFlowLoggingBehavior": update_flow_logging_behavior,
    "UpdateFlowAttributes": update_flow_attributes,
}
