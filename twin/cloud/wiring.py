"""Which room of the cloud answers which API operation, and who looks on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from twin.cloud.api import ApiCall, OperationProvider
from twin.cloud.functions.api import LambdaApi
from twin.cloud.services import CloudServices

_MESSAGE_CHANGES = ("SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch")
_QUEUE_CHANGES = (*_MESSAGE_CHANGES, "PurgeQueue")
_TABLE_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems")
_OBJECT_WRITES = ("PutObject", "CopyObject", "CompleteMultipartUpload")
Parameters = Mapping[str, Any]


def wire_gate(services: CloudServices) -> None:
    """Register the cloud's own services with its API gate; everything else is moto's."""
    _wire_services(services)
    _wire_tables(services)
    _wire_streams(services)
    _wire_objects(services)


def _wire_services(services: CloudServices) -> None:
    gate, workflows, bus = services.gate, services.workflows, services.bus
    gate.provide_service("lambda", LambdaApi(services.functions))
    gate.provide_service("logs", services.logs)
    gate.provide_service("firehose", services.firehose)
    gate.provide_service("glue", services.catalogue)
    gate.provide_service("athena", services.athena)
    gate.provide_operation("events", "PutEvents", bus.put_events)
    gate.provide_operation("events", "EnableRule", lambda parameters, _: bus.switch_rule(parameters, enabled=True))
    gate.provide_operation("events", "DisableRule", lambda parameters, _: bus.switch_rule(parameters, enabled=False))
    gate.provide_operation("stepfunctions", "StartExecution", workflows.start)
    gate.provide_operation("stepfunctions", "StartSyncExecution", workflows.start_sync)
    gate.provide_operation("stepfunctions", "DescribeExecution", workflows.describe)
    gate.provide_operation("stepfunctions", "ListExecutions", workflows.list_executions)

    def put_metric_data(parameters: Parameters, _: str) -> dict[str, Any]:
        services.metrics.put(services.clock.now(), parameters["Namespace"], parameters.get("MetricData", ()))
        return {}

    gate.provide_operation("cloudwatch", "PutMetricData", put_metric_data)


def _wire_tables(services: CloudServices) -> None:
    gate = services.gate
    gate.observe("dynamodb", "CreateTable", lambda call, _: services.tables.create(call.parameters))
    gate.observe("dynamodb", "DeleteTable", lambda call, _: services.tables.drop(call.parameters["TableName"]))
    gate.observe("dynamodb", "UpdateTimeToLive", lambda call, _: services.tables.set_lifetime(call.parameters))
    for operation, answer in services.tables.operations().items():
        gate.provide_operation("dynamodb", operation, _without_caller(answer))
    for operation in _TABLE_WRITES:
        gate.observe("dynamodb", operation, services.sources.table_written)


def _wire_streams(services: CloudServices) -> None:
    gate, kinesis = services.gate, services.kinesis

    def create_stream(call: ApiCall, _: Parameters) -> None:
        kinesis.create(call.parameters["StreamName"], call.parameters.get("ShardCount", 4))

    def keep_longer(call: ApiCall, _: Parameters) -> None:
        kinesis.keep(call.parameters["StreamName"], call.parameters["RetentionPeriodHours"])

    gate.observe("kinesis", "CreateStream", create_stream)
    gate.observe("kinesis", "IncreaseStreamRetentionPeriod", keep_longer)
    gate.provide_operation("kinesis", "PutRecord", kinesis.put_record)
    gate.provide_operation("kinesis", "PutRecords", kinesis.put_records)
    gate.provide_operation("kinesis", "GetShardIterator", kinesis.get_iterator)
    gate.provide_operation("kinesis", "GetRecords", kinesis.get_records)
    gate.observe("kinesis", "PutRecord", services.sources.record_put)
    gate.observe("kinesis", "PutRecords", services.sources.records_put)
    for operation in _QUEUE_CHANGES:
        gate.observe("sqs", operation, lambda call, _: services.alarms.queue_touched(_queue_name(call)))
    gate.observe("sqs", "SendMessage", services.sources.message_sent)
    gate.observe("sqs", "SendMessageBatch", services.sources.message_sent)


def _wire_objects(services: CloudServices) -> None:
    gate = services.gate

    def count_stored(call: ApiCall, _: Parameters) -> None:
        if call.principal is not None:
            services.meter_book.add("s3", "stored bytes", call.body_bytes)

    for operation in _OBJECT_WRITES:
        gate.observe("s3", operation, services.objects.object_created)
    gate.observe("s3", "PutObject", count_stored)
    gate.observe("s3", "PutObjectTagging", services.objects.tags_added)
    gate.observe("s3", "DeleteObject", services.objects.object_deleted)


def _queue_name(call: ApiCall) -> str:
    return str(call.parameters["QueueUrl"]).rsplit("/", 1)[-1]


def _without_caller(answer: Callable[[Parameters], dict[str, Any]]) -> OperationProvider:
    return lambda parameters, _: answer(parameters)
