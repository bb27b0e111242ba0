"""One section of a report: the figures of a queue, an agent, a department, a channel, or of the centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trunkline.reports.baselines import Baseline, count_baseline, ratio_baseline
from trunkline.reports.catalogue import Figure
from trunkline.reports.counts import Count, Member
from trunkline.reports.evidence import Evidence, Given, find_evidence, rounded, show_figure, value_of
from trunkline.reports.material import Material, Span
from trunkline.reports.seasonality import show_hours, show_weekdays
from trunkline.reports.statistics import estimate_dispersion
from trunkline.reports.trend import find_trend

_USUAL_COUNTS = frozenset({"offered", "answered", "abandoned"})


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom a section is about.

    Attributes
    ----------
    scope
        ``queue`` for all that is summed over queues, or ``agent``.
    members
        What is summed.
    channels
        Of which channels; all where none is given.
    resolves
        Whether resolution is told of it.
    cost
        What it cost: the group of a bill.
    usual
        Whether usual values, trend and seasonality are told.
    """

    key: str
    name: Any
    scope: str
    members: Sequence[Member]
    channels: Sequence[str] = ()
    resolves: bool = True
    cost: Mapping[str, Any] | None = None
    usual: bool = True
    extras: Mapping[str, Any] = field(default_factory=dict)

    @property
    def counter(self) -> str:
        """What its days are counted by."""
        return "answered" if self.scope == "agent" else "offered"


def write_section(subject: Subject, material: Material, figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Write the figures of one subject, each held against the period before and what is usual."""
    zone, known = material.zone, material.known_days(subject.members, subject.counter)
    now, before = count_subject(subject, material.span, zone), count_subject(subject, material.before, zone)
    given, given_before = give(subject, material, material.span), give(subject, material, material.before, cost=False)
    days, days_before = material.span.length_days(zone), material.before.length_days(zone)
    dispersion, find_usual = estimate_dispersion(_by_weekday(known)), _baselines(subject, material, known)
    shown = {}
    for figure in figures.values():
        evidence = find_evidence(figure, now, days, given) if subject.scope in figure.scopes else None
        if evidence is not None:
            previous = find_evidence(figure, before, days_before, given_before) if material.before.counts.days else None
            shown[figure.key] = show_figure(
                figure, evidence, previous, dispersion=dispersion, baseline=find_usual(figure)
            )
    section = {"key": subject.key, "name": subject.name, **subject.extras, "contacts": _contacts(subject, now)}
    section["figures"] = shown
    if subject.usual:
        in_period = set(material.period.days)
        section["trend"] = _show_trend(known)
        section["seasonality"] = {
            "weekdays": show_weekdays({day: known[day] for day in sorted(known) if day in in_period}),
            "hours": show_hours(now.hours),
        }
    return section


def write_daily(subject: Subject, material: Material) -> list[dict[str, Any]]:
    """Write the days of a period one by one, with their usual number of contacts."""
    known, rows = material.known_days(subject.members), []
    for day in material.span.local_days(material.zone):
        tally = material.span.counts.sum_of([day], subject.members).tally
        usual = count_baseline([_usual_numbers(day, known, material)])
        counted = {name: getattr(tally, name) for name in ("offered", "answered", "abandoned")}
        rows.append({"day": day.isoformat(), **counted, "baseline": rounded(usual.value) if usual else None})
    return rows


def count_subject(subject: Subject, span: Span, zone: str) -> Count:
    """Add up what a subject counts in a span."""
    return span.counts.sum_of(span.local_days(zone), subject.members, subject.channels)


def give(subject: Subject, material: Material, span: Span, *, cost: bool = True) -> Given:
    """Return the figures of a subject that no counter tells: resolution, adherence, cost."""
    given: dict[str, Evidence] = {}
    if subject.resolves:
        counts = material.sum_resolution(span.local_days(material.zone), subject.members)
        given["first_contact_resolution_percent"] = Evidence(
            counts.good, counts.counted, provisional=counts.provisional
        )
        given["resolution_percent"] = Evidence(counts.disposed_resolved, counts.disposed)
    if subject.scope == "agent" and subject.key in span.adherence:
        moments = span.adherence[subject.key]
        given["adherence_percent"] = Evidence(moments.y, moments.x, moments)
    if cost and subject.cost is not None:
        given["cost_per_contact"] = Evidence(subject.cost["total"], subject.cost["contacts"])
    return given


def _contacts(subject: Subject, count: Count) -> int:
    return count.tally.answered if subject.scope == "agent" else count.tally.contacts


def _by_weekday(known: Mapping[date, int]) -> list[list[int]]:
    return [[number for day, number in known.items() if day.weekday() == weekday] for weekday in range(7)]


def _baselines(subject: Subject, material: Material, known: Mapping[date, int]) -> Callable[[Figure], Baseline | None]:
    """Return what finds the usual value of a figure; a period that runs is held against none."""
    period = material.period
    if not subject.usual or not period.is_complete(material.now):
        return lambda _figure: None
    counts = {
        day: material.history.sum_of([day], subject.members, subject.channels)
        for day in period.history()
        if day in known
    }
    weeks = _weeks_of(material, counts)

    def find(figure: Figure) -> Baseline | None:
        if figure.kind == "count":
            if figure.key not in _USUAL_COUNTS:
                return None
            numbers = {day: figure.part(count.tally) for day, count in counts.items()}
            return count_baseline(_usual_numbers(day, numbers, material) for day in period.days)
        if figure.kind == "given":
            return None
        values = [value_of(figure, Evidence(figure.part(week.tally), figure.whole(week.tally))) for week in weeks]
        return ratio_baseline(
            [value for value in values if value is not None],
            weeks=len(period.days) / 7,
            days=len(counts),
            highest=100.0 if figure.unit == "percent" else float("inf"),
        )

    return find


def _weeks_of(material: Material, counts: Mapping[date, Count]) -> list[Count]:
    """Add up the usual days of each week before the period."""
    weeks = []
    for number in range(material.period.baseline_weeks):
        days = {material.period.usual_days(day)[number] for day in material.period.days}
        if days <= counts.keys():
            total = Count()
            for day in sorted(days):
                total.add(counts[day])
            weeks.append(total)
    return weeks


def _usual_numbers(day: date, known: Mapping[date, float], material: Material) -> dict[date, float]:
    return {usual: known[usual] for usual in material.period.usual_days(day) if usual in known}


def _show_trend(known: Mapping[date, int]) -> dict[str, Any] | None:
    trend = find_trend(known)
    if trend is None:
        return None
    return {
        "slope": rounded(trend.slope),
        "unit": "contacts",
        "per": "week",
        "p": rounded(trend.change.p),
        "verdict": trend.change.verdict,
        "days": trend.days,
    }
