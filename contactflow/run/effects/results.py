"""What a host answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


class Result:
    """Base of everything that a host answers."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Done(Result):
    """It happened."""


@dataclass(frozen=True, slots=True)
class Failed(Result):
    """It could not happen; ``error`` may name the flow language's error type, ``reason`` says why."""

    reason: str
    error: str = "NoMatchingError"


@dataclass(frozen=True, slots=True)
class Hangup(Result):
    """The caller is gone."""


@dataclass(frozen=True, slots=True)
class Dequeued(Result):
    """Somebody took the contact out of this flow, such as an agent who answered."""


@dataclass(frozen=True, slots=True)
class Digits(Result):
    """The keys that the caller pressed: ``0``-``9``, ``*``, ``#``; at least one."""

    value: str


@dataclass(frozen=True, slots=True)
class Timeout(Result):
    """The caller did nothing in time."""


@dataclass(frozen=True, slots=True)
class Intent(Result):
    """What a bot understood."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)
    session_attributes: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Interrupted(Result):
    """A loop of messages was interrupted by its time limit."""


@dataclass(frozen=True, slots=True)
class EventOccurred(Result):
    """One of the events that a flow waits for."""

    name: str


@dataclass(frozen=True, slots=True)
class FunctionResult(Result):
    """The value that a function returned, parsed from JSON."""

    value: Any


@dataclass(frozen=True, slots=True)
class FunctionFailed(Result):
    """A function raised, was refused, or took too long."""

    reason: str
    kind: Literal["error", "timeout", "denied"] = "error"


@dataclass(frozen=True, slots=True)
class InHours(Result):
    """Whether the hours of operation include this moment."""

    open: bool


@dataclass(frozen=True, slots=True)
class MetricValue(Result):
    """One real-time figure."""

    value: float


@dataclass(frozen=True, slots=True)
class Metrics(Result):
    """Real-time figures, shaped as below ``$.Metrics``."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QueueSelected(Result):
    """The queue that a flow set as target exists."""

    arn: str
    name: str


@dataclass(frozen=True, slots=True)
class Queued(Result):
    """The contact is in the queue."""


@dataclass(frozen=True, slots=True)
class QueueFull(Result):
    """The queue has reached its limit of contacts."""
