"""The telephone network: callers dial in, contacts go their way, agents sit at their desks.

**Source**: Amazon Connect administrator guide, "How Amazon Connect works"; pricing page (voice is charged by
the second from the connection to the system to the disconnect).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contactflow.model import Flow
from contactflow.run.contact import ContactState
from contactflow.run.effects import QueueContact
from twin.connect.agent_events import HEARTBEAT_SECONDS, AgentEvents
from twin.connect.answers import Answers
from twin.connect.board import Board, agent_row, call_row, queue_figures, queue_row
from twin.connect.call import Call
from twin.connect.delivery import Delivery, DeliveryFaults, EventType
from twin.connect.desk import Desk, DeskOffice
from twin.connect.distribution import Distributor, Offer
from twin.connect.facts import ContactFacts, TrueContact, true_contact
from twin.connect.flow_logs import FlowLogs
from twin.connect.flow_shelf import FlowShelf
from twin.connect.moments import SecondClock, seconds_between
from twin.connect.parties import Caller
from twin.connect.playback import TimedStep
from twin.connect.prompts import Prompter
from twin.connect.recorded_caller import RecordedCaller
from twin.connect.recordings import Recorder
from twin.connect.registry import AgentStatus, PhoneNumber, Registry, RoutingProfile, User
from twin.connect.switchboard import Switchboard
from twin.connect.watch import Observer, Watch
from twin.contracts import Cloud, Studio, Timer


class DialError(Exception):
    """A number that cannot be dialled: nobody claimed it, or no flow answers it."""


class ConnectNetwork:
    """Amazon Connect and the telephones around it.

    Attributes
    ----------
    ledger
        What truly happened, one line a contact that is complete, in order of completion.
    registry
        What exists in the instance.
    """

    def __init__(self, cloud: Cloud, studio: Studio, faults: DeliveryFaults | None = None) -> None:
        self.cloud = cloud
        self.studio = studio
        self.registry = Registry()
        self.clock = SecondClock(cloud.clock)
        self.prompter = Prompter(lambda text, language: studio.seconds(text, language, "agent"))
        self.flows: Mapping[str, Flow] = FlowShelf(self.registry)
        self.answers = Answers(cloud, self.registry, self.clock, self)
        self.ledger: list[TrueContact] = []
        self._switchboard = Switchboard(self.clock, self._ring)
        self._watch = Watch(self.clock)
        self._delivery = Delivery(cloud, self.registry, self.clock, faults or DeliveryFaults())
        self._agent_events = AgentEvents(cloud, self.registry, self.clock)
        self._flow_logs = FlowLogs(cloud, self.registry)
        self._recorder = Recorder(cloud, self.registry, self.clock, studio)
        self._office = DeskOffice(self.clock, self._agent_events.publish, self.status_named, self._desk_changed)
        self._calls: dict[str, Call] = {}
        self._ended: dict[str, ContactFacts] = {}
        self._desks: dict[str, Desk] = {}
        self._heart: Timer | None = None

    # --- for people -----------------------------------------------------------------------------

    def dial(self, caller: Caller, address: str | None = None) -> Call:
        """Let ``caller`` ring a number now; None rings the first number that a flow answers.

        Raises
        ------
        DialError
            When no flow answers there.
        """
        number = self._number(address)
        call = self._new_call(caller, number)
        call.begin(str(number.flow_arn))
        return call

    def import_recording(self, audio: bytes, *, seconds: float, agent: str, customer: str, queue: str) -> str:
        """Let a conversation that was recorded elsewhere happen now, as if ``customer`` had called.

        No flow runs: the contact enters ``queue``, ``agent`` answers at once, and the customer hangs up
        after ``seconds``. Events, contact record and recording come as for any call.

        Parameters
        ----------
        audio
            The file that becomes the recording, as it is.
        seconds
            How long it lasts.

        Returns
        -------
        str
            The contact's id.

        Raises
        ------
        KeyError
            When there is no such agent or queue.
        """
        target = self.registry.queue_named(queue)
        if target is None:
            known = ", ".join(one.name for one in self.registry.queues.values())
            raise KeyError(f"no queue {queue!r} in the instance; there are {known}")
        desk = self.desk(agent)
        call = self._new_call(RecordedCaller(customer, audio, seconds, self.clock), self._number(None))
        call.enter(target)
        if not desk.logged_in:
            desk.log_in()
        call.accepted(desk)
        return call.contact_id

    def desk(self, username: str) -> Desk:
        """Return the desk of the agent ``username``.

        Raises
        ------
        KeyError
            When there is no such user.
        """
        if username not in self._desks:
            user = self.registry.user_named(username)
            if user is None:
                raise KeyError(f"no user {username!r} in the instance; there are {self.usernames()}")
            self._desks[username] = Desk(self._office, user)
        return self._desks[username]

    def add_agent(self, username: str, profile: RoutingProfile) -> Desk:
        """Add a user at run time, as a replay does for the agents that its log names."""
        arn = f"{self.registry.instance().arn}/agent/{self.cloud.new_id('connect.resources')}"
        self.registry.users.put(User(arn, username, username.title(), "", profile.arn))
        return self.desk(username)

    def usernames(self) -> list[str]:
        """Return the names of all agents."""
        return [user.username for user in self.registry.agents()]

    def distribute_by(self, distributor: Distributor) -> None:
        """Distribute contacts another way from now on; only while none waits."""
        if any(call.facts.enqueued_at and not call.facts.dequeued_at for call in self._calls.values()):
            raise ValueError("contacts are waiting; change the distribution before the first call")
        self._switchboard.distribute_by(distributor)

    # --- for whoever watches ----------------------------------------------------------------------

    def observe(self, observer: Observer) -> None:
        """Tell ``observer`` of everything that happens from now on."""
        self._watch.add(observer)

    def snapshot(self) -> Board:
        """Return the live picture."""
        now, calls = self.clock.now(), list(self._calls.values())
        return Board(
            at=now,
            queues=tuple(queue_row(queue.name, calls, now) for queue in self.registry.queues.values()),
            agents=tuple(agent_row(self.desk(name)) for name in self.usernames()),
            calls=tuple(call_row(call) for call in calls if not call.over),
            completed=len(self.ledger),
            last_events=tuple(self._watch.last_events),
        )

    def calls(self) -> Sequence[Call]:
        """Return the calls that are not complete yet."""
        return tuple(self._calls.values())

    def call(self, contact_id: str) -> Call | None:
        """Return a call that is not complete yet."""
        return self._calls.get(contact_id)

    def facts(self, contact_id: str) -> ContactFacts | None:
        """Return what is known of a contact, complete or not."""
        call = self._calls.get(contact_id)
        return call.facts if call else self._ended.get(contact_id)

    def resend_record(self, contact_id: str) -> None:
        """Send the record of a complete contact again, as a correction."""
        facts = self._ended.get(contact_id)
        if facts is not None:
            self._delivery.record(facts)

    def figures(self, queue_arn: str) -> Mapping[str, float]:
        """Return the real-time figures of a queue."""
        return queue_figures(self.registry, queue_arn, self._calls.values(), self._desks.values(), self.clock.now())

    def status_named(self, name: str) -> AgentStatus:
        """Return the agent status ``name``; one that nobody defined yet becomes a custom status."""
        status = self.registry.statuses.pick(lambda one: one.name == name)
        if status is None:
            arn = f"{self.registry.instance().arn}/agent-state/{self.cloud.new_id('connect.resources')}"
            status = self.registry.statuses.put(AgentStatus(arn, name, "CUSTOM"))
        return status

    # --- for calls (see call.Exchange) -------------------------------------------------------------

    def has_room(self, queue_arn: str) -> bool:
        """Return whether the queue takes another contact."""
        limit = self.registry.queues.find(queue_arn, "queue").max_contacts
        return limit is None or self.figures(queue_arn)["contacts_in_queue"] < limit

    def enqueue(self, call: Call, effect: QueueContact) -> None:
        """Let the call wait in the queue that its flow chose."""
        queue = self.registry.queues.find(str(effect.queue_arn), "queue")
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

    def profile_of(self, desk: Desk) -> RoutingProfile:
        """Return the routing profile of the agent at ``desk``."""
        return self.registry.profiles.find(desk.user.routing_profile_arn, "routing profile")

    def emit(self, kind: EventType, call: Call, **more: Any) -> None:
        """Send a contact event and tell the observers."""
        self._delivery.event(kind, call.facts, **more)
        if kind != "COMPLETED":
            self._watch.contact(kind.lower(), call)

    def log_flow(self, call: Call, steps: Sequence[TimedStep]) -> None:
        """Write flow logs."""
        self._flow_logs.write(call.contact_id, steps)

    def conversation_ended(self, call: Call) -> None:
        """Keep the recording, where the flow wanted one."""
        if call.recorded:
            self._recorder.record(call.facts, call.utterances, call.audio)

    def contact_ended(self, call: Call) -> None:
        """Count the minutes of the line."""
        facts = call.facts
        if facts.disconnected_at is not None:
            minutes = seconds_between(facts.initiated_at, facts.disconnected_at) / 60
            number = self.registry.number_of(facts.system_number)
            kind = number.kind.lower() if number else "did"
            self.cloud.meter("connect", "voice_minutes", minutes)
            self.cloud.meter("connect", f"number_minutes_{kind}", minutes)

    def contact_completed(self, call: Call) -> None:
        """Send the contact record and write the ledger."""
        del self._calls[call.contact_id]
        self._ended[call.contact_id] = call.facts
        self._delivery.record(call.facts)
        self.ledger.append(true_contact(call.facts))
        self._watch.contact("completed", call)

    # --- inside -----------------------------------------------------------------------------------

    def _number(self, address: str | None) -> PhoneNumber:
        if address is None:
            number = self.registry.numbers.pick(lambda one: one.flow_arn is not None)
        else:
            number = self.registry.number_of(address)
        if number is None or number.flow_arn is None:
            known = ", ".join(one.address for one in self.registry.numbers.values()) or "none"
            raise DialError(f"no flow answers {address or 'any number'}; claimed numbers: {known}")
        return number

    def _new_call(self, caller: Caller, number: PhoneNumber) -> Call:
        contact_id, arn = self.cloud.new_id("connect.contacts"), self.registry.instance().arn
        facts = ContactFacts(contact_id, f"{arn}/contact/{contact_id}", caller.number, number.address, self.clock.now())
        state = ContactState(
            contact_id, customer_address=caller.number, system_address=number.address, instance_arn=arn
        )
        call = self._calls[contact_id] = Call(self, caller, facts, state)
        return call

    def _desk_changed(self, desk: Desk) -> None:
        if desk.routable:
            self._switchboard.agent_ready(desk.user.username, self.profile_of(desk).queues)
        else:
            self._switchboard.agent_gone(desk.user.username)
        if desk.logged_in and self._heart is None:
            self._heart = self.clock.later(HEARTBEAT_SECONDS, self._beat)
        self._watch.agent(desk)

    def _beat(self) -> None:
        views = [desk.view() for desk in self._desks.values() if desk.logged_in]
        self._agent_events.beat(views)
        self._heart = self.clock.later(HEARTBEAT_SECONDS, self._beat) if views else None

    def _ring(self, offer: Offer) -> None:
        call, desk = self._calls[offer.contact], self.desk(offer.agent)
        if offer.needs_accept:
            call.ring_at(desk)
        else:
            call.accepted(desk)
