"""What a report is composed from: counts of the period, of the one before, and of the weeks before both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trunkline.contact.moments import day_bounds
from trunkline.metrics.resolution import ResolutionCounts, ResolutionDays, ResolutionRule
from trunkline.reports.counts import CENTER, DayCounts, Member
from trunkline.reports.day_sums import DaySums
from trunkline.reports.periods import Period, days_between, spans_compared
from trunkline.reports.statistics import Moments

NOWHERE = "-"
"""Department of queues that ``callcenter.yaml`` does not name."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A span with its counts.

    Attributes
    ----------
    start, end
        In UTC, end excluded.
    counts
        Of the intervals that start in it.
    adherence
        Seconds in the scheduled state and seconds scheduled, day by day, by agent who has a shift.
    written
        When each of its days was counted.
    """

    start: datetime
    end: datetime
    counts: DayCounts = field(default_factory=DayCounts)
    adherence: dict[str, Moments] = field(default_factory=dict)
    written: list[datetime] = field(default_factory=list)

    def put(self, sums: DaySums) -> None:
        """Put what one of its days counts."""
        self.counts.put(sums.day, sums.counts)
        for name, moments in sums.adherence.items():
            self.adherence.setdefault(name, Moments()).add(moments)
        self.written.append(sums.written_at)

    def local_days(self, zone: str) -> list[date]:
        """List the local days that it touches."""
        return list(days_between(self.start, self.end, zone))

    def length_days(self, zone: str) -> float:
        """Return its length in days of the clock: a day is one day, also when the clocks change."""
        first, last = (each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in (self.start, self.end))
        return (last - first) / timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that a report says something of.

    Attributes
    ----------
    period, now
        What is reported, and when.
    center
        The centre's document.
    span, before
        The period as far as it has gone, and the same part of the one before.
    history
        Whole days before the period, for usual values and the trend.
    resolution
        Of the days of both spans, as far as they were counted.
    bill
        What the period cost, or ``None``.
    with_cost
        Whether the reader may see costs.
    late
        Days of the period that were counted in after they had been closed.
    """

    period: Period
    now: datetime
    center: Mapping[str, Any]
    span: Span
    before: Span
    history: DayCounts
    resolution: ResolutionDays = field(default_factory=dict)
    bill: Mapping[str, Any] | None = None
    with_cost: bool = False
    late: frozenset[str] = frozenset()

    @property
    def zone(self) -> str:
        """The centre's time zone."""
        return self.period.zone

    @property
    def rule(self) -> ResolutionRule:
        """How resolution is told."""
        return ResolutionRule.of_center(self.center)

    @property
    def written_at(self) -> datetime:
        """When the first of the period's days was counted: what came later may be missing in it."""
        return min(self.span.written, default=self.now)

    @property
    def departments(self) -> dict[str, list[str]]:
        """Queues by department, in the order of ``callcenter.yaml``."""
        found: dict[str, list[str]] = {}
        for queue in self.queues:
            found.setdefault(self.center["queues"].get(queue, {}).get("department", NOWHERE), []).append(queue)
        return found

    @property
    def queues(self) -> list[str]:
        """Queues of the centre, then others that counted something."""
        known = list(self.center["queues"])
        return known + sorted(self.span.counts.members("queue") - set(known))

    @property
    def agents(self) -> list[str]:
        """Agents of the centre, and others who counted something, by name."""
        people = self.center["agents"]
        every = set(people) | self.span.counts.members("agent")
        return sorted(every, key=lambda username: (str(people.get(username, {}).get("name", username)), username))

    @property
    def everything(self) -> list[Member]:
        """What together counts each contact once."""
        names = self.queues + sorted(self.before.counts.members("queue") - set(self.queues))
        return [("center", CENTER), *(("queue", name) for name in names)]

    def sum_resolution(self, days: Iterable[date], members: Iterable[Member]) -> ResolutionCounts:
        """Add up the resolution of some days of some queues or agents."""
        total, wanted = ResolutionCounts(), list(members)
        for day in days:
            known = self.resolution.get(day, {})
            for member in wanted if known else ():
                if member in known:
                    total.add(known[member])
        return total

    def known_days(self, members: Iterable[Member], counter: str = "offered") -> dict[date, int]:
        """Return a counter on every whole day that is known; from the first such day on, nothing is 0."""
        wanted = list(members)
        sources = (self.history, self.before.counts, self.span.counts)
        first = min((day for source in sources for day in source.days), default=None)
        known: dict[date, int] = {}
        if first is None:
            return known
        for source, days in zip(sources, self._whole_days(), strict=True):
            for day in days:
                if day >= first:
                    known[day] = getattr(source.sum_of([day], wanted).tally, counter)
        return known

    def _whole_days(self) -> tuple[list[date], list[date], list[date]]:
        def whole(span: Span) -> list[date]:
            return [day for day in span.local_days(self.zone) if day_bounds(day, self.zone)[1] <= span.end]

        return self.period.history(), whole(self.before), whole(self.span)


def begin_spans(period: Period, now: datetime) -> tuple[Span, Span]:
    """Return the span to report and the one to hold it against, with nothing counted yet."""
    (start, end), (start_before, end_before) = spans_compared(period, now)
    return Span(start=start, end=end), Span(start=start_before, end=end_before)
