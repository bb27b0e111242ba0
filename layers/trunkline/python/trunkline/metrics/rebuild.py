"""Counters recounted from contacts and agents' states: what a span should hold, and where the stored ones differ.

Pure: whoever calls reads the contacts and the counter items, and writes what is to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from trunkline.contact.agent_states import LONGEST_STATE, AgentEntry
from trunkline.contact.model import CountedContact
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_agent, tally_contact
from trunkline.metrics.sketch import value_of
from trunkline.metrics.tally import COUNTERS, Tally
from trunkline.metrics.targets import Targets

LOOK_BACK = timedelta(days=2)
"""Contacts that began this long before a span may still count in it."""
STATES_LOOK_BACK = LONGEST_STATE
"""Agents' states that began this long before a span may still count in it."""


@dataclass(frozen=True)
class Drift:
    """A counter that does not hold what its contacts count.

    Attributes
    ----------
    key
        Interval and queue, agent or centre.
    counter
        Its name; of a sketch with the seconds of the bucket, such as ``waits[60.4]``.
    stored, recounted
        What the table holds, and what the contacts give.
    contacts
        Ids of the contacts, and keys of the agent's states and offers, that count under the key, in order.
    """

    key: Key
    counter: str
    stored: int
    recounted: int
    contacts: tuple[str, ...]


@dataclass
class Recount:
    """What the contacts give, and which they are."""

    tallies: dict[Key, Tally] = field(default_factory=dict)
    contacts: dict[Key, list[str]] = field(default_factory=dict)


def recount_contacts(
    contacts: Iterable[CountedContact],
    targets: Targets,
    start: datetime,
    end: datetime,
    entries: Iterable[AgentEntry] = (),
) -> Recount:
    """Count contacts, and agents' states, in the intervals that start in a span, end excluded.

    Parameters
    ----------
    contacts
        Each once, in its newest version: those that began in the span or up to ``LOOK_BACK`` before.
    targets
        Service targets and the threshold of short abandons.
    start, end
        The span.
    entries
        States and offers of agents: those that began in the span or up to ``STATES_LOOK_BACK`` before.
    """
    recount = Recount()
    counted = chain(
        ((contact.contact_id, tally_contact(contact, targets)) for contact in contacts),
        ((entry.state_key, tally_agent(entry)) for entry in entries),
    )
    for name, tallies in counted:
        for key, tally in tallies.items():
            if start <= key.start < end:
                recount.tallies.setdefault(key, Tally()).add(tally)
                recount.contacts.setdefault(key, []).append(name)
    return recount


def find_drift(stored: Mapping[Key, Tally], recount: Recount) -> list[Drift]:
    """Compare stored counters with recounted ones; none differs where nothing was lost or counted twice.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> key = Key(parse_moment("2026-11-21T10:00:00Z"), "queue", "orders")
    >>> recount = Recount({key: Tally(offered=3)}, {key: ["c1", "c2", "c3"]})
    >>> [(drift.counter, drift.stored, drift.recounted) for drift in find_drift({key: Tally(offered=2)}, recount)]
    [('offered', 2, 3)]
    """
    drifts = []
    for key in sorted(stored.keys() | recount.tallies.keys()):
        contacts = tuple(sorted(recount.contacts.get(key, ())))
        for counter, before, after in _compare(stored.get(key, Tally()), recount.tallies.get(key, Tally())):
            drifts.append(Drift(key, counter, before, after, contacts))
    return drifts


def _compare(stored: Tally, recounted: Tally) -> Iterator[tuple[str, int, int]]:
    for name in (*COUNTERS, "longest_wait_seconds"):
        before, after = getattr(stored, name), getattr(recounted, name)
        if before != after:
            yield name, before, after
    for name in ("waits", "handles"):
        sketches = getattr(stored, name), getattr(recounted, name)
        for bucket in sorted(sketches[0].keys() | sketches[1].keys()):
            before, after = (sketch.get(bucket, 0) for sketch in sketches)
            if before != after:
                yield f"{name}[{value_of(bucket):.1f}]", before, after
