"""A day's counters against its log: a first look, and where something differs a second one that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from trunkline.closing.day import ClosedDay, list_reports
from trunkline.closing.drift_store import DriftStore
from trunkline.closing.stuck import DueContacts, Parts, Transcribed, list_stuck
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.contact.wholeness import StuckContact
from trunkline.metrics.keys import Key
from trunkline.metrics.proof import (
    AgentEntries,
    CounterStore,
    Log,
    Look,
    confirm_drift,
    describe_proof,
    put_right,
    read_suspicion,
    take_look,
    write_suspicion,
)
from trunkline.metrics.rebuild import Drift
from trunkline.metrics.targets import Targets

SOURCE = "log"
SUSPECTED = "suspected"
"""What the first look found, for the second one: no report."""
_MOST_CONTACTS = 100


class ContactParts(Log, Parts, Protocol):
    """The contacts table, as a log and by parts."""


@dataclass(frozen=True)
class Proof:
    """How a look ended.

    Attributes
    ----------
    compared
        Counter items that were compared.
    suspected
        Items that differ and must be looked at again; 0 where the look decides.
    drifted, mended
        Items that did not hold what they should, and those that were put right.
    stuck
        Contacts that lack what their record promises.
    report
        Key of the report; ``None`` where there is nothing to tell.
    """

    compared: int
    suspected: int
    drifted: int = 0
    mended: int = 0
    stuck: int = 0
    report: str | None = None


@dataclass(frozen=True)
class DayProof:
    """Recounts a day.

    Parameters
    ----------
    contacts, agents, counters, reports
        Stores.
    targets
        Service targets and the threshold of short abandons.
    transcribed
        Tells whether a contact has its transcript.
    recordings_bucket
        Where recordings should be.
    """

    contacts: ContactParts
    agents: AgentEntries
    counters: CounterStore
    reports: DriftStore
    targets: Targets
    transcribed: Transcribed
    recordings_bucket: str

    def look_first(self, day: ClosedDay, now: datetime) -> Proof:
        """Compare; decide at once where nothing differs, else remember what does."""
        found, due = self._look(day, now)
        drifts = found.find_drift()
        if not drifts:
            return self._decide(day, now, found, due, [], mend=False)
        self.reports.write(day.name, SUSPECTED, {"suspected": write_suspicion(drifts)})
        return Proof(found.compared, len({drift.key for drift in drifts}))

    def look_again(self, day: ClosedDay, now: datetime, *, mend: bool) -> Proof:
        """Compare again: what differs as it did before has drifted. Put it right where that is wished."""
        suspected = read_suspicion(self.reports.read(day.name, SUSPECTED)["suspected"])
        found, due = self._look(day, now)
        return self._decide(day, now, found, due, confirm_drift(suspected, found.find_drift()), mend=mend)

    def _look(self, day: ClosedDay, now: datetime) -> tuple[Look, DueContacts]:
        due = DueContacts(day, now)
        contacts = _Watched(self.contacts, due)
        return take_look(contacts, self.agents, self.counters, self.targets, day.start, day.end), due

    def _decide(
        self, day: ClosedDay, now: datetime, found: Look, due: DueContacts, drifts: list[Drift], *, mend: bool
    ) -> Proof:
        stuck = list_stuck(due.recordings, self.contacts, self.transcribed, self.recordings_bucket)
        drifted = len({drift.key for drift in drifts})
        if not drifts and not stuck:
            self.reports.remove(day.name, SOURCE)
            return Proof(found.compared, 0)
        # What drifted is told before it is put right: afterwards nobody could find it again.
        report = self.reports.write(day.name, SOURCE, _describe(day, now, found, drifts, [], stuck))
        mended = put_right(self.counters, found, drifts) if mend else []
        if mended:
            self.reports.write(day.name, SOURCE, _describe(day, now, found, drifts, mended, stuck))
        return Proof(found.compared, 0, drifted, len(mended), len(stuck), report)


@dataclass(frozen=True)
class _Watched:
    log: Log
    due: DueContacts

    def read_days(self, start: datetime, end: datetime) -> Iterator[Contact]:
        """Yield contacts, and note those that should be whole."""
        yield from self.due.watch(self.log.read_days(start, end))


def _describe(
    day: ClosedDay, now: datetime, found: Look, drifts: list[Drift], mended: list[Key], stuck: list[StuckContact]
) -> dict[str, Any]:
    return {
        "day": day.name,
        "source": SOURCE,
        "looked_at": format_moment(now),
        **describe_proof(found.compared, drifts, mended, most_contacts=_MOST_CONTACTS),
        "stuck": [asdict(each) for each in stuck],
    }


def tell_outcome(day: ClosedDay, proof: Proof, today: date, late_days: Sequence[str]) -> Mapping[str, Any]:
    """Return what the workflow goes on with.

    Parameters
    ----------
    day, proof
        What was looked at, and how that ended.
    today
        By the centre's clock: tells which reports are due.
    late_days
        Days to close again.
    """
    return {
        "day": day.name,
        "start": format_moment(day.start),
        "end": format_moment(day.end),
        "asked_day": f"'{day.name}'",
        **asdict(proof),
        "reports": list_reports(day.day, today),
        "late_days": list(late_days),
    }
