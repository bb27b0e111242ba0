"""What an event makes of the live picture. Pure: no clock, no table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trunkline.contact.agent_events import LOGGED_OUT, AgentChange
from trunkline.contact.agent_states import AVAILABLE, AgentOffer
from trunkline.contact.events import ContactEvent
from trunkline.contact.moments import format_moment, format_precise_moment
from trunkline.live.keys import Kind

CALLBACK = "CALLBACK"
# A contact only moves down this list; an event that arrives after its successor changes nothing.
_STATES = {
    "INITIATED": (1, "menu"),
    "QUEUED": (2, "queued"),
    "CONNECTED_TO_AGENT": (3, "connected"),
    "DISCONNECTED": (4, "ended"),
}
_UNWATCHED_METHODS = frozenset({"MONITOR"})
_CONTACT_LIFE_SECONDS = 12 * 3600
# A callback may be put off for three days, and again after an attempt that nobody answered.
_CALLBACK_LIFE_SECONDS = 7 * 86400
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
        Which item.
    values
        Attributes to set.
    newer_than
        Name of the attribute that must be absent or smaller for the write to happen.
    creates
        False writes only where the item is there already.
    adds
        Attributes to add to.
    """

    kind: Kind
    id: str
    values: Mapping[str, Any]
    newer_than: str
    creates: bool = True
    adds: Mapping[str, int] = field(default_factory=dict)


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

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Amazon Connect contact events"; API reference,
    "CreateCallbackContact" (a callback waits up to 259,200 s before it is queued).
    """
    if event.type not in _STATES or event.initiation_method in _UNWATCHED_METHODS:
        return None
    rank, state = _STATES[event.type]
    callback = event.initiation_method == CALLBACK
    values: dict[str, Any] = {
        "rank": rank,
        "state": state,
        "since": format_moment(event.at),
        "channel": event.channel,
        "expires_at": int(event.at.timestamp()) + _life_seconds(state, callback=callback),
        "queue": queue_keys.get(event.queue_id, event.queue_id) if event.queue_id else None,
        "agent_id": event.agent_id,
        "initiated_at": _format(event.initiated_at),
        "enqueued_at": _format(event.enqueued_at or (event.at if state == "queued" else None)),
        "answered_at": _format(event.answered_at or (event.at if state == "connected" else None)),
        "method": CALLBACK if callback else None,
    }
    present = {name: value for name, value in values.items() if value is not None}
    in_time = now_epoch_seconds - event.at.timestamp() <= _LATE_SECONDS
    return LiveUpdate("contact", event.contact_id, present, newer_than="rank", creates=in_time)


def follow_agent(change: AgentChange) -> LiveUpdate:
    """Return what an agent's change of state writes; whoever changes their state misses no offers any more.

    Parameters
    ----------
    change
        The change.

    Returns
    -------
    LiveUpdate
        State ``available``, ``offline`` or the name of the centre's own status.
    """
    values: dict[str, Any] = {
        "state": name_state(change.status),
        "since": format_moment(change.since),
        "agent_id": change.agent_id,
        "version": f"{format_precise_moment(change.at)}#{change.sequence:0{_SEQUENCE_DIGITS}d}",
        "missed": 0,
        "missed_at": format_moment(change.at),
        "expires_at": int(change.at.timestamp()) + _AGENT_LIFE_SECONDS,
    }
    if change.began is not None:
        values |= {"status": change.began.name, "status_since": format_moment(change.began.since)}
    return LiveUpdate("agent", change.username, values, newer_than="version")


def follow_offer(offer: AgentOffer) -> LiveUpdate | None:
    """Return what an offer that was not taken writes: one more missed since the agent last did anything.

    Returns
    -------
    LiveUpdate or None
        ``None`` where the customer hung up: that says nothing of the agent. An offer is told twice; the
        second time changes nothing.
    """
    if offer.outcome != "missed":
        return None
    values = {"missed_at": format_moment(offer.at)}
    return LiveUpdate("agent", offer.username, values, newer_than="missed_at", creates=False, adds={"missed": 1})


def name_state(status: str) -> str:
    """Return the state that an agent status is shown as.

    Examples
    --------
    >>> name_state("Available"), name_state("Offline"), name_state("Lunch")
    ('available', 'offline', 'Lunch')
    """
    return {AVAILABLE: "available", LOGGED_OUT: "offline"}.get(status, status)


def _life_seconds(state: str, *, callback: bool) -> int:
    if state == "ended":
        return _ENDED_LIFE_SECONDS
    return _CALLBACK_LIFE_SECONDS if callback and state != "connected" else _CONTACT_LIFE_SECONDS


def _format(moment: datetime | None) -> str | None:
    return format_moment(moment) if moment else None
