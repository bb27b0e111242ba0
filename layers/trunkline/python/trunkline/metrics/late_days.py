"""Days that were over when something was counted in them: what was written of them at night is no longer true.

A late contact record, a correction, or an agent's state that lasted into the next day changes the counters of a day
that may be closed already. The days are noted in the metrics table before anything is counted in them, and the next
night closes them again. They share one partition, whose name is no day.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from trunkline.contact.moments import day_bounds, local_day
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PARTITION = "late"


def find_late_days(moments: Iterable[datetime], now: datetime, time_zone: str) -> set[str]:
    """Return the local days of moments on days that are over.

    Examples
    --------
    >>> from trunkline.contact.moments import parse_moment
    >>> moments = [parse_moment("2026-11-21T07:45:00Z"), parse_moment("2026-11-21T08:00:00Z")]
    >>> find_late_days(moments, parse_moment("2026-11-21T20:00:00Z"), "America/Los_Angeles")
    {'2026-11-20'}
    """
    today = day_bounds(local_day(now, time_zone), time_zone)[0]
    return {local_day(moment, time_zone).isoformat() for moment in set(moments) if moment < today}


@dataclass(frozen=True)
class LateDays:
    """Days to be closed again.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the metrics table.
    """

    dynamodb: DynamoDBClient
    table: str

    def note(self, days: Iterable[str]) -> None:
        """Note days, and when it was last."""
        noted_at = to_item({":noted_at": int(time.time())})
        for day in sorted(days):
            self.dynamodb.update_item(
                TableName=self.table,
                Key=_key(day),
                UpdateExpression="SET noted_at = :noted_at",
                ExpressionAttributeValues=noted_at,
            )

    def list(self) -> list[str]:
        """List the days that are noted, the earliest first."""
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="#day = :late",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues=to_item({":late": _PARTITION}),
        )
        return [str(from_item(item)["interval_key"]) for page in pages for item in page["Items"]]

    def forget(self, day: str, begun_at: datetime) -> None:
        """Forget a day that was closed again, unless it was noted anew since that began."""
        with suppress(self.dynamodb.exceptions.ConditionalCheckFailedException):
            self.dynamodb.delete_item(
                TableName=self.table,
                Key=_key(day),
                ConditionExpression="noted_at < :begun_at",
                ExpressionAttributeValues=to_item({":begun_at": int(begun_at.timestamp())}),
            )


def _key(day: str) -> dict[str, dict[str, str]]:
    return {"day": {"S": _PARTITION}, "interval_key": {"S": day}}
