"""Counters held against the log: two looks, what drifted in both, and putting it right.

Shared by ``trunkline metrics rebuild`` and the nightly workflow, which only differ in how they wait between
the looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from trunkline.contact.agent_states import AgentEntry
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.metrics.keys import Key
from trunkline.metrics.rebuild import LOOK_BACK, STATES_LOOK_BACK, Drift, Recount, find_drift, recount_contacts
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets


class Suspicion(NamedTuple):
    """A difference without its contacts: what a second look must find again."""

    interval_key: str
    counter: str
    stored: int
    recounted: int


class Log(Protocol):
    """Where contacts are read from."""

    def read_days(self, start: datetime, end: datetime) -> Iterator[Contact]:
        """Yield every contact that began on one of the UTC days that a span touches."""


class AgentEntries(Protocol):
    """Where agents' states and offers are read from."""

    def read_days(self, start: datetime, end: datetime) -> Iterator[AgentEntry]:
        """Yield every state and offer that began on one of the UTC days that a span touches."""


class CounterStore(Protocol):
    """Where counters are read from, and put right."""

    def read_between(self, start: datetime, end: datetime) -> dict[Key, Tally]:
        """Read the counters of all intervals that start in a span."""

    def replace(self, key: Key, before: Tally | None, after: Tally) -> bool:
        """Put counters in the place of those that were read; False when they are not as they were."""


@dataclass(frozen=True)
class Look:
    """Stored counters and recounted ones at one moment."""

    stored: dict[Key, Tally]
    recount: Recount

    @property
    def compared(self) -> int:
        """How many counter items there are, or should be."""
        return len(self.stored.keys() | self.recount.tallies.keys())

    def find_drift(self) -> list[Drift]:
        """Return what differs."""
        return find_drift(self.stored, self.recount)


def take_look(
    log: Log, agents: AgentEntries, store: CounterStore, targets: Targets, start: datetime, end: datetime
) -> Look:
    """Read the counters of a span, then count its contacts and its agents' states.

    In this order: a contact that comes between the two is drift that a second look does not confirm.
    """
    stored = store.read_between(start, end)
    contacts, entries = log.read_days(start - LOOK_BACK, end), agents.read_days(start - STATES_LOOK_BACK, end)
    return Look(stored, recount_contacts(contacts, targets, start, end, entries))


def confirm_drift(suspected: Iterable[Drift | Suspicion], again: Iterable[Drift]) -> list[Drift]:
    """Return the drift that a second look finds as the first one did.

    A contact may be in the table before the stream has told of it: only what is the same both times drifted.
    """
    known = {_suspect(each) if isinstance(each, Drift) else each for each in suspected}
    return [drift for drift in again if _suspect(drift) in known]


def _suspect(drift: Drift) -> Suspicion:
    return Suspicion(drift.key.interval_key, drift.counter, drift.stored, drift.recounted)


def put_right(store: CounterStore, found: Look, drifts: Iterable[Drift]) -> list[Key]:
    """Write the recounted counters of every drifted item that is still as it was read; return their keys."""
    keys = sorted({drift.key for drift in drifts})
    return [key for key in keys if store.replace(key, found.stored.get(key), found.recount.tallies.get(key, Tally()))]


def write_suspicion(drifts: Iterable[Drift]) -> list[list[Any]]:
    """Return what differs as JSON-compatible values, without the contacts.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> drift = Drift(Key(parse_moment("2026-11-21T10:00:00Z"), "queue", "orders"), "offered", 2, 3, ("c1", "c2"))
    >>> confirm_drift(read_suspicion(write_suspicion([drift])), [drift]) == [drift]
    True
    """
    return [list(_suspect(drift)) for drift in drifts]


def read_suspicion(values: Iterable[Sequence[Any]]) -> list[Suspicion]:
    """Read what ``write_suspicion`` wrote."""
    return [Suspicion(*each) for each in values]


def describe_proof(
    compared: int, drifts: Sequence[Drift], mended: Collection[Key], *, most_contacts: int | None = None
) -> dict[str, Any]:
    """Return what was compared, and all that drifted, as JSON-compatible values (docs/metrics.md).

    Parameters
    ----------
    compared
        Counter items that were compared.
    drifts, mended
        What drifted, and which items were put right.
    most_contacts
        Contacts to name for each drift; ``None`` for all. Their number is always told.
    """
    return {
        "compared": compared,
        "drifted": len({drift.key for drift in drifts}),
        "mended": len(mended),
        "drifts": [
            {
                "start": format_moment(drift.key.start),
                "scope": drift.key.scope,
                "key": drift.key.member,
                "channel": drift.key.channel,
                "counter": drift.counter,
                "stored": drift.stored,
                "recounted": drift.recounted,
                "mended": drift.key in mended,
                "contacts": list(drift.contacts[:most_contacts]),
                "contacts_counted": len(drift.contacts),
            }
            for drift in drifts
        ],
    }
