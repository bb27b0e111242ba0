"""The figures that people read, from counters: every ratio is a ratio of sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.metrics.rules import COUNTERS


def add_up(counters: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Add up the counters of several intervals, and take their longest wait.

    Examples
    --------
    >>> total = add_up([{"offered": 2, "longest_wait_seconds": 30}, {"offered": 1}])
    >>> total["offered"], total["longest_wait_seconds"], total["answered"]
    (3, 30, 0)
    """
    total = dict.fromkeys((*COUNTERS, "longest_wait_seconds"), 0)
    for each in counters:
        for name in COUNTERS:
            total[name] += each.get(name, 0)
        total["longest_wait_seconds"] = max(total["longest_wait_seconds"], each.get("longest_wait_seconds", 0))
    return total


def service_level(
    answered: int, abandoned: int, answered_in_target: int, abandoned_in_target: int, abandoned_short: int
) -> dict[str, float | None]:
    """Return the service level by five conventions, in percent.

    With A answered, B abandoned, a answered and b abandoned within the target, s abandoned shortly:
    (a) a/(A+B), (b) a/A, (c) (a+b)/(A+B), (d) a/(A+B-b), (e) a/(A+B-s).

    Returns
    -------
    dict
        ``a`` to ``e``; ``None`` where nothing is in the denominator.

    Examples
    --------
    >>> levels = service_level(1000, 60, 860, 20, 10)
    >>> {name: round(level, 1) for name, level in levels.items()}
    {'a': 81.1, 'b': 86.0, 'c': 83.0, 'd': 82.7, 'e': 81.9}

    Notes
    -----
    **Source**: ICMI, "Service level calculations"; Genesys Cloud resource center, "Service level";
    Amazon Connect administrator guide, "Service level".
    """
    offered = answered + abandoned
    return {
        "a": percent(answered_in_target, offered),
        "b": percent(answered_in_target, answered),
        "c": percent(answered_in_target + abandoned_in_target, offered),
        "d": percent(answered_in_target, offered - abandoned_in_target),
        "e": percent(answered_in_target, offered - abandoned_short),
    }


def to_figures(counters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of one interval, or of a sum of intervals.

    Parameters
    ----------
    counters
        Counter names to amounts; what is absent is 0.

    Returns
    -------
    dict
        The counters themselves; rates in percent and means in seconds, ``None`` where nothing is in the
        denominator.

    Examples
    --------
    >>> figures = to_figures({"offered": 31125, "answered": 27162, "abandoned": 3963})
    >>> round(figures["abandonment_rate"], 4)
    12.7325

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (abandonment rate, average queue
    answer time, average handle time).
    """
    total = add_up([counters])
    handle_seconds = total["talk_seconds"] + total["hold_seconds"] + total["after_contact_work_seconds"]
    score_sum = total.pop("survey_score_sum")
    return {
        **total,
        "abandonment_rate": percent(total["abandoned"], total["offered"]),
        "service_level": service_level(
            total["answered"],
            total["abandoned"],
            total["answered_in_target"],
            total["abandoned_in_target"],
            total["abandoned_short"],
        ),
        "average_speed_of_answer_seconds": ratio(total["wait_answered_seconds"], total["answered"]),
        "average_abandon_time_seconds": ratio(total["wait_abandoned_seconds"], total["abandoned"]),
        "average_handle_time_seconds": ratio(handle_seconds, total["answered"]),
        "csat_percent": percent(total["survey_satisfied"], total["survey_answers"]),
        "survey_mean": ratio(score_sum, total["survey_answers"]),
    }


def ratio(numerator: int, denominator: int) -> float | None:
    """Divide, or return ``None`` where there is nothing to divide by."""
    return numerator / denominator if denominator else None


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent, or ``None`` of nothing."""
    return 100 * part / whole if whole else None
