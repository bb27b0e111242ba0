"""The operator's view: what runs, what failed, what waits, and how old the figures are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import IMetric, Metric
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_stepfunctions import StateMachine
from constructs import Construct

from ..parts.dead_letters import DeadLetters
from ..parts.python_function import PythonFunction
from ..parts.table import Table
from .sums import INTERVAL, Sums
from .widgets import Rows, lines

_HOUR = Duration.hours(1)
_READERS = frozenset({"aggregate_metrics", "track_agent"})
_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Machinery:
    """Everything of a stack that can fail, and the tables that it uses."""

    functions: Sequence[PythonFunction]
    readers: Sequence[PythonFunction]
    dead_letters: Sequence[DeadLetters]
    workflows: Sequence[StateMachine]
    deliveries: Sequence[CfnDeliveryStream]
    tables: Sequence[Table]

    @classmethod
    def of(cls, *scopes: Construct) -> Machinery:
        """Find it among what has been built so far below some constructs."""
        found = [part for scope in scopes for part in scope.node.find_all()]
        functions = _only(PythonFunction, found)
        return cls(
            functions=functions,
            readers=[one for one in functions if one.folder in _READERS],
            dead_letters=_only(DeadLetters, found),
            workflows=_only(StateMachine, found),
            deliveries=_only(CfnDeliveryStream, found),
            tables=_only(Table, found),
        )


def operator(sums: Sums, machinery: Machinery) -> Rows:
    """Compose the operator's dashboard."""
    return [
        [
            lines("Errors, by function", _functions(machinery.functions, "Errors", "Sum"), unit="errors"),
            lines("Throttled, by function", _functions(machinery.functions, "Throttles", "Sum"), unit="invocations"),
        ],
        [
            lines(
                "Duration, 95th percentile, by function",
                _functions(machinery.functions, "Duration", "p95"),
                unit="milliseconds",
            ),
            lines(
                "Age of what stream readers take up",
                _functions(machinery.readers, "IteratorAge", "Maximum"),
                unit="milliseconds",
            ),
        ],
        [
            lines("Dead letters", [_depth(one) for one in machinery.dead_letters], unit="messages"),
            lines("Failed workflows", [_failed(one) for one in machinery.workflows], unit="executions"),
        ],
        [
            lines(
                "Age of what Firehose has to deliver", [_freshness(one) for one in machinery.deliveries], unit="seconds"
            ),
            lines("Throttled by DynamoDB", list(_throttles(machinery.tables)), unit="requests"),
        ],
        [
            lines("What last night's recount found", _recount(sums), unit="found", width=8),
            lines("Contacts told to CloudWatch", [sums.of_center("Contacts", "Contacts")], unit="contacts", width=8),
            lines("Log of the metrics", [_log_volume(one) for one in machinery.readers], unit="bytes", width=8),
        ],
    ]


def _only(kind: type[_Part], found: Iterable[object]) -> list[_Part]:
    return [one for one in found if isinstance(one, kind)]


def _functions(functions: Iterable[PythonFunction], name: str, statistic: str) -> list[IMetric]:
    return [one.metric(name, period=INTERVAL, statistic=statistic, label=one.folder) for one in functions]


def _depth(queue: DeadLetters) -> IMetric:
    return queue.metric_approximate_number_of_messages_visible(
        period=INTERVAL, statistic="Maximum", label=queue.node.id
    )


def _failed(workflow: StateMachine) -> IMetric:
    scope = workflow.node.scope
    return workflow.metric_failed(period=INTERVAL, statistic="Sum", label=scope.node.id if scope else workflow.node.id)


def _freshness(delivery: CfnDeliveryStream) -> IMetric:
    return _aws("AWS/Firehose", "DeliveryToS3.DataFreshness", "DeliveryStreamName", delivery.ref, "Maximum", delivery)


def _throttles(tables: Iterable[Table]) -> Iterable[IMetric]:
    for table in tables:
        for name in ("ReadThrottleEvents", "WriteThrottleEvents"):
            yield _aws("AWS/DynamoDB", name, "TableName", table.table_name, "Sum", table, name[:5].removesuffix("T"))


def _recount(sums: Sums) -> list[IMetric]:
    hourly = sums.every(_HOUR)
    return [
        hourly.of_center("Drift", "Counters that differ", "Maximum"),
        hourly.of_center("StuckContacts", "Stuck calls", "Maximum"),
    ]


def _log_volume(function: PythonFunction) -> IMetric:
    name = function.log_group.log_group_name
    return _aws("AWS/Logs", "IncomingBytes", "LogGroupName", name, "Sum", function, "log")


def _aws(
    namespace: str, name: str, dimension: str, value: str, statistic: str, part: Construct, more: str = ""
) -> IMetric:
    label = getattr(part, "folder", part.node.id)
    return Metric(
        namespace=namespace,
        metric_name=name,
        dimensions_map={dimension: value},
        statistic=statistic,
        period=INTERVAL,
        label=f"{label} {more.lower()}".strip(),
    )
