"""What a running flow asks of its host, and what the host may answer.

A :class:`~contactflow.run.session.Session` never touches the world. ``start()`` and ``resume()``
return one effect; the host makes it happen, then calls ``resume()`` with one result. There are
four kinds of effect:

============ ========================================================= =======================
kind          the host                                                  answers with
============ ========================================================= =======================
Instruction   notes or applies a setting; takes no time                 ``Done`` or ``Failed``
Interaction   plays, listens or waits; takes the caller's time          see each class
Question      asks a function, a calendar, a queue; no sound is played  see each class
Ending        learns that the session is over                           nothing: never resume
============ ========================================================= =======================

Two results are legal for every effect but an ending:

* :class:`Hangup` - the caller is gone. The session answers ``End("hung_up")`` and runs no more action.
* :class:`Dequeued` - the contact left this flow because somebody else took it: an agent answered,
  or the queue was changed from outside. The session answers ``End("dequeued")``.

:class:`Failed` is legal for every effect but an ending as well: the action takes its error branch.

The session itself keeps the contact's flow state up to date (attributes, voice, language, target
queue, hooks, recording; see :class:`~contactflow.run.contact.ContactState`) once an instruction is
answered with ``Done``. A host that has nothing to add may thus answer ``Done()`` to any instruction but
those that make something happen outside the contact's state - :class:`CreateCallback`, :class:`SetHold`,
:class:`SetMediaStreaming`, :class:`CompleteOutboundCall`: these it does, or answers with ``Failed``.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language".
"""

from contactflow.run.effects.endings import Disconnect, End
from contactflow.run.effects.instructions import (
    CompleteOutboundCall,
    CreateCallback,
    SetAttributes,
    SetCallbackNumber,
    SetContactData,
    SetHold,
    SetHook,
    SetLogging,
    SetMediaStreaming,
    SetRecording,
    SetRouting,
    SetTags,
    SetTargetQueue,
    SetVoice,
)
from contactflow.run.effects.interactions import (
    Collect,
    Converse,
    InputEncryption,
    PlayLoop,
    Say,
    TransferToAgent,
    TransferToThirdParty,
    Wait,
)
from contactflow.run.effects.kinds import Effect, Ending, Instruction, Interaction, Question
from contactflow.run.effects.questions import (
    CheckCallProgress,
    CheckHours,
    CheckMetrics,
    GetMetrics,
    InvokeFunction,
    QueueContact,
    RequeueContact,
)
from contactflow.run.effects.results import (
    AgentBusy,
    AlternativeIntent,
    CallFailed,
    CallProgress,
    Dequeued,
    Digits,
    Done,
    EncryptedDigits,
    EventOccurred,
    Failed,
    FunctionFailed,
    FunctionResult,
    Hangup,
    InHours,
    Intent,
    Interrupted,
    Metrics,
    MetricValue,
    Queued,
    QueueFull,
    QueueSelected,
    Result,
    Sentiment,
    StreamStarted,
    Timeout,
)
from contactflow.run.effects.trace import StepTaken

__all__ = [
    "AgentBusy",
    "AlternativeIntent",
    "CallFailed",
    "CallProgress",
    "CheckCallProgress",
    "CheckHours",
    "CheckMetrics",
    "Collect",
    "CompleteOutboundCall",
    "Converse",
    "CreateCallback",
    "Dequeued",
    "Digits",
    "Disconnect",
    "Done",
    "Effect",
    "EncryptedDigits",
    "End",
    "Ending",
    "EventOccurred",
    "Failed",
    "FunctionFailed",
    "FunctionResult",
    "GetMetrics",
    "Hangup",
    "InHours",
    "InputEncryption",
    "Instruction",
    "Intent",
    "Interaction",
    "Interrupted",
    "InvokeFunction",
    "MetricValue",
    "Metrics",
    "PlayLoop",
    "Question",
    "QueueContact",
    "QueueFull",
    "QueueSelected",
    "Queued",
    "RequeueContact",
    "Result",
    "Say",
    "Sentiment",
    "SetAttributes",
    "SetCallbackNumber",
    "SetContactData",
    "SetHold",
    "SetHook",
    "SetLogging",
    "SetMediaStreaming",
    "SetRecording",
    "SetRouting",
    "SetTags",
    "SetTargetQueue",
    "SetVoice",
    "StepTaken",
    "StreamStarted",
    "Timeout",
    "TransferToAgent",
    "TransferToThirdParty",
    "Wait",
]
