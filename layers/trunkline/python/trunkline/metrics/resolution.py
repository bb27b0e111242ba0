"""First contact resolution: did a customer have to come back? Pure.

A **case** is all that belongs to one matter of a customer without a break: a contact, its transfers, its callback. It
is counted once, for the queue and the agent of its last answer, on the local day of that answer. Three conventions:

``no_further_contact``
    Resolved if the customer reached that queue with no other case until N days after the end of this one, on the
    centre's clock and that moment included. Provisional until then, unless the customer was back sooner. Cases of
    customers whose number is not known are not counted.
``disposition``, ``survey``
    Resolved if the last answer's contact says so in its attribute ``disposition`` (the agent) or ``survey_resolved``
    (the customer); cases that say nothing are not counted.

Dispositions are counted beside every convention: their share is the figure ``resolution_percent``.

**Source**: docs/metrics.md; ICMI, "First contact resolution"; Amazon Connect administrator guide, "Data model for
contact records" (``PreviousContactId``, ``NextContactId``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trunkline.contact.model import Contact
from trunkline.metrics.cases import Case, CaseContact, join_cases

CONVENTIONS = ("no_further_contact", "disposition", "survey")
_ANSWERS = {"resolved": True, "yes": True, "true": True, "1": True}
_ANSWERS |= {"unresolved": False, "not_resolved": False, "no": False, "false": False, "0": False, "2": False}

Member = tuple[str, str]
"""Scope (``queue`` or ``agent``) and name."""


@dataclass(frozen=True)
class ResolutionRule:
    """How resolution is told.

    Attributes
    ----------
    convention
        One of ``CONVENTIONS``.
    days
        Days in which a further contact on the same topic means that the first was not resolved.
    zone
        The centre's time zone.
    """

    convention: str
    days: int
    zone: str

    @classmethod
    def of_center(cls, document: Mapping[str, Any]) -> ResolutionRule:
        """Read the rule from the centre's document."""
        told = document["metrics"].get("resolution") or {}
        return cls(str(told.get("convention", CONVENTIONS[0])), int(told.get("days", 7)), str(document["time_zone"]))

    def closes_at(self, end: datetime) -> datetime:
        """Return the last moment at which a further contact still counts against a case.

        Examples
        --------
        >>> rule = ResolutionRule("no_further_contact", 7, "America/Los_Angeles")
        >>> rule.closes_at(datetime(2026, 10, 30, 17, tzinfo=UTC)).isoformat()  # the clocks change: an hour more
        '2026-11-06T18:00:00+00:00'
        """
        local = end.astimezone(ZoneInfo(self.zone)) + timedelta(days=self.days)
        return local.replace(fold=0).astimezone(UTC)


@dataclass
class ResolutionCounts:
    """How many cases were resolved.

    Attributes
    ----------
    resolved, not_resolved, provisional
        By the centre's convention.
    disposed, disposed_resolved
        Cases whose agent gave a disposition, and those of them that are resolved by it.
    """

    resolved: int = 0
    not_resolved: int = 0
    provisional: int = 0
    disposed: int = 0
    disposed_resolved: int = 0

    @property
    def counted(self) -> int:
        """Cases that are counted at all."""
        return self.resolved + self.not_resolved + self.provisional

    @property
    def good(self) -> int:
        """Cases that are resolved as far as anybody can tell."""
        return self.resolved + self.provisional

    def add(self, other: ResolutionCounts) -> None:
        """Add other counts."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


ResolutionDays = dict[date, dict[Member, ResolutionCounts]]
"""Counts by local day and by whom."""


def count_resolution(contacts: Iterable[Contact], rule: ResolutionRule, now: datetime) -> ResolutionDays:
    """Count the cases of each local day, as far as they can be told now.

    Parameters
    ----------
    contacts
        Each once, in its newest version: of the days to count, of the day before (for cases that began there), and of
        the days after until N days have passed or until now.
    rule
        How resolution is told.
    now
        This moment.

    Returns
    -------
    dict
        Local day to queue or agent to counts. Days at the edges of what was read are there too, not to be used.
    """
    cases = list(join_cases(contacts))
    comings = _comings(cases)
    zone, days = ZoneInfo(rule.zone), ResolutionDays()
    for case in cases:
        if case.last is None or case.last.answered is None:
            continue
        counts = _judge(case, case.last, rule, comings, now)
        if counts is None:
            continue
        members = days.setdefault(case.last.answered.astimezone(zone).date(), {})
        for member in (("queue", case.last.queue), ("agent", case.last.agent)):
            if member[1] is not None:
                members.setdefault((member[0], member[1]), ResolutionCounts()).add(counts)
    return days


def _comings(cases: Iterable[Case]) -> dict[tuple[str, str], list[datetime]]:
    """Return when each customer came to each queue, in order."""
    comings: dict[tuple[str, str], list[datetime]] = {}
    for case in cases:
        for queue in case.queues if case.customer else ():
            comings.setdefault((str(case.customer), queue), []).append(case.began)
    return {who: sorted(moments) for who, moments in comings.items()}


def _judge(
    case: Case,
    last: CaseContact,
    rule: ResolutionRule,
    comings: Mapping[tuple[str, str], list[datetime]],
    now: datetime,
) -> ResolutionCounts | None:
    counts = ResolutionCounts()
    disposed = _read_answer(last.disposition)
    if disposed is not None:
        counts.disposed, counts.disposed_resolved = 1, int(disposed)
    if rule.convention == "no_further_contact":
        _count_comings(counts, case, last, rule, comings, now)
    else:
        told = disposed if rule.convention == "disposition" else _read_answer(last.survey)
        counts.resolved, counts.not_resolved = int(told is True), int(told is False)
    return counts if counts.counted or counts.disposed else None


def _count_comings(
    counts: ResolutionCounts,
    case: Case,
    last: CaseContact,
    rule: ResolutionRule,
    comings: Mapping[tuple[str, str], list[datetime]],
    now: datetime,
) -> None:
    if not case.customer or last.queue is None:
        return
    closes_at, moments = rule.closes_at(case.ended), comings[case.customer, last.queue]
    following = bisect_right(moments, case.began)
    if following < len(moments) and moments[following] <= closes_at:
        counts.not_resolved = 1
    elif now > closes_at:
        counts.resolved = 1
    else:
        counts.provisional = 1


def _read_answer(text: str | None) -> bool | None:
    return None if text is None else _ANSWERS.get(text.strip().lower())
