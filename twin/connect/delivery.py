"""How contact events and contact records leave Amazon Connect, with the faults that AWS warns of.

Contact events are best effort and unordered; contact records come at least once and may be re-sent
with corrections. A seed decides which.

**Source**: Amazon Connect administrator guide, "Amazon Connect contact events" ("Events are emitted on a best
effort basis", "events are not ordered") and "Contact records data model" (at least once, corrections).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from twin.connect.facts import ContactFacts
from twin.connect.moments import SecondClock, event_time
from twin.connect.records import build_contact_record
from twin.connect.registry import Registry
from twin.contracts import Cloud

PRINCIPAL = "connect.amazonaws.com"
EventType = Literal[
    "INITIATED",
    "CONNECTED_TO_SYSTEM",
    "QUEUED",
    "CONNECTED_TO_AGENT",
    "CONTACT_DATA_UPDATED",
    "DISCONNECTED",
    "COMPLETED",
]


@dataclass(frozen=True)
class DeliveryFaults:
    """Shares, 0 to 1, of what goes wrong on the way; nothing by default.

    Attributes
    ----------
    late_seconds
        A late event comes up to this many seconds late, so events overtake each other.
    corrected_records
        Share of records that are sent without their recording first and corrected a minute later.
    """

    dropped_events: float = 0.0
    duplicated_events: float = 0.0
    late_events: float = 0.0
    late_seconds: int = 30
    duplicated_records: float = 0.0
    corrected_records: float = 0.0


class Delivery:
    """Sends what the instance has to say about contacts."""

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock, faults: DeliveryFaults) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._faults = faults
        self._chance = cloud.random("connect.delivery")

    def event(self, kind: EventType, facts: ContactFacts, **more: Any) -> None:
        """Emit one contact event, unless it gets lost."""
        detail = build_contact_event(kind, facts, self._registry.instance().arn) | more
        faults, chance = self._faults, self._chance
        if faults.dropped_events and chance.random() < faults.dropped_events:
            return
        copies = 2 if faults.duplicated_events and chance.random() < faults.duplicated_events else 1
        for _ in range(copies):
            if faults.late_events and chance.random() < faults.late_events:
                self._clock.later(chance.randint(1, faults.late_seconds), lambda: self._emit(detail, facts))
            else:
                self._emit(detail, facts)

    def record(self, facts: ContactFacts) -> None:
        """Send the record of a complete contact, at least once."""
        faults, chance = self._faults, self._chance
        if facts.recordings and faults.corrected_records and chance.random() < faults.corrected_records:
            self._send_record(replace(facts, recordings=()))
            self._clock.later(60, lambda: self._send_record(facts))
        else:
            self._send_record(facts)
        if faults.duplicated_records and chance.random() < faults.duplicated_records:
            self._send_record(facts)

    def _emit(self, detail: Mapping[str, Any], facts: ContactFacts) -> None:
        resources = (facts.contact_arn, self._registry.instance().arn)
        self._cloud.emit("aws.connect", "Amazon Connect Contact Event", detail, resources)

    def _send_record(self, facts: ContactFacts) -> None:
        target = self._registry.storage_for("CONTACT_TRACE_RECORDS")
        if target is None:
            return
        instance_arn = self._registry.instance().arn
        record = build_contact_record(
            facts, instance_arn=instance_arn, account=self._cloud.account, updated_at=self._clock.now()
        )
        data = json.dumps(record).encode()
        if target.firehose_arn:
            name = target.firehose_arn.rsplit("/", 1)[-1]
            self._cloud.client("firehose", PRINCIPAL).put_record(DeliveryStreamName=name, Record={"Data": data})
        elif target.stream_arn:
            self._cloud.client("kinesis", PRINCIPAL).put_record(
                StreamARN=target.stream_arn, Data=data, PartitionKey=facts.contact_id
            )


def build_contact_event(kind: EventType, facts: ContactFacts, instance_arn: str) -> dict[str, Any]:
    """Return the ``detail`` of a contact event, in the newer camelCase shape."""
    detail: dict[str, Any] = {
        "eventType": kind,
        "contactId": facts.contact_id,
        "channel": "VOICE",
        "instanceArn": instance_arn,
        "initiationMethod": facts.initiation_method,
        "initiationTimestamp": event_time(facts.initiated_at),
        "systemEndpoint": {"address": facts.system_number, "type": "TELEPHONE_NUMBER"},
        "tags": {
            "aws:connect:instanceId": instance_arn.rsplit("/", 1)[-1],
            "aws:connect:systemEndpoint": facts.system_number,
        },
    }
    detail |= {name: value for name, value in _chain(facts).items() if value is not None}
    if facts.connected_to_system_at is not None:
        detail["connectedToSystemTimestamp"] = event_time(facts.connected_to_system_at)
    if facts.queue is not None and facts.enqueued_at is not None:
        detail["queueInfo"] = {
            "queueArn": facts.queue.arn,
            "queueType": "STANDARD",
            "enqueueTimestamp": event_time(facts.enqueued_at),
        }
    if facts.agent is not None and facts.connected_at is not None:
        detail["agentInfo"] = _agent_info(facts)
    if facts.disconnected_at is not None:
        detail["disconnectTimestamp"] = event_time(facts.disconnected_at)
    return detail


def _chain(facts: ContactFacts) -> dict[str, str | None]:
    return {
        "initialContactId": facts.initial_contact_id,
        "previousContactId": facts.previous_contact_id,
        "nextContactId": facts.next_contact_id,
    }


def _agent_info(facts: ContactFacts) -> dict[str, Any]:
    info: dict[str, Any] = {"agentInitiatedHoldDuration": facts.hold_seconds}
    if facts.agent is not None and facts.connected_at is not None:
        info |= {"agentArn": facts.agent.arn, "connectedToAgentTimestamp": event_time(facts.connected_at)}
    if facts.agent_left_at is not None and facts.after_contact_ended_at is not None:
        info |= {
            "afterContactWorkStartTimestamp": event_time(facts.agent_left_at),
            "afterContactWorkEndTimestamp": event_time(facts.after_contact_ended_at),
            "afterContactWorkDuration": facts.after_contact_seconds,
        }
    return info
