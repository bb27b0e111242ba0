"""One telephone call: its flows, its queue, its agent, until the last party has left.

**Source**: Amazon Connect administrator guide, "How contacts flow" pages: "Set customer queue flow", "Set
disconnect flow" (runs for the customer who remains), "Set whisper flow", "Set hold flow", "Set recording behavior";
"Contact records data model" (disconnect reasons).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contactflow.run.contact import ContactState
from contactflow.run.effects import Dequeued, Disconnect, End, Ending, Hangup
from contactflow.testing.events import HungUp
from twin.connect.desk import Desk
from twin.connect.exchange import Exchange
from twin.connect.facts import ContactFacts, DisconnectReason
from twin.connect.flow_side import FlowSide
from twin.connect.parties import Caller
from twin.connect.registry import Queue
from twin.contracts import Utterance

_BEFORE_CONVERSATION = ("queued", "ringing", "whisper", "dialling")
_WHISPERS = ("AgentWhisper", "CustomerWhisper")


class Call(FlowSide):
    """A call on its way. Callers act through ``press``, ``speak``, ``converse`` and ``hang_up``."""

    def __init__(self, exchange: Exchange, caller: Caller, facts: ContactFacts, state: ContactState) -> None:
        super().__init__(exchange, caller, facts, state)
        self.desk: Desk | None = None
        self.utterances: Sequence[Utterance] = ()
        self.audio: bytes | None = None

    # --- what the caller does -----------------------------------------------------------------

    def converse(self, utterances: Sequence[Utterance]) -> None:
        """Give what will be said from the connection on; what comes after the end is never said."""
        self.utterances = utterances

    def play(self, audio: bytes) -> None:
        """Give the audio of the conversation itself, as a file for the recording; nobody knows its words."""
        self.audio = audio

    def leave_message(self, utterances: Sequence[Utterance]) -> None:
        """Speak from now on without an agent; a flow that records the automated part keeps it."""
        if self._tape is not None:
            self._tape.speaks(utterances, self._exchange.clock.now())

    def hang_up(self) -> None:
        """Put the receiver down; nothing happens when the line is dead already."""
        if not self.over:
            self.notes(HungUp())
        self._leave("CUSTOMER_DISCONNECT")

    # --- what the network and the agent do ----------------------------------------------------

    def begin(self, flow_id: str) -> None:
        """Be answered by a flow."""
        self.facts.connected_to_system_at = self._exchange.clock.now()
        self._exchange.emit("INITIATED", self)
        self._start_flow(flow_id, self._inbound_ended)

    def enter(self, queue: Queue) -> None:
        """Come into a queue without a flow, to be recorded."""
        self.facts.connected_to_system_at = self._exchange.clock.now()
        self._exchange.emit("INITIATED", self)
        self._state.recording = ("Agent", "Customer")
        self.facts.queue, self.facts.enqueued_at, self.phase = queue, self._exchange.clock.now(), "queued"
        self._exchange.emit("QUEUED", self)

    def ring_at(self, desk: Desk) -> None:
        """Be offered to an agent."""
        self.phase, self.desk = "ringing", desk
        self.facts.attempts += 1
        desk.ring(self)

    def accepted(self, desk: Desk) -> None:
        """Be taken by an agent; whisper flows come before the conversation."""
        self.phase, self.desk = "whisper", desk
        self.facts.attempts = max(self.facts.attempts, 1)
        if self._run is not None:
            self._run.stop(Dequeued())
        self._switch_tape(on=False)
        self._whisper(self._hooked(*_WHISPERS), self._connect)

    def missed(self, desk: Desk) -> None:
        """Not be taken in time: wait on, at the old place."""
        del desk
        self.phase, self.desk = "queued", None
        self._exchange.give_back(self)

    def begin_hold(self, desk: Desk) -> bool:
        """Be put on hold; False when that is not possible now."""
        if self.phase != "connected" or desk is not self.desk:
            return False
        if not self.facts.begin_hold(self._exchange.clock.now()):
            return False
        flow_id = self._state.hooks.get("CustomerHold")
        if flow_id is not None:
            self._start_flow(flow_id, lambda _ending: None)
        return True

    def end_hold(self, desk: Desk) -> bool:
        """Be taken back from hold; False when that is not possible now."""
        if desk is not self.desk or not self.facts.end_hold(self._exchange.clock.now()):
            return False
        if self._run is not None:
            self._run.stop(Dequeued())
            self._run = None
        return True

    def agent_leaves(self, desk: Desk) -> None:
        """Be left by the agent; the disconnect flow, where one is set, talks on."""
        if self.phase != "connected" or desk is not self.desk:
            return
        self._leave_agent()
        desk.end(self)
        flow_id = self._state.hooks.get("CustomerRemaining")
        if flow_id is None:
            self._end("AGENT_DISCONNECT")
        else:
            self.phase = "after"
            self._start_flow(flow_id, lambda _ending: self._end("AGENT_DISCONNECT"))

    def wrapped_up(self) -> None:
        """Learn that the agent's after-contact work is done."""
        self.facts.after_contact_ended_at = self._exchange.clock.now()
        self._complete_if_over()

    def stop(self) -> None:
        """Be ended from outside, as StopContact does."""
        self._leave("CONTACT_FLOW_DISCONNECT")

    def is_put_through(self, number: str) -> None:
        """Be connected with somebody outside of the centre; no agent rings any more."""
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.withdraw(self)
        self.phase = "menu"
        super().is_put_through(number)

    # --- inside -------------------------------------------------------------------------------

    def _inbound_ended(self, ending: Ending) -> None:
        if isinstance(ending, End) and ending.reason == "queued":
            self._run = None
            hook = self._state.hooks.get("CustomerQueue")
            self.caller.waits(self)
            if hook is not None and not self.over:
                self._start_flow(hook, self._queue_flow_ended)
        elif _given_away(ending):
            self._talk_outside()
        elif not self.over and not _gone(ending):
            self._end("CONTACT_FLOW_DISCONNECT")

    def _queue_flow_ended(self, ending: Ending) -> None:
        if _given_away(ending):
            self._talk_outside()
        elif isinstance(ending, Disconnect) or (self.facts.transferred_to and not _gone(ending)):
            self._leave("CONTACT_FLOW_DISCONNECT")

    def _talk_outside(self) -> None:
        """Be with somebody outside, until that party or the caller hangs up."""
        seconds = self._run.outside_talk_seconds if self._run is not None else 0
        self.phase = "outside"
        self._exchange.clock.later(seconds, lambda: self._leave("THIRD_PARTY_DISCONNECT"))

    def _hooked(self, *events: str) -> list[str]:
        """Return the flows that are set for these events."""
        return [self._state.hooks[event] for event in events if event in self._state.hooks]

    def _whisper(self, flow_ids: Sequence[str], then: Callable[[], None]) -> None:
        """Run flows one after another, then go on."""
        if self.over:
            return
        if not flow_ids:
            then()
            return
        rest = flow_ids[1:]
        self._start_flow(flow_ids[0], lambda ending: None if _gone(ending) else self._whisper(rest, then))

    def _connect(self) -> None:
        desk = self.desk
        if desk is None:
            return
        facts, now = self.facts, self._exchange.clock.now()
        self._run = None
        self.phase = "connected"
        self._leave_queue()
        facts.connected_at = now
        facts.agent, facts.profile = desk.user, self._exchange.profile_of(desk)
        self._exchange.emit("CONNECTED_TO_AGENT", self)
        desk.connect(self)
        if not self.over:
            self.caller.speaks(self, desk)

    def _leave(self, reason: DisconnectReason) -> None:
        if self.over:
            return
        desk, phase = self.desk, self.phase
        if self._run is not None:
            self._run.stop(Hangup())
        if phase in _BEFORE_CONVERSATION:
            self._leave_queue()
            self.desk = None
            if desk is not None:
                desk.withdraw(self)
        elif phase == "connected":
            self._leave_agent()
        self._end(reason)
        if phase == "connected" and desk is not None:
            desk.end(self)

    def _leave_agent(self) -> None:
        if self.desk is not None:
            self.end_hold(self.desk)
        self.facts.agent_left_at = self._exchange.clock.now()
        self.phase = "after"
        self._exchange.conversation_ended(self)

    def _end(self, reason: DisconnectReason) -> None:
        if self.over:
            return
        self.facts.disconnected_at = self._exchange.clock.now()
        self.facts.disconnect_reason = reason
        self.facts.language_locale = self._state.language_code
        self.phase = "ended"
        self._switch_tape(on=False)
        self._exchange.emit("DISCONNECTED", self)
        self._exchange.contact_ended(self)
        self.caller.is_left(self)
        self._complete_if_over()

    def _complete_if_over(self) -> None:
        if self.facts.complete:
            self._exchange.emit("COMPLETED", self)
            self._exchange.contact_completed(self)


def _given_away(ending: Ending) -> bool:
    return isinstance(ending, End) and ending.reason == "transferred"


def _gone(ending: Ending) -> bool:
    return isinstance(ending, End) and ending.reason in {"hung_up", "dequeued"}
