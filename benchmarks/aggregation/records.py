"""Contact records of a busy week: 2.9 KB each, a tenth of them corrected, many waits of zero."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
WEEK = timedelta(days=5)
QUEUES = ("orders", "billing", "technical", "muscle_cars")
AGENTS = 40
INSTANCE = "arn:aws:connect:us-east-1:111122223333:instance/5f0b7e0e-7f0c-4a06-8a4a-0f8a4c1f7c5e"


def write_records(path: Path, number: int, seed: int = 1) -> None:
    """Write ``number`` records, one a line."""
    with path.open("w") as file:
        for record in make_records(number, Random(seed)):
            file.write(json.dumps(record) + "\n")


def make_records(number: int, stream: Random) -> Iterator[dict[str, Any]]:
    """Yield ``number`` records as they are delivered: by time, a tenth newer versions of a contact shortly before."""
    recent: deque[dict[str, Any]] = deque(maxlen=50)
    for count in range(number):
        if recent and stream.random() < 0.1:
            place = stream.randrange(len(recent))
            updated = datetime.fromisoformat(recent[place]["LastUpdateTimestamp"]) + timedelta(minutes=2)
            recent[place] = {**recent[place], "LastUpdateTimestamp": _moment(updated)}
            yield recent[place]
        else:
            recent.append(_make_record(stream, MONDAY + WEEK * count / number))
            yield recent[-1]


def _make_record(stream: Random, begin: datetime) -> dict[str, Any]:
    contact_id = str(UUID(int=stream.getrandbits(128)))
    wait = 0 if stream.random() < 0.4 else int(stream.expovariate(1 / 60))
    talk, work = int(stream.lognormvariate(5, 0.7)), int(stream.expovariate(1 / 30))
    enqueued = begin + timedelta(seconds=20)
    dequeued = enqueued + timedelta(seconds=wait)
    answered = stream.random() > 0.12
    ended = dequeued + timedelta(seconds=talk if answered else 0)
    location = f"redline-recordings/connect/redline/CallRecordings/2026/11/02/{contact_id}_20261102T10:00_UTC.wav"
    media = {"DeletionReason": None, "Location": location, "Status": "AVAILABLE", "Type": "AUDIO"}
    agent = {
        "ARN": f"{INSTANCE}/agent/57db30ae-8c01-44e6-abd5-80b7b51944cf",
        "AfterContactWorkDuration": work,
        "AfterContactWorkEndTimestamp": _moment(ended + timedelta(seconds=work)),
        "AfterContactWorkStartTimestamp": _moment(ended),
        "AgentInteractionDuration": talk,
        "ConnectedToAgentTimestamp": _moment(dequeued),
        "CustomerHoldDuration": 0,
        "HierarchyGroups": None,
        "LongestHoldDuration": 0,
        "NumberOfHolds": 0,
        "RoutingProfile": {"ARN": f"{INSTANCE}/routing-profile/6e16b957-b7c7-44c7-b959-c9380699c7cc", "Name": "Basic"},
        "Username": f"agent{stream.randrange(AGENTS)}",
    }
    return {
        "AWSAccountId": "111122223333",
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": agent if answered else None,
        "AgentConnectionAttempts": int(answered),
        "AnsweringMachineDetectionStatus": None,
        "Attributes": {
            "language": stream.choice(["en", "ko"]),
            "menu_path": "main>technical>2",
            "queue_choice": "technical",
            "routing_reasons": "preferred agent busy; skill technical at level 4 or better for 30 seconds, then any",
            **({"survey_score": str(stream.randrange(1, 6))} if stream.random() < 0.2 else {}),
        },
        "Campaign": {"CampaignId": None},
        "Channel": "VOICE",
        "ConnectedToSystemTimestamp": _moment(begin),
        "ContactDetails": {},
        "ContactId": contact_id,
        "CustomerEndpoint": {"Address": "+15555550101", "Type": "TELEPHONE_NUMBER"},
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "DisconnectTimestamp": _moment(ended),
        "InitialContactId": None,
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": _moment(begin),
        "InstanceARN": INSTANCE,
        "LastUpdateTimestamp": _moment(ended + timedelta(seconds=work + 60)),
        "MediaStreams": [{"Type": "AUDIO"}],
        "NextContactId": None,
        "PreviousContactId": None,
        "Queue": {
            "ARN": f"{INSTANCE}/queue/c677a7a5-1d56-4ce3-a890-79fc53f7fe3f",
            "DequeueTimestamp": _moment(dequeued),
            "Duration": wait,
            "EnqueueTimestamp": _moment(enqueued),
            "Name": stream.choice(QUEUES),
        },
        "Recording": media,
        "Recordings": [
            {
                **media,
                "FragmentStartNumber": None,
                "FragmentStopNumber": None,
                "MediaStreamType": "AUDIO",
                "ParticipantType": None,
                "StartTimestamp": _moment(dequeued),
                "StopTimestamp": _moment(ended),
                "StorageType": "S3",
            }
        ],
        "References": [],
        "ScheduledTimestamp": None,
        "SystemEndpoint": {"Address": "+15555550199", "Type": "TELEPHONE_NUMBER"},
        "TransferCompletedTimestamp": None,
        "TransferredToEndpoint": None,
        "VoiceIdResult": None,
    }


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
