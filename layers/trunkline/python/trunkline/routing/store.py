"""The live board as routing reads it: one Query for contacts, one for agents.

The Live table belongs to the live picture; only its published items are read here, and what an agent
does is told by the kernel from both kinds of items.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from trunkline.contact.presence import tell_presence
from trunkline.routing.rules import QueueLoad
from trunkline.runtime.items import from_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READ = ("id", "state", "since", "queue", "agent_id", "expires_at")
_BUSY = frozenset({"on_contact", "after_contact_work"})


class LiveBoard:
    """Counts who waits in a queue and who serves it.

    Parameters
    ----------
    client
        DynamoDB client.
    table
        Name of the Live table.
    """

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def read_load(self, queue: str, members: Collection[str], now_epoch_seconds: float) -> QueueLoad:
        """Return how busy ``queue`` is.

        Parameters
        ----------
        queue
            Key of the queue.
        members
            User names of agents who have the queue's skill.
        now_epoch_seconds
            Items that expired before this moment are not counted.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read.
        """
        contacts = list(self._query("contact", now_epoch_seconds))
        waiting = sum(each["state"] == "queued" and each.get("queue") == queue for each in contacts)
        presences = tell_presence(self._query("agent", now_epoch_seconds), contacts)
        states = [presence.state for username, presence in presences.items() if username in members]
        return QueueLoad(
            waiting=waiting,
            available=states.count("available"),
            on_contact=sum(state in _BUSY for state in states),
        )

    def _query(self, kind: str, now_epoch_seconds: float) -> Iterator[Mapping[str, Any]]:
        question: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "#kind = :kind",
            "ProjectionExpression": ", ".join(f"#{name}" for name in _READ),
            "ExpressionAttributeNames": {f"#{name}": name for name in ("kind", *_READ)},
            "ExpressionAttributeValues": {":kind": {"S": kind}},
        }
        while True:
            page = self._client.query(**question)
            for item in page["Items"]:
                values = from_item(item)
                if values.get("expires_at", now_epoch_seconds + 1) > now_epoch_seconds:
                    yield values
            if "LastEvaluatedKey" not in page:
                return
            question["ExclusiveStartKey"] = page["LastEvaluatedKey"]
