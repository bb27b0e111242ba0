"""The live board: queues, agents and contacts of this moment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trunkline.console.access import Caller
from trunkline.contact.masking import mask_phone
from trunkline.contact.moments import format_moment, parse_moment
from trunkline.contact.presence import Presence, tell_presence

_CONTACT_FIELDS = ("state", "since", "initiated_at", "queue", "agent", "customer", "language")


def draw_board(
    center: Mapping[str, Any],
    contacts: Iterable[Mapping[str, Any]],
    agents: Iterable[Mapping[str, Any]],
    caller: Caller,
    now: datetime,
) -> dict[str, Any]:
    """Draw the live board for a caller.

    Parameters
    ----------
    center
        The centre's document.
    contacts, agents
        Live items. Contacts that ended or expired are not shown; agents whom the centre does not
        name are.
    caller
        An agent sees all queues, but only the own line and the own contacts.
    now
        This moment.

    Returns
    -------
    dict
        ``at``, ``queues``, ``agents``, ``contacts``.
    """
    contacts = [each for each in contacts if each.get("expires_at", 0) > now.timestamp()]
    agents = list(agents)
    going = name_agents((each for each in contacts if each["state"] != "ended"), agents)
    presences = tell_presence(agents, contacts)
    visible = [each for each in going if not caller.own_only or each["agent"] == caller.username]
    return {
        "at": format_moment(now),
        "queues": [_queue_line(name, going, now) for name in _queue_names(center, going)],
        "agents": [
            _agent_line(name, center["agents"], presences.get(name))
            for name in [*center["agents"], *(each for each in presences if each not in center["agents"])]
            if not caller.own_only or name == caller.username
        ],
        "contacts": [_contact_line(each, caller) for each in sorted(visible, key=lambda each: each["since"])],
    }


def name_agents(contacts: Iterable[Mapping[str, Any]], agents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return live contacts with their agent's user name in ``agent``; an unknown agent keeps the id."""
    names = {each["agent_id"]: each["id"] for each in agents if "agent_id" in each}
    return [{**each, "agent": names.get(each.get("agent_id", ""), each.get("agent_id"))} for each in contacts]


def show_in_progress(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Show a live contact as far as its contact record will: while it goes on, it has none."""
    shown = {name: contact[name] for name in (*_CONTACT_FIELDS, "channel") if contact.get(name)}
    shown["contact_id"] = contact["id"]
    reached = {"queued": "enqueued_at", "connected": "answered_at"}.get(contact["state"])
    if reached:
        shown[reached] = contact["since"]
    return shown


def _queue_names(center: Mapping[str, Any], contacts: Iterable[Mapping[str, Any]]) -> list[str]:
    known = list(center["queues"])
    return known + sorted({each["queue"] for each in contacts if "queue" in each} - set(known))


def _queue_line(name: str, contacts: Iterable[Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    here = [each for each in contacts if each.get("queue") == name]
    waiting = [each for each in here if each["state"] == "queued"]
    waits = [int((now - parse_moment(each["since"])).total_seconds()) for each in waiting]
    return {
        "queue": name,
        "waiting": len(waiting),
        "longest_wait_seconds": max(0, *waits, 0),
        "on_contact": sum(each["state"] == "connected" for each in here),
    }


def _agent_line(username: str, people: Mapping[str, Any], presence: Presence | None) -> dict[str, Any]:
    line = {
        "username": username,
        "name": people.get(username, {}).get("name", username),
        "state": presence.state if presence else "offline",
        "since": presence.since if presence else None,
    }
    if presence and presence.contact_id:
        line["contact_id"] = presence.contact_id
        if presence.queue:
            line["queue"] = presence.queue
    return line


def _contact_line(contact: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    line = {"contact_id": contact["id"]}
    line |= {name: contact[name] for name in _CONTACT_FIELDS if contact.get(name)}
    if caller.own_only and "customer" in line:
        line["customer"] = mask_phone(line["customer"])
    return line
