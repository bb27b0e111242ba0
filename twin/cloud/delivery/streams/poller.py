"""Feeding one shard's records to a function, in order.

Records become visible to the poller a quarter of a second (DynamoDB) or a second (Kinesis) after
they were written. A failing batch blocks its shard until it is through, given up or split.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.streams.batches import Batch, due_at, take_batch
from twin.cloud.delivery.streams.failures import first_reported, judge_failure
from twin.cloud.delivery.streams.model import StreamRecord, StreamSettings
from twin.cloud.delivery.streams.window import TumblingWindow
from twin.cloud.functions.model import Outcome
from twin.cloud.functions.service import FunctionService

_CLOSE_AGAIN_SECONDS = 1.0

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
        self._pending: deque[Batch] = deque()
        self._due: float | None = None
        self._window: TumblingWindow | None = None

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
        due = due_at(self._waiting, self._settings)
        if self._due is None or due < self._due:
            self._due = due
            self._clock.call_later(max(due - self._clock.timestamp(), 0.0), lambda: self._poll(due))

    def _poll(self, due: float) -> None:
        if self._due != due:
            return
        self._due = None
        if self._pending or not self._waiting:
            return
        self._pending.append(take_batch(self._waiting, self._settings))
        self._work()

    def _work(self) -> None:
        """Process pending batches until one has to be retried later."""
        while self._pending:
            batch = self._pending[0]
            self._enter_window(batch.records[0])
            outcome = self._invoke(batch.records)
            failed_from = self._failed_from(batch.records, outcome)
            self._pending.popleft()
            if failed_from is not None and not self._go_on(batch, outcome, failed_from):
                return
        self._schedule()

    def _go_on(self, batch: Batch, outcome: Outcome, failed_from: int) -> bool:
        """Do what a failure asks for; False when the shard has to wait."""
        verdict = judge_failure(batch, failed_from, self._settings, self._clock.timestamp())
        if verdict.given_up:
            self._give_up(self._settings, self._shard_id, verdict.given_up, outcome, batch.attempt)
        self._pending.extendleft(reversed(verdict.again))
        if verdict.wait_seconds is None:
            return True
        self._clock.call_later(verdict.wait_seconds, self._work)
        return False

    def _failed_from(self, records: Sequence[StreamRecord], outcome: Outcome) -> int | None:
        if outcome.failure is not None:
            return 0
        answer = json.loads(outcome.payload)
        if self._window is not None:
            self._window.keep_state(answer)
        return first_reported(records, answer) if self._settings.partial else None

    def _invoke(self, records: Sequence[StreamRecord], *, final: bool = False) -> Outcome:
        event: dict[str, Any] = {"Records": [record.event for record in records]}
        if records:
            self._functions.note_age(self._settings.function_arn, self._clock.timestamp() - records[-1].arrived)
        if self._window is not None:
            event |= self._window.describe(final=final)
        return self._functions.invoke(self._settings.function_arn, event)

    def _enter_window(self, record: StreamRecord) -> None:
        if not self._settings.tumbling_seconds or self._window is not None:
            return
        window = self._window = TumblingWindow(self._settings, self._shard_id, self._settings.window_start(record))
        end = window.end + self._settings.latency_seconds
        self._clock.call_later(max(end - self._clock.timestamp(), 0.0), lambda: self._close_window(window))

    def _close_window(self, window: TumblingWindow) -> None:
        unfinished = self._pending or (self._waiting and self._settings.window_start(self._waiting[0]) == window.start)
        if unfinished or self._invoke([], final=True).failure is not None:
            self._clock.call_later(_CLOSE_AGAIN_SECONDS, lambda: self._close_window(window))
        else:
            self._window = None
