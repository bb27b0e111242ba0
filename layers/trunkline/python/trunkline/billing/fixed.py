"""What a month costs in which nobody calls: counted from the centre, as ``infra`` builds it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_HOURS_A_WEEK = 168
_METRICS_A_QUEUE = 4
_WATCHED_A_QUEUE = 2
_WATCHED_ALWAYS = 17
"""Six queues of dead letters, six functions, three workflows, the delivery of records, and stuck metrics."""


def count_fixed(center: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return what is paid by the month whatever the volume, by price code.

    Parameters
    ----------
    center
        The centre's document.

    Notes
    -----
    A test holds the sum equal to the one that is computed from the synthesised template. Custom metrics are
    billed for the hours in which they are sent: those in which the centre is open.

    **Source**: Amazon Connect, Kinesis, CloudWatch and Secrets Manager pricing; Amazon CloudWatch pricing,
    "Custom metrics ... prorated by the hour".
    """
    queues = len(center["queues"])
    return {
        "number_month": Decimal(len(center["numbers"])),
        "shard_month": Decimal(1),
        "dashboard_month": Decimal(1),
        "alarm_metric_month": Decimal(_WATCHED_ALWAYS + _takes_secrets(center) + _WATCHED_A_QUEUE * queues),
        "metric_month": _METRICS_A_QUEUE * queues * open_share(center),
        "secret_month": Decimal(1),
    }


def open_share(center: Mapping[str, Any]) -> Decimal:
    """Return the share of the week in which the longest-opened queue's hours are open, 0 to 1."""
    weekly = [sum(map(_length, hours["open"]), Decimal(0)) for hours in center["hours"].values()]
    return min(max(weekly) / _HOURS_A_WEEK, Decimal(1))


def _length(period: Mapping[str, Any]) -> Decimal:
    """Return a period's hours a week; ``00:00`` at its end is midnight."""
    return ((_hour(period["to"]) or 24) - _hour(period["from"])) * len(period["days"])


def _hour(clock: str) -> Decimal:
    hours, minutes = clock.split(":")
    return int(hours) + Decimal(int(minutes)) / 60


def _takes_secrets(center: Mapping[str, Any]) -> bool:
    """Return whether something is keyed in secret: then one function more is watched."""
    return any(one.get("encrypted") for one in center["ivr"].get("inputs", {}).values())
