"""A day's counters against the history: equal, still behind, or different, and then explained by contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from trunkline.closing.comparison import (
    Comparison,
    Explanation,
    Hour,
    Suspect,
    compare_hours,
    read_history_contacts,
    read_totals,
)
from trunkline.closing.day import ClosedDay
from trunkline.closing.drift_store import DriftStore
from trunkline.closing.hours import sum_hours
from trunkline.contact.moments import format_moment
from trunkline.metrics.proof import CounterStore, Log
from trunkline.metrics.rebuild import LOOK_BACK

SOURCE = "history"
MOST_ATTEMPTS = 4
"""How often the history is asked, a quarter of an hour apart, before what differs counts as drift."""
_MOST_CONTACTS = 100


class Results(Protocol):
    """Where results of queries are read from."""

    def read_rows(self, location: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a result by column."""


@dataclass(frozen=True)
class HistoryOutcome:
    """How a comparison ended.

    Attributes
    ----------
    verdict
        ``equal``; ``behind``: ask again; ``different``: to be explained; ``explained``.
    compared, drifted
        Hours of queues and of the centre that were compared, and those that differ for good.
    totals
        Where the result lies that was compared.
    report
        Key of the report, where there is one.
    """

    verdict: str
    compared: int
    drifted: int
    totals: str
    report: str | None = None

    @property
    def decided(self) -> bool:
        """Whether nothing more is asked."""
        return self.verdict in {"equal", "explained"}

    def to_outcome(self) -> dict[str, Any]:
        """Return what the workflow goes on with."""
        return {
            "verdict": self.verdict,
            "compared": self.compared,
            "drifted": self.drifted,
            "totals": self.totals,
            "report": self.report,
        }


@dataclass(frozen=True)
class HistoryProof:
    """Holds days against the history.

    Parameters
    ----------
    contacts, counters, results, reports
        Stores.
    """

    contacts: Log
    counters: CounterStore
    results: Results
    reports: DriftStore

    def compare(self, day: ClosedDay, *, totals: str, attempt: int) -> HistoryOutcome:
        """Compare; where something differs, the history may be behind, but not for ever."""
        found = self._compare(day, totals)
        if not found.differences:
            self.reports.remove(day.name, SOURCE)
            return HistoryOutcome("equal", found.compared, 0, totals)
        verdict = "behind" if attempt < MOST_ATTEMPTS else "different"
        return HistoryOutcome(verdict, found.compared, len(found.hours), totals)

    def explain(self, day: ClosedDay, now: datetime, *, totals: str, contacts: str) -> HistoryOutcome:
        """Name the contacts behind what differs, and report it."""
        found = self._compare(day, totals)
        known = read_history_contacts(self.results.read_rows(contacts))
        suspects = Explanation(found.hours, known).explain(self.contacts.read_days(day.start - LOOK_BACK, day.end))
        report = self.reports.write(day.name, SOURCE, _describe(day, now, found, suspects))
        return HistoryOutcome("explained", found.compared, len(found.hours), totals, report)

    def _compare(self, day: ClosedDay, totals: str) -> Comparison:
        hours = sum_hours(self.counters.read_between(day.start, day.end))
        return compare_hours(hours, read_totals(self.results.read_rows(totals)))


def _describe(
    day: ClosedDay, now: datetime, found: Comparison, suspects: Mapping[Hour, list[Suspect]]
) -> dict[str, Any]:
    return {
        "day": day.name,
        "source": SOURCE,
        "looked_at": format_moment(now),
        "compared": found.compared,
        "drifted": len(found.hours),
        "drifts": [
            {
                "start": format_moment(each.hour.start),
                "scope": each.hour.scope,
                "key": each.hour.key,
                "channel": each.hour.channel,
                "counter": each.counter,
                "stored": each.stored,
                "history": each.history,
                "contacts": [_describe_suspect(one) for one in suspects[each.hour][:_MOST_CONTACTS]],
                "contacts_differing": len(suspects[each.hour]),
            }
            for each in found.differences
        ],
    }


def _describe_suspect(suspect: Suspect) -> dict[str, Any]:
    log, history = suspect.log_version, suspect.history_version
    return {
        "contact_id": suspect.contact_id,
        "why": suspect.why,
        "log_version": format_moment(log) if log else None,
        "history_version": format_moment(history) if history else None,
    }
