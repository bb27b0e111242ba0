"""Which records go to the function together."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from twin.cloud.delivery.streams.model import StreamRecord, StreamSettings


@dataclass(frozen=True)
class Batch:
    """Records that are invoked together, and which attempt this is, from 1."""

    records: Sequence[StreamRecord]
    attempt: int = 1


def due_at(waiting: Sequence[StreamRecord], settings: StreamSettings) -> float:
    """Return when the ``waiting`` records are looked at: a full batch does not wait for its window."""
    delay = settings.latency_seconds
    if len(waiting) < settings.batch_size:
        delay = max(delay, settings.window_seconds)
    return waiting[0].arrived + delay


def take_batch(waiting: deque[StreamRecord], settings: StreamSettings) -> Batch:
    """Take the next batch off ``waiting``; all of its records are of one tumbling window."""
    taken: list[StreamRecord] = []
    while waiting and len(taken) < settings.batch_size:
        if settings.tumbling_seconds and taken:
            start = settings.window_start(taken[0])
            if settings.window_start(waiting[0]) != start:
                break
        taken.append(waiting.popleft())
    return Batch(taken)
