"""Heartbeats of the agent event stream: what an agent does and holds, told again while nothing changes.

**Source**: Amazon Connect administrator guide, "Agent event streams data model" (HEART_BEAT is published every 120
seconds if there are no other events; up to an hour after an agent has logged off) and "About contact states".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trunkline.contact.events import PhoneEventError
from trunkline.contact.moments import parse_moment

HEARTBEAT_SECONDS = 120
_TALKING = frozenset({"CONNECTED", "CONNECTED_ONHOLD"})


@dataclass(frozen=True)
class HeldContact:
    """A contact on an agent's desk.

    Attributes
    ----------
    talking
        Whether agent and customer are connected; false while it is offered, and in after-contact work.
    queue
        Name of its queue.
    """

    contact_id: str
    talking: bool
    queue: str | None = None
    enqueued_at: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """What an agent does at a moment at which nothing changed.

    Attributes
    ----------
    at
        When it was made.
    status, since
        Name of the agent status, and when it began.
    contacts
        By contact id.
    """

    username: str
    agent_id: str
    at: datetime
    status: str
    since: datetime
    sequence: int = 0
    contacts: Mapping[str, HeldContact] = field(default_factory=dict)


def parse_heartbeat(event: Mapping[str, Any], sequence: int = 0) -> Heartbeat:
    """Read an event of type ``HEART_BEAT``.

    Parameters
    ----------
    event
        JSON object of one Kinesis record.
    sequence
        The record's sequence number.

    Raises
    ------
    PhoneEventError
        If a part that is needed is missing or unreadable.
    """
    try:
        snapshot = event["CurrentAgentSnapshot"]
        held = (_read_held(contact) for contact in snapshot.get("Contacts") or [])
        return Heartbeat(
            username=snapshot["Configuration"]["Username"],
            agent_id=event["AgentARN"].rsplit("/", 1)[-1],
            at=parse_moment(event["EventTimestamp"]),
            status=snapshot["AgentStatus"]["Name"],
            since=parse_moment(snapshot["AgentStatus"]["StartTimestamp"]),
            sequence=sequence,
            contacts={each.contact_id: each for each in held},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PhoneEventError(f"heartbeat: {type(error).__name__} {error}") from error


def _read_held(contact: Mapping[str, Any]) -> HeldContact:
    enqueued_at, answered_at = contact.get("QueueTimestamp"), contact.get("ConnectedToAgentTimestamp")
    return HeldContact(
        contact["ContactId"],
        contact.get("State") in _TALKING,
        (contact.get("Queue") or {}).get("Name"),
        parse_moment(enqueued_at) if enqueued_at else None,
        parse_moment(answered_at) if answered_at else None,
    )
