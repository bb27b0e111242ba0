"""Sending to a destination that is known by its ARN, in the name of a role or service."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from twin.cloud.errors import NotOfferedError

ClientFactory = Callable[[str, str], Any]


def queue_url(arn: str) -> str:
    """Return the URL of the queue ``arn``, as moto forms it."""
    region, account, name = arn.split(":")[3:6]
    return f"https://sqs.{region}.amazonaws.com/{account}/{name}"


class DestinationSender:
    """Sends texts to queues, topics, functions and buses.

    Parameters
    ----------
    client
        Gives a boto3 client for a service and a principal.
    """

    def __init__(self, client: ClientFactory) -> None:
        self._client = client
        self.undelivered: list[tuple[str, str, str]] = []

    def send(self, arn: str, body: str, principal: str, attributes: Mapping[str, str]) -> None:
        """Send ``body``; what cannot be sent is kept in :attr:`undelivered` with its cause."""
        try:
            self._send(arn, body, principal, attributes)
        except ClientError as error:
            self.undelivered.append((arn, body, str(error)))

    def _send(self, arn: str, body: str, principal: str, attributes: Mapping[str, str]) -> None:
        service = arn.split(":")[2]
        named = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items() if value}
        if service == "sqs":
            extra: dict[str, Any] = {"MessageGroupId": "twin"} if arn.endswith(".fifo") else {}
            client = self._client("sqs", principal)
            client.send_message(QueueUrl=queue_url(arn), MessageBody=body, MessageAttributes=named, **extra)
        elif service == "sns":
            self._client("sns", principal).publish(TopicArn=arn, Message=body, MessageAttributes=named)
        elif service == "lambda":
            self._client("lambda", principal).invoke(FunctionName=arn, InvocationType="Event", Payload=body.encode())
        elif service == "events":
            entry = {"Source": "lambda", "DetailType": "Lambda Function Invocation Result - Failure", "Detail": body}
            self._client("events", principal).put_events(Entries=[{**entry, "EventBusName": arn.rsplit("/", 1)[-1]}])
        elif service == "s3":
            key = f"failures/{json.loads(body).get('timestamp', 'record')}.json"
            self._client("s3", principal).put_object(Bucket=arn.split(":::")[1], Key=key, Body=body.encode())
        else:
            raise NotOfferedError(f"the twin sends no failures to {arn}; use an SQS queue")
