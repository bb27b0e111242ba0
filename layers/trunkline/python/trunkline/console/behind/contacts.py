"""Contacts, and agents' states and offers, behind a figure of the counters. Pure.

They are counted by the very rules that the counters were counted by, so the sum over all of a figure is the
figure's counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from trunkline.console.access import Caller
from trunkline.console.behind.finding import Finding, Row, without_zeros
from trunkline.console.contacts import show_row
from trunkline.console.questions import Question
from trunkline.contact.agent_states import AgentEntry, AgentState
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.metrics.definitions import Definition, read_counter
from trunkline.metrics.figures import add_up, figures_of
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_agent, tally_contact
from trunkline.metrics.tally import AGENT_COUNTERS, Tally
from trunkline.metrics.targets import Targets

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A contact or a state that counts in a figure, and what it counts."""

    counted: T
    tally: Tally
    counts: Mapping[str, int]


def counts_states(definition: Definition) -> bool:
    """Tell whether agents' states and offers count in a figure."""
    return not set(AGENT_COUNTERS).isdisjoint(definition.counters)


def find_contacts(
    question: Question,
    stored: Mapping[Key, Tally],
    contacts: Iterable[Contact],
    targets: Targets,
    caller: Caller,
    *,
    entries: Iterable[AgentEntry] = (),
    unread: bool = False,
) -> Finding:
    """Find the contacts and states that count in a figure.

    Parameters
    ----------
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
    """
    total = _add_up(question, stored)
    found = select_contacts(question, contacts, targets)
    states = _select(question, ((entry, tally_agent(entry)) for entry in entries))
    counted = add_up([*(each.tally for each in found), *(each.tally for each in states)])
    figure = figures_of(question.scope, total)[question.definition.key]
    return Finding(
        value=figure if question.part is None else figure[question.part],
        counters=counts_of(question, total),
        counted=counts_of(question, counted),
        lists={
            "contacts": [show_contact(each, caller) for each in found],
            "states": [_show_state(each) for each in states],
        },
        unread=unread,
    )


def select_contacts(question: Question, contacts: Iterable[Contact], targets: Targets) -> list[Found[Contact]]:
    """Return the contacts that count in a figure, in the order in which they are listed."""
    found = _select(question, ((contact, tally_contact(contact, targets)) for contact in contacts))
    return sorted(found, key=lambda each: _place(question, each.counted), reverse=True)


def counts_of(question: Question, tally: Tally) -> dict[str, int]:
    """Return the counters that the figure is made of."""
    return {name: read_counter(tally, name) for name in question.definition.counters}


def show_contact(found: Found[Contact], caller: Caller) -> Row:
    """Show a contact that is over, and what it counts."""
    row = show_row(found.counted.to_values(), caller)
    return {**row, "handle_seconds": _handle_seconds(found.counted), "counts": without_zeros(found.counts)}


def _add_up(question: Question, tallies: Mapping[Key, Tally]) -> Tally:
    return add_up(tally for key, tally in tallies.items() if question.covers(key))


def _select(question: Question, counted: Iterable[tuple[T, Mapping[Key, Tally]]]) -> list[Found[T]]:
    """Return what counts in the figure, and what it counts."""
    tallied = ((each, _add_up(question, tallies)) for each, tallies in counted)
    found = (Found(each, tally, counts_of(question, tally)) for each, tally in tallied)
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


def _show_state(found: Found[AgentEntry]) -> dict[str, Any]:
    """Show a span of an agent's status, or an offer, whose state is what became of it."""
    entry = found.counted
    shown: dict[str, Any] = {"agent": entry.username, "contact_id": None, "until": None}
    if isinstance(entry, AgentState):
        shown |= {"state": entry.state, "since": format_moment(entry.since), "until": format_moment(entry.until)}
    else:
        shown |= {"state": entry.outcome, "since": format_moment(entry.at), "contact_id": entry.contact_id}
    return {**shown, "counts": without_zeros(found.counts)}
