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
    """What is recorded from now on: the talk with an agent, the automated part, or both.

    Attributes
    ----------
    on
        True when anybody is recorded while connected to an agent.
    participants
        ``Agent`` and/or ``Customer``.
    ivr
        True when the automated part (IVR) is recorded, from this action on; a voicemail is such a recording.
        Independent of ``on``.
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


@dataclass(frozen=True, slots=True)
class CreateCallback(Instruction):
    """Make a contact that calls a number back: a new contact, whose previous one is this.

    Results: ``Done()``; ``Failed`` for an unknown queue or a number that cannot be dialled.

    Attributes
    ----------
    number
        E.164: what SetCallbackNumber set, or else the caller's own.
    queue_arn
        Queue that the callback waits in; None where ``agent_id`` is set.
    agent_id
        Agent whose own queue it waits in.
    initial_delay_seconds
        1 to 259,200: at least so long before the callback is queued. Ignored with ``flow_id``.
    max_attempts
        Calls that are made at most while nobody answers.
    retry_delay_seconds
        1 to 259,200: at least so long from an unanswered attempt to the next.
    flow_id
        Flow that the callback contact starts with, in place of waiting in the queue at once.
    """

    number: str
    queue_arn: str | None = None
    agent_id: str | None = None
    initial_delay_seconds: int = 0
    max_attempts: int = 1
    retry_delay_seconds: int = 0
    flow_id: str | None = None


@dataclass(frozen=True, slots=True)
class SetMediaStreaming(Instruction):
    """Start or stop streaming the caller's audio.

    Results: ``StreamStarted(...)``, which fills ``$.MediaStreams.Customer.Audio``; ``Done()`` where the host does
    not stream, or has stopped; ``Failed``.

    Attributes
    ----------
    participants
        Directions by participant, such as ``{"Customer": ("To", "From")}``.
    media
        ``Audio``.
    """

    on: bool
    participants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    media: str = "Audio"


@dataclass(frozen=True, slots=True)
class SetTags(Instruction):
    """Tags were put on the contact, and others taken off."""

    added: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetHold(Instruction):
    """Put a party of the contact that this transfer comes from on hold, or take all off hold.

    ``state`` is ``AgentOnHold``, ``CustomerOnHold`` or ``OffHold``.
    """

    state: str


@dataclass(frozen=True, slots=True)
class CompleteOutboundCall(Instruction):
    """Dial the customer of an outbound call now rather than at the flow's end; legal in outbound whisper flows."""

    caller_id_number: str | None = None
    caller_id_name: str | None = None
