"""Adherence: how much of the scheduled time an agent was in the scheduled state. Pure.

**Source**: docs/metrics.md; Amazon Connect administrator guide, "Schedule adherence" (adherent time / scheduled
time).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from trunkline.contact.agent_states import AVAILABLE, AgentState
from trunkline.contact.moments import local_day

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = timedelta(days=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class ScheduledSpan:
    """A span of time, and the agent status that is planned for it."""

    state: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Period:
    """A time of some weekdays on the centre's clock; ``end`` 00:00 is midnight at the end of the day."""

    days: frozenset[str]
    start: time
    end: time
    state: str = AVAILABLE

    @classmethod
    def of_document(cls, values: Mapping[str, Any]) -> Period:
        """Read a period of ``callcenter.yaml``."""
        start, end = time.fromisoformat(values["from"]), time.fromisoformat(values["to"])
        return cls(frozenset(values["days"]), start, end, values.get("state", AVAILABLE))

    def on(self, day: date, zone: ZoneInfo) -> ScheduledSpan | None:
        """Return the span on a day, which is shorter or longer where the clocks change; ``None`` on other weekdays."""
        if _DAYS[day.weekday()] not in self.days:
            return None
        end = datetime.combine(day + _ONE_DAY if self.end == time() else day, self.end, zone)
        return ScheduledSpan(self.state, datetime.combine(day, self.start, zone).astimezone(UTC), end.astimezone(UTC))


@dataclass(frozen=True)
class Shift:
    """When an agent works, and which breaks are planned in that time.

    Parameters
    ----------
    work, breaks
        In ``work`` the agent is ``Available``; a break takes its time out of it.
    time_zone
        IANA name of the centre's time zone.
    """

    work: tuple[Period, ...]
    breaks: tuple[Period, ...]
    time_zone: str

    @classmethod
    def of_center(cls, document: Mapping[str, Any], username: str) -> Shift | None:
        """Read an agent's shift from the centre's document; ``None`` where the agent has none."""
        name = document["agents"].get(username, {}).get("shift")
        if name is None:
            return None
        shift = document["shifts"][name]
        work, breaks = (tuple(map(Period.of_document, shift.get(part, ()))) for part in ("work", "breaks"))
        return cls(work, breaks, document["time_zone"])

    def plan(self, start: datetime, end: datetime) -> Iterator[ScheduledSpan]:
        """Yield what is scheduled between two moments; no two spans overlap."""
        zone = ZoneInfo(self.time_zone)
        day, last = local_day(start, self.time_zone), local_day(end, self.time_zone)
        while day <= last:
            breaks = [span for each in self.breaks if (span := each.on(day, zone))]
            worked = [span for each in self.work if (span := each.on(day, zone))]
            for span in [*breaks, *(rest for each in worked for rest in _without(each, breaks))]:
                first, after = max(span.start, start), min(span.end, end)
                if first < after:
                    yield ScheduledSpan(span.state, first, after)
            day += _ONE_DAY


@dataclass(frozen=True)
class Adherence:
    """Scheduled time, and the part of it that was spent in the scheduled state, in seconds.

    Two add up, as days to a week do: their percentage is that of the sums.
    """

    scheduled_seconds: int = 0
    adherent_seconds: int = 0

    @property
    def percent(self) -> float | None:
        """Adherent / scheduled, in percent; ``None`` where nothing was scheduled."""
        return 100 * self.adherent_seconds / self.scheduled_seconds if self.scheduled_seconds else None

    def __add__(self, other: Adherence) -> Adherence:
        """Return the sum of both."""
        return Adherence(
            self.scheduled_seconds + other.scheduled_seconds, self.adherent_seconds + other.adherent_seconds
        )


