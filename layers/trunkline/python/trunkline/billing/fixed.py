"""What a month costs in which nobody calls: counted from the centre, as ``infra`` builds it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

_HOURS_A_WEEK = 168
_HOURS_A_DAY = 24

_QUEUE_METRICS = 5
"""Offered, answered, abandoned, seconds of waiting and of handling."""
_CENTER_METRICS = 9
"""Seven sums of contacts, agents who are available, and ghosts among them."""
_NIGHTLY_METRICS = 2
"""Drift, and stuck contacts: one hour a day."""
_CONVENTION_METRICS = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}
"""Metrics of each queue that only the service level needs, by its convention."""
_LEVEL_WATCHES = {"a": 3, "b": 2, "c": 3, "d": 4, "e": 4}
"""Metrics that a queue's service level is made of."""
_LEVEL_AND_ABANDONED = _LEVEL_WATCHES | {"b": 3}
"""The same and abandoned contacts, which convention b leaves out."""

_QUEUE_STATES = 2
"""Contacts that wait, and the longest wait, which Amazon Connect tells."""

_WATCHED_ALWAYS = 19
"""Seven queues of dead letters, six functions, two workflows, the delivery of contact records, stuck metrics,
recordings that were not stored, and drift."""
_WATCHED_OPTIONALLY = {"abandonment_percent": 2, "stuck_calls": 1, "ghost_agents": 1}
"""Figures under ``alarms`` that, where they are given, watch so many metrics."""


class Allowance(NamedTuple):
    """What CloudWatch gives each account free of charge, every month.

    Notes
    -----
    **Source**: Amazon CloudWatch pricing, "Free tier" (always free: 10 custom metrics, 10 alarm metrics, 3 dashboards
    that name up to 50 metrics each).
    """

    metrics: int = 10
    alarm_metrics: int = 10
    dashboards: int = 3
    metrics_on_a_dashboard: int = 50


def count_fixed(center: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return what is paid by the month whatever the volume, by price code, at list price.

    Parameters
    ----------
    center
        The centre's document.

    Notes
    -----
    A test holds the sum equal to the one that is computed from the synthesised template. Custom metrics are
    billed for the hours in which they are sent: those in which the centre is open, and one a night for the recount.

    **Source**: Amazon Connect, Kinesis, CloudWatch and Secrets Manager pricing; Amazon CloudWatch pricing,
    "Custom metrics ... prorated by the hour".
    """
    return {
        "number_month": Decimal(len(center["numbers"])),
        "shard_month": Decimal(1),
        "dashboard_month": Decimal(len(center["metrics"]["dashboards"])),
        "alarm_metric_month": Decimal(_watched(center)),
        "metric_month": _metrics(center) * open_share(center) + Decimal(_NIGHTLY_METRICS) / _HOURS_A_DAY,
        "secret_month": Decimal(1),
    }


def count_after_allowance(center: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the same where nothing else in the account uses up what CloudWatch gives free of charge."""
    listed, free = count_fixed(center), Allowance()
    small = sum(metrics <= free.metrics_on_a_dashboard for metrics in count_metrics_on_dashboards(center).values())
    return listed | {
        "dashboard_month": listed["dashboard_month"] - min(small, free.dashboards),
        "alarm_metric_month": max(listed["alarm_metric_month"] - free.alarm_metrics, Decimal(0)),
        "metric_month": max(listed["metric_month"] - free.metrics, Decimal(0)),
    }


def count_metrics_on_dashboards(center: Mapping[str, Any]) -> dict[str, int]:
    """Return how many metrics each dashboard of the centre names; the operator's, more than are ever free."""
    queues = len(center["queues"])
    contacts = _LEVEL_AND_ABANDONED[center["metrics"]["service_level_convention"]] + 1
    counts = {
        "wallboard": (contacts + _QUEUE_STATES) * queues,
        "supervisor": (contacts + 2 + _QUEUE_STATES) * queues + 4,
        "manager": (contacts + 1) * queues + 5,
        "operator": Allowance().metrics_on_a_dashboard + 1,
    }
    return {name: counts[name] for name in center["metrics"]["dashboards"]}


def open_share(center: Mapping[str, Any]) -> Decimal:
    """Return the share of the week in which the longest-opened queue's hours are open, 0 to 1."""
    weekly = [sum(map(_length, hours["open"]), Decimal(0)) for hours in center["hours"].values()]
    return min(max(weekly) / _HOURS_A_WEEK, Decimal(1))


def _metrics(center: Mapping[str, Any]) -> int:
    """Return how many custom metrics are sent while the centre is open."""
    of_queue = _QUEUE_METRICS + _CONVENTION_METRICS[center["metrics"]["service_level_convention"]]
    return of_queue * len(center["queues"]) + _CENTER_METRICS


def _watched(center: Mapping[str, Any]) -> int:
    alarms, queues = center["alarms"], len(center["queues"])
    level = _LEVEL_WATCHES[center["metrics"]["service_level_convention"]]
    of_queue = level * (alarms["service_level_minutes"] is not None) + (alarms["longest_wait_seconds"] is not None)
    optional = sum(count for name, count in _WATCHED_OPTIONALLY.items() if alarms[name] is not None)
    return _WATCHED_ALWAYS + _takes_secrets(center) + of_queue * queues + optional


def _length(period: Mapping[str, Any]) -> Decimal:
    """Return a period's hours a week; ``00:00`` at its end is midnight."""
    return ((_hour(period["to"]) or 24) - _hour(period["from"])) * len(period["days"])


def _hour(clock: str) -> Decimal:
    hours, minutes = clock.split(":")
    return int(hours) + Decimal(int(minutes)) / 60


def _takes_secrets(center: Mapping[str, Any]) -> bool:
    """Return whether something is keyed in secret: then one function more is watched."""
    return any(one.get("encrypted") for one in center["ivr"].get("inputs", {}).values())
