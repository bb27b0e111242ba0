"""What agents did: closed spans of their statuses, and offers that came to nothing. The log of agent metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from trunkline.contact.moments import format_moment, parse_moment

AVAILABLE = "Available"
"""Name of the status in which Amazon Connect offers contacts."""
OFFLINE = "Offline"
"""Name of the status of an agent who is not at work; no span of it is kept."""
LONGEST_STATE = timedelta(hours=24)
"""Longest span that is believed: Amazon Connect ends an agent's session after at most a day."""

OfferOutcome = Literal["missed", "abandoned"]


@dataclass(frozen=True, kw_only=True)
class AgentState:
    """A span of time in one status, both ends in whole seconds; it is over.

    Attributes
    ----------
    username
        Key of the agent in ``callcenter.yaml``.
    agent_id
        Id of the user in Amazon Connect.
    state
        Name of the agent status, such as ``Available`` or ``Lunch``; never ``Offline``.
    since, until
        Its first moment, and the first one after it.
    inferred
        Whether no event told its end, which then is the last moment that is known of it. What an event
        tells later takes its place.
    """

    username: str
    agent_id: str
    state: str
    since: datetime
    until: datetime
    inferred: bool = False

    @property
    def day(self) -> str:
        """UTC date on which it began: partition key of the agent states table."""
        return format_moment(self.since)[:10]

    @property
    def state_key(self) -> str:
        """Sort key of the agent states table."""
        return f"{self.username}#{format_moment(self.since)}"

    @property
    def seconds(self) -> int:
        """Length of the span in seconds."""
        return int((self.until - self.since).total_seconds())

    def to_values(self) -> dict[str, Any]:
        """Return the attributes of its item, keys included."""
        values = {
            "day": self.day,
            "state_key": self.state_key,
            "username": self.username,
            "agent_id": self.agent_id,
            "state": self.state,
            "since": format_moment(self.since),
            "until": format_moment(self.until),
        }
        return values | {"inferred": True} if self.inferred else values


@dataclass(frozen=True, kw_only=True)
class AgentOffer:
    """A contact that was offered to an agent and not taken.

    Attributes
    ----------
    queue
        Name of the contact's queue; ``None`` where it came from none.
    at
        When the offer was over.
    outcome
        ``missed``: not accepted in time. ``abandoned``: the customer hung up meanwhile, or the agent rejected
        it, which the agent event stream does not tell apart.
    """

    username: str
    agent_id: str
    contact_id: str
    queue: str | None
    at: datetime
    outcome: OfferOutcome

    @property
    def day(self) -> str:
        """UTC date of the offer: partition key of the agent states table."""
        return format_moment(self.at)[:10]

    @property
    def state_key(self) -> str:
        """Sort key of the agent states table."""
        return f"{self.username}#{format_moment(self.at)}#offer#{self.contact_id}"

    def to_values(self) -> dict[str, Any]:
        """Return the attributes of its item, keys included."""
        values = {
            "day": self.day,
            "state_key": self.state_key,
            "username": self.username,
            "agent_id": self.agent_id,
            "contact_id": self.contact_id,
            "at": format_moment(self.at),
            "outcome": self.outcome,
        }
        return values | {"queue": self.queue} if self.queue else values


AgentEntry = AgentState | AgentOffer


def read_entry(values: Mapping[str, Any]) -> AgentEntry:
    """Read the attributes of an item of the agent states table.

    Raises
    ------
    ValueError
        Naming the attribute that is missing or unreadable.
    """
    try:
        common = {"username": values["username"], "agent_id": values["agent_id"]}
        if "outcome" in values:
            return AgentOffer(
                **common,
                contact_id=values["contact_id"],
                queue=values.get("queue"),
                at=parse_moment(values["at"]),
                outcome=values["outcome"],
            )
        state, inferred = values["state"], values.get("inferred", False)
        since, until = parse_moment(values["since"]), parse_moment(values["until"])
    except KeyError as error:
        raise ValueError(f"agent state item lacks {error.args[0]}") from error
    except (TypeError, ValueError) as error:
        raise ValueError(f"agent state item: {error}") from error
    return AgentState(**common, state=state, since=since, until=until, inferred=inferred)


def settle(state: AgentState, known: Sequence[AgentState]) -> list[AgentState]:
    """Return the spans to write so that a new one and those that are known do not overlap.

    Where two overlap, the state that began later holds: an agent has one status at a time, so the other one
    was over by then, whatever an event with a skewed clock, or none at all, says of its end.

    Parameters
    ----------
    state
        The new span; one of ``Offline`` only ends what came before it.
    known
        All spans of the agent, as they are stored, that may touch it.

    Returns
    -------
    list of AgentState
        New and shortened spans; empty where nothing changes.

    Examples
    --------
    >>> nine, ten, noon = (parse_moment(f"2026-11-21T{hour}:00:00Z") for hour in ("09", "10", "12"))
    >>> lunch = AgentState(username="mina", agent_id="a1", state="Lunch", since=ten, until=noon)
    >>> before = AgentState(username="mina", agent_id="a1", state="Available", since=nine, until=noon)
    >>> [(span.state, span.seconds) for span in settle(lunch, [before])]
    [('Lunch', 7200), ('Available', 3600)]
    """
    stored = next((each for each in known if each.since == state.since), None)
    held = state if stored is None else _prefer(stored, state)
    later = min((each.since for each in known if each.since > held.since), default=held.until)
    held = replace(held, until=min(held.until, later))
    changes = [held] if held != stored and held.state != OFFLINE else []
    shortened = (replace(each, until=held.since) for each in known if each.since < held.since < each.until)
    return [*changes, *shortened]


def _prefer(stored: AgentState, told: AgentState) -> AgentState:
    """Return which of two spans with one beginning holds, whichever of them came first.

    What an event told holds against what was inferred, and a status that lasted against one that passed within a
    second and left only an empty span behind. Of one status, the told span holds that ended first, so that an old
    event changes nothing, and the inferred one that ended last. Where all this does not tell, the name does: a span
    may have been shortened meanwhile, so that its length must not.
    """
    return min(stored, told, key=_rank)


def _rank(state: AgentState) -> tuple[bool, bool, str, float]:
    until = state.until.timestamp()
    return state.inferred, state.until == state.since, state.state, -until if state.inferred else until
