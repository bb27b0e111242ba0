"""CloudWatch Logs: written by handlers and services, read through boto3.

**Source**: CloudWatch Logs API reference; "Filter and pattern syntax" of its user guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.log_filters import parse_filter
from twin.cloud.log_groups import LogEvent, LogGroup
from twin.cloud.meter import Meter
from twin.cloud.spool import Spool
from twin.contracts import ServiceError

_OVERHEAD_BYTES = 26
_PAGE = 10_000
_HOUR_MILLISECONDS = 3_600_000


class LogStore:
    """Answers the boto3 client ``logs``.

    Parameters
    ----------
    clock
        Gives time stamps.
    meter
        Counts ingested bytes.
    place_arn
        Prefix of log group ARNs, up to ``log-group:``.
    spool
        Where events lie that are older than an hour.
    """

    def __init__(self, clock: VirtualClock, meter: Meter, place_arn: str, spool: Spool) -> None:
        self._clock = clock
        self._meter = meter
        self._arn = place_arn
        self._spool = spool
        self._groups: dict[str, LogGroup] = {}
        self._count = 0

    def group(self, name: str) -> LogGroup:
        """Return a log group, created when it is missing, as Lambda does."""
        return self._groups.setdefault(name, LogGroup(name))

    def write(self, group: str, stream: str, lines: Sequence[str]) -> None:
        """Append lines to a stream at this moment."""
        now = round(self._clock.timestamp() * 1000)
        self._append(self.group(group), stream, [(now, line) for line in lines])

    def lines(self, group: str) -> list[str]:
        """Return every line of a group."""
        return [event.message for event in self._groups[group].between(None, None)] if group in self._groups else []

    def expire(self) -> None:
        """Forget what is older than the retention of its group; let what is older than an hour lie on disk."""
        now = round(self._clock.timestamp() * 1000)
        for group in self._groups.values():
            group.expire(now)
            group.lay_off(now - _HOUR_MILLISECONDS, self._spool.body())

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one operation of the API."""
        del caller
        answer = _OPERATIONS.get(operation)
        if answer is None:
            raise ServiceError("UnsupportedOperation", f"the twin's CloudWatch Logs offers no {operation}", 501)
        return answer(self, parameters)

    def create_group(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Create a log group."""
        name = parameters["logGroupName"]
        if name in self._groups:
            raise ServiceError("ResourceAlreadyExistsException", "The specified log group already exists")
        self.group(name)
        return {}

    def create_stream(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Create a log stream."""
        group = self._existing(parameters)
        if parameters["logStreamName"] in group.streams:
            raise ServiceError("ResourceAlreadyExistsException", "The specified log stream already exists")
        group.streams[parameters["logStreamName"]] = 0
        return {}

    def set_retention(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the retention of a group."""
        self._existing(parameters).retention_days = parameters["retentionInDays"]
        return {}

    def put_events(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Append events to a stream."""
        group = self._existing(parameters)
        if parameters["logStreamName"] not in group.streams:
            raise ServiceError("ResourceNotFoundException", "The specified log stream does not exist.")
        entries = [(entry["timestamp"], entry["message"]) for entry in parameters["logEvents"]]
        self._append(group, parameters["logStreamName"], entries)
        return {"nextSequenceToken": str(self._count)}

    def filter_events(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return matching events of a group."""
        group = self._existing(parameters)
        matches = parse_filter(parameters.get("filterPattern", ""))
        streams, prefix = parameters.get("logStreamNames"), parameters.get("logStreamNamePrefix", "")
        found = [
            event
            for event in group.between(parameters.get("startTime"), parameters.get("endTime"))
            if (streams is None or event.stream in streams)
            and event.stream.startswith(prefix)
            and matches(event.message)
        ]
        begin, limit = int(parameters.get("nextToken", 0)), parameters.get("limit", _PAGE)
        answer: dict[str, Any] = {"events": [_filtered(event) for event in found[begin : begin + limit]]}
        if begin + limit < len(found):
            answer["nextToken"] = str(begin + limit)
        return answer

    def get_events(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the events of one stream."""
        group = self._existing(parameters)
        events = group.between(parameters.get("startTime"), parameters.get("endTime"))
        found = [event for event in events if event.stream == parameters["logStreamName"]]
        begin = int(parameters.get("nextToken", "f/0").split("/")[-1])
        page = found[begin : begin + parameters.get("limit", _PAGE)]
        token = f"f/{begin + len(page)}"
        events_out = [{"timestamp": e.timestamp, "message": e.message, "ingestionTime": e.timestamp} for e in page]
        return {"events": events_out, "nextForwardToken": token, "nextBackwardToken": f"b/{begin}"}

    def describe_groups(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """List log groups."""
        prefix = parameters.get("logGroupNamePrefix", "")
        return {
            "logGroups": [self._described(group) for group in self._groups.values() if group.name.startswith(prefix)]
        }

    def describe_streams(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """List the streams of a group."""
        group = self._existing(parameters)
        prefix = parameters.get("logStreamNamePrefix", "")
        return {"logStreams": [{"logStreamName": name} for name in group.streams if name.startswith(prefix)]}

    def _described(self, group: LogGroup) -> dict[str, Any]:
        described: dict[str, Any] = {"logGroupName": group.name, "arn": f"{self._arn}{group.name}:*", "storedBytes": 0}
        return described if group.retention_days is None else {**described, "retentionInDays": group.retention_days}

    def _existing(self, parameters: Mapping[str, Any]) -> LogGroup:
        identifier = parameters.get("logGroupName") or parameters.get("logGroupIdentifier", "")
        group = self._groups.get(identifier.split(":log-group:")[-1].removesuffix(":*"))
        if group is None:
            raise ServiceError("ResourceNotFoundException", "The specified log group does not exist.")
        return group

    def _append(self, group: LogGroup, stream: str, entries: Sequence[tuple[int, str]]) -> None:
        group.streams.setdefault(stream, 0)
        self._meter.add("logs", "ingested bytes", sum(len(text.encode()) + _OVERHEAD_BYTES for _, text in entries))
        for event in self._events(stream, entries):
            group.add(event)

    def _events(self, stream: str, entries: Sequence[tuple[int, str]]) -> Iterator[LogEvent]:
        for timestamp, message in entries:
            self._count += 1
            yield LogEvent(timestamp, message, stream, self._count)


def _filtered(event: LogEvent) -> dict[str, Any]:
    return {
        "logStreamName": event.stream,
        "timestamp": event.timestamp,
        "message": event.message,
        "ingestionTime": event.timestamp,
        "eventId": f"{event.number:056d}",
    }


_OPERATIONS = {
    "CreateLogGroup": LogStore.create_group,
    "CreateLogStream": LogStore.create_stream,
    "PutRetentionPolicy": LogStore.set_retention,
    "PutLogEvents": LogStore.put_events,
    "FilterLogEvents": LogStore.filter_events,
    "GetLogEvents": LogStore.get_events,
    "DescribeLogGroups": LogStore.describe_groups,
    "DescribeLogStreams": LogStore.describe_streams,
}
