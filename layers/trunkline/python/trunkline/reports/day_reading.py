"""Reading days: a closed one from the sums that the night kept, any other from its intervals and agents' states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from trunkline.contact.agent_states import LONGEST_STATE, AgentState
from trunkline.contact.moments import day_bounds, parse_moment, utc_days
from trunkline.metrics.adherence import Shift, adherence, known_until
from trunkline.metrics.keys import Key
from trunkline.metrics.tally import Tally
from trunkline.reports.catalogue import list_figures
from trunkline.reports.counts import count_day
from trunkline.reports.day_sums import DaySums
from trunkline.reports.statistics import Moments

Window = tuple[datetime, datetime]
"""Start and end of a day, or of a part of it; the end is excluded."""


class CounterSource(Protocol):
    """Where counters of intervals are."""

    def read_between(self, start: datetime, end: datetime) -> Mapping[Key, Tally]:
        """Read the counters of all intervals that start in a span, end excluded."""


class StateSource(Protocol):
    """Where agents' states are."""

    def read_days(self, start: datetime, end: datetime) -> Iterable[object]:
        """Yield every span and offer that began on one of the UTC days that a span of time touches."""


class SumsSource(Protocol):
    """Where sums of closed days are."""

    def read(self, day: date) -> DaySums | None:
        """Return the sums of a day, or ``None`` where none are kept."""


class LateDaysSource(Protocol):
    """Where days are noted that were counted in after they were over."""

    def list(self) -> list[str]:
        """List the days that are to be closed again."""


@dataclass(kw_only=True)
class DayReader:
    """Reads one day after the other, in order.

    Parameters
    ----------
    center
        The centre's document.
    now
        This moment.
    counters
        Counters of intervals.
    states
        Agents' states, for adherence; without them no agent has it.
    kept
        Sums of closed days; without them every day is counted from its intervals.
    late
        Days whose sums are no longer true.
    """

    center: Mapping[str, Any]
    now: datetime
    counters: CounterSource
    states: StateSource | None = None
    kept: SumsSource | None = None
    late: frozenset[str] = frozenset()
    _read: dict[str, list[AgentState]] = field(default_factory=dict, init=False)

    def read(self, day: date, window: Window, *, with_adherence: bool = True) -> DaySums:
        """Return what a day counts within a window.

        Parameters
        ----------
        day
            On the centre's clock.
        window
            The day, or a part of it: only a whole one is taken from what is kept.
        with_adherence
            Whether agents' states are read too, where nothing is kept.
        """
        closed = window == day_bounds(day, self.zone) and window[1] <= self.now and day.isoformat() not in self.late
        kept = self.kept.read(day) if self.kept is not None and closed else None
        return kept if kept is not None else self.count(day, window, with_adherence=with_adherence)

    def count(self, day: date, window: Window, *, with_adherence: bool = True) -> DaySums:
        """Count a day from its intervals and agents' states, whatever is kept of it."""
        ratios = list_figures(str(self.center["metrics"]["service_level_convention"])).values()
        return DaySums(
            day=day,
            written_at=self.now,
            counts=count_day(self.counters.read_between(*window), self.zone, ratios),
            adherence=self._find_adherence(window) if with_adherence else {},
        )

    @property
    def zone(self) -> str:
        """The centre's time zone."""
        return str(self.center["time_zone"])

    def _find_adherence(self, window: Window) -> dict[str, Moments]:
        shifts = {name: shift for name in self.center["agents"] if (shift := Shift.of_center(self.center, name))}
        if self.states is None or not shifts:
            return {}
        states: dict[str, list[AgentState]] = {}
        for state in self._read_states(window, self.states):
            states.setdefault(state.username, []).append(state)
        found = {}
        for name, shift in shifts.items():
            own = states.get(name, [])
            seconds = adherence(own, shift, window[0], known_until(own, *window, self.now))
            found[name] = Moments()
            found[name].note(seconds.adherent_seconds, seconds.scheduled_seconds)
        return found

    def _read_states(self, window: Window, source: StateSource) -> Iterable[AgentState]:
        """Return the states that may lie in a window; a UTC day that the day before needed is not read again."""
        days = utc_days(window[0] - LONGEST_STATE, window[1])
        known, self._read = self._read, {}
        for day in days:
            begin = parse_moment(f"{day}T00:00:00Z")
            entries = known[day] if day in known else source.read_days(begin, begin + LONGEST_STATE)
            self._read[day] = [entry for entry in entries if isinstance(entry, AgentState)]
        return (state for day in days for state in self._read[day])
