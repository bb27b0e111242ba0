"""The metrics table: one item for each interval of a queue, of an agent, and of the centre."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trunkline.contact.moments import format_moment, parse_moment, utc_days
from trunkline.metrics.expression import Update
from trunkline.metrics.fold import Write
from trunkline.metrics.keys import Key
from trunkline.metrics.marks import MARKS
from trunkline.metrics.stored import TALLY, pack_tally, unpack_tally
from trunkline.metrics.tally import Tally
from trunkline.runtime.batches import read_items
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READS = 5  # a function waits
_WRITTEN_AT = "written_at"


@dataclass(frozen=True)
class MetricsStore:
    """Counters of intervals, written exactly once and read by day.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the metrics table.
    retention_seconds
        How long after its start an interval is kept.
    """

    dynamodb: DynamoDBClient
    table: str
    retention_seconds: int

    def read(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Any]]:
        """Read counter items as they are now.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        """
        wanted = {(key.day, key.interval_key): key for key in keys}
        items: dict[Key, Mapping[str, Any]] = {}
        pending = (to_item({"day": day, "interval_key": name}) for day, name in wanted)
        for item in read_items(self.dynamodb, self.table, pending, reads=_READS):
            values = from_item(item)
            items[wanted[values["day"], values["interval_key"]]] = values
        return items

    def write(self, write: Write) -> bool:
        """Leave one item's tally and marks, if it is as the write expects.

        Returns
        -------
        bool
            False when the marks or the tally had changed: nothing was written.
        """
        update = Update()
        update.set("expires_at", "expires_at", self._expiry(write.key))
        update.set("written", _WRITTEN_AT, int(time.time()))
        update.move("marks", MARKS, write.marks_before or None, write.marks_after)
        update.move("tally", TALLY, write.tally_before or None, write.tally_after or None)
        return self._update(write.key, update)

    def replace(self, key: Key, before: Tally | None, after: Tally) -> bool:
        """Put recounted counters in the place of those that were read, and leave the marks of shards alone.

        Parameters
        ----------
        key
            Which item.
        before
            What was read; ``None`` where there was no item.
        after
            What to store.

        Returns
        -------
        bool
            False when the item is not as it was read: nothing was written.

        Notes
        -----
        Whatever the stream brings afterwards is added to what was written here, so it must not be part
        of ``after``: whoever recounts waits until the stream has caught up.
        """
        update = Update()
        update.set("expires_at", "expires_at", self._expiry(key))
        update.move("tally", TALLY, pack_tally(before or Tally()) or None, pack_tally(after) or None)
        return self._update(key, update)

    def read_between(self, start: datetime, end: datetime) -> dict[Key, Tally]:
        """Read the counters of all intervals that start in a span, end excluded."""
        return self.read_with_age(start, end)[0]

    def read_with_age(self, start: datetime, end: datetime) -> tuple[dict[Key, Tally], int | None]:
        """Read the counters of a span, and when any of them was last written, in seconds since 1970."""
        tallies: dict[Key, Tally] = {}
        written_at: int | None = None
        for day in utc_days(start, end):
            for item in self._query_day(day, start, end):
                values = from_item(item)
                begin, scope, name = values["interval_key"].split("#", 2)
                tallies[Key(parse_moment(begin), scope, name)] = unpack_tally(values.get(TALLY, b""))
                written_at = max(written_at or 0, values.get(_WRITTEN_AT, 0)) or None
        return tallies, written_at

    def _expiry(self, key: Key) -> int:
        return int(key.start.timestamp()) + self.retention_seconds

    def _update(self, key: Key, update: Update) -> bool:
        try:
            self.dynamodb.update_item(
                TableName=self.table,
                Key=to_item({"day": key.day, "interval_key": key.interval_key}),
                **update.request(),
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _query_day(self, day: str, start: datetime, end: datetime) -> Iterator[Mapping[str, Any]]:
        start_key: Any = None
        while True:
            resume = {"ExclusiveStartKey": start_key} if start_key else {}
            page = self.dynamodb.query(
                TableName=self.table,
                KeyConditionExpression="#day = :day AND interval_key BETWEEN :start AND :end",
                ExpressionAttributeNames={"#day": "day"},
                # The end sorts before every key of its own interval, which carries a scope after it.
                ExpressionAttributeValues=to_item(
                    {":day": day, ":start": format_moment(start), ":end": format_moment(end)}
                ),
                **resume,
            )
            yield from page["Items"]
            start_key = page.get("LastEvaluatedKey")
            if not start_key:
                return
