"""The live table: one conditional write an event, one query for everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline.live.keys import NOW, PARTITION_KEY, Kind, make_key
from trunkline.live.picture import LivePicture, compose_picture, show_item
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from trunkline.live.rules import LiveUpdate


HEARTBEATS_LIFE_SECONDS = 7 * 86400


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
        names = {f"#{index}": name for index, name in enumerate([*update.values, *update.adds])}
        values = {f":{index}": value for index, value in enumerate([*update.values.values(), *update.adds.values()])}
        newer = next(alias for alias, name in names.items() if name == update.newer_than)
        absent = f"attribute_not_exists({newer}) OR " if update.creates else ""
        aliases = list(names)
        sets = ", ".join(f"{each} = :{each[1:]}" for each in aliases[: len(update.values)])
        adds = ", ".join(f"{each} :{each[1:]}" for each in aliases[len(update.values) :])
        try:
            self.dynamodb.update_item(
                TableName=self.table,
                Key=to_item(make_key(update.kind, update.id)),
                UpdateExpression=f"SET {sets}" + (f" ADD {adds}" if adds else ""),
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
        self.dynamodb.delete_item(TableName=self.table, Key=to_item(make_key("contact", contact_id)))

    def keep_heartbeats(self, shard_id: str, agents: Mapping[str, int]) -> None:
        """Put down when the agents of a shard were last heard, in place of what was known.

        Parameters
        ----------
        shard_id
            Shard of the agent event stream: its batches come one after the other.
        agents
            User names to seconds since 1970; an entry takes some twenty bytes.
        """
        values = {"agents": agents, "expires_at": max(agents.values(), default=0) + HEARTBEATS_LIFE_SECONDS}
        self.dynamodb.put_item(TableName=self.table, Item=to_item({**make_key("heard", shard_id), **values}))

    def read(self, kind: Kind, item_id: str) -> dict[str, Any] | None:
        """Return one item with its ``id``, or ``None`` where there is none."""
        answer = self.dynamodb.get_item(TableName=self.table, Key=to_item(make_key(kind, item_id)))
        return show_item(from_item(answer["Item"]), item_id) if "Item" in answer else None

    def read_picture(self, now_epoch_seconds: float) -> LivePicture:
        """Return everything that happens now, by one query.

        Notes
        -----
        A query reads at most 1 MB, some four thousand contacts and agents at a time; what is more takes
        another page.

        **Source**: Amazon DynamoDB API reference, "Query".
        """
        return compose_picture(map(from_item, self._pages()), now_epoch_seconds)

    def _pages(self) -> Iterator[Mapping[str, Any]]:
        start_key: Any = None
        while True:
            resume = {"ExclusiveStartKey": start_key} if start_key else {}
            page = self.dynamodb.query(
                TableName=self.table,
                KeyConditionExpression=f"{PARTITION_KEY} = :now",
                ExpressionAttributeValues={":now": {"S": NOW}},
                **resume,
            )
            yield from page["Items"]
            start_key = page.get("LastEvaluatedKey")
            if not start_key:
                return
