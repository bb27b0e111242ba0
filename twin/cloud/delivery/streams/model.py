"""Records of a shard, and the settings that a mapping treats them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


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

    def window_start(self, record: StreamRecord) -> float:
        """Return the start of the tumbling window that ``record`` falls into."""
        return record.arrived // self.tumbling_seconds * self.tumbling_seconds
