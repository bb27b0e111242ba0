"""A contact that calls a customer back: it waits in a queue without anybody on the line, then an agent calls.

**Source**: Amazon Connect administrator guide, "Set up queued callback", "About queued callbacks in metrics",
"Example: metrics for a queued callback" (the contact is initiated at the request, enqueued after the initial delay and
dequeued when an agent accepts; the customer is called after the agent whisper, hears the queue's outbound whisper flow,
and is then connected); API Reference, "CreateCallbackContact" (attempts and delays). That example adds the initial
delay to the queue's duration; the data model of contact records does not, and neither does the twin. What the guide
leaves open: an unanswered telephone rings for 60 s, and a contact that is queued again after an unanswered attempt
tells of its last wait.
"""

from __future__ import annotations

from contactflow.run.contact import ContactState
from contactflow.run.effects import CreateCallback, End, Ending, QueueContact
from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.exchange import Exchange
from twin.connect.facts import ContactFacts, DisconnectReason
from twin.connect.outside import RING_SECONDS
from twin.connect.parties import Caller
from twin.contracts import Timer


class Callback(Call):
    """A callback on its way; the customer acts through :meth:`pick_up`, and then as any caller."""

    def __init__(
        self, exchange: Exchange, caller: Caller, facts: ContactFacts, state: ContactState, request: CreateCallback
    ) -> None:
        super().__init__(exchange, caller, facts, state)
        self.phase = "scheduled"
        self._request = request
        self._attempts_left = request.max_attempts
        self._timer: Timer | None = None

    # --- what the customer does ---------------------------------------------------------------

    def pick_up(self) -> None:
        """Answer the telephone; nothing happens when it has stopped ringing."""
        if self.phase != "dialling":
            return
        self._stop_timer()
        self.phase = "whisper"
        self.facts.connected_to_system_at = self._exchange.clock.now()
        self._exchange.emit("CONNECTED_TO_SYSTEM", self)
        queue = self.facts.queue
        self._whisper([queue.outbound_flow_arn] if queue and queue.outbound_flow_arn else [], self._connect)

    def hang_up(self) -> None:
        """Put the receiver down; nothing happens while the customer is not on the line."""
        if self.facts.connected_to_system_at is not None:
            super().hang_up()

    # --- what the network and the agent do ----------------------------------------------------

    def begin_waiting(self) -> None:
        """Be made by a flow: wait for the queue, or run the flow that leads there."""
        self._exchange.emit("INITIATED", self)
        if self._request.flow_id is None:
            self._wait(self._request.initial_delay_seconds)
        else:
            self._start_flow(self._request.flow_id, self._inbound_ended)

    def accepted(self, desk: Desk) -> None:
        """Be taken by an agent, who hears the whisper flow before the customer is called."""
        self.phase, self.desk = "whisper", desk
        self.facts.attempts = max(self.facts.attempts, 1)
        self._leave_queue()
        desk.call_customer(self)
        self._whisper(self._hooked("AgentWhisper"), self._call_customer)

    # --- inside -------------------------------------------------------------------------------

    def _inbound_ended(self, ending: Ending) -> None:
        """Wait in silence: there is nobody to play a queue flow to."""
        if isinstance(ending, End) and ending.reason == "queued":
            self._run = None
        else:
            super()._inbound_ended(ending)

    def _wait(self, seconds: int) -> None:
        self.phase = "scheduled"
        self._timer = self._exchange.clock.later(seconds, self._enter_queue)

    def _enter_queue(self) -> None:
        self.phase = "queued"
        self.facts.dequeued_at = None
        self._exchange.enqueue(self, QueueContact(self._request.queue_arn, self._state.priority))
        self._exchange.emit("QUEUED", self)

    def _call_customer(self) -> None:
        self.phase = "dialling"
        self._attempts_left -= 1
        self._timer = self._exchange.clock.later(RING_SECONDS, self._give_up_attempt)
        self.caller.is_called(self)

    def _give_up_attempt(self) -> None:
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.withdraw(self)
        if self._attempts_left > 0:
            self._wait(self._request.retry_delay_seconds)
        else:
            self._end("OUTBOUND_ATTEMPT_FAILED")

    def _end(self, reason: DisconnectReason) -> None:
        self._stop_timer()
        super()._end(reason)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
