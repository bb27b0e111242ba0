"""Tumbling windows: a state that the invocations of one window hand on to each other.

**Source**: Lambda developer guide, "Implementing stateful DynamoDB stream processing".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.cloud.delivery.streams.model import StreamSettings
from twin.cloud.moments import iso_seconds_at


class TumblingWindow:
    """The window that is open in a shard.

    Parameters
    ----------
    start
        Virtual seconds since 1970.
    """

    def __init__(self, settings: StreamSettings, shard_id: str, start: float) -> None:
        self._settings = settings
        self._shard_id = shard_id
        self._state: Mapping[str, Any] = {}
        self.start = start
        self.end = start + settings.tumbling_seconds

    def describe(self, *, final: bool) -> dict[str, Any]:
        """Return what an invocation's event says of the window."""
        return {
            "window": {"start": iso_seconds_at(self.start), "end": iso_seconds_at(self.end)},
            "state": self._state,
            "shardId": self._shard_id,
            "eventSourceARN": self._settings.stream_arn,
            "isFinalInvokeForWindow": final,
            "isWindowTerminatedEarly": False,
        }

    def keep_state(self, answer: Any) -> None:
        """Keep the state that the function answered; without one it is empty again."""
        if isinstance(answer, dict):
            self._state = answer.get("state") or {}
