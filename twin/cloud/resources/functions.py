"""Lambda functions, layers, permissions and event source mappings."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twin.cloud.assembly import Asset
from twin.cloud.delivery.filters import compile_filters
from twin.cloud.delivery.messages import queue_url
from twin.cloud.delivery.queues import QueuePoller, QueueSettings
from twin.cloud.delivery.streams import StreamSettings
from twin.cloud.errors import NotOfferedError, TemplateError
from twin.cloud.functions.model import AsyncSettings, Function
from twin.cloud.iam import Access
from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_DYNAMODB_READS = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
_KINESIS_READS = ("DescribeStream", "GetRecords", "GetShardIterator")
_SQS_READS = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
_POLL_SECONDS = {"dynamodb": 0.25, "kinesis": 1.0}


def create_function(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a function from its asset."""
    properties = resource.properties
    name = physical_name(resource, "FunctionName")
    arn = f"arn:aws:lambda:{cloud.region}:{cloud.account}:function:{name}"
    variables = properties.get("Environment", {}).get("Variables", {})
    logging, layers = properties.get("LoggingConfig", {}), cloud.inventory.layers
    function = Function(
        name=name,
        arn=arn,
        role=properties["Role"],
        handler=properties.get("Handler", ""),
        runtime=properties.get("Runtime", "container"),
        code=_code_folder(cloud, resource),
        layers=tuple(layers[layer] for layer in properties.get("Layers", ()) if layer in layers),
        environment={key: str(value) for key, value in variables.items()},
        memory_mb=int(properties.get("MemorySize", 128)),
        timeout_seconds=float(properties.get("Timeout", 3)),
        log_group=logging.get("LogGroup", f"/aws/lambda/{name}"),
        logs_platform=logging.get("SystemLogLevel", "INFO") in {"DEBUG", "INFO"},
        dead_letter_arn=properties.get("DeadLetterConfig", {}).get("TargetArn"),
    )
    cloud.functions.add(function)
    return Created(name, {"Arn": arn})


def create_layer(cloud: LocalCloud, resource: Resource) -> Created:
    """Keep a layer's folder."""
    name = physical_name(resource, "LayerName")
    arn = f"arn:aws:lambda:{cloud.region}:{cloud.account}:layer:{name}:1"
    cloud.inventory.layers[arn] = unpack(_asset(cloud, resource.properties["Content"]))
    return Created(arn, {"LayerVersionArn": arn})


def permit_invocation(cloud: LocalCloud, resource: Resource) -> Created:
    """Add a statement to a function's resource policy."""
    properties = resource.properties
    arn = cloud.functions.find(properties["FunctionName"]).arn
    condition: dict[str, dict[str, str]] = {}
    if properties.get("SourceArn"):
        condition["ArnLike"] = {"AWS:SourceArn": properties["SourceArn"]}
    if properties.get("SourceAccount"):
        condition["StringEquals"] = {"AWS:SourceAccount": properties["SourceAccount"]}
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": properties["Principal"]},
        "Action": properties.get("Action", "lambda:InvokeFunction"),
        "Resource": arn,
        "Condition": condition,
    }
    cloud.policies.protect(arn, resource.logical_id, {"Statement": [statement]})
    return Created(resource.logical_id)


def set_async(cloud: LocalCloud, resource: Resource) -> Created:
    """Set retries and the failure destination of asynchronous invocations."""
    properties = resource.properties
    on_failure = properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    settings = AsyncSettings(int(properties.get("MaximumRetryAttempts", 2)), on_failure)
    cloud.functions.set_async(properties["FunctionName"], settings)
    return Created(resource.logical_id)


