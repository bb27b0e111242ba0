"""Which IAM actions on which resources an API operation needs.

**Source**: service authorization reference, "Actions, resources, and condition keys" of each service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlparse

from twin.cloud.errors import PolicyError
from twin.cloud.iam import Access

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Account and region that ARNs are made of."""

    account: str
    region: str

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of a regional resource."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


def find_accesses(place: Place, service: str, operation: str, parameters: Parameters) -> list[Access]:
    """Return every access that one call of ``operation`` needs.

    Raises
    ------
    PolicyError
        When the service has no mapping: nothing is allowed by guess.
    """
    mapping = _SERVICES.get(service)
    if mapping is None:
        raise PolicyError(f"no IAM mapping for the service {service}; add one to twin/cloud/actions.py")
    return list(mapping(place, operation, parameters))


def _dynamodb(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    if operation in {"TransactWriteItems", "TransactGetItems"}:
        for member in parameters.get("TransactItems", ()):
            for kind, request in member.items():
                action = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "Get": "GetItem"}
                name = action.get(kind, "ConditionCheckItem")
                yield Access(f"dynamodb:{name}", (_table(place, request["TableName"]),))
    elif operation in {"BatchGetItem", "BatchWriteItem"}:
        for table in parameters.get("RequestItems", {}):
            yield Access(f"dynamodb:{operation}", (_table(place, table),))
    elif "TableName" in parameters:
        arn = _table(place, parameters["TableName"])
        index = parameters.get("IndexName")
        yield Access(f"dynamodb:{operation}", (f"{arn}/index/{index}" if index else arn,))
    else:
        yield Access(f"dynamodb:{operation}", ("*",))


def _table(place: Place, name: str) -> str:
    return name if name.startswith("arn:") else place.arn("dynamodb", f"table/{name}")


_S3_ACTIONS = {
    "HeadObject": "GetObject",
    "UploadPart": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "CompleteMultipartUpload": "PutObject",
    "DeleteObjects": "DeleteObject",
    "ListObjectsV2": "ListBucket",
    "ListObjects": "ListBucket",
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListParts": "ListMultipartUploadParts",
    "ListBuckets": "ListAllMyBuckets",
}


