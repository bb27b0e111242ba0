"""Where the announcement of this moment stands: one item of the live table, read at every step of a call."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from trunkline.live.announcement import Announcement, read_announcement
from trunkline.live.keys import make_key
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_KEY = to_item(make_key("announcement", "current"))


@dataclass(frozen=True)
class AnnouncementBoard:
    """The item ``announcement#current``.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the live table.
    """

    dynamodb: DynamoDBClient
    table: str

    def read(self, now_epoch_seconds: float) -> Announcement | None:
        """Return what callers hear now, or ``None``.

        Raises
        ------
        botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
            If the table cannot be read.
        """
        answer = self.dynamodb.get_item(TableName=self.table, Key=_KEY)
        return read_announcement(from_item(answer.get("Item", {})), now_epoch_seconds)

    def publish(self, announcement: Announcement) -> None:
        """Let every caller hear an announcement, in place of the one before."""
        self.dynamodb.put_item(TableName=self.table, Item={**_KEY, **to_item(asdict(announcement))})

    def clear(self) -> None:
        """Take the announcement down: an empty one stands in its place.

        Nothing is deleted, because a permission to delete could not be limited to announcements.
        """
        self.publish(Announcement("none"))
