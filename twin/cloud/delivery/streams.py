"""Event source mappings of DynamoDB streams and Kinesis: one poller a mapping and shard.

Records become visible to the poller a quarter of a second (DynamoDB) or a second (Kinesis) after
they were written. A failing batch blocks its shard until it is through, given up or split.

**Source**: Lambda developer guide, "How Lambda processes records from stream and queue-based event
sources", "Implementing stateful DynamoDB stream processing" (tumbling windows) and "Configuring
partial batch response".
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.functions.model import Outcome
from twin.cloud.functions.service import FunctionService

LARGEST_BACKOFF_SECONDS = 60.0
RECORD_LIFE_SECONDS = 86_400.0


@dataclass(frozen=True)
class StreamRecord:
    """A record in a shard: its sequence number, its arrival, and how an event carries it."""

    sequence: str
    arrived: float
    event: Mapping[str, Any]


@dataclass(frozen=True)
class StreamSettings:
    """Settings of a stream's event source mapping; -1 means without limit."""

    function_arn: str
    stream_arn: str
    batch_size: int = 100
    window_seconds: float = 0.0
    retries: int = -1
    age_seconds: float = -1.0
    bisect: bool = False
    partial: bool = False
    tumbling_seconds: int = 0
    on_failure_arn: str | None = None
    latency_seconds: float = 0.25
    accepts: Callable[[Mapping[str, Any]], bool] = field(default=lambda _: True)


@dataclass
class _Batch:
    records: Sequence[StreamRecord]
    attempt: int = 1


@dataclass
class _Window:
    start: float
    state: Mapping[str, Any] = field(default_factory=dict)


GiveUp = Callable[[StreamSettings, str, Sequence[StreamRecord], Outcome, int], None]


