"""Kinesis data streams: records by shard, behind the boto3 client.

**Source**: Kinesis Data Streams API reference; developer guide, "Terminology and concepts".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin.contracts import ServiceError

_HASH_SPACE = 1 << 128
_FIRST_SEQUENCE = 49_650_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class KinesisRecord:
    """A record as a shard keeps it."""

    sequence: str
    shard: int
    partition_key: str
    data: bytes
    arrived: datetime


class KinesisStore:
    """The records of every stream.

    Parameters
    ----------
    now
        Gives arrival times.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._shards: dict[str, int] = {}
        self._records: dict[str, list[KinesisRecord]] = {}
        self._sequence = _FIRST_SEQUENCE

    def create(self, name: str, shards: int) -> None:
        """Make a stream known."""
        self._shards[name] = shards
        self._records[name] = []

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
        records = self._of(name)
        position = 0
        if kind == "LATEST":
            position = len(records)
        elif kind in {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}:
            wanted, after = int(parameters["StartingSequenceNumber"]), kind.startswith("AFTER")
            position = sum(int(record.sequence) < wanted + after for record in records)
        return {"ShardIterator": f"{name}/{int(parameters['ShardId'].rsplit('-', 1)[-1])}/{position}"}

    def get_records(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer GetRecords."""
        del caller
        name, shard, position = parameters["ShardIterator"].split("/")
        records, limit = self._of(name), parameters.get("Limit", 10_000)
        end = min(int(position) + limit, len(records))
        found = [record for record in records[int(position) : end] if record.shard == int(shard)]
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
            "NextShardIterator": f"{name}/{shard}/{end}",
            "MillisBehindLatest": 0,
        }

    def _put(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        records = self._of(name)
        digest = int(hashlib.md5(entry["PartitionKey"].encode(), usedforsecurity=False).hexdigest(), 16)
        shard = digest * self._shards[name] // _HASH_SPACE
        self._sequence += 1
        data = entry["Data"].encode() if isinstance(entry["Data"], str) else bytes(entry["Data"])
        records.append(KinesisRecord(str(self._sequence), shard, entry["PartitionKey"], data, self._now()))
        return {"ShardId": f"shardId-{shard:012d}", "SequenceNumber": str(self._sequence)}

    def _of(self, name: str) -> list[KinesisRecord]:
        if name not in self._records:
            raise ServiceError("ResourceNotFoundException", f"Stream {name} not found.")
        return self._records[name]


def _name(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("StreamName") or parameters["StreamARN"].rsplit("/", 1)[-1])
