"""CloudWatch metrics in memory: from log lines in the embedded metric format, from requests, and from AWS itself.

**Source**: CloudWatch user guide, "Specification: Embedded metric format"; "Metrics retention".
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_KEPT = timedelta(days=15)


@dataclass(frozen=True)
class MetricName:
    """A metric: its name and its dimensions, sorted."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MetricValue:
    """One value, when it was logged."""

    at: datetime
    value: float


class MetricStore:
    """Every metric that was logged or put, in order of time.

    Attributes
    ----------
    on_value
        Called with each metric that gets a value.
    """

    def __init__(self) -> None:
        self.values: dict[MetricName, list[MetricValue]] = defaultdict(list)
        self._past_hours: dict[MetricName, set[datetime]] = defaultdict(set)
        self.on_value: Callable[[MetricName], None] = lambda _: None

    def read_line(self, at: datetime, line: str) -> bool:
        """Take the metrics of a log line; False when it is none in the embedded metric format."""
        if '"_aws"' not in line or '"CloudWatchMetrics"' not in line:
            return False
        try:
            document = json.loads(line)
        except ValueError:
            return False
        for directive in document.get("_aws", {}).get("CloudWatchMetrics", ()):
            self._take(at, document, directive)
        return True

    def put(self, at: datetime, namespace: str, data: Iterable[Mapping[str, Any]]) -> None:
        """Take the data of a PutMetricData request."""
        for datum in data:
            dimensions = {entry["Name"]: entry["Value"] for entry in datum.get("Dimensions", ())}
            for value in datum.get("Values", [datum.get("Value", 0.0)]):
                self._add(at, namespace, datum["MetricName"], dimensions, value)

    def put_one(self, at: datetime, metric: MetricName, value: float) -> None:
        """Take one value of a metric."""
        self.values[metric].append(MetricValue(at, float(value)))
        self.on_value(metric)

    def expire(self, now: datetime) -> None:
        """Forget values older than 15 days, and keep only in which hours there were any.

        CloudWatch keeps sums of older ones; nothing in the twin reads them.
        """
        for metric, values in self.values.items():
            gone = bisect_left(values, now - _KEPT, key=_moment)
            self._past_hours[metric] |= _hours(values[:gone])
            del values[:gone]

    def statistic(self, metric: MetricName, start: datetime, end: datetime, name: str) -> float | None:
        """Return a statistic of the values from ``start`` until before ``end``; None where there are none."""
        values = self.values.get(metric)
        if not values or values[-1].at < start:
            return None
        first = bisect_left(values, start, key=_moment)
        last = bisect_left(values, end, lo=first, key=_moment)
        return _STATISTICS[name]([value.value for value in values[first:last]]) if last > first else None

    def months(self) -> float:
        """Return custom metrics in metric months: each counts for the share of hours in which it has data.

        The days from the first value to the last stand for the days of a month. AWS's own metrics cost nothing.
        """
        custom = [metric for metric in self.values if not metric.namespace.startswith("AWS/")]
        hours = [self._past_hours[metric] | _hours(self.values[metric]) for metric in custom]
        days = {hour.date() for used in hours for hour in used}
        return sum(len(used) for used in hours) / (24 * len(days)) if days else 0.0

    def _take(self, at: datetime, document: Mapping[str, Any], directive: Mapping[str, Any]) -> None:
        for names in directive.get("Dimensions") or [[]]:
            dimensions = {name: str(document[name]) for name in names if name in document}
            for metric in directive.get("Metrics", ()):
                value = document.get(metric["Name"])
                for number in value if isinstance(value, list) else [value]:
                    if isinstance(number, int | float):
                        self._add(at, directive["Namespace"], metric["Name"], dimensions, number)

    def _add(self, at: datetime, namespace: str, name: str, dimensions: Mapping[str, str], value: float) -> None:
        self.put_one(at, MetricName(namespace, name, tuple(sorted(dimensions.items()))), value)


def _hours(values: Iterable[MetricValue]) -> set[datetime]:
    return {value.at.replace(minute=0, second=0, microsecond=0) for value in values}


def _moment(value: MetricValue) -> datetime:
    return value.at


_STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "Sum": math.fsum,
    "Average": lambda values: math.fsum(values) / len(values),
    "Minimum": min,
    "Maximum": max,
    "SampleCount": len,
}
