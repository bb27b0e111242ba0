"""What an agent event leaves behind: closed states and offers in their log, then the live picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.contact.agent_events import AgentChange, AgentStatus, parse_agent_change
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_offers import parse_offers
from trunkline.contact.agent_spans import OpenStatus, close_forgotten, close_silent, close_told
from trunkline.contact.agent_states import OFFLINE, AgentEntry, AgentState
from trunkline.contact.moments import parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.rules import follow_agent, follow_offer, name_state
from trunkline.live.store import LiveStore


def _keep_nothing(_: Sequence[AgentEntry]) -> None:
    """Leave what was told to the log alone."""


@dataclass(frozen=True)
class AgentTracker:
    """Follows agents, one event after the other.

    Parameters
    ----------
    live, log
        The live picture, and the log of agents' states.
    keep
        Takes what an event tells, before anything is written: at least once, for whoever dies afterwards is given
        the event again.
    """

    live: LiveStore
    log: AgentLog
    keep: Callable[[Sequence[AgentEntry]], None] = _keep_nothing

    def follow(self, event: Mapping[str, Any], sequence: int) -> list[AgentEntry]:
        """Take in one event; what it tells again changes nothing.

        The log of states is written before the live item moves: whoever dies in between, or is given the event
        again, finds the live item as it was and writes the same spans. An offer is logged last: what is logged is
        known to be done.

        Parameters
        ----------
        event
            JSON object of one Kinesis record.
        sequence
            The record's sequence number.

        Returns
        -------
        list of AgentState or AgentOffer
            What was written to the log.

        Raises
        ------
        PhoneEventError
            If the event cannot be read, or cannot be true; nothing is written.
        AgentLogConflictError
            If the log kept changing; the event is to be delivered again.
        """
        change, offers = parse_agent_change(event, sequence), parse_offers(event)
        spans = self._close(change) if change is not None else []
        told: list[AgentEntry] = [*spans, *offers]
        if told:
            self.keep(told)
        written: list[AgentEntry] = [each for span in spans for each in self.log.add(span)]
        for offer in offers:
            if self.log.knows(offer):
                continue
            missed = follow_offer(offer)
            if missed is not None:
                self.live.apply(missed)
            if self.log.add_offer(offer):
                written.append(offer)
        if change is not None:
            self.live.apply(follow_agent(change))
        return written

    def _close(self, change: AgentChange) -> list[AgentState]:
        if change.began is None:
            return []
        told, forgotten = close_told(change), self._close_forgotten(change)
        return [span for span in (forgotten, told) if span is not None]

    def _close_forgotten(self, change: AgentChange) -> AgentState | None:
        """Return the span that no event closed; heartbeats are read only where there is one."""
        item = self.live.read("agent", change.username)
        known = read_open_status(item) if item is not None else None
        if known is None or close_forgotten(change, known) is None:
            return None
        heard = self.live.read_picture(change.at.timestamp()).heard.get(change.username)
        return close_forgotten(change, known.hear(heard, before=change.at))


def read_open_status(item: Mapping[str, Any]) -> OpenStatus | None:
    """Read the status of an agent's live item that no event has closed; ``None`` where the agent logged out."""
    status = item.get("status", OFFLINE)
    if status == OFFLINE:
        return None
    since, heard_at = parse_moment(item["status_since"]), parse_moment(item["version"].partition("#")[0])
    elsewhere = item["state"] != name_state(status)
    over_by = parse_moment(item["since"]) if elsewhere else None
    return OpenStatus(item["id"], item["agent_id"], AgentStatus(status, since), max(heard_at, since), over_by)


def close_silent_agents(picture: LivePicture, log: AgentLog, now: datetime) -> list[AgentState]:
    """Close the states of agents whose logout never came, at the last moment at which they were heard.

    Safe to repeat: what was closed is found closed, and an event that comes after all takes its place.

    Returns
    -------
    list of AgentState
        What was written.
    """
    written: list[AgentState] = []
    for item in picture.agents:
        known = read_open_status(item)
        span = close_silent(known.hear(picture.heard.get(known.username), before=now), now) if known else None
        if span is not None:
            written += log.add(span)
    return written
