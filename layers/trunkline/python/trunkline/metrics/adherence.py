"""Adherence: how much of the scheduled time an agent was in the scheduled state. Pure.

**Source**: docs/metrics.md; Amazon Connect administrator guide, "Schedule adherence" (adherent time / scheduled
time).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
    by_state: dict[str, list[Span]] = {AVAILABLE: list(contacts)}
    for each in states:
        by_state.setdefault(each.state, []).append((each.since, each.until))
    merged = {name: _merge(spans) for name, spans in by_state.items()}
    total = Adherence()
    for planned in shift.plan(start, end):
        adherent = sum(_shared_seconds(planned, span) for span in merged.get(planned.state, ()))
        total += Adherence(_seconds(planned.start, planned.end), adherent)
    return total


def _without(span: ScheduledSpan, breaks: Iterable[ScheduledSpan]) -> Iterator[ScheduledSpan]:
    start = span.start
    for each in sorted(breaks, key=lambda each: each.start):
        if each.start < span.end and each.end > start:
            if start < each.start:
                yield ScheduledSpan(span.state, start, each.start)
            start = each.end
    if start < span.end:
        yield ScheduledSpan(span.state, start, span.end)


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _shared_seconds(planned: ScheduledSpan, span: Span) -> int:
    return max(0, _seconds(max(planned.start, span[0]), min(planned.end, span[1])))


def _seconds(start: datetime, end: datetime) -> int:
    return int(end.timestamp() - start.timestamp())