class ShardPoller:
    """Feeds one shard's records to a function, in order.

    Parameters
    ----------
    clock, functions
        Rooms of the cloud.
    settings
        The mapping.
    shard_id
        Name of the shard.
    give_up
        Takes records that failed for good.
    """

    def __init__(
        self, clock: VirtualClock, functions: FunctionService, settings: StreamSettings, shard_id: str, give_up: GiveUp
    ) -> None:
        self._clock = clock
        self._functions = functions
        self._settings = settings
        self._shard_id = shard_id
        self._give_up = give_up
        self._waiting: deque[StreamRecord] = deque()
        self._pending: deque[_Batch] = deque()
        self._due: float | None = None
        self._window: _Window | None = None

    def add(self, record: StreamRecord) -> None:
        """Take a new record; one that the filter refuses is done at once."""
        if not self._settings.accepts(record.event):
            return
        self._waiting.append(record)
        self._schedule()

    def _schedule(self) -> None:
        """Plan the next look at the waiting records."""
        if self._pending or not self._waiting:
            return
        full = len(self._waiting) >= self._settings.batch_size
        delay = (
            self._settings.latency_seconds
            if full
            else max(self._settings.latency_seconds, self._settings.window_seconds)
        )
        due = self._waiting[0].arrived + delay
        if self._due is None or due < self._due:
            self._due = due
            self._clock.call_later(max(due - self._clock.timestamp(), 0.0), lambda: self._poll(due))

    def _poll(self, due: float) -> None:
        if self._due != due:
            return
        self._due = None
        if self._pending or not self._waiting:
            return
        self._pending.append(_Batch(self._take()))
        self._work()

    def _take(self) -> list[StreamRecord]:
        taken: list[StreamRecord] = []
        while self._waiting and len(taken) < self._settings.batch_size:
            if self._settings.tumbling_seconds and taken:
                start = self._window_start(taken[0])
                if self._window_start(self._waiting[0]) != start:
                    break
            taken.append(self._waiting.popleft())
        return taken

    def _work(self) -> None:
        """Process pending batches until one has to be retried later."""
        while self._pending:
            batch = self._pending[0]
            self._enter_window(batch.records[0])
            outcome = self._invoke(batch.records)
            failed_from = self._failed_from(batch.records, outcome)
            if failed_from is None:
                self._pending.popleft()
                continue
            if not self._handle_failure(batch, outcome, failed_from):
                return
        self._schedule()

    def _handle_failure(self, batch: _Batch, outcome: Outcome, failed_from: int) -> bool:
        """Advance, split, give up or wait; False when the shard has to wait."""
        self._pending.popleft()
        rest = list(batch.records[failed_from:])
        attempt = batch.attempt + 1 if failed_from == 0 else 1
        if self._settings.bisect and failed_from == 0 and len(rest) > 1:
            middle = len(rest) // 2
            self._pending.extendleft([_Batch(rest[middle:], batch.attempt), _Batch(rest[:middle], batch.attempt)])
            return True
        expired = self._expired(rest[0])
        if expired or (self._settings.retries >= 0 and attempt > self._settings.retries + 1):
            self._give_up(self._settings, self._shard_id, rest, outcome, batch.attempt)
            return True
        self._pending.appendleft(_Batch(rest, attempt))
        if failed_from > 0:
            return True
        self._clock.call_later(min(2.0 ** (attempt - 2), LARGEST_BACKOFF_SECONDS), self._work)
        return False

    def _expired(self, record: StreamRecord) -> bool:
        age = self._clock.timestamp() - record.arrived
        limit = self._settings.age_seconds if self._settings.age_seconds >= 0 else RECORD_LIFE_SECONDS
        return age > min(limit, RECORD_LIFE_SECONDS)

    def _failed_from(self, records: Sequence[StreamRecord], outcome: Outcome) -> int | None:
        if outcome.failure is not None:
            return 0
        answer = json.loads(outcome.payload)
        self._keep_state(answer)
        failures = answer.get("batchItemFailures") if self._settings.partial and isinstance(answer, dict) else None
        if not failures:
            return None
        numbers = {record.sequence: index for index, record in enumerate(records)}
        return min(numbers.get(str(failure.get("itemIdentifier", "")), 0) for failure in failures)

    def _invoke(self, records: Sequence[StreamRecord], *, final: bool = False) -> Outcome:
        event: dict[str, Any] = {"Records": [record.event for record in records]}
        if self._window is not None:
            end = self._window.start + self._settings.tumbling_seconds
            event |= {
                "window": {"start": _iso(self._window.start), "end": _iso(end)},
                "state": self._window.state,
                "shardId": self._shard_id,
                "eventSourceARN": self._settings.stream_arn,
                "isFinalInvokeForWindow": final,
                "isWindowTerminatedEarly": False,
            }
        return self._functions.invoke(self._settings.function_arn, event)

    def _window_start(self, record: StreamRecord) -> float:
        return record.arrived // self._settings.tumbling_seconds * self._settings.tumbling_seconds

    def _enter_window(self, record: StreamRecord) -> None:
        if not self._settings.tumbling_seconds or self._window is not None:
            return
        start = self._window_start(record)
        self._window = _Window(start)
        end = start + self._settings.tumbling_seconds + self._settings.latency_seconds
        self._clock.call_later(max(end - self._clock.timestamp(), 0.0), self._close_window)

    def _keep_state(self, answer: Any) -> None:
        if self._window is not None and isinstance(answer, dict):
            self._window.state = answer.get("state") or {}

    def _close_window(self) -> None:
        if self._pending or (self._waiting and self._window_start(self._waiting[0]) == self._current_start()):
            self._clock.call_later(1.0, self._close_window)
            return
        outcome = self._invoke([], final=True)
        if outcome.failure is not None:
            self._clock.call_later(1.0, self._close_window)
            return
        self._window = None

    def _current_start(self) -> float:
        return self._window.start if self._window is not None else -1.0


def stream_failure(
    settings: StreamSettings,
    shard_id: str,
    records: Sequence[StreamRecord],
    outcome: Outcome,
    attempts: int,
    now: datetime,
    request_id: str,
) -> dict[str, Any]:
    """Return the record that a stream mapping sends to its on-failure destination.

    Notes
    -----
    **Source**: Lambda developer guide, "Retain discarded batch records ... with Lambda".
    """
    kind = "DDBStreamBatchInfo" if ":dynamodb:" in settings.stream_arn else "KinesisBatchInfo"
    response: dict[str, Any] = {"statusCode": 200, "executedVersion": "$LATEST"}
    if outcome.failure is not None:
        response["functionError"] = "Unhandled"
    return {
        "requestContext": {
            "requestId": request_id,
            "functionArn": settings.function_arn,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": attempts,
        },
        "responseContext": response,
        "version": "1.0",
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        kind: {
            "shardId": shard_id,
            "startSequenceNumber": records[0].sequence,
            "endSequenceNumber": records[-1].sequence,
            "approximateArrivalOfFirstRecord": _iso(records[0].arrived),
            "approximateArrivalOfLastRecord": _iso(records[-1].arrived),
            "batchSize": len(records),
            "streamArn": settings.stream_arn,
        },
    }


def _iso(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
