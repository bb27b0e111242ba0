"""The contacts table as a log: every contact of a span, whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trunkline.contact.model import Contact
from trunkline.contact.moments import utc_days
from trunkline.contact.store import BY_DAY_INDEX
from trunkline.runtime.batches import read_items
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READS = 8


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
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        ValueError
            If an item is no contact.
        """
        for day in utc_days(start, end):
            for item in read_items(self.dynamodb, self.table, self._keys_of(day), reads=_READS):
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
