"""Legacy modules that change the contact, or reach a function.

**Source**: Amazon Connect API Reference, "Contact actions" and "Interactions in the Amazon Connect Flow language".
"""

from __future__ import annotations

from contactflow.model.flow import Action
from contactflow.model.legacy.draft import Draft, NoEquivalentError

STREAMED = ("To", "From")
RECORDED = {"Agent": ["Agent"], "Customer": ["Customer"], "Both": ["Agent", "Customer"]}


def set_attributes(draft: Draft) -> Action:
    """Convert SetAttributes into UpdateContactAttributes."""
    return draft.finish("UpdateContactAttributes", {"Attributes": draft.pairs("Attribute")})


def set_screen_pop(draft: Draft) -> Action:
    """Convert SetScreenPop, the older SetAttributes of one attribute, into UpdateContactAttributes."""
    key, value = draft.value("key"), draft.value("value")
    return draft.finish("UpdateContactAttributes", {"Attributes": {key: value} if key and value is not None else {}})


def set_event_hook(draft: Draft) -> Action:
    """Convert SetEventHook and SetContactFlow into UpdateContactEventHooks."""
    event, flow = draft.value("Type"), draft.value("ContactFlowId")
    if not event or not flow:
        raise NoEquivalentError("It does not say which flow runs at which event")
    return draft.finish("UpdateContactEventHooks", {"EventHooks": {event: flow}})


def set_voice(draft: Draft) -> Action:
    """Convert SetVoice into UpdateContactTextToSpeechVoice."""
    return draft.finish("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": draft.value("GlobalVoice")})


def set_recording(draft: Draft) -> Action:
    """Convert SetRecordingBehavior into UpdateContactRecordingBehavior."""
    enabled, who = draft.value("RecordingBehaviorOption") == "Enable", draft.value("RecordingParticipantOption")
    if enabled and who not in RECORDED:
        raise NoEquivalentError(f"It records {who!r}, which is neither Agent, Customer nor Both")
    recorded = RECORDED[who] if enabled and who else []
    return draft.finish("UpdateContactRecordingBehavior", {"RecordingBehavior": {"RecordedParticipants": recorded}})


def set_logging(draft: Draft) -> Action:
    """Convert SetLoggingBehavior into UpdateFlowLoggingBehavior."""
    state = "Enabled" if draft.value("LoggingBehavior") == "Enable" else "Disabled"
    return draft.finish("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": state})


def start_media_streaming(draft: Draft) -> Action:
    """Convert StartMediaStreaming into UpdateContactMediaStreamingBehavior."""
    return _stream(draft, "Enabled")


def stop_media_streaming(draft: Draft) -> Action:
    """Convert StopMediaStreaming into UpdateContactMediaStreamingBehavior."""
    return _stream(draft, "Disabled")


def invoke_function(draft: Draft) -> Action:
    """Convert InvokeExternalResource into InvokeLambdaFunction."""
    inputs = draft.pairs("Parameter")
    parameters = {
        "LambdaFunctionARN": draft.value("FunctionArn"),
        "InvocationTimeLimitSeconds": draft.value("TimeLimit"),
        "LambdaInvocationAttributes": inputs or None,
    }
    return draft.finish("InvokeLambdaFunction", parameters)


def _stream(draft: Draft, state: str) -> Action:
    participant, media = draft.value("ParticipantTypes") or "Customer", draft.value("MediaStreamTypes") or "Audio"
    parameters = {
        "MediaStreamingState": state,
        "Participants": [{"ParticipantType": participant, "MediaDirections": list(STREAMED)}],
        "MediaStreamType": media,
    }
    return draft.finish("UpdateContactMediaStreamingBehavior", parameters)
