"""What one contact or one agent counts at this moment: what the live board adds up, and what its figures list. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trunkline.contact.moments import parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.reachability import LiveAgent
from trunkline.live.rules import CALLBACK


def list_going(picture: LivePicture) -> list[dict[str, Any]]:
    """List the contacts that go on, with their agent's user name in ``agent``."""
    return name_agents((each for each in picture.contacts if each["state"] != "ended"), picture.agents)


def name_agents(contacts: Iterable[Mapping[str, Any]], agents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return live contacts with their agent's user name in ``agent``; an unknown agent keeps the id."""
    names = {each["agent_id"]: each["id"] for each in agents if "agent_id" in each}
    return [{**each, "agent": names.get(each.get("agent_id", ""), each.get("agent_id"))} for each in contacts]


def count_contact(contact: Mapping[str, Any], now: datetime) -> dict[str, int]:
    """Return what a contact that goes on counts in its queue: it waits, is with an agent, or is a pending callback.

    Examples
    --------
    >>> queued = {"state": "queued", "since": "2026-11-21T18:00:00Z"}
    >>> count_contact(queued, parse_moment("2026-11-21T18:00:09Z"))
    {'waiting': 1, 'longest_wait_seconds': 9}
    """
    if contact["state"] == "connected":
        return {"on_contact": 1}
    if contact.get("method") == CALLBACK:
        return {"callbacks_pending": 1}
    if contact["state"] != "queued":
        return {}
    seconds = int((now - parse_moment(contact["since"])).total_seconds())
    return {"waiting": 1, "longest_wait_seconds": max(0, seconds)}


def count_agent(agent: LiveAgent) -> dict[str, int]:
    """Return what an agent counts: at work, free to take a call, or a ghost."""
    return {"staffed": int(agent.staffed), "available": int(agent.available), "ghosts": int(agent.ghost is not None)}


def list_states(center: Mapping[str, Any], agents: Mapping[str, LiveAgent]) -> dict[str, str]:
    """List agents by user name with their state; those of the centre of whom nothing was heard are offline."""
    states = dict.fromkeys(center["agents"], "offline")
    return states | {name: "ghost" if agent.ghost else agent.presence.state for name, agent in agents.items()}
