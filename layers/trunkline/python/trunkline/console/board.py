"""The live board: queues, agents and contacts of this moment, each with the age of its data. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from trunkline.console.access import Caller
from trunkline.console.running import count_running, show_running
from trunkline.contact.masking import mask_phone
from trunkline.contact.moments import format_moment, parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.reachability import LiveAgent, find_ghosts, tell_agents
from trunkline.live.rules import CALLBACK
from trunkline.metrics.figures import add_up
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.routing.rules import list_members

_CONTACT_FIELDS = ("state", "since", "initiated_at", "queue", "agent", "customer", "language")

Contacts = Iterable[Mapping[str, Any]]


def draw_board(
    center: Mapping[str, Any],
    picture: LivePicture,
    counters: Mapping[Key, Tally],
    written_at: int | None,
    caller: Caller,
    now: datetime,
) -> dict[str, Any]:
    """Draw the live board for a caller.

    Parameters
    ----------
    center
        The centre's document.
    picture
        Contacts that ended are not shown; agents whom the centre does not name are.
    counters, written_at
        At least those of the running interval, and when any of them was last written.
    caller
        An agent sees all queues, but only the own line and the own contacts.
    now
        This moment.

    Returns
    -------
    dict
        ``at``, ``ages``, ``ghosts``, ``agents_by_state``, ``running``, ``queues``, ``agents``, ``contacts``.
    """
    going = name_agents((each for each in picture.contacts if each["state"] != "ended"), picture.agents)
    agents = tell_agents(picture, now.timestamp())
    running = count_running(counters, picture.contacts, Targets.of_center(center), now)
    convention = center["metrics"]["service_level_convention"]
    visible = [each for each in going if not caller.own_only or each["agent"] == caller.username]
    return {
        "at": format_moment(now),
        "ages": _tell_ages(picture, agents, written_at, now),
        "ghosts": len(find_ghosts(agents)),
        "agents_by_state": _count_states(center, agents),
        "running": show_running(add_up(running.values()), convention),
        "queues": [
            {
                **_queue_line(name, going, now),
                **_count_members(name, center, agents),
                **show_running(running.get(name), convention),
            }
            for name in _queue_names(center, going)
        ],
        "agents": [
            _agent_line(name, center["agents"], agents.get(name))
            for name in [*center["agents"], *(each for each in agents if each not in center["agents"])]
            if not caller.own_only or name == caller.username
        ],
        "contacts": [_contact_line(each, caller) for each in sorted(visible, key=lambda each: each["since"])],
    }


def name_agents(contacts: Contacts, agents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return live contacts with their agent's user name in ``agent``; an unknown agent keeps the id."""
    names = {each["agent_id"]: each["id"] for each in agents if "agent_id" in each}
    return [{**each, "agent": names.get(each.get("agent_id", ""), each.get("agent_id"))} for each in contacts]


def show_in_progress(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Show a live contact as far as its contact record will: while it goes on, it has none."""
    shown = {name: contact[name] for name in (*_CONTACT_FIELDS, "channel") if contact.get(name)}
    shown["contact_id"] = contact["id"]
    shown |= {name: contact[name] for name in ("enqueued_at", "answered_at") if contact.get(name)}
    reached = {"queued": "enqueued_at", "connected": "answered_at"}.get(contact["state"])
    if reached:
        shown.setdefault(reached, contact["since"])
    return shown


def _tell_ages(
    picture: LivePicture, agents: Mapping[str, LiveAgent], written_at: int | None, now: datetime
) -> dict[str, int | None]:
    """Return the seconds since the newest event of each kind, ``None`` where none is known."""
    newest = {
        "contacts": max((parse_moment(each["since"]).timestamp() for each in picture.contacts), default=None),
        "agents": max((agent.heard_at for agent in agents.values() if agent.heard_at), default=None),
        "figures": written_at,
    }
    return {kind: None if at is None else max(0, int(now.timestamp() - at)) for kind, at in newest.items()}


def _count_states(center: Mapping[str, Any], agents: Mapping[str, LiveAgent]) -> dict[str, int]:
    """Count agents by state; the centre's agents of whom nothing was heard are offline, ghosts are apart."""
    states = dict.fromkeys(center["agents"], "offline")
    states |= {name: "ghost" if agent.ghost else agent.presence.state for name, agent in agents.items()}
    return dict(sorted(Counter(states.values()).items()))


def _queue_names(center: Mapping[str, Any], contacts: Contacts) -> list[str]:
    known = list(center["queues"])
    return known + sorted({each["queue"] for each in contacts if "queue" in each} - set(known))


def _queue_line(name: str, contacts: Contacts, now: datetime) -> dict[str, Any]:
    here = [each for each in contacts if each.get("queue") == name]
    callbacks = [each for each in here if each.get("method") == CALLBACK and each["state"] != "connected"]
    waits = [
        int((now - parse_moment(each["since"])).total_seconds())
        for each in here
        if each["state"] == "queued" and each.get("method") != CALLBACK
    ]
    return {
        "queue": name,
        "waiting": len(waits),
        "longest_wait_seconds": max(0, *waits, 0),
        "on_contact": sum(each["state"] == "connected" for each in here),
        "callbacks_pending": len(callbacks),
    }


def _count_members(queue: str, center: Mapping[str, Any], agents: Mapping[str, LiveAgent]) -> dict[str, int]:
    members = list_members(queue, center) if queue in center["queues"] else ()
    here = [agents[name] for name in members if name in agents]
    return {
        "agents_available": sum(agent.available for agent in here),
        "agents_staffed": sum(agent.staffed for agent in here),
    }


def _agent_line(username: str, people: Mapping[str, Any], agent: LiveAgent | None) -> dict[str, Any]:
    presence = agent.presence if agent else None
    line = {
        "username": username,
        "name": people.get(username, {}).get("name", username),
        "state": presence.state if presence else "offline",
        "since": presence.since if presence else None,
        "heard_at": _show_epoch(agent.heard_at) if agent else None,
        "ghost": agent.ghost if agent else None,
    }
    if presence and presence.contact_id:
        line["contact_id"] = presence.contact_id
        if presence.queue:
            line["queue"] = presence.queue
    return line


def _show_epoch(seconds: int | None) -> str | None:
    return format_moment(datetime.fromtimestamp(seconds, UTC)) if seconds else None


def _contact_line(contact: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    line = {"contact_id": contact["id"]}
    line |= {name: contact[name] for name in _CONTACT_FIELDS if contact.get(name)}
    if caller.own_only and "customer" in line:
        line["customer"] = mask_phone(line["customer"])
    return line
