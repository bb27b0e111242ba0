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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
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


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case that counts, and how it was judged.

    Attributes
    ----------
    last
        The case's last answer, for whose queue and agent it counts.
    day
        Local day of that answer, on which it counts.
    counts
        What it counts.
    closes_at
        Until when a further contact counts against it; ``None`` by conventions that wait for none.
    repeated_by
        Id of the contact with which the customer came back in time.
    """

    case: Case
    last: CaseContact
    day: date
    counts: ResolutionCounts
    closes_at: datetime | None = None
    repeated_by: str | None = None

    @property
    def members(self) -> list[Member]:
        """Queue and agent for whom it counts."""
        named = (("queue", self.last.queue), ("agent", self.last.agent))
        return [(scope, name) for scope, name in named if name is not None]


ResolutionDays = dict[date, dict[Member, ResolutionCounts]]
"""Counts by local day and by whom."""


def judge_cases(contacts: Iterable[Contact], rule: ResolutionRule, now: datetime) -> Iterator[JudgedCase]:
    """Yield every case that counts, as it can be judged now.

    Parameters
    ----------
    contacts
        Each once, in its newest version: of the days to count, of the day before (for cases that began there), and of
        the days after until N days have passed or until now.
    rule
        How resolution is told.
    now
        This moment.
    """
    cases = list(join_cases(contacts))
    comings = _comings(cases)
    for case in cases:
        if case.last is not None and case.last.answered is not None:
            judged = _judge(case, case.last, case.last.answered, rule, comings, now)
            if judged.counts.counted or judged.counts.disposed:
                yield judged


def count_resolution(contacts: Iterable[Contact], rule: ResolutionRule, now: datetime) -> ResolutionDays:
    """Add up the judged cases of each local day, by queue and by agent.

    Takes what ``judge_cases`` takes. Days at the edges of what was read are there too, not to be used.
    """
    days = ResolutionDays()
    for judged in judge_cases(contacts, rule, now):
        for member in judged.members:
            days.setdefault(judged.day, {}).setdefault(member, ResolutionCounts()).add(judged.counts)
    return days


Comings = Mapping[tuple[str, str], Sequence[tuple[datetime, str]]]
"""Of each customer and queue: when the customer came, and with which contact, in order."""


def _comings(cases: Iterable[Case]) -> Comings:
    comings: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
    for case in cases:
        for queue in case.queues if case.customer else ():
            comings.setdefault((str(case.customer), queue), []).append((case.began, case.contacts[0]))
    return {who: sorted(moments) for who, moments in comings.items()}


def _judge(
    case: Case, last: CaseContact, answered: datetime, rule: ResolutionRule, comings: Comings, now: datetime
) -> JudgedCase:
    day, disposed = answered.astimezone(ZoneInfo(rule.zone)).date(), _read_answer(last.disposition)
    counts, closes_at, repeated_by = ResolutionCounts(), None, None
    if disposed is not None:
        counts.disposed, counts.disposed_resolved = 1, int(disposed)
    if rule.convention != CONVENTIONS[0]:
        told = disposed if rule.convention == "disposition" else _read_answer(last.survey)
        counts.resolved, counts.not_resolved = int(told is True), int(told is False)
    elif case.customer and last.queue is not None:
        closes_at = rule.closes_at(case.ended)
        repeated_by = _find_return(case, comings[case.customer, last.queue], closes_at)
        counts.not_resolved = int(repeated_by is not None)
        counts.resolved = int(repeated_by is None and now > closes_at)
        counts.provisional = int(repeated_by is None and now <= closes_at)
    return JudgedCase(case, last, day, counts, closes_at, repeated_by)


def _find_return(case: Case, comings: Sequence[tuple[datetime, str]], closes_at: datetime) -> str | None:
    """Return the contact with which the customer came next, if that was in time."""
    following = bisect_right(comings, case.began, key=itemgetter(0))
    if following < len(comings) and comings[following][0] <= closes_at:
        return comings[following][1]
    return None


def _read_answer(text: str | None) -> bool | None:
    return None if text is None else _ANSWERS.get(text.strip().lower())
