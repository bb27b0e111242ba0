"""Gathering what a report is composed from: counters day by day, resolution, agents' states, contacts to bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from trunkline.billing.period import bill_period
from trunkline.billing.prices import PriceList
from trunkline.contact.agent_states import LONGEST_STATE, AgentState
from trunkline.contact.moments import day_bounds
from trunkline.metrics.adherence import Shift, adherence
from trunkline.metrics.keys import Key
from trunkline.metrics.resolution import ResolutionDays
from trunkline.metrics.tally import Tally
from trunkline.reports.catalogue import list_figures
from trunkline.reports.counts import DayCounts
from trunkline.reports.evidence import Evidence
from trunkline.reports.material import Material, Span, begin_spans
from trunkline.reports.periods import Period
from trunkline.reports.statistics import Moments

MOST_BILLED = 50_000
"""Contacts that a bill reads at most."""


class CounterSource(Protocol):
    """Where counters of intervals are."""

    def read_between(self, start: datetime, end: datetime) -> Mapping[Key, Tally]:
        """Read the counters of all intervals that start in a span, end excluded."""


class ResolutionSource(Protocol):
    """Where resolution by day is."""

    def read(self, days: Iterable[date]) -> ResolutionDays:
        """Read what is known of some days."""


class StateSource(Protocol):
    """Where agents' states are."""

    def read_days(self, start: datetime, end: datetime) -> Iterable[object]:
        """Yield every span and offer that began on one of the UTC days that a span of time touches."""


class ContactSource(Protocol):
    """Where contacts are listed."""

    def list_rows(self, start: datetime, end: datetime, most: int) -> Sequence[Mapping[str, Any]] | None:
        """List the contacts that began in a span, or return ``None`` where they are more than ``most``."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where a report's material comes from.

    Parameters
    ----------
    center
        The centre's document.
    counters, resolution
        What every report needs.
    states
        Agents' states, for adherence; without them no agent has it.
    contacts, prices
        For costs.
    """

    center: Mapping[str, Any]
    counters: CounterSource
    resolution: ResolutionSource
    states: StateSource | None = None
    contacts: ContactSource | None = None
    prices: PriceList | None = None

    def gather(self, period: Period, now: datetime, *, compared: bool = True, with_cost: bool = False) -> Material:
        """Gather the material of a period.

        Parameters
        ----------
        period
            Which period.
        now
            This moment.
        compared
            Whether the period before and the weeks before are read too; a scorecard needs neither.
        with_cost
            Whether the reader may see costs.
        """
        span, before = begin_spans(period, now)
        material = Material(period=period, now=now, center=self.center, span=span, before=before, history=DayCounts())
        self._count(material, compared=compared)
        days = [*span.local_days(period.zone), *(before.local_days(period.zone) if compared else ())]
        return replace(
            material,
            span=replace(span, adherence=self._adherence(span, period.zone)),
            before=replace(before, adherence=self._adherence(before, period.zone) if compared else {}),
            resolution=self.resolution.read(sorted(set(days))),
            bill=self._bill(span, period.zone) if with_cost else None,
            with_cost=with_cost,
        )

    def _count(self, material: Material, *, compared: bool) -> None:
        """Read each local day once, and add it where it belongs: a month's counters need never be held at once."""
        zone, history = material.zone, set(material.period.history()) if compared else set()
        spans = [material.span, *([material.before] if compared else [])]
        days = {day for span in spans for day in span.local_days(zone)} | history
        ratios = list_figures(str(self.center["metrics"]["service_level_convention"])).values()
        for day in sorted(days):
            tallies = self.counters.read_between(*day_bounds(day, zone))
            for span in spans:
                span.counts.add(_within(tallies, span), zone, ratios)
            if day in history:
                material.history.add(tallies, zone, ratios)

    def _adherence(self, span: Span, zone: str) -> dict[str, Evidence]:
        if self.states is None:
            return {}
        shifts = {name: shift for name in self.center["agents"] if (shift := Shift.of_center(self.center, name))}
        if not shifts or span.start == span.end:
            return {}
        states: dict[str, list[AgentState]] = {}
        for entry in self.states.read_days(span.start - LONGEST_STATE, span.end):
            if isinstance(entry, AgentState) and entry.username in shifts:
                states.setdefault(entry.username, []).append(entry)
        return {name: _adhere(shift, states.get(name, []), span, zone) for name, shift in shifts.items()}

    def _bill(self, span: Span, zone: str) -> Mapping[str, Any] | None:
        if self.contacts is None or self.prices is None:
            return None
        rows = self.contacts.list_rows(span.start, span.end, MOST_BILLED)
        if rows is None:
            return None
        return bill_period(rows, self.center, self.prices, days=Decimal(str(round(span.length_days(zone), 6))))


def _within(tallies: Mapping[Key, Tally], span: Span) -> Mapping[Key, Tally]:
    return {key: tally for key, tally in tallies.items() if span.start <= key.start < span.end}


def _adhere(shift: Shift, states: Sequence[AgentState], span: Span, zone: str) -> Evidence:
    """Add up an agent's days, each a draw of its own."""
    moments = Moments()
    for day in span.local_days(zone):
        start, end = day_bounds(day, zone)
        found = adherence(states, shift, max(start, span.start), min(end, span.end))
        moments.note(found.adherent_seconds, found.scheduled_seconds)
    return Evidence(moments.y, moments.x, moments)
