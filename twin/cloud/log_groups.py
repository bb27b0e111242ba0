"""A log group: its latest events in memory, those before them on disk, none that is older than its retention."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from twin.cloud.spool import SpooledBody

_DAY_MILLISECONDS = 86_400_000


@dataclass(slots=True)
class LogEvent:
    """One line in a log stream; times in milliseconds since 1970."""

    timestamp: int
    message: str
    stream: str
    number: int


@dataclass(frozen=True)
class LogChunk:
    """Events that lie on disk, from the first moment to the last."""

    first: int
    last: int
    body: SpooledBody

    def read(self) -> list[LogEvent]:
        """Return the events in order of time."""
        self.body.seek(0)
        return [LogEvent(*entry) for entry in json.loads(zlib.decompress(self.body.read()))]


@dataclass
class LogGroup:
    """A log group.

    Attributes
    ----------
    events
        The latest ones, in order of time.
    """

    name: str
    retention_days: int | None = None
    streams: dict[str, int] = field(default_factory=dict)
    events: list[LogEvent] = field(default_factory=list)
    _chunks: list[LogChunk] = field(default_factory=list)
    _begin: int = 0

    def add(self, event: LogEvent) -> None:
        """Put an event in its place."""
        if self.events and event.timestamp < self.events[-1].timestamp:
            self.events.insert(bisect_left(self.events, event.timestamp + 1, key=_timestamp), event)
        else:
            self.events.append(event)

    def between(self, start: int | None, end: int | None) -> Sequence[LogEvent]:
        """Return the events from ``start`` to ``end``, both in milliseconds and included."""
        begin = max(self._begin, start or 0)
        chunks = [one for one in self._chunks if one.last >= begin and (end is None or one.first <= end)]
        if not chunks:
            return _cut(self.events, begin, end)
        found = [event for chunk in chunks for event in _cut(chunk.read(), begin, end)]
        return sorted([*found, *_cut(self.events, begin, end)], key=_timestamp)

    def expire(self, now: int) -> None:
        """Forget the events that are older than the retention at ``now``, in milliseconds."""
        if self.retention_days is None:
            return
        self._begin = now - self.retention_days * _DAY_MILLISECONDS
        for chunk in self._chunks:
            if chunk.last < self._begin:
                chunk.body.close()
        self._chunks = [one for one in self._chunks if one.last >= self._begin]
        del self.events[: bisect_left(self.events, self._begin, key=_timestamp)]

    def lay_off(self, before: int, body: SpooledBody) -> None:
        """Put the events until before a moment on disk."""
        number = bisect_left(self.events, before, key=_timestamp)
        if not number:
            return
        events = self.events[:number]
        entries = [(one.timestamp, one.message, one.stream, one.number) for one in events]
        body.write(zlib.compress(json.dumps(entries, ensure_ascii=False).encode(), 1))
        self._chunks.append(LogChunk(events[0].timestamp, events[-1].timestamp, body))
        del self.events[:number]


def _cut(events: Sequence[LogEvent], begin: int, end: int | None) -> Sequence[LogEvent]:
    first = bisect_left(events, begin, key=_timestamp)
    last = bisect_left(events, end + 1, key=_timestamp) if end is not None else len(events)
    return events[first:last]


def _timestamp(event: LogEvent) -> int:
    return event.timestamp
