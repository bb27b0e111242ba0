"""Where supervisors' targets are kept: one partition of the metrics table, beside the counters and never expiring."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from trunkline.reports.targets import OwnTarget
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TARGETS_PARTITION = "targets"


@dataclass(frozen=True)
class TargetStore:
    """The items with ``day = targets``.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the metrics table.
    """

    dynamodb: DynamoDBClient
    table: str

    def read(self) -> dict[str, dict[str, OwnTarget]]:
        """Return every target by agent and figure."""
        targets: dict[str, dict[str, OwnTarget]] = {}
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="#day = :targets",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues={":targets": {"S": TARGETS_PARTITION}},
        )
        for page in pages:
            for item in page["Items"]:
                values = from_item(item)
                target = OwnTarget(**{name: values[name] for name in OwnTarget.__dataclass_fields__})
                targets.setdefault(target.username, {})[target.figure] = target
        return targets

    def put(self, target: OwnTarget) -> None:
        """Keep a target, in place of the agent's own one before."""
        values = {**asdict(target), "value": Decimal(str(target.value))}
        key = _key(target.username, target.figure)
        self.dynamodb.put_item(TableName=self.table, Item=to_item({**key, **values}))

    def delete(self, username: str, figure: str) -> None:
        """Let the centre's target hold again; nothing happens where there is no other."""
        self.dynamodb.delete_item(TableName=self.table, Key=to_item(_key(username, figure)))


def _key(username: str, figure: str) -> dict[str, str]:
    return {"day": TARGETS_PARTITION, "interval_key": f"{username}#{figure}"}
