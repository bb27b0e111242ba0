"""A day's hours in the history against the hourly sums of the counters, without tolerance. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from trunkline.closing.hours import start_of_hour
from trunkline.closing.query_results import read_timestamp
from trunkline.contact.model import CountedContact
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.tally import COUNTERS, Tally
from trunkline.metrics.targets import Targets

SCOPES = frozenset({"queue", "center"})
"""What the history counts contacts for: queues, and the centre itself where they entered none."""
_COMPARED = (*COUNTERS, "longest_wait_seconds")
_NO_TARGETS = Targets({}, 0)  # they decide what counts as in time, not where a contact counts


class Hour(NamedTuple):
    """An hour, in UTC, of a queue or of the centre, by one channel."""

    start: datetime
    scope: str
    key: str
    channel: str


class Difference(NamedTuple):
    """A counter of an hour that the history does not have as the counters have it."""

    hour: Hour
    counter: str
    stored: int
    history: int


class HistoryContact(NamedTuple):
    """What the history has of a contact: its newest version, and the hour in which it counts."""

    version: datetime
    hour: Hour


class Suspect(NamedTuple):
    """A contact that the log and the history do not have alike.

    Attributes
    ----------
    why
        ``missing`` in the history, there in another ``version``, or ``unknown`` to the log.
    log_version, history_version
        What each has; ``None`` where it has none.
    """

    contact_id: str
    why: str
    log_version: datetime | None
    history_version: datetime | None


@dataclass(frozen=True)
class Comparison:
    """What was compared, and what differs."""

    compared: int
    differences: list[Difference]

    @property
    def hours(self) -> list[Hour]:
        """Hours in which something differs, in order."""
        return sorted({difference.hour for difference in self.differences})


class UnknownResultError(ValueError):
    """The result of a query has no column that can be compared; the message names what it has."""


def read_totals(rows: Iterable[Mapping[str, str]]) -> dict[Hour, dict[str, int]]:
    """Read what the history counts by the hour: every column that is called as a counter.

    Raises
    ------
    UnknownResultError
        If the result has no such column.
    """
    totals: dict[Hour, dict[str, int]] = {}
    for row in rows:
        counts = {name: int(float(row[name] or 0)) for name in _COMPARED if name in row}
        if not counts:
            raise UnknownResultError(f"no counter among the columns {', '.join(row)}")
        totals[_hour_of_row(row)] = counts
    return totals


def read_history_contacts(rows: Iterable[Mapping[str, str]]) -> dict[str, HistoryContact]:
    """Read which contacts the history counts, each once in its newest version."""
    return {row["contact_id"]: HistoryContact(read_timestamp(row["version"]), _hour_of_row(row)) for row in rows}


def _hour_of_row(row: Mapping[str, str]) -> Hour:
    return Hour(read_timestamp(row["hour"]), row["scope"], row["key"], row["channel"])


def compare_hours(hours: Mapping[Key, Tally], totals: Mapping[Hour, Mapping[str, int]]) -> Comparison:
    """Compare hourly sums of counters with what the history counts.

    Parameters
    ----------
    hours
        Sums by hour; those of agents are not compared.
    totals
        Of the history. Counters that it does not have are not compared.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> ten = parse_moment("2026-11-21T10:00:00Z")
    >>> hours = {Key(ten, "queue", "orders"): Tally(offered=3, answered=3)}
    >>> found = compare_hours(hours, {Hour(ten, "queue", "orders", "VOICE"): {"offered": 2, "answered": 3}})
    >>> [(each.counter, each.stored, each.history) for each in found.differences]
    [('offered', 3, 2)]
    """
    stored = {_hour_of_key(key): tally for key, tally in hours.items() if key.scope in SCOPES}
    names = {name for counts in totals.values() for name in counts} or {"contacts", "callbacks_attempted"}
    differences = []
    for hour in sorted(stored.keys() | totals.keys()):
        counted, told = stored.get(hour, Tally()), totals.get(hour, {})
        for name in _COMPARED:
            before, after = getattr(counted, name), told.get(name, 0)
            if name in names and before != after:
                differences.append(Difference(hour, name, before, after))
    return Comparison(len(stored.keys() | totals.keys()), differences)


@dataclass
class Explanation:
    """Finds, for hours that differ, the contacts that the log and the history do not have alike.

    Attributes
    ----------
    hours
        Hours to explain.
    history
        What the history has, by contact.
    """

    hours: Iterable[Hour]
    history: Mapping[str, HistoryContact]
    suspects: dict[Hour, list[Suspect]] = field(default_factory=dict)

    def explain(self, contacts: Iterable[CountedContact]) -> dict[Hour, list[Suspect]]:
        """Return the suspects of each hour, by their ids; none where log and history agree: the counters drifted."""
        self.suspects = {hour: [] for hour in self.hours}
        seen = set()
        for contact in contacts:
            seen.add(contact.contact_id)
            self._hold(contact, self.history.get(contact.contact_id))
        for contact_id, known in self.history.items():
            if contact_id not in seen:
                self._suspect(Suspect(contact_id, "unknown", None, known.version), known.hour)
        return {hour: sorted(found) for hour, found in self.suspects.items()}

    def _hold(self, contact: CountedContact, known: HistoryContact | None) -> None:
        hours = {_hour_of_key(key) for key in tally_contact(contact, _NO_TARGETS) if key.scope in SCOPES}
        log_version = contact.version.replace(microsecond=0)
        if known is None:
            suspect = Suspect(contact.contact_id, "missing", log_version, None)
        elif known.version.replace(microsecond=0) == log_version and known.hour in hours:
            return
        else:
            suspect = Suspect(contact.contact_id, "version", log_version, known.version)
            hours.add(known.hour)
        for hour in hours:
            self._suspect(suspect, hour)

    def _suspect(self, suspect: Suspect, hour: Hour) -> None:
        if hour in self.suspects:
            self.suspects[hour].append(suspect)


def _hour_of_key(key: Key) -> Hour:
    return Hour(start_of_hour(key.start), key.scope, key.member, key.channel)