def _s3(_: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    bucket, key = parameters.get("Bucket", ""), parameters.get("Key", "")
    arn = f"arn:aws:s3:::{bucket}" if bucket else "*"
    if operation == "CopyObject":
        yield Access("s3:GetObject", (f"arn:aws:s3:::{_copy_source(parameters['CopySource'])}",))
        operation = "PutObject"
    if operation == "DeleteObjects":
        for entry in parameters["Delete"]["Objects"]:
            yield Access("s3:DeleteObject", (f"{arn}/{entry['Key']}",))
        return
    target = f"{arn}/{key}" if key else arn
    action = _S3_ACTIONS.get(operation, operation)
    if "VersionId" in parameters and action in {"GetObject", "GetObjectTagging", "PutObjectTagging", "DeleteObject"}:
        action = action.replace("Object", "ObjectVersion", 1)
    # Source: Service authorization reference, "Condition keys for Amazon S3" (s3:prefix).
    listed = {"s3:prefix": str(parameters["Prefix"])} if action == "ListBucket" and "Prefix" in parameters else {}
    yield Access(f"s3:{action}", (target,), listed)
    if operation == "PutObject" and parameters.get("Tagging"):
        yield Access("s3:PutObjectTagging", (target,))


def _copy_source(source: Any) -> str:
    if isinstance(source, Mapping):
        return f"{source['Bucket']}/{source['Key']}"
    return unquote(str(source)).split("?versionId=")[0].lstrip("/")


def _lambda(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    name = str(parameters.get("FunctionName", "*"))
    arn = name if name.startswith("arn:") else place.arn("lambda", f"function:{name}")
    action = "InvokeFunction" if operation in {"Invoke", "InvokeWithResponseStream"} else operation
    yield Access(f"lambda:{action}", (arn,))


def _states(_: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    arn = parameters.get("stateMachineArn") or parameters.get("executionArn")
    yield Access(f"states:{operation}", (arn,) if arn else ())


def _sqs(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    name = urlparse(parameters["QueueUrl"]).path.rsplit("/", 1)[-1] if "QueueUrl" in parameters else "*"
    yield Access(f"sqs:{operation.removesuffix('Batch')}", (place.arn("sqs", name),))


def _events(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    for entry in parameters.get("Entries", ({},)):
        bus = entry.get("EventBusName", "default")
        yield Access(
            f"events:{operation}", (bus if bus.startswith("arn:") else place.arn("events", f"event-bus/{bus}"),)
        )


def _kinesis(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    arn = parameters.get("StreamARN") or place.arn("kinesis", f"stream/{parameters.get('StreamName', '*')}")
    yield Access(f"kinesis:{operation}", (arn,))


def _firehose(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    stream = place.arn("firehose", f"deliverystream/{parameters.get('DeliveryStreamName', '*')}")
    yield Access(f"firehose:{operation}", (stream,))


def _glue(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    """Tables want the catalogue and the database too.

    **Source**: AWS Glue developer guide, "Resource ARNs" ("Data Catalog resources").
    """
    database = str(parameters.get("DatabaseName") or parameters.get("Name", "*"))
    resources = ["catalog", f"database/{database}"]
    if "DatabaseName" in parameters:
        resources.append(f"table/{database}/{parameters.get('Name', '*')}")
    for resource in resources:
        yield Access(f"glue:{operation}", (place.arn("glue", resource),))


def _athena(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    """Operations on one query need its workgroup, which the twin looks up when it answers."""
    workgroup = parameters.get("WorkGroup")
    if workgroup is not None or operation == "StartQueryExecution":
        yield Access(f"athena:{operation}", (place.arn("athena", f"workgroup/{workgroup or 'primary'}"),))


def _logs(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    group = parameters.get("logGroupName") or str(parameters.get("logGroupIdentifier", "*")).split(":log-group:")[-1]
    arn = place.arn("logs", f"log-group:{group}")
    stream = parameters.get("logStreamName", "*")
    yield Access(f"logs:{operation}", (f"{arn}:*", arn, f"{arn}:log-stream:{stream}"))


def _transcribe(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    if not operation.startswith("Start"):
        name = parameters.get("TranscriptionJobName") or parameters.get("CallAnalyticsJobName") or "*"
        yield Access(f"transcribe:{operation}", (place.arn("transcribe", f"transcription-job/{name}"), "*"))
        return
    yield Access(f"transcribe:{operation}", ("*",))
    media = urlparse(parameters.get("Media", {}).get("MediaFileUri", ""))
    if media.scheme == "s3":
        yield Access("s3:GetObject", (f"arn:aws:s3:::{media.netloc}{media.path}",))
    if "OutputBucketName" in parameters:
        key = parameters.get("OutputKey", f"{parameters.get('TranscriptionJobName')}.json")
        yield Access("s3:PutObject", (f"arn:aws:s3:::{parameters['OutputBucketName']}/{key}",))


def _connect(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    instance = str(parameters.get("InstanceId", "*")).rsplit("/", 1)[-1]
    arn = place.arn("connect", f"instance/{instance}")
    members = (("ContactId", "contact"), ("QueueId", "queue"), ("ContactFlowId", "contact-flow"), ("UserId", "agent"))
    below = tuple(f"{arn}/{kind}/{parameters[name]}" for name, kind in members if name in parameters)
    phone = (str(parameters["PhoneNumberId"]),) if "PhoneNumberId" in parameters else ()
    phones = tuple(place.arn("connect", f"phone-number/{number}") for number in phone)
    yield Access(f"connect:{operation}", (arn, *below, *phones))


def _secrets(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    secret = str(parameters.get("SecretId", "*"))
    arn = secret if secret.startswith("arn:") else place.arn("secretsmanager", f"secret:{secret}-twins1")
    yield Access(f"secretsmanager:{operation}", (arn,))


def _ssm(place: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    for name in parameters.get("Names", [parameters.get("Name", "*")]):
        yield Access(f"ssm:{operation}", (place.arn("ssm", f"parameter/{name.lstrip('/')}"),))


def _sns(_: Place, operation: str, parameters: Parameters) -> Iterator[Access]:
    yield Access(f"sns:{operation}", (parameters.get("TopicArn", "*"),))


def _nothing(_: Place, __: str, ___: Parameters) -> Iterator[Access]:
    yield from ()


def _anywhere(prefix: str) -> Callable[[Place, str, Parameters], Iterator[Access]]:
    def mapping(_: Place, operation: str, __: Parameters) -> Iterator[Access]:
        yield Access(f"{prefix}:{operation}", ("*",))

    return mapping


_SERVICES: dict[str, Callable[[Place, str, Parameters], Iterator[Access]]] = {
    "athena": _athena,
    "cloudwatch": _anywhere("cloudwatch"),
    "comprehend": _anywhere("comprehend"),
    "connect": _connect,
    "dynamodb": _dynamodb,
    "events": _events,
    "firehose": _firehose,
    "glue": _glue,
    "kinesis": _kinesis,
    "lambda": _lambda,
    "logs": _logs,
    "polly": _anywhere("polly"),
    "s3": _s3,
    "secretsmanager": _secrets,
    "sns": _sns,
    "sqs": _sqs,
    "ssm": _ssm,
    "stepfunctions": _states,
    "sts": _nothing,
    "transcribe": _transcribe,
    "translate": _anywhere("translate"),
    "xray": _anywhere("xray"),
}
