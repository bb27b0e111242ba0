"""The side of a call that flows talk to: they play, listen, ask and set; the call answers.

**Source**: Amazon Connect administrator guide, "Flow block definitions"; "Set up recording behavior" (recording of
the automated part begins and ends with the action that switches it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    CreateCallback,
    Effect,
    Ending,
    Failed,
    InputEncryption,
    Intent,
    QueueContact,
    Queued,
    QueueFull,
    Result,
    SetAttributes,
    SetRecording,
)
from contactflow.run.session import Session
from contactflow.testing.events import CallEvent, QueueEntered
from twin.connect.exchange import Exchange
from twin.connect.facts import ContactFacts
from twin.connect.outside import OutsideCall
from twin.connect.parties import Caller, Prompt
from twin.connect.playback import FlowRun, TimedStep
from twin.connect.tape import Tape

if TYPE_CHECKING:
    from twin.connect.call import Call


class FlowSide:
    """A contact with a flow running for it; :class:`~twin.connect.call.Call` adds its life.

    Attributes
    ----------
    phase
        ``scheduled`` (a callback before its queue), ``menu``, ``queued``, ``ringing``, ``whisper``, ``dialling`` (the
        customer of a callback), ``connected``, ``outside`` (with somebody outside, without a flow), ``after`` (the
        agent has left) or ``ended``.
    """

    def __init__(self, exchange: Exchange, caller: Caller, facts: ContactFacts, state: ContactState) -> None:
        self.facts = facts
        self.caller = caller
        self.phase = "menu"
        self._exchange = exchange
        self._state = state
        self._run: FlowRun | None = None
        self._tape: Tape | None = None
        self._attributes_changed = False
        facts.attributes = state.attributes

    @property
    def contact_id(self) -> str:
        """Return the contact's id."""
        return self.facts.contact_id

    @property
    def state(self) -> ContactState:
        """Return the contact as its flows see it."""
        return self._state

    @property
    def over(self) -> bool:
        """Return whether the line is dead."""
        return self.facts.disconnected_at is not None

    @property
    def waiting(self) -> bool:
        """Return whether the contact waits in a queue, or rings at an agent from there."""
        queued = self.facts.enqueued_at is not None and self.facts.dequeued_at is None
        return queued and self.phase in {"queued", "ringing", "whisper"}

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
        if isinstance(effect, CreateCallback):
            return self._exchange.call_back(self._call, effect)
        if isinstance(effect, SetAttributes):
            self._attributes_changed = True
        if isinstance(effect, SetRecording):
            self._switch_tape(on=effect.ivr)
        result = self._exchange.answers.answer(effect, self._state)
        self._exchange.witness.answered(self.contact_id, effect, result)
        return result

    def plays(self, prompt: Prompt) -> None:
        """Let the caller hear a prompt."""
        self._tell_attributes()
        if self._tape is not None:
            self._tape.plays(prompt, self._exchange.clock.now())
        self.caller.hears(self._call, prompt)

    def notes(self, event: CallEvent) -> None:
        """Let whoever watches know what was heard, pressed or said."""
        self._exchange.witness.happened(self.contact_id, event)

    def calls_outside(self, number: str) -> OutsideCall:
        """Call somebody outside of the centre; return what becomes of it.

        A test case of the call ends here: the testing language cannot say what becomes of it.
        """
        self._exchange.witness.close(self.contact_id)
        return self._exchange.call_outside(number)

    def is_put_through(self, number: str) -> None:
        """Be connected with somebody outside of the centre."""
        now = self._exchange.clock.now()
        self.facts.transferred_to, self.facts.transfer_completed_at = number, now
        self._leave_queue()
        self.caller.is_put_through(self._call)

    def understands(self, bot_alias_arn: str, locale: str | None, words: str) -> Intent:
        """Return the intent that the bot sees in what the caller says."""
        return self._exchange.answers.understand(bot_alias_arn, locale, words)

    def encrypt(self, keys: str, encryption: InputEncryption) -> Result:
        """Return the keys as the flow may see them."""
        return self._exchange.answers.encrypt(keys, encryption)

    def flow_ended(self, steps: Sequence[TimedStep]) -> None:
        """Write what the flow did."""
        self._tell_attributes()
        self._exchange.log_flow(self._call, steps)

    def _start_flow(self, flow_id: str, on_end: Callable[[Ending], None]) -> None:
        exchange = self._exchange
        flow = exchange.flows[flow_id]
        kind = exchange.flow_type(flow_id)
        session = Session(flow, self._state, flows=exchange.flows, flow_id=flow_id, flow_type=kind)
        self._run = FlowRun(session, self, clock=exchange.clock, prompter=exchange.prompter, on_end=on_end)
        self._run.start()

    def _enqueue(self, effect: QueueContact) -> Result:
        if effect.queue_arn is None or self.facts.enqueued_at is not None:
            return Failed("only a first transfer to a standard queue is possible here")
        if not self._exchange.has_room(effect.queue_arn):
            self.notes(QueueEntered(effect.queue_arn, full=True))
            return QueueFull()
        self._tell_attributes()
        self.phase = "queued"
        self._exchange.enqueue(self._call, effect)
        self.notes(QueueEntered(effect.queue_arn, self.queue_name))
        self._exchange.emit("QUEUED", self._call)
        return Queued()

    def _leave_queue(self) -> None:
        """Wait no longer, if the contact did."""
        if self.facts.enqueued_at is not None and self.facts.dequeued_at is None:
            self.facts.dequeued_at = self._exchange.clock.now()
            self._exchange.leave_queue(self._call)

    def _switch_tape(self, *, on: bool) -> None:
        if on and self._tape is None:
            self._tape = Tape(self._exchange.clock.now())
        elif not on and self._tape is not None:
            tape, self._tape = self._tape, None
            self._exchange.automated_part_recorded(self._call, tape)

    def _tell_attributes(self) -> None:
        if self._attributes_changed and not self.over:
            self._exchange.emit("CONTACT_DATA_UPDATED", self._call, updatedProperties=["UserDefinedAttributes"])
        self._attributes_changed = False
