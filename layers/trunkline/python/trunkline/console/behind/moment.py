"""Contacts and agents behind the figures of this moment and of the running interval. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from trunkline.console.access import Caller
from trunkline.console.behind.contacts import counts_of, select_contacts, show_contact
from trunkline.console.behind.finding import Finding, Row, add_counts, without_zeros
from trunkline.console.moment import count_agent, count_contact, list_going, list_states, name_agents
from trunkline.console.questions import Question
from trunkline.console.running import count_running, show_running, tally_in_progress
from trunkline.contact.model import Contact
from trunkline.contact.moments import parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.reachability import tell_agents
from trunkline.metrics.figures import add_up
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.routing.rules import list_members

_BY_STATE = "agents_by_state"
_OF_AGENTS = frozenset({"agents_staffed", "agents_available", "ghosts", _BY_STATE})
_LIVE_ROW = ("initiated_at", "queue", "agent", "customer", "language", "channel", "state", "since")


def find_moment(question: Question, picture: LivePicture, center: Mapping[str, Any]) -> Finding:
    """Find the contacts, or the agents, that count in a figure of this moment."""
    if question.definition.key in _OF_AGENTS:
        name, rows = "agents", _agents_of(question, picture, center)
    else:
        name, rows = "contacts", _contacts_of(question, picture)
    counters = question.definition.counters or tuple(sorted({state for row in rows for state in row["counts"]}))
    counts = add_counts(counters, rows)
    return Finding(value=sum(counts.values()), counters=counts, counted=counts, lists={name: rows})


def find_running(
    question: Question,
    stored: Mapping[Key, Tally],
    picture: LivePicture,
    contacts: Iterable[Contact],
    center: Mapping[str, Any],
    caller: Caller,
    *,
    unread: bool = False,
) -> Finding:
    """Find the contacts that entered a queue in the running interval: those that are counted, and those that go on.

    Parameters
    ----------
    stored
        Counters of the interval.
    contacts
        Those that have a record and may count.
    """
    targets, start = Targets.of_center(center), question.span.start
    running = count_running(stored, picture.contacts, targets, question.now)
    total = add_up(tally for queue, tally in running.items() if question.covers_member("queue", queue))
    queued = (contact for contact in contacts if contact.queue is not None)
    rows = [show_contact(found, caller) for found in select_contacts(question, queued, targets)]
    for contact in name_agents(picture.contacts, picture.agents):
        tally = tally_in_progress(contact, targets, start)
        if tally is not None and question.covers_member("queue", contact["queue"]):
            rows.append(_show_live(contact, counts_of(question, tally), question.now))
    shown = show_running(total, question.part or str(center["metrics"]["service_level_convention"]))
    return Finding(
        value=shown["offered" if question.part is None else "service_level_percent"],
        counters=counts_of(question, total),
        counted=add_counts(question.definition.counters, rows),
        lists={"contacts": rows},
        unread=unread,
    )


def _contacts_of(question: Question, picture: LivePicture) -> list[Row]:
    """Return the contacts that count, those that are longest in their state first."""
    names, rows = question.definition.counters, []
    for contact in sorted(list_going(picture), key=lambda each: each["since"]):
        if "queue" in contact and question.covers_member("queue", contact["queue"]):
            told = count_contact(contact, question.now)
            counts = {name: told[name] for name in names if name in told}
            if counts:
                rows.append(_show_live(contact, counts, question.now))
    return rows


def _agents_of(question: Question, picture: LivePicture, center: Mapping[str, Any]) -> list[Row]:
    agents = tell_agents(picture, question.now.timestamp())
    states, members, rows = list_states(center, agents), _members_of(question, center), []
    for name in sorted(states if members is None else members & states.keys()):
        agent = agents.get(name)
        told = {states[name]: 1} if question.definition.key == _BY_STATE else count_agent(agent) if agent else {}
        counts = without_zeros({each: told.get(each, 0) for each in question.definition.counters or told})
        if counts:
            reason = agent.ghost if agent else None
            since = agent.presence.since if agent else None
            rows.append({"agent": name, "state": states[name], "since": since, "ghost": reason, "counts": counts})
    return rows


def _members_of(question: Question, center: Mapping[str, Any]) -> Set[str] | None:
    """Return the agents with the skill of the queues that are asked about; ``None`` are all."""
    if question.scope == "center":
        return None
    queues = [name for name in center["queues"] if question.covers_member("queue", name)]
    return frozenset().union(*(list_members(name, center) for name in queues))


def _show_live(contact: Mapping[str, Any], counts: Mapping[str, float], now: datetime) -> Row:
    """Show a contact that goes on: what its record will tell is not known yet."""
    row = {name: contact.get(name) for name in _LIVE_ROW}
    return {"contact_id": contact["id"], **row, "wait_seconds": _wait_seconds(contact, now), "counts": dict(counts)}


def _wait_seconds(contact: Mapping[str, Any], now: datetime) -> int | None:
    if "enqueued_at" not in contact:
        return None
    until = parse_moment(contact["answered_at"]) if "answered_at" in contact else now
    return max(0, int((until - parse_moment(contact["enqueued_at"])).total_seconds()))
