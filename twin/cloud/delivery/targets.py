"""Handing an event to a rule's target, with the permissions that EventBridge needs for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from twin.cloud.delivery.messages import ClientFactory, queue_url
from twin.cloud.errors import NotOfferedError
from twin.cloud.functions.service import FunctionService
from twin.cloud.iam import Access
from twin.cloud.logs import LogStore
from twin.cloud.policies import PolicyStore
from twin.contracts import ServiceError

EVENTS = "events.amazonaws.com"


class DeliveryError(Exception):
    """A target could not take an event."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one target.

    Attributes
    ----------
    target
        The rule's target.
    text
        What it gets.
    source_arn
        The rule.
    principal
        The service that delivers.
    """

    target: Mapping[str, Any]
    text: str
    source_arn: str
    principal: str

    @property
    def arn(self) -> str:
        """ARN of the target."""
        return str(self.target["Arn"])


class TargetCaller:
    """Delivers to Lambda, Step Functions, SQS, SNS, Firehose, Kinesis, logs and other buses.

    Parameters
    ----------
    client
        Gives a boto3 client for a service and a principal.
    functions, logs, policies
        Rooms of the cloud.
    """

    def __init__(
        self, client: ClientFactory, functions: FunctionService, logs: LogStore, policies: PolicyStore
    ) -> None:
        self._client = client
        self._functions = functions
        self._logs = logs
        self._policies = policies

    def call(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str = EVENTS) -> None:
        """Deliver ``text`` to ``target``.

        Raises
        ------
        DeliveryError
            With the code that AWS puts on the dead letter.
        """
        service = target["Arn"].split(":")[2]
        deliver = _TARGETS.get(service)
        if deliver is None:
            raise NotOfferedError(f"the twin delivers no events to {target['Arn']}; known are {sorted(_TARGETS)}")
        try:
            deliver(self, Delivery(target, text, source_arn, principal))
        except ClientError as error:
            code = error.response["Error"]["Code"]
            raise DeliveryError(_CODES.get(code, "SDK_CLIENT_ERROR"), error.response["Error"]["Message"]) from error
        except ServiceError as error:
            raise DeliveryError(_CODES.get(error.code, "SDK_CLIENT_ERROR"), error.message) from error

    def check_queue(self, arn: str, source_arn: str, principal: str = EVENTS) -> None:
        """Hold sending to a queue against the queue's own policy.

        Raises
        ------
        DeliveryError
            When the policy does not let the service send.
        """
        access = Access("sqs:SendMessage", (arn,), {"aws:sourcearn": source_arn})
        if not self._policies.permits(principal, access, arn):
            raise DeliveryError("NO_PERMISSIONS", self._policies.denials[-1].message())

    def to_function(self, delivery: Delivery) -> None:
        """Invoke asynchronously."""
        if "RoleArn" in delivery.target and delivery.principal != EVENTS:
            client = self._client("lambda", delivery.target["RoleArn"])
            client.invoke(FunctionName=delivery.arn, InvocationType="Event", Payload=delivery.text.encode())
            return
        if not self._functions.allows(delivery.arn, delivery.principal, delivery.source_arn):
            raise DeliveryError("NO_PERMISSIONS", self._policies.denials[-1].message())
        self._functions.invoke_async(delivery.arn, delivery.text)

    def to_machine(self, delivery: Delivery) -> None:
        """Start an execution."""
        client = self._client("stepfunctions", delivery.target["RoleArn"])
        client.start_execution(stateMachineArn=delivery.arn, input=delivery.text)

    def to_queue(self, delivery: Delivery) -> None:
        """Send a message."""
        caller = delivery.target.get("RoleArn", delivery.principal)
        if caller == delivery.principal:
            self.check_queue(delivery.arn, delivery.source_arn, delivery.principal)
        group = delivery.target.get("SqsParameters", {}).get("MessageGroupId")
        extra = {"MessageGroupId": group} if group else {}
        self._client("sqs", caller).send_message(QueueUrl=queue_url(delivery.arn), MessageBody=delivery.text, **extra)

    def to_topic(self, delivery: Delivery) -> None:
        """Publish."""
        self._client("sns", delivery.principal).publish(TopicArn=delivery.arn, Message=delivery.text)

    def to_firehose(self, delivery: Delivery) -> None:
        """Put a record."""
        client = self._client("firehose", delivery.target["RoleArn"])
        record = {"Data": delivery.text.encode()}
        client.put_record(DeliveryStreamName=delivery.arn.rsplit("/", 1)[-1], Record=record)

    def to_kinesis(self, delivery: Delivery) -> None:
        """Put a record."""
        client = self._client("kinesis", delivery.target["RoleArn"])
        client.put_record(StreamARN=delivery.arn, Data=delivery.text.encode(), PartitionKey="event")

    def to_logs(self, delivery: Delivery) -> None:
        """Write a line."""
        group = delivery.arn.split(":log-group:")[1].removesuffix(":*")
        self._logs.write(group, delivery.source_arn.rsplit("/", 1)[-1], [delivery.text])


_CODES = {
    "AccessDeniedException": "NO_PERMISSIONS",
    "AccessDenied": "NO_PERMISSIONS",
    "ResourceNotFoundException": "NO_RESOURCE",
    "StateMachineDoesNotExist": "NO_RESOURCE",
    "AWS.SimpleQueueService.NonExistentQueue": "NO_RESOURCE",
}
_TARGETS: dict[str, Callable[[TargetCaller, Delivery], None]] = {
    "lambda": TargetCaller.to_function,
    "states": TargetCaller.to_machine,
    "sqs": TargetCaller.to_queue,
    "sns": TargetCaller.to_topic,
    "firehose": TargetCaller.to_firehose,
    "kinesis": TargetCaller.to_kinesis,
    "logs": TargetCaller.to_logs,
}
