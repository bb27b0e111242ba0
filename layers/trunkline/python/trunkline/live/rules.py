"""What an event makes of the live picture. Pure: no clock, no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.contact.agent_events import LOGGED_OUT, AgentChange
from trunkline.contact.events import ContactEvent
from trunkline.contact.moments import format_moment, format_precise_moment

# A contact only moves down this list; an event that arrives after its successor changes nothing.
_STATES = {
    "INITIATED": (1, "menu"),
    "QUEUED": (2, "queued"),
    "CONNECTED_TO_AGENT": (3, "connected"),
    "DISCONNECTED": (4, "ended"),
}
_UNWATCHED_METHODS = frozenset({"MONITOR"})
_CONTACT_LIFE_SECONDS = 12 * 3600
_ENDED_LIFE_SECONDS = 3600
_AGENT_LIFE_SECONDS = 7 * 86400
_SEQUENCE_DIGITS = 56  # of Kinesis, at the most: padded, they sort as numbers do
# By then its record may have taken the contact out of the picture: an event so late brings nobody back.
_LATE_SECONDS = 10


@dataclass(frozen=True)
class LiveUpdate:
    """One write to the live table.

    Attributes
    ----------
    kind, id
        Key of the item.
    values
        Attributes to set.
    newer_than
        Name of the attribute that must be absent or smaller for the write to happen.
    creates
        False writes only where the item is there already.
    """

    kind: str
    id: str
    values: Mapping[str, Any]
    newer_than: str
    creates: bool = True


def follow_contact(event: ContactEvent, queue_keys: Mapping[str, str], now_epoch_seconds: float) -> LiveUpdate | None:
    """Return what a contact event changes.

    Parameters
    ----------
    event
        The event.
    queue_keys
        Queue ids to the queues' names in ``callcenter.yaml``; an unknown queue keeps its id.
    now_epoch_seconds
        This moment: an event that comes late moves a contact that is there, and creates none.

    Returns
    -------
    LiveUpdate or None
        ``None`` for events that move no contact, and for supervisors who listen in.
    """
    if event.type not in _STATES or event.initiation_method in _UNWATCHED_METHODS:
        return None
    rank, state = _STATES[event.type]
    life = _ENDED_LIFE_SECONDS if state == "ended" else _CONTACT_LIFE_SECONDS
    values: dict[str, Any] = {
        "rank": rank,
        "state": state,
        "since": format_moment(event.at),
        "channel": event.channel,
        "expires_at": int(event.at.timestamp()) + life,
        "queue": queue_keys.get(event.queue_id, event.queue_id) if event.queue_id else None,
        "agent_id": event.agent_id,
        "initiated_at": format_moment(event.initiated_at) if event.initiated_at else None,
    }
    present = {name: value for name, value in values.items() if value is not None}
    in_time = now_epoch_seconds - event.at.timestamp() <= _LATE_SECONDS
    return LiveUpdate("contact", event.contact_id, present, newer_than="rank", creates=in_time)


def follow_agent(change: AgentChange) -> LiveUpdate:
    """Return what an agent's change of state writes.

    Parameters
    ----------
    change
        The change.

    Returns
    -------
    LiveUpdate
        State ``available``, ``offline`` or the name of the centre's own status.
    """
    state = {"Available": "available", LOGGED_OUT: "offline"}.get(change.status, change.status)
    values = {
        "state": state,
        "since": format_moment(change.since),
        "agent_id": change.agent_id,
        "version": f"{format_precise_moment(change.at)}#{change.sequence:0{_SEQUENCE_DIGITS}d}",
        "expires_at": int(change.at.timestamp()) + _AGENT_LIFE_SECONDS,
    }
    return LiveUpdate("agent", change.username, values, newer_than="version")
