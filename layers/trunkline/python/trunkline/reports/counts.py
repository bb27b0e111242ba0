"""Counters of a span, summed by local day and by whom they count: what every figure of a report is read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trunkline.metrics.keys import Key
from trunkline.metrics.tally import COUNTERS, Counters
from trunkline.reports.catalogue import Figure
from trunkline.reports.statistics import Moments

CENTER = "-"
"""Member of what no queue counts."""


@dataclass
class Count:
    """What one queue, agent, department or channel counts.

    Attributes
    ----------
    tally
        Sum of its counters; of the sketches no figure of a report is made.
    moments
        By figure that is a ratio of sums: how its intervals differ.
    hours
        Offered contacts by the hour of the centre's clock (of agents: answered ones).
    """

    tally: Counters = field(default_factory=Counters)
    moments: dict[str, Moments] = field(default_factory=dict)
    hours: list[int] = field(default_factory=lambda: [0] * 24)

    def note(self, tally: Counters, hour: int, scope: str, ratios: Iterable[Figure]) -> None:
        """Add one interval."""
        self._add_counters(tally)
        self.hours[hour] += tally.answered if scope == "agent" else tally.offered
        for figure in ratios:
            whole = figure.whole(tally)
            if whole and scope in figure.scopes:
                self.moments.setdefault(figure.key, Moments()).note(figure.part(tally), whole)

    def add(self, other: Count) -> None:
        """Add all of another count."""
        self._add_counters(other.tally)
        for key, moments in other.moments.items():
            self.moments.setdefault(key, Moments()).add(moments)
        self.hours = [mine + its for mine, its in zip(self.hours, other.hours, strict=True)]

    def _add_counters(self, other: Counters) -> None:
        for name in COUNTERS:
            amount = getattr(other, name)
            if amount:
                setattr(self.tally, name, getattr(self.tally, name) + amount)


Member = tuple[str, str]
"""Scope (``queue``, ``agent`` or ``center``) and name."""
Place = tuple[str, str, str]
"""Scope, name and channel."""


@dataclass
class DayCounts:
    """The counts of a span: by local day, then by scope, member and channel."""

    days: dict[date, Mapping[Place, Count]] = field(default_factory=dict)
    channels: set[str] = field(default_factory=set)

    def sum_of(self, days: Iterable[date], members: Iterable[Member], channels: Iterable[str] = ()) -> Count:
        """Add up some days of some members, of some channels or of all; what is not known counts nothing."""
        total, wanted, ways = Count(), tuple(members), tuple(channels) or tuple(self.channels)
        for day in days:
            known = self.days.get(day, {})
            for scope, name in wanted if known else ():
                for channel in ways:
                    count = known.get((scope, name, channel))
                    if count is not None:
                        total.add(count)
        return total

    def members(self, scope: str) -> set[str]:
        """Return everybody of a scope who counts something."""
        return {member for members in self.days.values() for (name, member, _) in members if name == scope}

    def put(self, day: date, counts: Mapping[Place, Count]) -> None:
        """Put what a day counts; a day that counts nothing is not known."""
        if counts:
            self.days[day] = counts
            self.channels.update(channel for _, _, channel in counts)


def count_day(tallies: Mapping[Key, Counters], zone: str, ratios: Iterable[Figure]) -> dict[Place, Count]:
    """Sum the counters of a local day's intervals.

    Parameters
    ----------
    tallies
        Counters of intervals.
    zone
        The centre's time zone.
    ratios
        Figures of whose ratios the intervals' differences are kept.
    """
    clock, wanted = _Clock(zone), [figure for figure in ratios if figure.kind == "ratio"]
    counts: dict[Place, Count] = {}
    for key, tally in tallies.items():
        place = (key.scope, key.member, key.channel)
        if place not in counts:
            counts[place] = Count()
        counts[place].note(tally, clock.read(key.start), key.scope, wanted)
    return counts


class _Clock:
    """The local hour of intervals, each worked out once."""

    def __init__(self, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        self._known: dict[datetime, int] = {}

    def read(self, moment: datetime) -> int:
        if moment not in self._known:
            self._known[moment] = moment.astimezone(self._zone).hour
        return self._known[moment]
