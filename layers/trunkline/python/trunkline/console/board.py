"""The live board: queues, agents and contacts of this moment, each with the age of its data. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from trunkline.console.access import Caller
from trunkline.console.behind.finding import add_counts
from trunkline.console.moment import count_agent, count_contact, list_going, list_states
from trunkline.console.running import count_running, show_running
from trunkline.contact.masking import mask_phone
from trunkline.contact.moments import format_moment, parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.reachability import LiveAgent, find_ghosts, tell_agents
from trunkline.metrics.figures import add_up
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.routing.rules import list_members

_CONTACT_FIELDS = ("state", "since", "initiated_at", "queue", "agent", "customer", "language")

_OF_CONTACTS = ("waiting", "longest_wait_seconds", "on_contact", "callbacks_pending")
_OF_AGENTS = ("available", "staffed")

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
    going = list_going(picture)
    agents = tell_agents(picture, now.timestamp())
    running = count_running(counters, picture.contacts, Targets.of_center(center), now)
    convention = center["metrics"]["service_level_convention"]
    visible = [each for each in going if not caller.own_only or each["agent"] == caller.username]
    return {
        "at": format_moment(now),
        "ages": _tell_ages(picture, agents, written_at, now),
        "ghosts": len(find_ghosts(agents)),
        "agents_by_state": dict(sorted(Counter(list_states(center, agents).values()).items())),
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


def _queue_names(center: Mapping[str, Any], contacts: Contacts) -> list[str]:
    known = list(center["queues"])
    return known + sorted({each["queue"] for each in contacts if "queue" in each} - set(known))


def _queue_line(name: str, contacts: Contacts, now: datetime) -> dict[str, Any]:
    rows = [{"counts": count_contact(each, now)} for each in contacts if each.get("queue") == name]
    return {"queue": name, **add_counts(_OF_CONTACTS, rows)}


def _count_members(queue: str, center: Mapping[str, Any], agents: Mapping[str, LiveAgent]) -> dict[str, float]:
    members = list_members(queue, center) if queue in center["queues"] else ()
    counts = add_counts(_OF_AGENTS, [{"counts": count_agent(agents[name])} for name in members if name in agents])
    return {f"agents_{name}": count for name, count in counts.items()}


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
