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
class EncryptedDigits(Result):
    """The keys that the caller pressed, encrypted as :class:`~contactflow.run.effects.Collect` asks: base64 text."""

    value: str


@dataclass(frozen=True, slots=True)
class Timeout(Result):
    """The caller did nothing in time, or a third party did not answer in time."""


@dataclass(frozen=True, slots=True)
class AlternativeIntent:
    """What a bot might have understood as well."""

    name: str
    confidence: float | None = None
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How the caller sounded.

    Attributes
    ----------
    label
        ``POSITIVE``, ``NEGATIVE``, ``MIXED`` or ``NEUTRAL``.
    scores
        0 to 1 by ``Positive``, ``Negative``, ``Mixed`` and ``Neutral``.
    """

    label: str
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent(Result):
    """What a bot understood.

    Attributes
    ----------
    confidence
        0 to 1.
    alternatives
        Less likely intents, below ``$.Lex.AlternativeIntents`` by their name.
    dialog_state
        The bot's last state: ``Fulfilled`` where it returned an intent.
    """

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)
    session_attributes: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    alternatives: tuple[AlternativeIntent, ...] = ()
    sentiment: Sentiment | None = None
    dialog_state: str = "Fulfilled"


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


@dataclass(frozen=True, slots=True)
class CallFailed(Result):
    """A number could not be reached; ``reason`` says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class AgentBusy(Result):
    """The agent is with somebody else."""


@dataclass(frozen=True, slots=True)
class CallProgress(Result):
    """Who or what answered an outbound call."""

    status: Literal["CallAnswered", "VoicemailBeep", "VoicemailNoBeep", "NotDetected"]


@dataclass(frozen=True, slots=True)
class StreamStarted(Result):
    """The caller's audio is streamed from now on.

    Attributes
    ----------
    stream_arn
        ARN of the Kinesis video stream.
    start_timestamp
        Milliseconds since 1970, as text.
    start_fragment
        Number of the first fragment.
    """

    stream_arn: str
    start_timestamp: str
    start_fragment: str
