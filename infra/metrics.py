"""Metrics: a fold over the changes of contacts and of agents' states, and the dashboard and alarms that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration
from aws_cdk.aws_lambda import EventSourceMapping, FilterCriteria, FilterRule, StartingPosition
from aws_cdk.aws_lambda_event_sources import SqsDlq
from constructs import Construct

from .data import CONTACTS_BY_DAY, Tables
from .parts.acknowledgement import acknowledge_resources
from .parts.alarms import Alarms
from .parts.dead_letters import DeadLetters
from .parts.python_function import FunctionBase, PythonFunction
from .parts.table import Table

_WINDOW = Duration.seconds(60)
_STUCK_AFTER = Duration.minutes(10)
_CONTACTS_ONLY = {"dynamodb": {"Keys": {"part": {"S": FilterRule.is_equal("contact")}}}}


class Metrics(Construct):
    """The function that folds changes of contacts and agents' states into interval metrics, fed by two streams."""

    def __init__(self, scope: Construct, name: str, *, base: FunctionBase, tables: Tables, alarms: Alarms) -> None:
        super().__init__(scope, name)
        self._tables = tables
        self.dead_letters = DeadLetters(self, "ContactChangeDeadLetters")
        self.aggregate_metrics = self._aggregate_metrics(base)
        self._read_changes("ContactChanges", tables.contacts, _CONTACTS_ONLY)
        self._read_changes("AgentChanges", tables.agent_states, {})
        alarms.watch_dead_letters("ContactChangesLost", self.dead_letters)
        alarms.watch(
            "MetricsStuck",
            self.aggregate_metrics.metric("IteratorAge", period=Duration.minutes(5), statistic="Maximum"),
            above=_STUCK_AFTER.to_milliseconds(),
            means="Metrics lag ten minutes behind the contacts; one change is probably retried in vain.",
        )
        self.functions = [self.aggregate_metrics]

    def _aggregate_metrics(self, base: FunctionBase) -> PythonFunction:
        contacts, metrics = self._tables.contacts, self._tables.metrics
        function = PythonFunction(
            self,
            "AggregateMetrics",
            base=base,
            function="aggregate_metrics",
            description="Adds what changed in contacts to the counters of their intervals",
            memory_mib=512,
            timeout_seconds=60,
            environment={"METRICS_TABLE": metrics.table_name, "CONTACTS_TABLE": contacts.table_name},
        )
        metrics.allow(function, "BatchGetItem", "UpdateItem")
        contacts.allow_on_index(function, CONTACTS_BY_DAY, "Query")
        return function

    def _read_changes(self, name: str, table: Table, only: Mapping[str, Any]) -> None:
        """Read a table's stream in windows of a minute, so that each counter is written once a minute.

        Items that DynamoDB deletes when they expire do not count as changes.

        **Source**: AWS Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB", "Windows".
        """
        stream_arn = table.table_stream_arn
        assert stream_arn is not None
        self.aggregate_metrics.allow(
            "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", on=stream_arn
        )
        self.aggregate_metrics.allow("dynamodb:ListStreams", on=f"{table.table_arn}/stream/*")
        acknowledge_resources(
            self.aggregate_metrics,
            owner=table,
            arn=table.table_arn,
            suffix="/stream/*",
            reason="Lambda needs ListStreams to poll, and DynamoDB grants it on all streams of a table only.",
        )
        EventSourceMapping(
            self,
            name,
            target=self.aggregate_metrics,
            event_source_arn=stream_arn,
            starting_position=StartingPosition.TRIM_HORIZON,
            batch_size=500,
            max_batching_window=Duration.seconds(10),
            tumbling_window=_WINDOW,
            filters=[FilterCriteria.filter({"eventName": FilterRule.or_("INSERT", "MODIFY"), **only})],
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            retry_attempts=8,
            on_failure=SqsDlq(self.dead_letters),
        )