def create_mapping(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an event source mapping, if the function's role may read the source."""
    properties = resource.properties
    source = properties["EventSourceArn"]
    function = cloud.functions.find(properties["FunctionName"])
    service = source.split(":")[2]
    if properties.get("Enabled", True) in {False, "false"}:
        return Created(cloud.new_id("mapping"))
    if service == "sqs":
        _check_role(cloud, function, "sqs", _SQS_READS, source)
        cloud.sources.add_queue(source.rsplit(":", 1)[-1], _queue_poller(cloud, function, source, properties))
    elif service in _POLL_SECONDS:
        reads = _DYNAMODB_READS if service == "dynamodb" else _KINESIS_READS
        _check_role(cloud, function, service, reads, source)
        name = source.split("/")[1]
        cloud.sources.add_stream(name, _stream_settings(function, source, service, properties))
    else:
        raise NotOfferedError(f"the twin polls DynamoDB streams, Kinesis and SQS, not {source}")
    return Created(cloud.new_id("mapping"))


def create_version(cloud: LocalCloud, resource: Resource) -> Created:
    """Give a version's ARN; every version is the present code."""
    arn = cloud.functions.find(resource.properties["FunctionName"]).arn
    return Created(f"{arn}:1", {"Version": "1", "FunctionArn": f"{arn}:1"})


def create_alias(cloud: LocalCloud, resource: Resource) -> Created:
    """Give an alias's ARN; every alias is the present code."""
    arn = cloud.functions.find(resource.properties["FunctionName"]).arn
    return Created(f"{arn}:{resource.properties['Name']}", {"AliasArn": f"{arn}:{resource.properties['Name']}"})


def unpack(asset: Asset) -> Path:
    """Return an asset's folder; a zip file is unpacked once, beside itself, where only its owner writes."""
    if asset.path.is_dir():
        return asset.path
    folder = asset.path.with_suffix(".unpacked")
    if not folder.exists():
        partial = Path(tempfile.mkdtemp(dir=asset.path.parent, prefix=".unpacking-"))
        with zipfile.ZipFile(asset.path) as archive:
            archive.extractall(partial)
        try:
            partial.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return folder


def _code_folder(cloud: LocalCloud, resource: Resource) -> Path | None:
    code = resource.properties["Code"]
    if "ZipFile" in code:
        folder = Path(tempfile.mkdtemp(prefix="trunkline-twin-inline-"))
        (folder / "index.py").write_text(str(code["ZipFile"]), encoding="utf-8")
        return folder
    if "ImageUri" in code:
        return None
    runs_here = str(resource.properties.get("Runtime", "")).startswith("python")
    if not runs_here and code["S3Key"] not in cloud.inventory.assets:
        return None
    return unpack(_asset(cloud, code))


def _asset(cloud: LocalCloud, location: Mapping[str, Any]) -> Asset:
    key = location["S3Key"]
    if key not in cloud.inventory.assets:
        raise TemplateError(f"the asset {key} is in no asset manifest of the assembly; synthesise it again")
    return cloud.inventory.assets[key]


def _check_role(cloud: LocalCloud, function: Function, service: str, actions: tuple[str, ...], arn: str) -> None:
    for action in actions:
        resources = () if action == "ListStreams" else (arn,)
        if not cloud.policies.allows(function.role, Access(f"{service}:{action}", resources)):
            raise TemplateError(
                f"the role of {function.name} may not {service}:{action} on {arn}; grant it in the template"
            )


def _queue_poller(cloud: LocalCloud, function: Function, arn: str, properties: Mapping[str, Any]) -> QueuePoller:
    url = queue_url(arn)
    attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    settings = QueueSettings(
        function_arn=function.arn,
        queue_arn=arn,
        queue_url=url,
        batch_size=int(properties.get("BatchSize", 10)),
        window_seconds=float(properties.get("MaximumBatchingWindowInSeconds", 0)),
        partial="ReportBatchItemFailures" in properties.get("FunctionResponseTypes", ()),
        visibility_seconds=float(attributes["Attributes"]["VisibilityTimeout"]),
        accepts=compile_filters(properties.get("FilterCriteria")),
    )
    return QueuePoller(cloud.clock, cloud.functions, settings, cloud.client("sqs", function.role))


def _stream_settings(function: Function, arn: str, service: str, properties: Mapping[str, Any]) -> StreamSettings:
    return StreamSettings(
        function_arn=function.arn,
        stream_arn=arn,
        batch_size=int(properties.get("BatchSize", 100)),
        window_seconds=float(properties.get("MaximumBatchingWindowInSeconds", 0)),
        retries=int(properties.get("MaximumRetryAttempts", -1)),
        age_seconds=float(properties.get("MaximumRecordAgeInSeconds", -1)),
        bisect=properties.get("BisectBatchOnFunctionError", False) in {True, "true"},
        partial="ReportBatchItemFailures" in properties.get("FunctionResponseTypes", ()),
        tumbling_seconds=int(properties.get("TumblingWindowInSeconds", 0)),
        on_failure_arn=properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
        latency_seconds=_POLL_SECONDS[service],
        accepts=compile_filters(properties.get("FilterCriteria")),
    )


PROVIDERS = {
    "AWS::Lambda::Function": create_function,
    "AWS::Lambda::LayerVersion": create_layer,
    "AWS::Lambda::Permission": permit_invocation,
    "AWS::Lambda::EventInvokeConfig": set_async,
    "AWS::Lambda::EventSourceMapping": create_mapping,
    "AWS::Lambda::Version": create_version,
    "AWS::Lambda::Alias": create_alias,
}
