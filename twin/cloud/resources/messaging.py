"""SQS queues, SNS topics and Kinesis streams in moto; Firehose in the twin itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from twin.cloud.catalogue import CatalogueTable
from twin.cloud.delivery.firehose import DeliverySettings, DeliveryStream
from twin.cloud.errors import NotOfferedError
from twin.cloud.resources.identity import read_document
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_QUEUE_ATTRIBUTES = (
    "ContentBasedDeduplication",
    "DelaySeconds",
    "FifoQueue",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "VisibilityTimeout",
)
_MEGABYTE = 1024 * 1024


def create_queue(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a queue with its redrive policy."""
    properties = resource.properties
    name = physical_name(resource, "QueueName", longest=80)
    attributes = {key: _text(properties[key]) for key in _QUEUE_ATTRIBUTES if key in properties}
    if properties.get("RedrivePolicy"):
        attributes["RedrivePolicy"] = json.dumps(read_document(properties["RedrivePolicy"]))
    client = cloud.client("sqs")
    url = client.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return Created(url, {"Arn": arn, "QueueName": name, "QueueUrl": url})


def keep_queue_policy(cloud: LocalCloud, resource: Resource) -> Created:
    """Keep a queue policy: EventBridge and other services may send only where it lets them."""
    document = read_document(resource.properties["PolicyDocument"])
    for url in resource.properties["Queues"]:
        arn = f"arn:aws:sqs:{cloud.region}:{cloud.account}:{url.rsplit('/', 1)[-1]}"
        cloud.policies.protect(arn, resource.logical_id, document)
    return Created(resource.logical_id)


def create_topic(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a topic."""
    name = physical_name(resource, "TopicName", longest=256)
    arn = cloud.client("sns").create_topic(Name=name)["TopicArn"]
    return Created(arn, {"TopicArn": arn, "TopicName": name})


def create_subscription(cloud: LocalCloud, resource: Resource) -> Created:
    """Subscribe to a topic."""
    properties = resource.properties
    answer = cloud.client("sns").subscribe(
        TopicArn=properties["TopicArn"], Protocol=properties["Protocol"], Endpoint=properties.get("Endpoint", "")
    )
    return Created(answer["SubscriptionArn"])


def create_stream(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a Kinesis stream."""
    name = physical_name(resource, "Name", longest=128)
    mode = resource.properties.get("StreamModeDetails", {}).get("StreamMode", "PROVISIONED")
    shards = {"ShardCount": int(resource.properties.get("ShardCount", 1))} if mode == "PROVISIONED" else {}
    client = cloud.client("kinesis")
    client.create_stream(StreamName=name, StreamModeDetails={"StreamMode": mode}, **shards)
    hours = int(resource.properties.get("RetentionPeriodHours", 24))
    if hours > 24:
        client.increase_stream_retention_period(StreamName=name, RetentionPeriodHours=hours)
    return Created(name, {"Arn": f"arn:aws:kinesis:{cloud.region}:{cloud.account}:stream/{name}"})


def create_delivery_stream(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a delivery stream to S3, with its transformation."""
    properties = resource.properties
    name = physical_name(resource, "DeliveryStreamName")
    destination = properties.get("ExtendedS3DestinationConfiguration") or properties.get("S3DestinationConfiguration")
    if destination is None or properties.get("DeliveryStreamType", "DirectPut") != "DirectPut":
        raise NotOfferedError("the twin offers delivery streams from direct PUT to S3 only")
    arn = f"arn:aws:firehose:{cloud.region}:{cloud.account}:deliverystream/{name}"
    hints = destination.get("BufferingHints", {})
    settings = DeliverySettings(
        name=name,
        arn=arn,
        bucket=destination["BucketARN"].split(":::")[1],
        role=destination["RoleARN"],
        prefix=destination.get("Prefix", ""),
        error_prefix=destination.get("ErrorOutputPrefix", ""),
        buffer_seconds=float(hints.get("IntervalInSeconds", 300)),
        buffer_bytes=int(hints.get("SizeInMBs", 5)) * _MEGABYTE,
        compress=destination.get("CompressionFormat") == "GZIP",
        **_transformation(destination),
        read_schema=_schema_reader(cloud, destination.get("DataFormatConversionConfiguration") or {}),
    )
    cloud.firehose.add(name, DeliveryStream(cloud.clock, cloud.client, settings, cloud.new_id))
    return Created(name, {"Arn": arn})


def _schema_reader(cloud: LocalCloud, configuration: Mapping[str, Any]) -> Callable[[], CatalogueTable] | None:
    if not configuration or configuration.get("Enabled") is False:
        return None
    formats = (
        configuration["InputFormatConfiguration"]["Deserializer"],
        configuration["OutputFormatConfiguration"]["Serializer"],
    )
    if "OpenXJsonSerDe" not in formats[0] or "ParquetSerDe" not in formats[1]:
        raise NotOfferedError("the twin converts by the OpenX JSON deserializer to Parquet only")
    schema = configuration["SchemaConfiguration"]
    database, name, role = schema["DatabaseName"], schema["TableName"], schema["RoleARN"]
    return lambda: cloud.catalogue.read_table(database, name, role)


def _transformation(destination: Mapping[str, Any]) -> dict[str, Any]:
    configuration = destination.get("ProcessingConfiguration", {})
    if not configuration.get("Enabled"):
        return {}
    for processor in configuration.get("Processors", ()):
        values = {entry["ParameterName"]: entry["ParameterValue"] for entry in processor.get("Parameters", ())}
        if processor["Type"] == "Lambda":
            return {
                "function_arn": ":".join(values["LambdaArn"].split(":")[:7]),
                "function_role": values.get("RoleArn", destination["RoleARN"]),
                "function_seconds": float(values.get("BufferIntervalInSeconds", 60)),
                "function_bytes": int(float(values.get("BufferSizeInMBs", 1)) * _MEGABYTE),
                "function_retries": int(values.get("NumberOfRetries", 3)),
            }
        if processor["Type"] != "AppendDelimiterToRecord":
            raise NotOfferedError(f"the twin offers no Firehose processor {processor['Type']}")
    return {}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


PROVIDERS = {
    "AWS::SQS::Queue": create_queue,
    "AWS::SQS::QueuePolicy": keep_queue_policy,
    "AWS::SNS::Topic": create_topic,
    "AWS::SNS::Subscription": create_subscription,
    "AWS::Kinesis::Stream": create_stream,
    "AWS::KinesisFirehose::DeliveryStream": create_delivery_stream,
}
