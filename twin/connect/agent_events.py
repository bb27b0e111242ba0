"""The agent event stream: what each agent is doing, to the instance's Kinesis stream.

Events of one virtual second go out in one PutRecords, in order; all of an agent's events have the same
partition key, the agent's ARN.

**Source**: Amazon Connect administrator guide, "Agent event streams data model in Amazon Connect",
"About contact states".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from twin.connect.delivery import PRINCIPAL
from twin.connect.facts import ContactFacts
from twin.connect.moments import SecondClock, event_time
from twin.connect.registry import AgentStatus, Registry, User
from twin.contracts import Cloud

HEARTBEAT_SECONDS = 120
_MOST_RECORDS = 500

AgentEventType = Literal["LOGIN", "LOGOUT", "STATE_CHANGE", "HEART_BEAT"]
ContactState = Literal[
    "INCOMING", "CONNECTING", "CONNECTED", "CONNECTED_ONHOLD", "ENDED", "MISSED", "REJECTED", "ERROR"
]


@dataclass(frozen=True)
class HeldContact:
    """A contact as an agent sees it."""

    facts: ContactFacts
    state: ContactState
    since: datetime


@dataclass(frozen=True)
class AgentView:
    """What one agent is doing at a moment."""

    user: User
    status: AgentStatus
    status_since: datetime
    next_status: AgentStatus | None
    contacts: tuple[HeldContact, ...]


class AgentEvents:
    """Writes agent events, batched by second, with a heartbeat for agents that are silent."""

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._batch: list[dict[str, Any]] = []
        self._spoke_at: dict[str, datetime] = {}

    def publish(self, kind: AgentEventType, before: AgentView | None, now: AgentView) -> None:
        """Write one event; ``before`` is what the agent was doing until now."""
        if self._registry.storage_for("AGENT_EVENTS") is None:
            return
        self._spoke_at[now.user.arn] = self._clock.now()
        event = {
            "AWSAccountId": self._cloud.account,
            "AgentARN": now.user.arn,
            "CurrentAgentSnapshot": self._snapshot(now),
            "EventId": self._cloud.new_id("connect.agent_events"),
            "EventTimestamp": event_time(self._clock.now()),
            "EventType": kind,
            "InstanceARN": self._registry.instance().arn,
            "PreviousAgentSnapshot": self._snapshot(before) if before else None,
            "Version": "2017-10-01",
        }
        if not self._batch:
            self._clock.later(0, self._flush)
        self._batch.append({"Data": json.dumps(event).encode(), "PartitionKey": now.user.arn})

    def beat(self, views: Iterable[AgentView]) -> None:
        """Write a heartbeat for each of these agents that had no event for 120 seconds."""
        now = self._clock.now()
        for view in views:
            spoke_at = self._spoke_at.get(view.user.arn)
            if spoke_at is None or (now - spoke_at).total_seconds() >= HEARTBEAT_SECONDS:
                self.publish("HEART_BEAT", view, view)

    def _flush(self) -> None:
        target = self._registry.storage_for("AGENT_EVENTS")
        batch, self._batch = self._batch, []
        if target is None or target.stream_arn is None:
            return
        client = self._cloud.client("kinesis", PRINCIPAL)
        for start in range(0, len(batch), _MOST_RECORDS):
            client.put_records(StreamARN=target.stream_arn, Records=batch[start : start + _MOST_RECORDS])

    def _snapshot(self, view: AgentView) -> dict[str, Any]:
        status = view.status
        snapshot: dict[str, Any] = {
            "AgentStatus": {
                "ARN": status.arn,
                "Name": status.name,
                "StartTimestamp": event_time(view.status_since),
                "Type": status.kind,
            },
            "Configuration": self._configuration(view.user, busy=bool(view.contacts)),
            "Contacts": [_contact(held) for held in view.contacts],
            "NextAgentStatus": None,
        }
        if view.next_status:
            snapshot["NextAgentStatus"] = {
                "ARN": view.next_status.arn,
                "EnqueuedTimestamp": event_time(self._clock.now()),
                "Name": view.next_status.name,
                "Type": view.next_status.kind,
            }
        return snapshot

    def _configuration(self, user: User, *, busy: bool) -> dict[str, Any]:
        profile = self._registry.profile_of(user)
        queues = self._registry.queues
        names = {arn: queues[arn].name for arn in queues}
        return {
            "AgentHierarchyGroups": None,
            "AutoAccept": user.auto_accept,
            "FirstName": user.first_name,
            "LanguageCode": None,
            "LastName": user.last_name,
            "RoutingProfile": {
                "ARN": profile.arn,
                "Concurrency": [
                    {
                        "AvailableSlots": 0 if busy else profile.voice_slots,
                        "Channel": "VOICE",
                        "MaximumSlots": profile.voice_slots,
                    }
                ],
                "DefaultOutboundQueue": _queue(
                    profile.default_outbound_queue_arn, names.get(profile.default_outbound_queue_arn)
                ),
                "InboundQueues": [_queue(one.queue, names.get(one.queue)) for one in profile.queues],
                "Name": profile.name,
            },
            "SipAddress": None,
            "Username": user.username,
        }


def _queue(arn: str, name: str | None) -> dict[str, Any]:
    return {"ARN": arn, "Channels": ["VOICE"], "Name": name}


def _contact(held: HeldContact) -> dict[str, Any]:
    facts = held.facts
    return {
        "Channel": "VOICE",
        "ConnectedToAgentTimestamp": event_time(facts.connected_at) if facts.connected_at else None,
        "ContactId": facts.contact_id,
        "InitialContactId": facts.initial_contact_id,
        "InitiationMethod": facts.initiation_method,
        "Queue": {"ARN": facts.queue.arn, "Name": facts.queue.name} if facts.queue else None,
        "QueueTimestamp": event_time(facts.enqueued_at) if facts.enqueued_at else None,
        "State": held.state,
        "StateStartTimestamp": event_time(held.since),
    }
