"""The contacts table as a log: every contact of a span, whole."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from trunkline.contact.model import Contact
from trunkline.contact.moments import utc_days
from trunkline.contact.store import BY_DAY_INDEX
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MOST_KEYS = 100  # of one BatchGetItem
_READS = 8


class UnreadContactsError(RuntimeError):
    """DynamoDB kept leaving contacts unread."""


@dataclass(frozen=True)
class ContactLog:
    """All contacts of a span, as they are now.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the contacts table.
    """

    dynamodb: DynamoDBClient
    table: str

    def read_days(self, start: datetime, end: datetime) -> Iterator[Contact]:
        """Yield every contact that began on one of the UTC days that a span touches.

        Raises
        ------
        UnreadContactsError
            If DynamoDB leaves some unread again and again.
        ValueError
            If an item is no contact.

        Notes
        -----
        **Source**: Amazon DynamoDB API reference, "BatchGetItem" (100 items, ``UnprocessedKeys``).
        """
        for day in utc_days(start, end):
            keys = self._keys_of(day)
            while batch := list(islice(keys, _MOST_KEYS)):
                for item in self._read_batch(batch):
                    yield Contact.from_values(from_item(item))

    def _keys_of(self, day: str) -> Iterator[dict[str, Any]]:
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            IndexName=BY_DAY_INDEX,
            KeyConditionExpression="#day = :day",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues=to_item({":day": day}),
            ProjectionExpression="contact_id, part",
        )
        for page in pages:
            for item in page["Items"]:
                yield {"contact_id": item["contact_id"], "part": item["part"]}

    def _read_batch(self, keys: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for attempt in range(_READS):
            request: Any = {self.table: {"Keys": keys, "ConsistentRead": True}}
            answer: Any = self.dynamodb.batch_get_item(RequestItems=request)
            yield from answer["Responses"].get(self.table, [])
            keys = [dict(key) for key in answer["UnprocessedKeys"].get(self.table, {}).get("Keys", [])]
            if not keys:
                return
            time.sleep(0.05 * 2**attempt)
        raise UnreadContactsError(f"{len(keys)} contacts of {self.table} unread after {_READS} reads")
