"""Contact records, as Amazon Connect streams them.

**Source**: Amazon Connect administrator guide, "Contact records data model" (ctr-data-model).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from twin.connect.facts import ContactFacts
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
        "ConnectedToSystemTimestamp": record_time(facts.initiated_at),
        "ContactDetails": {},
        "ContactId": facts.contact_id,
        "CustomerEndpoint": {"Address": facts.customer, "Type": "TELEPHONE_NUMBER"},
        "CustomerVoiceActivity": None,
        "DisconnectReason": facts.disconnect_reason,
        "DisconnectTimestamp": _time(facts.disconnected_at),
        "InitialContactId": None,
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": record_time(facts.initiated_at),
        "InstanceARN": instance_arn,
        "LanguageCode": facts.language_locale,
        "LastUpdateTimestamp": record_time(updated_at),
        "MediaStreams": [{"Type": "AUDIO"}],
        "NextContactId": None,
        "PreviousContactId": None,
        "Queue": _queue(facts),
        "Recording": _recording(facts),
        "Recordings": _recordings(facts),
        "References": [],
        "ScheduledTimestamp": None,
        "SegmentAttributes": {"connect:Subtype": {"ValueString": "connect:Telephony"}},
        "SystemEndpoint": {"Address": facts.system_number, "Type": "TELEPHONE_NUMBER"},
        "Tags": {
            "aws:connect:instanceId": instance_arn.rsplit("/", 1)[-1],
            "aws:connect:systemEndpoint": facts.system_number,
        },
        "TransferCompletedTimestamp": None,
        "TransferredToEndpoint": None,
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


def _location(facts: ContactFacts) -> str:
    return f"{facts.recording_bucket}/{facts.recording_key}"


def _recording(facts: ContactFacts) -> dict[str, Any] | None:
    if facts.recording_key is None:
        return None
    return {"DeletionReason": None, "Location": _location(facts), "Status": "AVAILABLE", "Type": "AUDIO"}


def _recordings(facts: ContactFacts) -> list[dict[str, Any]] | None:
    if facts.recording_key is None:
        return None
    return [
        {
            "DeletionReason": None,
            "FragmentStartNumber": None,
            "FragmentStopNumber": None,
            "Location": _location(facts),
            "MediaStreamType": "AUDIO",
            "ParticipantType": None,
            "StartTimestamp": None,
            "Status": "AVAILABLE",
            "StopTimestamp": None,
            "StorageType": "S3",
        }
    ]


def _time(moment: datetime | None) -> str | None:
    return record_time(moment) if moment else None
