"""Sums of closed days: what a night counted of a day, so that a month is read from days and not from intervals.

A report of a month reads some sixty days. Of a centre of hundreds of agents these are hundreds of thousands of
counters of 15 minutes; their sums by day are one small object a day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from trunkline.contact.moments import format_moment, parse_moment
from trunkline.metrics.tally import COUNTERS, Counters
from trunkline.reports.counts import Count, Place
from trunkline.reports.statistics import Moments

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SUMS_PREFIX = "day-sums/"
FORMAT = 1
"""What figures are made of; raised when that changes, and days are then counted from their intervals again."""


@dataclass(frozen=True, kw_only=True)
class DaySums:
    """What a closed day counted.

    Attributes
    ----------
    day
        On the centre's clock.
    written_at
        When it was counted; what came later is not in it.
    counts
        By scope, member and channel.
    adherence
        Seconds in the scheduled state and seconds scheduled, by agent who had a shift.
    """

    day: date
    written_at: datetime
    counts: Mapping[Place, Count] = field(default_factory=dict)
    adherence: Mapping[str, Moments] = field(default_factory=dict)

    def to_text(self) -> str:
        """Write it as JSON."""
        document = {
            "format": FORMAT,
            "day": self.day.isoformat(),
            "written_at": format_moment(self.written_at),
            "counts": [[*place, _write_count(count)] for place, count in sorted(self.counts.items())],
            "adherence": {name: _write_moments(moments) for name, moments in self.adherence.items()},
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of_text(cls, text: str | bytes) -> DaySums | None:
        """Read what ``to_text`` wrote; ``None`` where it was written in another format."""
        document: dict[str, Any] = json.loads(text)
        if document["format"] != FORMAT:
            return None
        return cls(
            day=date.fromisoformat(document["day"]),
            written_at=parse_moment(document["written_at"]),
            counts={
                (scope, member, channel): _read_count(count) for scope, member, channel, count in document["counts"]
            },
            adherence={name: Moments(*sums) for name, sums in document["adherence"].items()},
        )


@dataclass(frozen=True)
class DaySumsShelf:
    """Where sums of days are kept: ``day-sums/<day>.json``; written again, a day takes its own place.

    Parameters
    ----------
    s3
        Client.
    bucket
        Name of the bucket.
    """

    s3: S3Client
    bucket: str

    def put(self, sums: DaySums) -> None:
        """Keep the sums of a day."""
        self.s3.put_object(
            Bucket=self.bucket, Key=_key(sums.day), Body=sums.to_text().encode(), ContentType="application/json"
        )

    def read(self, day: date) -> DaySums | None:
        """Return the sums of a day, or ``None`` where none are kept."""
        try:
            answer = self.s3.get_object(Bucket=self.bucket, Key=_key(day))
        except self.s3.exceptions.NoSuchKey:
            return None
        return DaySums.of_text(answer["Body"].read())


def _key(day: date) -> str:
    return f"{SUMS_PREFIX}{day.isoformat()}.json"


def _write_count(count: Count) -> dict[str, Any]:
    return {
        "counters": count.tally.counts(),
        "hours": count.hours,
        "moments": {key: _write_moments(moments) for key, moments in count.moments.items()},
    }


def _read_count(written: Mapping[str, Any]) -> Count:
    counters = {name: number for name, number in written["counters"].items() if name in COUNTERS}
    moments = {key: Moments(*sums) for key, sums in written["moments"].items()}
    return Count(Counters(**counters), moments, written["hours"])


def _write_moments(moments: Moments) -> list[float]:
    return [moments.number, moments.x, moments.y, moments.xx, moments.xy, moments.yy]
