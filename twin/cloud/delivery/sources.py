"""What feeds event source mappings: writes to tables, streams and queues, as the API gate sees them."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin.cloud.api import ApiCall
from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.queues import QueuePoller
from twin.cloud.delivery.streams import ShardPoller, StreamRecord, StreamSettings, build_notice
from twin.cloud.functions.model import Outcome
from twin.cloud.functions.service import FunctionService, Sender
from twin.cloud.tables.service import TableStore
from twin.cloud.tables.table import Change
from twin.cloud.units import item_bytes

_TABLE_SHARD = "shardId-00000001541626099285-f35f62ef"


@dataclass(frozen=True)
class DeadRecords:
    """Records of a stream that failed for good, with what the AWS record leaves out: the cause."""

    at: datetime
    function_arn: str
    stream_arn: str
    cause: str
    events: Sequence[Mapping[str, Any]]


class EventSources:
    """Every event source mapping of the cloud.

    Parameters
    ----------
    clock, functions, tables
        Rooms of the cloud.
    send
        Sends to on-failure destinations.
    new_id
        Gives request ids.
    """

    def __init__(
        self,
        clock: VirtualClock,
        functions: FunctionService,
        tables: TableStore,
        send: Sender,
        new_id: Callable[[str], str],
    ) -> None:
        self._clock = clock
        self._functions = functions
        self._tables = tables
        self._send = send
        self._new_id = new_id
        self._shards: dict[tuple[str, str], list[ShardPoller]] = defaultdict(list)
        self._streams: dict[str, list[StreamSettings]] = defaultdict(list)
        self._queues: dict[str, list[QueuePoller]] = defaultdict(list)
        self._sequence = 0
        self.dead: list[DeadRecords] = []

    def add_stream(self, name: str, settings: StreamSettings) -> None:
        """Map a table's stream (by table name) or a Kinesis stream (by stream name)."""
        self._streams[name].append(settings)

    def add_queue(self, name: str, poller: QueuePoller) -> None:
        """Map a queue."""
        self._queues[name].append(poller)

    def table_written(self, call: ApiCall, _: Any) -> None:
        """Collect the changes of the tables that a call wrote."""
        for table in _written_tables(call):
            if table in self._streams:
                self.table_changed(table)

    def table_changed(self, table: str) -> None:
        """Collect the changes of a table; they are dropped where no function is mapped to its stream."""
        view, changes = self._tables.take_changes(table)
        for change in changes if table in self._streams else ():
            self._add_change(table, view, change)

    def record_put(self, call: ApiCall, answer: Mapping[str, Any]) -> None:
        """Collect one Kinesis record."""
        self._add_kinesis(_stream_name(call.parameters), call.parameters, answer)

    def records_put(self, call: ApiCall, answer: Mapping[str, Any]) -> None:
        """Collect several Kinesis records."""
        for entry, result in zip(call.parameters["Records"], answer["Records"], strict=True):
            self._add_kinesis(_stream_name(call.parameters), entry, result)

    def message_sent(self, call: ApiCall, _: Any) -> None:
        """Wake the pollers of a queue."""
        for poller in self._queues.get(call.parameters["QueueUrl"].rsplit("/", 1)[-1], ()):
            poller.wake()

    def give_up(
        self, settings: StreamSettings, shard_id: str, records: Sequence[StreamRecord], outcome: Outcome, attempts: int
    ) -> None:
        """Keep records that failed for good, and send AWS's notice of them."""
        cause = outcome.cause or f"reported as failed: {outcome.payload}"
        now = self._clock.now()
        events = [record.event for record in records]
        self.dead.append(DeadRecords(now, settings.function_arn, settings.stream_arn, cause, events))
        if settings.on_failure_arn:
            notice = build_notice(settings, shard_id, records, outcome, attempts, now, self._new_id("notice"))
            role = self._functions.find(settings.function_arn).role
            self._send(settings.on_failure_arn, json.dumps(notice), role, {})

    def _add_change(self, table: str, view: str, change: Change) -> None:
        self._sequence += 1
        sequence = f"{self._sequence:021d}"
        arrived = self._clock.timestamp()
        described: dict[str, Any] = {
            "ApproximateCreationDateTime": int(arrived),
            "Keys": change.keys,
            "SequenceNumber": sequence,
            "SizeBytes": item_bytes(change.keys) + item_bytes(change.old) + item_bytes(change.new),
            "StreamViewType": view,
        }
        if change.new is not None and view in {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"}:
            described["NewImage"] = change.new
        if change.old is not None and view in {"OLD_IMAGE", "NEW_AND_OLD_IMAGES"}:
            described["OldImage"] = change.old
        name = "INSERT" if change.old is None else "REMOVE" if change.new is None else "MODIFY"
        event: dict[str, Any] = {
            "eventID": self._new_id("stream").replace("-", ""),
            "eventName": name,
            "eventVersion": "1.1",
            "eventSource": "aws:dynamodb",
            "dynamodb": described,
        }
        if change.expired:
            event["userIdentity"] = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
        for settings in self._streams[table]:
            source = {"awsRegion": settings.stream_arn.split(":")[3], "eventSourceARN": settings.stream_arn}
            for poller in self._pollers(settings, _TABLE_SHARD):
                poller.add(StreamRecord(sequence, arrived, {**event, **source}))

    def _add_kinesis(self, stream: str, entry: Mapping[str, Any], result: Mapping[str, Any]) -> None:
        arrived = self._clock.timestamp()
        data = entry["Data"].encode() if isinstance(entry["Data"], str) else entry["Data"]
        carried = {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": entry["PartitionKey"],
            "sequenceNumber": result["SequenceNumber"],
            "data": base64.b64encode(data).decode(),
            "approximateArrivalTimestamp": arrived,
        }
        for settings in self._streams.get(stream, ()):
            event = {
                "kinesis": carried,
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": f"{result['ShardId']}:{result['SequenceNumber']}",
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": self._functions.find(settings.function_arn).role,
                "awsRegion": settings.stream_arn.split(":")[3],
                "eventSourceARN": settings.stream_arn,
            }
            for poller in self._pollers(settings, result["ShardId"]):
                poller.add(StreamRecord(result["SequenceNumber"], arrived, event))

    def _pollers(self, settings: StreamSettings, shard_id: str) -> list[ShardPoller]:
        key = (f"{settings.stream_arn} {settings.function_arn}", shard_id)
        if key not in self._shards:
            self._shards[key] = [ShardPoller(self._clock, self._functions, settings, shard_id, self.give_up)]
        return self._shards[key]


def _stream_name(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("StreamName") or parameters["StreamARN"].rsplit("/", 1)[-1])


def _written_tables(call: ApiCall) -> list[str]:
    if "TableName" in call.parameters:
        names = [call.parameters["TableName"]]
    elif "RequestItems" in call.parameters:
        names = list(call.parameters["RequestItems"])
    else:
        names = [member["TableName"] for item in call.parameters["TransactItems"] for member in item.values()]
    return list(dict.fromkeys(name.rsplit("/", 1)[-1] for name in names))
