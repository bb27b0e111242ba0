"""The figures that people read, from counters: every ratio is a ratio of sums."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from trunkline.metrics.tally import AGENT_COUNTERS, COUNTERS, Counters, Tally

_HIDDEN = {"survey_score_sum", *AGENT_COUNTERS}
_SHOWN = tuple(name for name in COUNTERS if name not in _HIDDEN)
_read_shown = attrgetter(*_SHOWN)
_NAMES, _SHARES = ("p50", "p90", "p95"), (0.5, 0.9, 0.95)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Add up the tallies of several intervals, and take their longest wait.

    Examples
    --------
    >>> total = add_up([Tally(offered=2, longest_wait_seconds=30), Tally(offered=1)])
    >>> total.offered, total.longest_wait_seconds, total.answered
    (3, 30, 0)
    """
    total = Tally()
    for each in tallies:
        total.add(each)
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


def to_figures(tally: Counters) -> dict[str, Any]:
    """Return the figures of one interval, or of a sum of intervals.

    Returns
    -------
    dict
        The counters themselves; rates in percent, means and percentiles in seconds, ``None`` where nothing
        is in the denominator. ``open`` is what the reconciliation identity leaves: offered contacts that
        have no outcome yet.

    Examples
    --------
    >>> figures = to_figures(Tally(offered=31125, answered=27162, abandoned=3963))
    >>> round(figures["abandonment_rate"], 4), figures["open"]
    (12.7325, 0)

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (abandonment rate, average queue
    answer time, average handle time, average customer hold time).
    """
    handle_seconds = tally.talk_seconds + tally.hold_seconds + tally.after_contact_work_seconds
    offered, answered, answers = tally.offered, tally.answered, tally.survey_answers
    return {
        **dict(zip(_SHOWN, _read_shown(tally), strict=True)),
        "open": _open(tally),
        "longest_wait_seconds": tally.longest_wait_seconds,
        "abandonment_rate": percent(tally.abandoned, offered),
        "service_level": service_level(
            answered,
            tally.abandoned,
            tally.answered_in_target,
            tally.abandoned_in_target,
            tally.abandoned_short,
        ),
        "average_speed_of_answer_seconds": ratio(tally.wait_answered_seconds, answered),
        "average_abandon_time_seconds": ratio(tally.wait_abandoned_seconds, tally.abandoned),
        "queue_time_seconds": dict(zip(_NAMES, tally.wait_quantiles(_SHARES), strict=True)),
        "average_handle_time_seconds": ratio(handle_seconds, answered),
        "handle_time_seconds": dict(zip(_NAMES, tally.handle_quantiles(_SHARES), strict=True)),
        "average_hold_time_seconds": ratio(tally.hold_seconds, tally.held),
        "average_callback_wait_seconds": ratio(tally.callback_wait_seconds, tally.callbacks_connected),
        "csat_percent": percent(tally.survey_satisfied, answers),
        "survey_mean": ratio(tally.survey_score_sum, answers),
        "survey_response_rate": percent(answers, answered),
    }


def to_agent_figures(tally: Counters) -> dict[str, Any]:
    """Return the figures of an agent: those of ``to_figures``, and what the agent's own states and offers give.

    Returns
    -------
    dict
        Also ``available_seconds``, ``unavailable_seconds``, ``logged_in_seconds`` (both together),
        ``idle_seconds`` (available and not on a contact), ``occupancy_percent`` (on contacts / (on contacts +
        idle)), ``utilisation_percent`` (on contacts / logged in), ``offers_missed``, ``offers_abandoned`` and
        ``non_response_percent`` (missed / (missed + answered)). Time is counted once the state is over.

    Examples
    --------
    >>> figures = to_agent_figures(Tally(worked_contact_seconds=1800, available_seconds=2400, unavailable_seconds=600))
    >>> [figures[name] for name in ("idle_seconds", "occupancy_percent", "utilisation_percent")]
    [600, 75.0, 60.0]

    Notes
    -----
    Contacts are worked in the status ``Available``, so that what is not work of that time is idle.

    **Source**: Amazon Connect administrator guide, "Metrics definitions" (agent idle time, occupancy, agent
    non-response without customer abandons).
    """
    worked = tally.worked_contact_seconds + tally.worked_after_contact_seconds
    logged_in = tally.available_seconds + tally.unavailable_seconds
    idle = max(0, tally.available_seconds - worked)
    return {
        **to_figures(tally),
        **{name: getattr(tally, name) for name in AGENT_COUNTERS},
        "logged_in_seconds": logged_in,
        "idle_seconds": idle,
        "occupancy_percent": percent(worked, worked + idle),
        "utilisation_percent": percent(worked, logged_in),
        "non_response_percent": percent(tally.offers_missed, tally.offers_missed + tally.answered),
    }


def figures_of(scope: str, tally: Counters) -> dict[str, Any]:
    """Return the figures of a queue, of the centre, or of an agent, who has more."""
    return to_agent_figures(tally) if scope == "agent" else to_figures(tally)


def _open(tally: Counters) -> int:
    ended = tally.answered + tally.abandoned + tally.callbacks + tally.transferred + tally.ended_by_flow
    return tally.offered - ended


def ratio(numerator: int, denominator: int) -> float | None:
    """Divide, or return ``None`` where there is nothing to divide by."""
    return numerator / denominator if denominator else None


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent, or ``None`` of nothing."""
    return 100 * part / whole if whole else None
