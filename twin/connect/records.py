"""Contact records, as Amazon Connect streams them.

**Source**: Amazon Connect administrator guide, "Contact records data model" (ctr-data-model: the first recording
appears in Recording and in Recordings; TransferCompletedTimestamp and TransferredToEndpoint tell of transfers out of
Amazon Connect), "Example: metrics for a queued callback" (ConnectedToSystemTimestamp is when the customer answers).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from twin.connect.facts import ContactFacts, Recording
from twin.connect.moments import record_time


def build_contact_record(
    facts: ContactFacts, *, instance_arn: str, account: str, updated_at: datetime
) -> dict[str, Any]:
    """Return the record of a contact that is complete.

    Parameters
    ----------
    updated_at
        Becomes ``LastUpdateTimestamp``: later for a correction.
    """
    return {
        "AWSAccountId": account,
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": _agent(facts),
        "AgentConnectionAttempts": facts.attempts,
        "AnsweringMachineDetectionStatus": None,
        "Attributes": dict(facts.attributes),
        "Campaign": {"CampaignId": None},
        "Channel": "VOICE",
        "ConnectedToSystemTimestamp": _time(facts.connected_to_system_at),
        "ContactDetails": {},
        "ContactId": facts.contact_id,
        "CustomerEndpoint": _endpoint(facts.customer),
        "CustomerVoiceActivity": None,
        "DisconnectReason": facts.disconnect_reason,
        "DisconnectTimestamp": _time(facts.disconnected_at),
        "InitialContactId": facts.initial_contact_id,
        "InitiationMethod": facts.initiation_method,
        "InitiationTimestamp": record_time(facts.initiated_at),
        "InstanceARN": instance_arn,
        "LanguageCode": facts.language_locale,
        "LastUpdateTimestamp": record_time(updated_at),
        "MediaStreams": [{"Type": "AUDIO"}],
        "NextContactId": facts.next_contact_id,
        "PreviousContactId": facts.previous_contact_id,
        "Queue": _queue(facts),
        "Recording": _recording(facts.recordings),
        "Recordings": [_entry(one) for one in facts.recordings] or None,
        "References": [],
        "ScheduledTimestamp": None,
        "SegmentAttributes": {"connect:Subtype": {"ValueString": "connect:Telephony"}},
        "SystemEndpoint": _endpoint(facts.system_number),
        "Tags": {
            "aws:connect:instanceId": instance_arn.rsplit("/", 1)[-1],
            "aws:connect:systemEndpoint": facts.system_number,
        },
        "TransferCompletedTimestamp": _time(facts.transfer_completed_at),
        "TransferredToEndpoint": _endpoint(facts.transferred_to) if facts.transferred_to else None,
        "VoiceIdResult": None,
    }


def _agent(facts: ContactFacts) -> dict[str, Any] | None:
    if facts.agent is None or facts.connected_at is None:
        return None
    profile = facts.profile
    return {
        "ARN": facts.agent.arn,
        "AfterContactWorkDuration": facts.after_contact_seconds,
        "AfterContactWorkEndTimestamp": _time(facts.after_contact_ended_at),
        "AfterContactWorkStartTimestamp": _time(facts.agent_left_at),
        "AgentInteractionDuration": facts.talk_seconds,
        "ConnectedToAgentTimestamp": _time(facts.connected_at),
        "CustomerHoldDuration": facts.hold_seconds,
        "HierarchyGroups": None,
        "LongestHoldDuration": facts.longest_hold_seconds,
        "NumberOfHolds": len(facts.holds),
        "RoutingProfile": {"ARN": profile.arn, "Name": profile.name} if profile else None,
        "Username": facts.agent.username,
    }


def _queue(facts: ContactFacts) -> dict[str, Any] | None:
    if facts.queue is None or facts.enqueued_at is None:
        return None
    return {
        "ARN": facts.queue.arn,
        "DequeueTimestamp": _time(facts.dequeued_at),
        "Duration": facts.wait_seconds,
        "EnqueueTimestamp": _time(facts.enqueued_at),
        "Name": facts.queue.name,
    }


def _endpoint(address: str) -> dict[str, str]:
    return {"Address": address, "Type": "TELEPHONE_NUMBER"}


def _recording(recordings: Sequence[Recording]) -> dict[str, Any] | None:
    for first in recordings:
        return {"DeletionReason": None, "Location": _location(first), "Status": "AVAILABLE", "Type": "AUDIO"}
    return None


def _entry(recording: Recording) -> dict[str, Any]:
    return {
        "DeletionReason": None,
        "FragmentStartNumber": None,
        "FragmentStopNumber": None,
        "Location": _location(recording),
        "MediaStreamType": "AUDIO",
        "ParticipantType": "IVR" if recording.automated else None,
        "StartTimestamp": record_time(recording.began_at) if recording.automated else None,
        "Status": "AVAILABLE",
        "StopTimestamp": record_time(recording.ended_at) if recording.automated else None,
        "StorageType": "S3",
    }


def _location(recording: Recording) -> str:
    return f"{recording.bucket}/{recording.key}"


def _time(moment: datetime | None) -> str | None:
    return record_time(moment) if moment else None
