"""Event source mappings of SQS queues.

**Source**: Lambda developer guide, "Using Lambda with Amazon SQS".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.functions.service import FunctionService

POLL_SECONDS = 0.1
_LARGEST_RECEIVE = 10


@dataclass(frozen=True)
class QueueSettings:
    """Settings of a queue's event source mapping."""

    function_arn: str
    queue_arn: str
    queue_url: str
    batch_size: int = 10
    window_seconds: float = 0.0
    partial: bool = False
    visibility_seconds: float = 30.0
    accepts: Callable[[Mapping[str, Any]], bool] = field(default=lambda _: True)


class QueuePoller:
    """Receives messages, invokes the function, and deletes what it took.

    A message that failed comes back after the queue's visibility timeout; the queue itself moves
    it to its dead-letter queue after its ``maxReceiveCount``.

    Parameters
    ----------
    clock, functions
        Rooms of the cloud.
    settings
        The mapping.
    client
        SQS client of the function's role.
    """

    def __init__(self, clock: VirtualClock, functions: FunctionService, settings: QueueSettings, client: Any) -> None:
        self._clock = clock
        self._functions = functions
        self._settings = settings
        self._client = client
        self._awake = False

    def wake(self) -> None:
        """Look at the queue soon: a message was sent."""
        if not self._awake:
            self._awake = True
            self._clock.call_later(max(POLL_SECONDS, self._settings.window_seconds), self._poll)

    def _poll(self) -> None:
        self._awake = False
        messages = self._receive()
        if not messages:
            return
        records = [_record(message, self._settings.queue_arn) for message in messages]
        accepted = [record for record in records if self._settings.accepts(record)]
        failed = self._invoke(accepted) if accepted else set()
        for record in records:
            if record["messageId"] not in failed:
                self._client.delete_message(QueueUrl=self._settings.queue_url, ReceiptHandle=record["receiptHandle"])
        if failed:
            self._clock.call_later(self._settings.visibility_seconds + POLL_SECONDS, self.wake)
        self.wake()

    def _receive(self) -> list[Mapping[str, Any]]:
        messages: list[Mapping[str, Any]] = []
        while len(messages) < self._settings.batch_size:
            answer = self._client.receive_message(
                QueueUrl=self._settings.queue_url,
                MaxNumberOfMessages=min(_LARGEST_RECEIVE, self._settings.batch_size - len(messages)),
                AttributeNames=["All"],
                MessageAttributeNames=["All"],
                WaitTimeSeconds=0,
            )
            if not answer.get("Messages"):
                break
            messages += answer["Messages"]
        return messages

    def _invoke(self, records: list[dict[str, Any]]) -> set[str]:
        outcome = self._functions.invoke(self._settings.function_arn, {"Records": records})
        if outcome.failure is not None:
            return {record["messageId"] for record in records}
        answer = json.loads(outcome.payload)
        if not self._settings.partial or not isinstance(answer, dict):
            return set()
        return {str(failure["itemIdentifier"]) for failure in answer.get("batchItemFailures") or ()}


def _record(message: Mapping[str, Any], queue_arn: str) -> dict[str, Any]:
    attributes = {
        name: {
            "stringValue": value.get("StringValue"),
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": value["DataType"],
        }
        for name, value in message.get("MessageAttributes", {}).items()
    }
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": attributes,
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": queue_arn.split(":")[3],
    }
