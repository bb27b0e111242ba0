"""The testing language as frozen values.

**Source**: Amazon Connect Developer Guide, "Testing language": "Concepts", "Observations", "Events" (Test
initiated, Test completed, Message received, Flow action started) and "Actions" (Send instruction, Override
system behavior, Assertion, Test control actions); Administrator Guide, "Observe block" (Flow action completed,
how often an event should occur).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from contactflow.model.references import Template

VERSION = "2019-10-30"
"""What the Developer Guide's pages show today, and so what is written."""
VERSIONS = (VERSION, "2025-06-21")
"""What is read: the language came out as 2025-06-21, which the API Reference's pages still show."""

ANSWERS_HOURS = ("InHours", "OutOfHours")
RESOURCE_PATHS: Mapping[str, tuple[str, ...]] = {
    "InvokeLambdaFunction": ("LambdaFunctionARN",),
    "CheckHoursOfOperation": ("HoursOfOperationId",),
    "TransferContactToQueue": ("QueueId",),
    "DequeueAndTransferToQueue": ("QueueId",),
    "ConnectParticipantWithLexBot": ("LexV2Bot", "AliasArn"),
}
"""Where in ``ActionParameters`` the resource stands that an event or an override is about, by action type."""


@dataclass(frozen=True, slots=True)
class TestInitiated:
    """The test begins, before the flow does anything."""


@dataclass(frozen=True, slots=True)
class TestCompleted:
    """The test has ended."""


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """The caller hears a message.

    At most one of ``text``, ``ssml``, ``prompt_id`` and ``media_uri`` is set; none matches any message.
    ``text`` and ``ssml`` may hold attribute references.
    """

    criterion: Literal["Similarity", "Inclusion"] = "Similarity"
    text: Template | None = None
    ssml: Template | None = None
    prompt_id: Template | None = None
    media_uri: str | None = None
    wanted: str = "any message"


@dataclass(frozen=True, slots=True)
class FlowActionEvent:
    """An action of the flow starts, or completes without an error (``completed``).

    ``resource`` is the id or ARN of the function, hours, queue or bot; None stands for any.
    """

    action_type: str
    resource: str | None = None
    completed: bool = False


Event: TypeAlias = TestInitiated | TestCompleted | MessageReceived | FlowActionEvent


@dataclass(frozen=True, slots=True)
class Usage:
    """How often an observation's event is to occur: at least ``least``, at most ``most`` times.

    An observation is done, and no longer looks, after ``enough`` occurrences; None never is.
    """

    least: int = 1
    most: int | None = None
    enough: int | None = 1


@dataclass(frozen=True, slots=True)
class PressKeys:
    """The caller presses keys: digits, ``*`` and ``#``."""

    keys: str


@dataclass(frozen=True, slots=True)
class SayWords:
    """The caller speaks."""

    words: Template


@dataclass(frozen=True, slots=True)
class HangUp:
    """The caller hangs up."""


@dataclass(frozen=True, slots=True)
class Mock:
    """What stands in for a resource once: an answer, or an error."""

    value: Any = None
    error: str | None = None
    delay_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class OverrideBehavior:
    """The next use of a resource gets a mock's answer, or another resource's."""

    action_type: str
    resource: str
    mock: Mock | None = None
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class AssertValue:
    """An attribute has to compare with an operand."""

    namespace: str
    operator: str
    operand: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndTest:
    """The test ends here, and the caller hangs up."""


@dataclass(frozen=True, slots=True)
class LogData:
    """Attributes are written into the results, by label."""

    expressions: Mapping[str, Template]


Command: TypeAlias = PressKeys | SayWords | HangUp | OverrideBehavior | AssertValue | EndTest | LogData


@dataclass(frozen=True, slots=True)
class CaseAction:
    """One action of an observation."""

    identifier: str
    command: Command


@dataclass(frozen=True, slots=True)
class Observation:
    """An event to look for, what to do when it occurs, and what to look for then.

    ``actions`` stand in the order in which they run.
    """

    identifier: str
    event: Event
    actions: tuple[CaseAction, ...] = ()
    usage: Usage = field(default_factory=Usage)
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Where the test comes in.

    **Source**: Amazon Connect API Reference, "TestCaseEntryPoint" and "VoiceCallEntryPointParameters".
    """

    flow_id: str | None = None
    source_number: str | None = None
    destination_number: str | None = None
    channel: Literal["VOICE", "CHAT"] = "VOICE"
