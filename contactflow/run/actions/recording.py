"""What is recorded and streamed.

**Source**: Amazon Connect API Reference, "UpdateContactRecordingBehavior" (RecordedParticipants and
IVRRecordingBehavior are independent), "UpdateContactRecordingAndAnalyticsBehavior" and
"UpdateContactMediaStreamingBehavior"; Administrator Guide, "List of available contact attributes" (media streams).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_items
from contactflow.run.actions.contact import instruct
from contactflow.run.effects import Done, SetMediaStreaming, SetRecording, StreamStarted
from contactflow.run.outcomes import Ask, Failure, Handler, Next, Outcome, Scope


def update_contact_recording_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Say who is recorded; an empty list stops recording."""
    return _record(
        scope, as_fields(parameters.get("RecordingBehavior")), as_fields(parameters.get("AnalyticsBehavior"))
    )


def update_contact_recording_and_analytics_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Say who is recorded, as the newer action writes it."""
    voice = parameters.get("VoiceBehavior")
    if not isinstance(voice, Mapping):
        return Failure("The action sets no VoiceBehavior, and this contact is a call", "ChannelMismatch")
    return _record(
        scope, as_fields(voice.get("VoiceRecordingBehavior")), as_fields(voice.get("VoiceAnalyticsBehavior"))
    )


def update_contact_media_streaming_behavior(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Start or stop streaming the caller's audio."""
    on = parameters.get("MediaStreamingState") == "Enabled"
    participants = {
        str(item.get("ParticipantType")): tuple(map(str, as_items(item.get("MediaDirections"))))
        for item in as_items(parameters.get("Participants"))
        if isinstance(item, Mapping)
    }
    contact = scope.contact

    def settle(result: StreamStarted | Done) -> Outcome:
        if isinstance(result, Done):
            return Next()
        audio = {
            "StreamARN": result.stream_arn,
            "StartTimestamp": result.start_timestamp,
            "StartFragmentNumber": result.start_fragment,
        }
        contact.media_streams = {"Customer": {"Audio": audio}}
        return Next({"stream": result.stream_arn})

    effect = SetMediaStreaming(on, participants, as_result(parameters.get("MediaStreamType")) or "Audio")
    return Ask(effect, (StreamStarted, Done) if on else (Done,), settle)


def _record(scope: Scope, recording: Mapping[str, Any], analytics: Mapping[str, Any]) -> Ask:
    participants = tuple(str(name) for name in as_items(recording.get("RecordedParticipants")))
    ivr = recording.get("IVRRecordingBehavior") == "Enabled"
    contact = scope.contact

    def apply() -> None:
        contact.recording, contact.ivr_recording = participants, ivr

    return instruct(SetRecording(bool(participants), participants, ivr, analytics), apply)


HANDLERS: Mapping[str, Handler] = {
    "UpdateContactRecordingBehavior": update_contact_recording_behavior,
    "UpdateContactRecordingAndAnalyticsBehavior": update_contact_recording_and_analytics_behavior,
    "UpdateContactMediaStreamingBehavior": update_contact_media_streaming_behavior,
}
