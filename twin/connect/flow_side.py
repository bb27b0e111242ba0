"""The side of a call that flows talk to: they play, listen, ask and set; the call answers.

**Source**: Amazon Connect administrator guide, "Flow block definitions".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    Effect,
    Ending,
    Failed,
    Intent,
    QueueContact,
    Queued,
    QueueFull,
    Result,
    SetAttributes,
)
from contactflow.run.session import Session
from twin.connect.exchange import Exchange
from twin.connect.facts import ContactFacts
from twin.connect.parties import Caller, Prompt
from twin.connect.playback import FlowRun, TimedStep

if TYPE_CHECKING:
    from twin.connect.call import Call


class FlowSide:
    """A contact with a flow running for it; :class:`~twin.connect.call.Call` adds its life.

    Attributes
    ----------
    phase
        ``menu``, ``queued``, ``ringing``, ``whisper``, ``connected``, ``after`` (the agent has left) or ``ended``.
    """

    def __init__(self, exchange: Exchange, caller: Caller, facts: ContactFacts, state: ContactState) -> None:
        self.facts = facts
        self.caller = caller
        self.phase = "menu"
        self._exchange = exchange
        self._state = state
        self._run: FlowRun | None = None
        self._attributes_changed = False
        facts.attributes = state.attributes

    @property
    def contact_id(self) -> str:
        """Return the contact's id."""
        return self.facts.contact_id

    @property
    def over(self) -> bool:
        """Return whether the line is dead."""
        return self.facts.disconnected_at is not None

    @property
    def queue_name(self) -> str | None:
        """Return the name of the queue that the contact is or was in."""
        return self.facts.queue.name if self.facts.queue else None

    @property
    def recorded(self) -> bool:
        """Return whether the flow switched recording on."""
        return bool(self._state.recording)

    @property
    def _call(self) -> Call:
        return cast("Call", self)

    def press(self, keys: str) -> None:
        """Press keys; a flow that does not collect them now loses them."""
        if self._run is not None:
            self._run.press(keys)

    def speak(self, words: str) -> None:
        """Say ``words`` to a bot; nobody hears them where no bot listens."""
        if self._run is not None:
            self._run.speak(words)

    def answer(self, effect: Effect) -> Result:
        """Answer an instruction or a question of the running flow."""
        if isinstance(effect, QueueContact):
            return self._enqueue(effect)
        if isinstance(effect, SetAttributes):
            self._attributes_changed = True
        return self._exchange.answers.answer(effect, self._state)

    def plays(self, prompt: Prompt) -> None:
        """Let the caller hear a prompt."""
        self._tell_attributes()
        self.caller.hears(self._call, prompt)

    def understands(self, bot_alias_arn: str, locale: str | None, words: str) -> Intent:
        """Return the intent that the bot sees in what the caller says."""
        return self._exchange.answers.understand(bot_alias_arn, locale, words)

    def flow_ended(self, steps: Sequence[TimedStep]) -> None:
        """Write what the flow did."""
        self._tell_attributes()
        self._exchange.log_flow(self._call, steps)

    def _start_flow(self, flow_id: str, on_end: Callable[[Ending], None]) -> None:
        exchange = self._exchange
        flow = exchange.flows[flow_id]
        session = Session(flow, self._state, flows=exchange.flows, flow_id=flow_id)
        self._run = FlowRun(session, self, clock=exchange.clock, prompter=exchange.prompter, on_end=on_end)
        self._run.start()

    def _enqueue(self, effect: QueueContact) -> Result:
        if effect.queue_arn is None or self.facts.enqueued_at is not None:
            return Failed("only a first transfer to a standard queue is possible here")
        if not self._exchange.has_room(effect.queue_arn):
            return QueueFull()
        self._tell_attributes()
        self.phase = "queued"
        self._exchange.enqueue(self._call, effect)
        self._exchange.emit("QUEUED", self._call)
        return Queued()

    def _tell_attributes(self) -> None:
        if self._attributes_changed and not self.over:
            self._exchange.emit("CONTACT_DATA_UPDATED", self._call, updatedProperties=["UserDefinedAttributes"])
        self._attributes_changed = False
