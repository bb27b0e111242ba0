"""Gathering what a report is composed from: days, their resolution, contacts to bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from trunkline.billing.period import bill_period
from trunkline.billing.prices import PriceList
from trunkline.contact.moments import day_bounds
from trunkline.metrics.resolution import ResolutionDays
from trunkline.reports.counts import DayCounts
from trunkline.reports.day_reading import CounterSource, DayReader, LateDaysSource, StateSource, SumsSource, Window
from trunkline.reports.day_sums import DaySums
from trunkline.reports.material import Material, Span, begin_spans
from trunkline.reports.periods import Period

MOST_BILLED = 50_000
"""Contacts that a bill reads at most."""


class ResolutionSource(Protocol):
    """Where resolution by day is."""

    def read(self, days: Iterable[date]) -> ResolutionDays:
        """Read what is known of some days."""


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
    kept, late
        Sums of closed days, and which of these were counted in since then; without them every day is counted from
        its intervals.
    """

    center: Mapping[str, Any]
    counters: CounterSource
    resolution: ResolutionSource
    states: StateSource | None = None
    contacts: ContactSource | None = None
    prices: PriceList | None = None
    kept: SumsSource | None = None
    late: LateDaysSource | None = None

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
        spans, history = [span, before] if compared else [span], DayCounts()
        reader = self._read(now, frozenset(self.late.list()) if self.late is not None else frozenset())
        self._read_days(spans, history, set(period.history()) if compared else set(), reader)
        days = {day for each in spans for day in each.local_days(period.zone)}
        material = Material(
            period=period,
            now=now,
            center=self.center,
            span=span,
            before=before,
            history=history,
            resolution=self.resolution.read(sorted(days)),
            late=reader.late & {day.isoformat() for day in span.local_days(period.zone)},
            with_cost=with_cost,
        )
        return replace(material, bill=self._bill(material)) if with_cost else material

    def count_day(self, day: date, now: datetime) -> DaySums:
        """Count a whole day from its intervals and agents' states, for the night to keep."""
        reader = self._read(now, frozenset())
        return reader.count(day, day_bounds(day, reader.zone))

    def _read(self, now: datetime, late: frozenset[str]) -> DayReader:
        return DayReader(
            center=self.center, now=now, counters=self.counters, states=self.states, kept=self.kept, late=late
        )

    def _read_days(self, spans: Sequence[Span], history: DayCounts, usual: set[date], reader: DayReader) -> None:
        """Read each local day once, and put it where it belongs: its intervals need never be held together."""
        days = {day for span in spans for day in span.local_days(reader.zone)} | usual
        for day in sorted(days):
            whole = day_bounds(day, reader.zone)
            read: dict[Window, DaySums] = {}
            for span in spans:
                window = max(span.start, whole[0]), min(span.end, whole[1])
                if window[0] >= window[1]:
                    continue
                if window not in read:
                    read[window] = reader.read(day, window)
                span.put(read[window])
            if day in usual:
                sums = read.get(whole) or reader.read(day, whole, with_adherence=False)
                history.put(day, sums.counts)

    def _bill(self, material: Material) -> Mapping[str, Any] | None:
        if self.contacts is None or self.prices is None:
            return None
        span, zone = material.span, material.zone
        if span.counts.sum_of(span.local_days(zone), material.everything).tally.contacts > MOST_BILLED:
            return None  # their list, which would be too long, need not be read
        rows = self.contacts.list_rows(span.start, span.end, MOST_BILLED)
        if rows is None:
            return None
        return bill_period(rows, self.center, self.prices, days=Decimal(str(round(span.length_days(zone), 6))))
