"""What stands behind a figure: its definition, its formula with the counters in it, and its contacts. Pure.

Contacts, and of agents' time their states and offers, are counted by the very rules that the counters were
counted by, so the sum over all of a figure is the figure's counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from trunkline.console.access import Caller
from trunkline.console.contacts import show_row
from trunkline.console.questions import Question
from trunkline.contact.agent_states import AgentEntry, AgentState
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.metrics.definitions import conventions_of, load_definitions
from trunkline.metrics.figures import add_up
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_agent, tally_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets

T = TypeVar("T")

MOST_LISTED = 500


@dataclass(frozen=True)
class Found(Generic[T]):
    """A contact or a state that counts in a figure, and what it counts."""

    counted: T
    tally: Tally
    counts: Mapping[str, int]


def list_definitions(center: Mapping[str, Any]) -> dict[str, Any]:
    """List the definition of every figure."""
    conventions = conventions_of(center)
    return {"figures": [each.to_document(conventions) for each in load_definitions().values()]}


def explain_figure(
    question: Question,
    stored: Mapping[Key, Tally],
    contacts: Iterable[Contact],
    targets: Targets,
    caller: Caller,
    *,
    entries: Iterable[AgentEntry] = (),
    unread: bool = False,
) -> dict[str, Any]:
    """Tell what a figure is made of.

    Parameters
    ----------
    question
        Which figure.
    stored
        Counters of the span, as they are stored: what the pages show.
    contacts
        All that may count, each once; in any order.
    targets
        What the contacts are counted by.
    entries
        States and offers of agents that may count.
    unread
        Whether there are more contacts than were read.

    Returns
    -------
    dict
        ``figure``, ``value``, ``convention``, ``formula``, ``counters`` as they are stored, ``counted`` the same
        from contacts and states, ``matching`` how many contacts count, ``contacts`` and ``states`` with the
        ``counts`` of each, and ``more`` if not all of them are listed.
    """
    total = _add_up(question, stored)
    found = _find(question, ((contact, tally_contact(contact, targets)) for contact in contacts))
    found.sort(key=lambda each: _place(question, each.counted), reverse=True)
    states = _find(question, ((entry, tally_agent(entry)) for entry in entries))
    definition = question.definition
    return {
        "figure": definition.key if question.part is None else f"{definition.key}.{question.part}",
        "value": question.value(total),
        "convention": question.part if definition.key == "service_level" else None,
        "formula": definition.formula_of(question.part),
        "start": format_moment(question.start),
        "end": format_moment(question.end),
        "scope": question.scope,
        "key": question.member,
        "counters": question.counts(total),
        "counted": question.counts(add_up([*(each.tally for each in found), *(each.tally for each in states)])),
        "matching": len(found),
        "contacts": [_show(each, caller) for each in found[:MOST_LISTED]],
        "states": [_show_state(each) for each in states[:MOST_LISTED]],
        "more": unread or max(len(found), len(states)) > MOST_LISTED,
    }


def _add_up(question: Question, tallies: Mapping[Key, Tally]) -> Tally:
    return add_up(tally for key, tally in tallies.items() if question.covers(key))


def _find(question: Question, counted: Iterable[tuple[T, Mapping[Key, Tally]]]) -> list[Found[T]]:
    """Return what counts in the figure, and what it counts."""
    tallied = ((each, _add_up(question, tallies)) for each, tallies in counted)
    found = (Found(each, tally, question.counts(tally)) for each, tally in tallied)
    return [each for each in found if any(each.counts.values())]


def _place(question: Question, contact: Contact) -> tuple[int, str, str]:
    match question.definition.order:
        case "wait":
            longest = contact.wait_seconds or 0
        case "handle":
            longest = _handle_seconds(contact) or 0
        case _:
            longest = 0
    return longest, format_moment(contact.initiated_at), contact.contact_id


def _handle_seconds(contact: Contact) -> int | None:
    if contact.answered_at is None:
        return None
    return (contact.talk_seconds or 0) + (contact.hold_seconds or 0) + (contact.after_contact_seconds or 0)


def _show(found: Found[Contact], caller: Caller) -> dict[str, Any]:
    row = show_row(found.counted.to_values(), caller)
    return {**row, "handle_seconds": _handle_seconds(found.counted), "counts": _told(found.counts)}


def _show_state(found: Found[AgentEntry]) -> dict[str, Any]:
    """Show a span of an agent's status, or an offer, whose state is what became of it."""
    entry = found.counted
    shown: dict[str, Any] = {"agent": entry.username, "contact_id": None, "until": None}
    if isinstance(entry, AgentState):
        shown |= {"state": entry.state, "since": format_moment(entry.since), "until": format_moment(entry.until)}
    else:
        shown |= {"state": entry.outcome, "since": format_moment(entry.at), "contact_id": entry.contact_id}
    return {**shown, "counts": _told(found.counts)}


def _told(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
