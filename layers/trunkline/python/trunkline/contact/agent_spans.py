"""Closed spans of agents' statuses, from one event each, and from what was known where an event was lost. Pure.

Every event tells the status that it ended with its beginning, so a span needs no memory. Only where an event was
lost the live picture remembers a status that nobody closed.

**Source**: Amazon Connect administrator guide, "Agent event streams data model" (``PreviousAgentSnapshot``,
``AgentStatus.StartTimestamp``; a heartbeat every 120 seconds).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from trunkline.contact.agent_events import LOGGED_OUT, AgentChange, AgentStatus
from trunkline.contact.agent_states import LONGEST_STATE, AgentState
from trunkline.contact.events import PhoneEventError
from trunkline.contact.moments import format_moment

LARGEST_SKEW = timedelta(minutes=5)
"""A status that ends this much before it began was timed by clocks that differ; it lasted no time."""
SILENCE = timedelta(hours=1)
"""Agents are heard every two minutes; who was not heard for so long is not there."""


@dataclass(frozen=True)
class OpenStatus:
    """A status that the live picture knows of, and that no event has closed.

    Attributes
    ----------
    heard_at
        Last moment at which anything was heard of the agent.
    over_by
        When the agent was in another state, as heartbeats told where the event was lost; ``None`` where none did.
    """

    username: str
    agent_id: str
    status: AgentStatus
    heard_at: datetime
    over_by: datetime | None = None

    @property
    def known_until(self) -> datetime:
        """Last moment at which the status is known to have lasted; at most a day after its beginning."""
        until = min(self.heard_at, self.over_by or self.heard_at)
        return min(max(until, self.status.since), self.status.since + LONGEST_STATE)

    def hear(self, heartbeat_epoch_seconds: float | None, before: datetime) -> OpenStatus:
        """Take in the newest heartbeat, in seconds since 1970; one from ``before`` on tells of what came after."""
        if heartbeat_epoch_seconds is None or heartbeat_epoch_seconds >= before.timestamp():
            return self
        return replace(self, heard_at=max(self.heard_at, datetime.fromtimestamp(heartbeat_epoch_seconds, UTC)))

    def close(self, until: datetime) -> AgentState:
        """Return the span that it was, if it ended then."""
        return _span(self.username, self.agent_id, self.status, until, inferred=True)


def close_told(change: AgentChange) -> AgentState | None:
    """Return the span that an event closes; it may be one of ``Offline``.

    Raises
    ------
    PhoneEventError
        If it ended before it began, or lasted longer than any agent works: such an event is wrong.
    """
    before, began = change.before, change.began
    if before is None or began is None:
        return None
    if began.since + LARGEST_SKEW < before.since:
        raise PhoneEventError(f"agent event: {before.name} since {_show(before)} ended before, at {_show(began)}")
    if before.name != LOGGED_OUT and began.since - before.since > LONGEST_STATE:
        hours = LONGEST_STATE.total_seconds() / 3600
        raise PhoneEventError(f"agent event: {before.name} since {_show(before)} lasted longer than {hours:.0f} hours")
    return _span(change.username, change.agent_id, before, max(before.since, began.since))


def close_forgotten(change: AgentChange, known: OpenStatus) -> AgentState | None:
    """Return the span that was open and that no event closed, because an event was lost.

    Parameters
    ----------
    change
        The event that came instead.
    known
        What the live picture knew before it.

    Returns
    -------
    AgentState or None
        It ends where the next status began that is known of; but at the last moment at which the agent was
        heard, where that is a login or ``Offline``, or an hour passed in silence: the agent may have left long
        before. ``None`` where nothing was lost, or the event is older than what is known.
    """
    next_one = change.before or change.began
    if next_one is None or _same(known.status, next_one) or next_one.since <= known.status.since:
        return None
    until = min(next_one.since, known.over_by or next_one.since)
    came_back = change.before is None or next_one.name == LOGGED_OUT
    if came_back or until - known.heard_at > SILENCE or until - known.status.since > LONGEST_STATE:
        until = min(until, known.known_until)
    return known.close(until)


def close_silent(known: OpenStatus, now: datetime) -> AgentState | None:
    """Return the span of an agent whose logout was lost: the agent is elsewhere, or was not heard for an hour.

    It ends at the last moment at which it is known to have lasted; ``None`` where the agent is still there.
    """
    gone = known.over_by is not None or known.heard_at + SILENCE < now
    return known.close(known.known_until) if gone else None


def _span(username: str, agent_id: str, status: AgentStatus, until: datetime, *, inferred: bool = False) -> AgentState:
    since, until = status.since.replace(microsecond=0), until.replace(microsecond=0)
    return AgentState(
        username=username, agent_id=agent_id, state=status.name, since=since, until=until, inferred=inferred
    )


def _same(one: AgentStatus, other: AgentStatus) -> bool:
    return one.name == other.name and _show(one) == _show(other)


def _show(status: AgentStatus) -> str:
    return format_moment(status.since)
