"""What an alarm watches, read from its CloudFormation resource.

**Source**: AWS CloudFormation template reference, ``AWS::CloudWatch::Alarm``; Amazon CloudWatch API reference,
"MetricDataQuery".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twin.cloud.errors import NotOfferedError
from twin.cloud.metrics import MetricName

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
_WORDS = {
    "GreaterThanThreshold": "greater than the threshold",
    "GreaterThanOrEqualToThreshold": "greater than or equal to the threshold",
    "LessThanThreshold": "less than the threshold",
    "LessThanOrEqualToThreshold": "less than or equal to the threshold",
}


@dataclass(frozen=True)
class Query:
    """A metric and its statistic, or an expression over others."""

    id: str
    returned: bool
    metric: MetricName | None = None
    statistic: str = ""
    expression: str = ""


@dataclass(frozen=True)
class AlarmDefinition:
    """One alarm; ``actions`` are topics by the state that they hear of.

    Attributes
    ----------
    needed
        How many of the last ``periods`` data points must be beyond the threshold.
    missing
        What a missing data point counts as: ``missing``, ``ignore``, ``breaching``, ``notBreaching``.
    """

    name: str
    arn: str
    description: str
    queries: tuple[Query, ...]
    period_seconds: int
    periods: int
    needed: int
    threshold: float
    comparison: str
    missing: str
    actions: Mapping[str, Sequence[str]]
    trigger: Mapping[str, Any]

    @property
    def metrics(self) -> frozenset[MetricName]:
        """The metrics that it watches."""
        return frozenset(query.metric for query in self.queries if query.metric is not None)

    def breaches(self, value: float) -> bool:
        """Tell whether a data point is beyond the threshold."""
        return COMPARISONS[self.comparison](value, self.threshold)

    @property
    def comparison_words(self) -> str:
        """How CloudWatch puts the comparison into words."""
        return _WORDS[self.comparison]


def read_alarm(name: str, arn: str, properties: Mapping[str, Any]) -> AlarmDefinition:
    """Read an alarm's properties, intrinsics resolved.

    Raises
    ------
    NotOfferedError
        For an alarm that the twin cannot evaluate: by anomaly detection or by percentiles.
    """
    if properties["ComparisonOperator"] not in COMPARISONS:
        raise NotOfferedError(f"alarm {name}: the twin offers no {properties['ComparisonOperator']}")
    queries = tuple(_queries(properties))
    periods = int(properties["EvaluationPeriods"])
    enabled = properties.get("ActionsEnabled", True)
    states = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
    return AlarmDefinition(
        name=name,
        arn=arn,
        description=str(properties.get("AlarmDescription", "")),
        queries=queries,
        period_seconds=_period(properties),
        periods=periods,
        needed=int(properties.get("DatapointsToAlarm", periods)),
        threshold=float(properties.get("Threshold", 0)),
        comparison=properties["ComparisonOperator"],
        missing=properties.get("TreatMissingData", "missing"),
        actions={state: tuple(properties.get(key, ())) if enabled else () for state, key in states.items()},
        trigger={key: value for key, value in properties.items() if not key.endswith("Actions")},
    )


def _queries(properties: Mapping[str, Any]) -> list[Query]:
    if "MetricName" in properties:
        return [Query("m1", returned=True, metric=_metric(properties), statistic=_statistic(properties))]
    return [_query(entry) for entry in properties["Metrics"]]


def _query(entry: Mapping[str, Any]) -> Query:
    returned = entry.get("ReturnData", True)
    if "Expression" in entry:
        return Query(entry["Id"], returned, expression=entry["Expression"])
    stat = entry["MetricStat"]
    return Query(entry["Id"], returned, metric=_metric(stat["Metric"]), statistic=_checked(stat["Stat"]))


def _metric(entry: Mapping[str, Any]) -> MetricName:
    dimensions = sorted((one["Name"], str(one["Value"])) for one in entry.get("Dimensions", ()))
    return MetricName(entry["Namespace"], entry["MetricName"], tuple(dimensions))


def _statistic(properties: Mapping[str, Any]) -> str:
    return _checked(properties.get("Statistic") or properties.get("ExtendedStatistic", ""))


def _checked(statistic: str) -> str:
    if statistic not in {"Sum", "Average", "Minimum", "Maximum", "SampleCount"}:
        raise NotOfferedError(f"the twin's alarms offer no statistic {statistic!r}")
    return statistic


def _period(properties: Mapping[str, Any]) -> int:
    if "Period" in properties:
        return int(properties["Period"])
    return max(int(entry["MetricStat"]["Period"]) for entry in properties["Metrics"] if "MetricStat" in entry)
