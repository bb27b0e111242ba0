"""Hold what the system measured against what really happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cli.figures import CONVENTIONS, COUNTS, RATES, rates

EXACT = 1e-9
SECOND = 1.0
TENTH_OF_A_POINT = 0.1


def measured_figures(days: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Join the API's totals of one or more days into figures with the keys of :mod:`cli.figures`.

    Parameters
    ----------
    days
        Objects ``total`` of ``GET /api/metrics``.
    """
    totals = list(days)
    sums = {key: sum(int(total[key]) for total in totals) for key in COUNTS}
    longest = max((int(total["longest_wait_seconds"] or 0) for total in totals), default=0)
    return rates(sums, longest_wait_seconds=longest)


def differences(truth: Mapping[str, Any], measured: Mapping[str, Any], *, exact: bool = True) -> list[str]:
    """Name every figure in which the two differ, with both values.

    Parameters
    ----------
    exact
        False allows a second on times and 0.1 point on rates; counts are always exact.
    """
    found = []
    for key in (*COUNTS, *RATES):
        if not _agree(truth[key], measured[key], _tolerance(key, exact)):
            found.append(f"{key}: truth {truth[key]}, measured {measured[key]}")
    for convention in CONVENTIONS:
        one, other = truth["service_level"][convention], measured["service_level"][convention]
        if not _agree(one, other, EXACT if exact else TENTH_OF_A_POINT):
            found.append(f"service_level.{convention}: truth {one}, measured {other}")
    return found


def _tolerance(key: str, exact: bool) -> float:
    if exact or key in COUNTS:
        return EXACT
    return TENTH_OF_A_POINT if key.endswith(("_rate", "_percent")) else SECOND


def _agree(one: float | None, other: float | None, tolerance: float) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= tolerance
