"""Handing an event to a rule's target, with the permissions that EventBridge needs for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
            deliver(self, target, text, source_arn, principal)
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

    def to_function(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Invoke asynchronously."""
        if "RoleArn" in target and principal != EVENTS:
            client = self._client("lambda", target["RoleArn"])
            client.invoke(FunctionName=target["Arn"], InvocationType="Event", Payload=text.encode())
            return
        if not self._functions.allows(target["Arn"], principal, source_arn):
            raise DeliveryError("NO_PERMISSIONS", self._policies.denials[-1].message())
        self._functions.invoke_async(target["Arn"], text)

    def to_machine(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Start an execution."""
        self._client("stepfunctions", target["RoleArn"]).start_execution(stateMachineArn=target["Arn"], input=text)

    def to_queue(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Send a message."""
        caller = target.get("RoleArn", principal)
        if caller == principal:
            self.check_queue(target["Arn"], source_arn, principal)
        group = target.get("SqsParameters", {}).get("MessageGroupId")
        extra = {"MessageGroupId": group} if group else {}
        self._client("sqs", caller).send_message(QueueUrl=queue_url(target["Arn"]), MessageBody=text, **extra)

    def to_topic(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Publish."""
        self._client("sns", principal).publish(TopicArn=target["Arn"], Message=text)

    def to_firehose(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Put a record."""
        name = target["Arn"].rsplit("/", 1)[-1]
        self._client("firehose", target["RoleArn"]).put_record(DeliveryStreamName=name, Record={"Data": text.encode()})

    def to_kinesis(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Put a record."""
        client = self._client("kinesis", target["RoleArn"])
        client.put_record(StreamARN=target["Arn"], Data=text.encode(), PartitionKey="event")

    def to_logs(self, target: Mapping[str, Any], text: str, source_arn: str, principal: str) -> None:
        """Write a line."""
        group = target["Arn"].split(":log-group:")[1].removesuffix(":*")
        self._logs.write(group, source_arn.rsplit("/", 1)[-1], [text])


_CODES = {
    "AccessDeniedException": "NO_PERMISSIONS",
    "AccessDenied": "NO_PERMISSIONS",
    "ResourceNotFoundException": "NO_RESOURCE",
    "StateMachineDoesNotExist": "NO_RESOURCE",
    "AWS.SimpleQueueService.NonExistentQueue": "NO_RESOURCE",
}
_TARGETS: dict[str, Callable[[TargetCaller, Mapping[str, Any], str, str, str], None]] = {
    "lambda": TargetCaller.to_function,
    "states": TargetCaller.to_machine,
    "sqs": TargetCaller.to_queue,
    "sns": TargetCaller.to_topic,
    "firehose": TargetCaller.to_firehose,
    "kinesis": TargetCaller.to_kinesis,
    "logs": TargetCaller.to_logs,
}
