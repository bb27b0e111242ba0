"""A figure with all that is known of it: the number behind it, its interval, and what changed since the last period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.reports.baselines import Baseline
from trunkline.reports.catalogue import Figure
from trunkline.reports.counts import Count
from trunkline.reports.statistics import (
    UNKNOWN,
    Change,
    Moments,
    compare_counts,
    compare_means,
    compare_shares,
    reach_of,
    wilson_interval,
)

SMALL = 30
"""Below this many contacts a figure is marked: look at its interval, compare nothing."""
_DIGITS = 6


@dataclass(frozen=True)
class Evidence:
    """What a figure stands on.

    Attributes
    ----------
    part, whole
        Numerator and denominator; of a count: contacts and days.
    moments
        How intervals differ, where the interval of a ratio comes from that.
    provisional
        Contacts whose resolution is open.
    """

    part: float
    whole: float
    moments: Moments | None = None
    provisional: int = 0


Given = Mapping[str, Evidence]
"""Evidence that does not come from counters, by figure."""


def find_evidence(figure: Figure, count: Count, days: float, given: Given) -> Evidence | None:
    """Return what a figure stands on in a span; ``None`` where it is not told there."""
    if figure.kind == "given":
        return given.get(figure.key)
    if figure.kind == "count":
        return Evidence(figure.part(count.tally), days)
    moments = count.moments.get(figure.key, Moments()) if figure.kind == "ratio" else None
    return Evidence(figure.part(count.tally), figure.whole(count.tally), moments)


def value_of(figure: Figure, evidence: Evidence) -> float | None:
    """Return the figure itself, ``None`` of nothing."""
    if figure.kind == "count":
        return evidence.part
    return figure.scale * evidence.part / evidence.whole if evidence.whole else None


def show_value(figure: Figure, evidence: Evidence) -> dict[str, Any]:
    """Show a figure with the number behind it and its interval."""
    low, high = find_interval(figure, evidence) or (None, None)
    shown: dict[str, Any] = {"value": rounded(value_of(figure, evidence)), "unit": figure.unit}
    if figure.kind == "count":
        return {**shown, "low": None, "high": None, "small": evidence.part < SMALL}
    number = _number_behind(figure, evidence)
    return {**shown, "n": number, "low": rounded(low), "high": rounded(high), "small": number < SMALL}


def show_figure(
    figure: Figure, now: Evidence, before: Evidence | None, *, dispersion: float, baseline: Baseline | None
) -> dict[str, Any]:
    """Show a figure, and how it compares with the period before and with what is usual.

    Parameters
    ----------
    dispersion
        How much more days differ than chance makes them, for numbers of contacts.
    baseline
        What is usual.
    """
    shown = show_value(figure, now)
    previous = value_of(figure, before) if before is not None and before.whole else None
    if before is None or previous is None:
        shown |= {"previous": None, "change": None, "p": None, "verdict": "no_telling", "good": None}
    else:
        change = _compare(figure, now, before, dispersion)
        number = {} if figure.kind == "count" else {"n": _number_behind(figure, before)}
        shown |= {
            "previous": {"value": rounded(previous), **number},
            "change": rounded(_difference(figure, now, before)),
            "p": rounded(change.p),
            "verdict": change.verdict,
            "good": _is_good(figure, change.verdict),
        }
    if baseline is not None:
        shown["baseline"] = _show_baseline(baseline, shown)
    if figure.key == "first_contact_resolution_percent":
        shown["provisional"] = now.provisional
    return shown


def find_interval(figure: Figure, evidence: Evidence) -> tuple[float, float] | None:
    """Return the 95 % interval of a figure, or ``None`` where there is none."""
    if figure.kind == "count" or figure.unit == "money" or not evidence.whole:
        return None
    if evidence.moments is None:
        found = wilson_interval(evidence.part, evidence.whole)
    else:
        reach, middle = reach_of(evidence.moments), evidence.part / evidence.whole
        found = None if reach is None else (middle - reach, middle + reach)
    if found is None:
        return None
    highest = 100.0 if figure.unit == "percent" else float("inf")
    return max(0.0, figure.scale * found[0]), min(highest, figure.scale * found[1])


def rounded(value: float | None) -> float | None:
    """Round for JSON: to a millionth, and whole numbers to themselves."""
    return value if value is None or isinstance(value, int) else round(value, _DIGITS)


def _number_behind(figure: Figure, evidence: Evidence) -> int:
    if evidence.moments is not None and figure.unit == "percent":
        return evidence.moments.number
    return int(evidence.whole)


def _compare(figure: Figure, now: Evidence, before: Evidence, dispersion: float) -> Change:
    if figure.unit == "money" or now.provisional:  # what is provisional can only fall
        return UNKNOWN
    if figure.kind == "count":
        return compare_counts(now.part, now.whole, before.part, before.whole, dispersion)
    if now.moments is None or before.moments is None:
        return compare_shares(now.part, now.whole, before.part, before.whole)
    return compare_means(now.moments, before.moments)


def _difference(figure: Figure, now: Evidence, before: Evidence) -> float | None:
    if figure.kind == "count":
        per_day, per_day_before = now.part / now.whole, before.part / before.whole
        return 100 * (per_day / per_day_before - 1) if per_day_before else None
    value, previous = value_of(figure, now), value_of(figure, before)
    return None if value is None or previous is None else value - previous


def _is_good(figure: Figure, verdict: str) -> bool | None:
    if figure.more_is_better is None or verdict == "no_telling":
        return None
    return figure.more_is_better == (verdict == "more")


def _show_baseline(baseline: Baseline, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Show what is usual; a value is unusual if its whole interval is outside."""
    verdict = "no_telling"
    if shown["value"] is not None:
        ends = {baseline.judge(shown[end] if shown[end] is not None else shown["value"]) for end in ("low", "high")}
        verdict = ends.pop() if len(ends) == 1 else "no_telling"
    return {
        "value": rounded(baseline.value),
        "low": rounded(baseline.low),
        "high": rounded(baseline.high),
        "days": baseline.days,
        "verdict": verdict,
    }
