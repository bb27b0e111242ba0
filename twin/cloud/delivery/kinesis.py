"""Kinesis data streams: records by shard, behind the boto3 client.

**Source**: Kinesis Data Streams API reference; developer guide, "Terminology and concepts".
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from twin.contracts import ServiceError

_HASH_SPACE = 1 << 128
_DEFAULT_RETENTION = timedelta(hours=24)
_FIRST_SEQUENCE = 49_650_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class KinesisRecord:
    """A record as a shard keeps it."""

    sequence: str
    shard: int
    partition_key: str
    data: bytes
    arrived: datetime


@dataclass
class KinesisStream:
    """A stream, its records in order of arrival; ``expired`` counts those that were before them."""

    shards: int
    retention: timedelta = _DEFAULT_RETENTION
    expired: int = 0
    records: list[KinesisRecord] = field(default_factory=list)

    def expire(self, now: datetime) -> None:
        """Forget the records that are older than the retention."""
        gone = bisect_left(self.records, now - self.retention, key=lambda record: record.arrived)
        del self.records[:gone]
        self.expired += gone


class KinesisStore:
    """The records of every stream.

    Parameters
    ----------
    now
        Gives arrival times.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._streams: dict[str, KinesisStream] = {}
        self._sequence = _FIRST_SEQUENCE

    def create(self, name: str, shards: int) -> None:
        """Make a stream known."""
        self._streams[name] = KinesisStream(shards)

    def keep(self, name: str, hours: int) -> None:
        """Let a stream keep its records for so many hours; by default, 24."""
        self._of(name).retention = timedelta(hours=hours)

    def expire(self, now: datetime) -> None:
        """Forget what is older than the retention of its stream."""
        for stream in self._streams.values():
            stream.expire(now)

    def put_record(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer PutRecord."""
        del caller
        return self._put(_name(parameters), parameters)

    def put_records(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer PutRecords."""
        del caller
        name = _name(parameters)
        return {"FailedRecordCount": 0, "Records": [self._put(name, entry) for entry in parameters["Records"]]}

    def get_iterator(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer GetShardIterator; its text holds stream, shard and position."""
        del caller
        name, kind = _name(parameters), parameters["ShardIteratorType"]
        stream = self._of(name)
        position = stream.expired
        if kind == "LATEST":
            position += len(stream.records)
        elif kind in {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}:
            wanted, after = int(parameters["StartingSequenceNumber"]), kind.startswith("AFTER")
            position += sum(int(record.sequence) < wanted + after for record in stream.records)
        return {"ShardIterator": f"{name}/{int(parameters['ShardId'].rsplit('-', 1)[-1])}/{position}"}

    def get_records(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer GetRecords."""
        del caller
        name, shard, position = parameters["ShardIterator"].split("/")
        stream, limit = self._of(name), parameters.get("Limit", 10_000)
        begin = max(int(position) - stream.expired, 0)
        page = stream.records[begin : begin + limit]
        found = [record for record in page if record.shard == int(shard)]
        return {
            "Records": [
                {
                    "SequenceNumber": record.sequence,
                    "PartitionKey": record.partition_key,
                    "Data": record.data,
                    "ApproximateArrivalTimestamp": record.arrived,
                }
                for record in found
            ],
            "NextShardIterator": f"{name}/{shard}/{stream.expired + begin + len(page)}",
            "MillisBehindLatest": 0,
        }

    def _put(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        stream = self._of(name)
        digest = int(hashlib.md5(entry["PartitionKey"].encode(), usedforsecurity=False).hexdigest(), 16)
        shard = digest * stream.shards // _HASH_SPACE
        self._sequence += 1
        data = entry["Data"].encode() if isinstance(entry["Data"], str) else bytes(entry["Data"])
        stream.records.append(KinesisRecord(str(self._sequence), shard, entry["PartitionKey"], data, self._now()))
        return {"ShardId": f"shardId-{shard:012d}", "SequenceNumber": str(self._sequence)}

    def _of(self, name: str) -> KinesisStream:
        if name not in self._streams:
            raise ServiceError("ResourceNotFoundException", f"Stream {name} not found.")
        return self._streams[name]


def _name(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("StreamName") or parameters["StreamARN"].rsplit("/", 1)[-1])