@dataclass(frozen=True)
class ComparedSpan:
    """A span of scheduled time in which the agent was in one state.

    Attributes
    ----------
    planned, actual
        Agent statuses; ``actual`` is ``None`` where none is known.
    """

    planned: str
    actual: str | None
    start: datetime
    end: datetime

    @property
    def seconds(self) -> int:
        """Its length."""
        return _seconds(self.start, self.end)

    @property
    def adherent_seconds(self) -> int:
        """Its length where the agent was in the planned state."""
        return self.seconds if self.actual == self.planned else 0


def adherence(
    states: Iterable[AgentState], shift: Shift, start: datetime, end: datetime, contacts: Sequence[Span] = ()
) -> Adherence:
    """Return how an agent adhered to a shift between two moments.

    Parameters
    ----------
    states
        The agent's closed states; others' would count as well. They do not overlap.
    shift
        The agent's shift.
    start, end
        Aware moments, such as the bounds of a day or week in the centre's time zone.
    contacts
        Spans on contacts, which count as work whatever the status: a contact that began in ``Available`` need
        not be given.

    Examples
    --------
    >>> from datetime import UTC
    >>> weekdays = ["mon", "tue", "wed", "thu", "fri"]
    >>> work = Period.of_document({"days": weekdays, "from": "09:00", "to": "11:00"})
    >>> lunch = Period.of_document({"days": weekdays, "from": "10:00", "to": "10:30", "state": "Lunch"})
    >>> def at(hour, minute=0): return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)
    >>> def state(name, since, until): return AgentState(
    ...     username="mina", agent_id="a1", state=name, since=since, until=until)
    >>> states = [state("Available", at(9, 6), at(10, 6)), state("Lunch", at(10, 6), at(11))]
    >>> found = adherence(states, Shift((work,), (lunch,), "UTC"), at(0), at(23))
    >>> found.scheduled_seconds // 60, found.adherent_seconds // 60, found.percent
    (120, 78, 65.0)
    """
    total = Adherence()
    for span in compare_to_shift(states, shift, start, end, contacts):
        total += Adherence(span.seconds, span.adherent_seconds)
    return total


def compare_to_shift(
    states: Iterable[AgentState], shift: Shift, start: datetime, end: datetime, contacts: Sequence[Span] = ()
) -> Iterator[ComparedSpan]:
    """Yield what was scheduled between two moments, cut where the agent's state changed: what ``adherence`` adds up.

    Takes what ``adherence`` takes.
    """
    actual = [(each.since, each.until, each.state) for each in states]
    actual += [(since, until, AVAILABLE) for since, until in contacts]
    for planned in shift.plan(start, end):
        here = [each for each in actual if each[0] < planned.end and each[1] > planned.start]
        moments = {max(planned.start, since) for since, _, _ in here} | {
            min(planned.end, until) for _, until, _ in here
        }
        for first, after in pairwise(sorted(moments | {planned.start, planned.end})):
            names = [state for since, until, state in here if since <= first and until >= after]
            state = planned.state if planned.state in names else next(iter(names), None)
            yield ComparedSpan(planned.state, state, first, after)


def known_until(states: Iterable[AgentState], start: datetime, end: datetime, now: datetime) -> datetime:
    """Return where a span ends as far as an agent's states are known: a state is told when it is over.

    Of a span that goes on, what follows the last state is left out: neither adherent nor not.

    Parameters
    ----------
    states
        The agent's closed states.
    start, end
        The span.
    now
        This moment.
    """
    if end < now:
        return end
    return max((min(each.until, end) for each in states if each.until > start), default=start)


def _without(span: ScheduledSpan, breaks: Iterable[ScheduledSpan]) -> Iterator[ScheduledSpan]:
    start = span.start
    for each in sorted(breaks, key=lambda each: each.start):
        if each.start < span.end and each.end > start:
            if start < each.start:
                yield ScheduledSpan(span.state, start, each.start)
            start = each.end
    if start < span.end:
        yield ScheduledSpan(span.state, start, span.end)


def _seconds(start: datetime, end: datetime) -> int:
    return int(end.timestamp() - start.timestamp())
