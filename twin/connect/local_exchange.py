"""Serves calls: lets them wait, rings at desks, and has the service say what happens to them.

**Source**: Amazon Connect pricing page (voice is charged by the second from the connection to the system to
the disconnect); administrator guide, "Example: metrics for a queued callback" (how a callback contact follows the one
that asked for it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from contactflow.model import Flow, FlowType
from contactflow.run.effects import CreateCallback, Done, Failed, QueueContact, Result
from twin.connect.answers import Answers
from twin.connect.call import Call
from twin.connect.callback import Callback
from twin.connect.contacts import Contacts
from twin.connect.delivery import Delivery, EventType
from twin.connect.desk import Desk
from twin.connect.desks import Desks
from twin.connect.distribution import Distributor, Offer
from twin.connect.facts import ContactFacts
from twin.connect.flow_logs import FlowLogs
from twin.connect.flow_shelf import FlowShelf
from twin.connect.live_board import LiveBoard
from twin.connect.moments import SecondClock, seconds_between
from twin.connect.outlook import Outlook
from twin.connect.outside import OutsideCall, OutsideWorld, nobody
from twin.connect.playback import TimedStep
from twin.connect.prompts import Prompter
from twin.connect.recordings import Recorder
from twin.connect.registry import Registry, RoutingProfile
from twin.connect.switchboard import Switchboard
from twin.connect.tape import Tape
from twin.connect.watch import Watch
from twin.connect.witness import Witness
from twin.contracts import Cloud, ServiceError, Studio


class LocalExchange:
    """The network as a call sees it: an :class:`~twin.connect.exchange.Exchange`."""

    def __init__(
        self,
        cloud: Cloud,
        studio: Studio,
        *,
        registry: Registry,
        clock: SecondClock,
        contacts: Contacts,
        desks: Desks,
        board: LiveBoard,
        delivery: Delivery,
        watch: Watch,
    ) -> None:
        self.clock = clock
        self.prompter = Prompter(lambda text, language: studio.seconds(text, language, "agent"))
        self.flows: Mapping[str, Flow] = FlowShelf(registry)
        self.witness = Witness()
        self.outside: OutsideWorld = nobody
        self._cloud = cloud
        self._registry = registry
        self._contacts = contacts
        self._desks = desks
        self._board = board
        self._delivery = delivery
        self._watch = watch
        self._switchboard = Switchboard(clock, self._ring)
        self.answers = Answers(cloud, registry, clock, Outlook(board, self._switchboard, contacts))
        self._flow_logs = FlowLogs(cloud, registry)
        self._recorder = Recorder(cloud, registry, clock, studio)

    # --- the queues ---------------------------------------------------------------------------------

    def distribute_by(self, distributor: Distributor) -> None:
        """Distribute contacts another way from now on; only while none waits."""
        if any(call.facts.enqueued_at and not call.facts.dequeued_at for call in self._contacts.calls()):
            raise ValueError("contacts are waiting; change the distribution before the first call")
        self._switchboard.distribute_by(distributor)

    def has_room(self, queue_arn: str) -> bool:
        """Return whether the queue takes another contact."""
        limit = self._registry.queues.find(queue_arn, "queue").max_contacts
        return limit is None or self._board.figures(queue_arn)["contacts_in_queue"] < limit

    def enqueue(self, call: Call, effect: QueueContact) -> None:
        """Let the call wait in the queue that its flow chose."""
        queue = self._registry.queues.find(str(effect.queue_arn), "queue")
        call.facts.queue, call.facts.enqueued_at = queue, self.clock.now()
        self._switchboard.enqueue(
            call.contact_id, queue.arn, priority=effect.priority, age_seconds=effect.age_adjust_seconds
        )

    def leave_queue(self, call: Call) -> None:
        """Let the call no longer wait."""
        self._switchboard.withdraw(call.contact_id)

    def give_back(self, call: Call) -> None:
        """Return a call that an agent missed to its place."""
        self._switchboard.give_back(call.contact_id)

    # --- callbacks and the world outside ------------------------------------------------------------

    def call_back(self, call: Call, effect: CreateCallback) -> Result:
        """Make the contact that will call the caller of ``call`` back."""
        if effect.queue_arn is None:
            return Failed("the twin does not offer callbacks that wait for one agent: name a queue")
        if call.facts.next_contact_id is not None:
            return Failed("the contact asked for a callback already")
        try:
            queue = self._registry.queues.find(effect.queue_arn, "queue")
        except ServiceError as error:
            return Failed(str(error))
        contact_id = call.facts.next_contact_id = self._cloud.new_id("connect.contacts")
        state = replace(
            call.state,
            contact_id=contact_id,
            initiation_method="CALLBACK",
            initial_contact_id=call.facts.initial_contact_id or call.contact_id,
            previous_contact_id=call.contact_id,
            customer_address=effect.number,
            attributes=dict(call.facts.attributes),
            hooks=dict(call.state.hooks),
            queue_arn=queue.arn,
            queue_name=queue.name,
            queued=False,
            ivr_recording=False,
        )
        facts = ContactFacts(
            contact_id,
            f"{self._registry.instance().arn}/contact/{contact_id}",
            effect.number,
            call.facts.system_number,
            self.clock.now(),
            "CALLBACK",
            state.initial_contact_id,
            state.previous_contact_id,
            queue=queue,
        )
        callback = Callback(self, call.caller, facts, state, effect)
        self._contacts.add(callback)
        callback.begin_waiting()
        return Done()

    def call_outside(self, number: str) -> OutsideCall:
        """Call a number outside of the centre; return what becomes of it."""
        return self.outside(number)

    # --- the desks ----------------------------------------------------------------------------------

    def profile_of(self, desk: Desk) -> RoutingProfile:
        """Return the routing profile of the agent at ``desk``."""
        return self._registry.profile_of(desk.user)

    def desk_changed(self, desk: Desk) -> None:
        """Offer contacts to the agent at ``desk``, or no more."""
        if desk.routable:
            self._switchboard.agent_ready(desk.user.username, self.profile_of(desk).queues)
        else:
            self._switchboard.agent_gone(desk.user.username)

    def _ring(self, offer: Offer) -> None:
        call, desk = self._contacts[offer.contact], self._desks.desk(offer.agent)
        if offer.needs_accept:
            call.ring_at(desk)
        else:
            call.accepted(desk)

    # --- what the service says ------------------------------------------------------------------------

    def emit(self, kind: EventType, call: Call, **more: Any) -> None:
        """Send a contact event and tell the observers."""
        self._delivery.event(kind, call.facts, **more)
        if kind != "COMPLETED":
            self._watch.contact(kind.lower(), call)

    def flow_type(self, flow_id: str) -> FlowType | None:
        """Return the type of a deployed flow, None where it restricts nothing."""
        kind = self._registry.flows.find(flow_id, "flow").kind
        return next((one for one in get_args(FlowType) if one == kind), None)

    def log_flow(self, call: Call, steps: Sequence[TimedStep]) -> None:
        """Write flow logs."""
        self._flow_logs.write(call.contact_id, steps)

    def conversation_ended(self, call: Call) -> None:
        """Keep the recording, where the flow wanted one."""
        if call.recorded:
            self._recorder.record(call.facts, call.utterances, call.audio)

    def automated_part_recorded(self, call: Call, tape: Tape) -> None:
        """Keep what a flow recorded."""
        self._recorder.record_automated(call.facts, tape)

    def contact_ended(self, call: Call) -> None:
        """Count the minutes of the line."""
        facts = call.facts
        if facts.disconnected_at is not None and facts.connected_to_system_at is not None:
            minutes = seconds_between(facts.connected_to_system_at, facts.disconnected_at) / 60
            number = self._registry.number_of(facts.system_number)
            kind = number.kind.lower() if number else "did"
            self._cloud.meter("connect", "voice_minutes", minutes)
            self._cloud.meter("connect", f"number_minutes_{kind}", minutes)

    def contact_completed(self, call: Call) -> None:
        """Write the ledger and send the contact record."""
        self._contacts.complete(call)
        self._delivery.record(call.facts)
        self._watch.contact("completed", call)
