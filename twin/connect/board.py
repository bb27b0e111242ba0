"""The live picture of the centre: what a wallboard shows, and the figures that flows ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.moments import seconds_between
from twin.connect.registry import Registry


@dataclass(frozen=True)
class NetworkEvent:
    """Something that happened, for observers.

    Attributes
    ----------
    kind
        A contact event's type in lower case (``initiated``, ``queued``, ``connected_to_agent``,
        ``connected_to_system``, ``contact_data_updated``, ``disconnected``, ``completed``), or ``agent``.
    initiation_method
        Of the contact, as its record has it.
    """

    at: datetime
    kind: str
    contact_id: str | None
    queue: str | None
    agent: str | None
    text: str
    initiation_method: str = "INBOUND"


@dataclass(frozen=True)
class QueueRow:
    """One queue now."""

    name: str
    waiting: int
    longest_wait_seconds: int
    on_contact: int


@dataclass(frozen=True)
class AgentRow:
    """One agent now; ``state`` as in ``available``, ``ringing``, ``on_contact``, ``after_contact_work``."""

    username: str
    name: str
    state: str
    since: datetime
    contact_id: str | None
    queue: str | None


@dataclass(frozen=True)
class CallRow:
    """One call now; ``phase`` as :class:`~twin.connect.flow_side.FlowSide` names it."""

    contact_id: str
    customer: str
    phase: str
    queue: str | None
    agent: str | None
    initiated_at: datetime


@dataclass(frozen=True)
class Board:
    """The centre at one moment."""

    at: datetime
    queues: tuple[QueueRow, ...]
    agents: tuple[AgentRow, ...]
    calls: tuple[CallRow, ...]
    completed: int
    last_events: tuple[NetworkEvent, ...]


def queue_row(name: str, calls: Iterable[Call], now: datetime) -> QueueRow:
    """Return the row of the queue ``name``."""
    mine = [call for call in calls if call.queue_name == name]
    waiting = [call.facts.enqueued_at for call in mine if call.waiting]
    waits = [seconds_between(since, now) for since in waiting if since is not None]
    return QueueRow(name, len(waits), max(waits, default=0), sum(call.phase == "connected" for call in mine))


def agent_row(desk: Desk) -> AgentRow:
    """Return the row of the agent at ``desk``."""
    state, since, call = desk.state
    user = desk.user
    return AgentRow(
        user.username,
        f"{user.first_name} {user.last_name}".strip(),
        state,
        since,
        call.contact_id if call else None,
        call.queue_name if call else None,
    )


def call_row(call: Call) -> CallRow:
    """Return the row of ``call``."""
    facts = call.facts
    agent = call.desk.user.username if call.desk else None
    return CallRow(facts.contact_id, facts.customer, call.phase, call.queue_name, agent, facts.initiated_at)


def queue_figures(
    registry: Registry, queue_arn: str, calls: Iterable[Call], desks: Iterable[Desk], now: datetime
) -> Mapping[str, float]:
    """Return the real-time figures of one queue; agents are those whose routing profile serves it.

    **Source**: Amazon Connect administrator guide, "Real-time metrics definitions".
    """
    row = queue_row(registry.queues.find(queue_arn, "queue").name, calls, now)
    serving = [desk for desk in desks if desk.logged_in and _serves(registry, desk, queue_arn)]
    states = [desk.state[0] for desk in serving]
    offline = states.count("offline")
    return {
        "contacts_in_queue": row.waiting,
        "oldest_contact_age": row.longest_wait_seconds,
        "agents_online": len(serving),
        "agents_staffed": len(serving) - offline,
        "agents_available": sum(desk.routable for desk in serving),
        "agents_on_contact": sum(state in {"on_contact", "on_hold", "ringing"} for state in states),
        "agents_after_contact_work": states.count("after_contact_work"),
    }


def _serves(registry: Registry, desk: Desk, queue_arn: str) -> bool:
    return any(one.queue == queue_arn for one in registry.profile_of(desk.user).queues)
