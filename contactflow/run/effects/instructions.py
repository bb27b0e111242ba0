"""Effects that set something on the contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contactflow.run.effects.kinds import Instruction


@dataclass(frozen=True, slots=True)
class SetAttributes(Instruction):
    """Contact attributes were set; they belong to the contact record.

    ``target`` is ``Current`` or ``Related``; only the former change ``ContactState.attributes``.
    """

    attributes: Mapping[str, str]
    target: str = "Current"


@dataclass(frozen=True, slots=True)
class SetContactData(Instruction):
    """Fields of the contact itself: ``LanguageCode``, ``CustomerId``, ``Name``, ``Description`` ..."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetVoice(Instruction):
    """Texts are spoken with this Amazon Polly voice from now on."""

    voice: str
    engine: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class SetRecording(Instruction):
    """Who is recorded, while connected to an agent, from now on.

    Attributes
    ----------
    on
        True when anybody is recorded.
    participants
        ``Agent`` and/or ``Customer``.
    ivr
        True when the automated part is recorded as well.
    analytics
        The action's AnalyticsBehavior as it stands, empty where it has none.
    """

    on: bool
    participants: tuple[str, ...] = ()
    ivr: bool = False
    analytics: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetLogging(Instruction):
    """Flow logs are written from now on (``enabled``), or not. Applies to the steps after this one."""

    enabled: bool


@dataclass(frozen=True, slots=True)
class SetHook(Instruction):
    """Run another flow on an event of the contact.

    Attributes
    ----------
    event
        ``CustomerQueue``, ``CustomerRemaining``, ``AgentWhisper``, ``CustomerWhisper``, ``AgentHold``,
        ``CustomerHold``, ``DefaultAgentUI`` ...
    flow_id
        Id or ARN of the flow, as it stands in the action.
    """

    event: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class SetTargetQueue(Instruction):
    """The queue (or agent) that a later transfer goes to. Exactly one field is set.

    Results: ``QueueSelected(arn, name)``, which fills ``$.Queue.ARN`` and ``$.Queue.Name``; ``Done()``
    leaves the name unknown; ``Failed`` for an unknown queue.
    """

    queue_id: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class SetRouting(Instruction):
    """Queue priority (1 is best), age adjustment in seconds, or routing criteria as in the action."""

    priority: int | None = None
    age_adjust_seconds: int | None = None
    criteria: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetCallbackNumber(Instruction):
    """The number to call back.

    ``Failed(reason, error)`` branches on the errors ``InvalidCallbackNumber`` and
    ``CallbackNumberNotDialable``.
    """

    number: str
