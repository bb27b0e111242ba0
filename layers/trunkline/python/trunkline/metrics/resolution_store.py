"""Resolution by day: one item of the metrics table for each local day, written again while its cases are provisional.

Its sort key sorts behind those of all intervals, which begin with a digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from trunkline.metrics.resolution import Member, ResolutionCounts, ResolutionDays
from trunkline.runtime.batches import read_items
from trunkline.runtime.items import from_item, to_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RESOLUTION = "resolution"
_READS = 5
_SECONDS_A_DAY = 86_400
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class ResolutionStore:
    """Resolution of local days.

    Parameters
    ----------
    dynamodb
        Client.
    table
        Name of the metrics table.
    retention_days
        How long a day is kept.
    """

    dynamodb: DynamoDBClient
    table: str
    retention_days: int

    def write(self, days: ResolutionDays) -> None:
        """Put each day in the place of what was known of it."""
        for day, members in days.items():
            counts: dict[str, dict[str, dict[str, int]]] = {}
            for (scope, name), count in members.items():
                counts.setdefault(scope, {})[name] = {key: number for key, number in asdict(count).items() if number}
            expires_at = ((day - _EPOCH).days + self.retention_days) * _SECONDS_A_DAY
            item = {**_key(day), "expires_at": expires_at, "counts": counts}
            self.dynamodb.put_item(TableName=self.table, Item=to_item(item))

    def read(self, days: Iterable[date]) -> ResolutionDays:
        """Read what is known of some days; those that were not counted yet are left out.

        Raises
        ------
        UnreadItemsError
            If DynamoDB leaves some unread again and again.
        """
        found: ResolutionDays = {}
        keys = (to_item(_key(day)) for day in days)
        for item in read_items(self.dynamodb, self.table, keys, reads=_READS):
            values = from_item(item)
            found[date.fromisoformat(values["day"])] = {
                _member(scope, name): ResolutionCounts(**counts)
                for scope, members in values["counts"].items()
                for name, counts in members.items()
            }
        return found


def _member(scope: str, name: str) -> Member:
    return scope, name


def _key(day: date) -> dict[str, str]:
    return {"day": day.isoformat(), "interval_key": RESOLUTION}
