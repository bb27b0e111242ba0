"""The live table: one conditional write an event, one query a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from trunkline.live.rules import LiveUpdate


@dataclass(frozen=True)
class LiveStore:
    """Contacts and agents of this moment.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the live table.
    """

    dynamodb: DynamoDBClient
    table: str

    def apply(self, update: LiveUpdate) -> bool:
        """Write an update, unless the item already knows something newer.

        Parameters
        ----------
        update
            From ``trunkline.live.rules``.

        Returns
        -------
        bool
            False when nothing changed: the event was a duplicate, or late.
        """
        names = {f"#{index}": name for index, name in enumerate(update.values)}
        values = {f":{index}": value for index, value in enumerate(update.values.values())}
        newer = next(alias for alias, name in names.items() if name == update.newer_than)
        absent = f"attribute_not_exists({newer}) OR " if update.creates else ""
        try:
            self.dynamodb.update_item(
                TableName=self.table,
                Key=to_item({"kind": update.kind, "id": update.id}),
                UpdateExpression="SET " + ", ".join(f"{each} = :{each[1:]}" for each in names),
                ConditionExpression=f"{absent}{newer} < :{newer[1:]}",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=to_item(values),
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def close_contact(self, contact_id: str) -> None:
        """Take a contact out of the live picture, whatever is known of it there.

        Its record has come, so it is over: this also ends contacts whose last event was lost, and
        keeps the number of items that a board reads to the calls of the last minutes.
        """
        self.dynamodb.delete_item(TableName=self.table, Key=to_item({"kind": "contact", "id": contact_id}))

    def list_kind(self, kind: str) -> list[dict[str, Any]]:
        """Return all items of a kind: ``contact``, ``agent`` or ``announcement``."""
        return [from_item(item) for item in self._pages(kind)]

    def _pages(self, kind: str) -> Iterator[Any]:
        start_key: Any = None
        while True:
            resume = {"ExclusiveStartKey": start_key} if start_key else {}
            page = self.dynamodb.query(
                TableName=self.table,
                KeyConditionExpression="kind = :kind",
                ExpressionAttributeValues={":kind": {"S": kind}},
                **resume,
            )
            yield from page["Items"]
            start_key = page.get("LastEvaluatedKey")
            if not start_key:
                return
