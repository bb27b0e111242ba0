"""Which room of the cloud answers which API operation, and who looks on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from twin.cloud.api import ApiCall, OperationProvider
from twin.cloud.functions.api import LambdaApi

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_TABLE_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems")
_OBJECT_WRITES = ("PutObject", "CopyObject", "CompleteMultipartUpload")
Parameters = Mapping[str, Any]


def wire_gate(cloud: LocalCloud) -> None:
    """Register the cloud's own services with its API gate; everything else is moto's."""
    _wire_services(cloud)
    _wire_tables(cloud)
    _wire_streams(cloud)
    _wire_objects(cloud)


def _wire_services(cloud: LocalCloud) -> None:
    gate, workflows, bus = cloud.gate, cloud.workflows, cloud.bus
    gate.provide_service("lambda", LambdaApi(cloud.functions))
    gate.provide_service("logs", cloud.logs)
    gate.provide_service("firehose", cloud.firehose)
    gate.provide_operation("events", "PutEvents", bus.put_events)
    gate.provide_operation("events", "EnableRule", lambda parameters, _: bus.switch_rule(parameters, enabled=True))
    gate.provide_operation("events", "DisableRule", lambda parameters, _: bus.switch_rule(parameters, enabled=False))
    gate.provide_operation("stepfunctions", "StartExecution", workflows.start)
    gate.provide_operation("stepfunctions", "StartSyncExecution", workflows.start_sync)
    gate.provide_operation("stepfunctions", "DescribeExecution", workflows.describe)
    gate.provide_operation("stepfunctions", "ListExecutions", workflows.list_executions)

    def put_metric_data(parameters: Parameters, _: str) -> dict[str, Any]:
        cloud.metrics.put(cloud.clock.now(), parameters["Namespace"], parameters.get("MetricData", ()))
        return {}

    gate.provide_operation("cloudwatch", "PutMetricData", put_metric_data)


def _wire_tables(cloud: LocalCloud) -> None:
    gate = cloud.gate
    gate.observe("dynamodb", "CreateTable", lambda call, _: cloud.tables.create(call.parameters))
    gate.observe("dynamodb", "DeleteTable", lambda call, _: cloud.tables.drop(call.parameters["TableName"]))
    for operation, answer in cloud.tables.operations().items():
        gate.provide_operation("dynamodb", operation, _without_caller(answer))
    for operation in _TABLE_WRITES:
        gate.observe("dynamodb", operation, cloud.sources.table_written)


def _wire_streams(cloud: LocalCloud) -> None:
    gate, kinesis = cloud.gate, cloud.kinesis

    def create_stream(call: ApiCall, _: Parameters) -> None:
        kinesis.create(call.parameters["StreamName"], call.parameters.get("ShardCount", 4))

    gate.observe("kinesis", "CreateStream", create_stream)
    gate.provide_operation("kinesis", "PutRecord", kinesis.put_record)
    gate.provide_operation("kinesis", "PutRecords", kinesis.put_records)
    gate.provide_operation("kinesis", "GetShardIterator", kinesis.get_iterator)
    gate.provide_operation("kinesis", "GetRecords", kinesis.get_records)
    gate.observe("kinesis", "PutRecord", cloud.sources.record_put)
    gate.observe("kinesis", "PutRecords", cloud.sources.records_put)
    gate.observe("sqs", "SendMessage", cloud.sources.message_sent)
    gate.observe("sqs", "SendMessageBatch", cloud.sources.message_sent)


def _wire_objects(cloud: LocalCloud) -> None:
    gate = cloud.gate

    def count_stored(call: ApiCall, _: Parameters) -> None:
        if call.principal is not None:
            cloud.meter("s3", "stored bytes", call.body_bytes)

    for operation in _OBJECT_WRITES:
        gate.observe("s3", operation, cloud.objects.object_created)
    gate.observe("s3", "PutObject", count_stored)
    gate.observe("s3", "PutObjectTagging", cloud.objects.tags_added)
    gate.observe("s3", "DeleteObject", cloud.objects.object_deleted)


def _without_caller(answer: Callable[[Parameters], dict[str, Any]]) -> OperationProvider:
    return lambda parameters, _: answer(parameters)
