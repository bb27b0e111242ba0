"""The telephone network: callers dial in, contacts go their way, agents sit at their desks.

**Source**: Amazon Connect administrator guide, "How Amazon Connect works".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contactflow.run.contact import ContactState
from twin.connect.board import Board
from twin.connect.call import Call
from twin.connect.contacts import Contacts
from twin.connect.delivery import Delivery, DeliveryFaults
from twin.connect.desk import Desk
from twin.connect.desks import Desks
from twin.connect.distribution import Distributor
from twin.connect.facts import ContactFacts, TrueContact
from twin.connect.instance_metrics import InstanceMetrics
from twin.connect.live_board import LiveBoard
from twin.connect.local_exchange import LocalExchange
from twin.connect.moments import SecondClock
from twin.connect.outside import OutsideWorld
from twin.connect.parties import Caller
from twin.connect.recorded_caller import RecordedCaller
from twin.connect.registry import PhoneNumber, Registry, RoutingProfile
from twin.connect.watch import Observer, Watch
from twin.connect.witness import Observer as CallObserver
from twin.contracts import Cloud, Studio


class DialError(Exception):
    """A number that cannot be dialled: nobody claimed it, or no flow answers it."""


class ConnectNetwork:
    """Amazon Connect and the telephones around it.

    Attributes
    ----------
    registry
        What exists in the instance.
    answers
        What Amazon Connect itself answers flows.
    prompter
        How long messages take.
    """

    def __init__(self, cloud: Cloud, studio: Studio, faults: DeliveryFaults | None = None) -> None:
        self.studio = studio
        self.registry = Registry()
        self.clock = SecondClock(cloud.clock)
        self._cloud = cloud
        self._contacts = Contacts()
        self._watch = Watch(self.clock)
        self._desks = Desks(cloud, self.registry, self.clock, self._desk_changed)
        self._board = LiveBoard(self.registry, self.clock, self._contacts, self._desks, self._watch)
        self._delivery = Delivery(cloud, self.registry, self.clock, faults or DeliveryFaults())
        self._exchange = LocalExchange(
            cloud,
            studio,
            registry=self.registry,
            clock=self.clock,
            contacts=self._contacts,
            desks=self._desks,
            board=self._board,
            delivery=self._delivery,
            watch=self._watch,
        )
        self._watch.add(InstanceMetrics(cloud, self.registry, self.clock, self._contacts, self._desks).observe)
        self.answers = self._exchange.answers
        self.prompter = self._exchange.prompter

    # --- callers ------------------------------------------------------------------------------------

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

    def connect_outside(self, world: OutsideWorld) -> None:
        """Let ``world`` say what becomes of calls to outside numbers; before, none is connected."""
        self._exchange.outside = world

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
        contact_id, arn = self._cloud.new_id("connect.contacts"), self.registry.instance().arn
        facts = ContactFacts(contact_id, f"{arn}/contact/{contact_id}", caller.number, number.address, self.clock.now())
        state = ContactState(
            contact_id, customer_address=caller.number, system_address=number.address, instance_arn=arn
        )
        return self._contacts.add(Call(self._exchange, caller, facts, state))

    # --- agents -------------------------------------------------------------------------------------

    def desk(self, username: str) -> Desk:
        """Return the desk of the agent ``username``.

        Raises
        ------
        KeyError
            When there is no such user.
        """
        return self._desks.desk(username)

    def add_agent(self, username: str, profile: RoutingProfile) -> Desk:
        """Add a user at run time, as a replay does for the agents that its log names."""
        return self._desks.add_agent(username, profile)

    def usernames(self) -> list[str]:
        """Return the names of all agents."""
        return self._desks.usernames()

    def distribute_by(self, distributor: Distributor) -> None:
        """Distribute contacts another way from now on; only while none waits."""
        self._exchange.distribute_by(distributor)

    def _desk_changed(self, desk: Desk) -> None:
        self._exchange.desk_changed(desk)
        self._watch.agent(desk)

    # --- whoever watches ----------------------------------------------------------------------------

    @property
    def ledger(self) -> Sequence[TrueContact]:
        """What truly happened, one line a contact that is complete, in order of completion."""
        return self._contacts.ledger

    def observe(self, observer: Observer) -> None:
        """Tell ``observer`` of everything that happens from now on."""
        self._watch.add(observer)

    def witness(self, observer: CallObserver) -> None:
        """Tell ``observer`` what callers hear and do from now on, and what their flows are answered."""
        self._exchange.witness.add(observer)

    def snapshot(self) -> Board:
        """Return the live picture."""
        return self._board.snapshot()

    def figures(self, queue_arn: str) -> Mapping[str, float]:
        """Return the real-time figures of a queue."""
        return self._board.figures(queue_arn)

    def calls(self) -> Sequence[Call]:
        """Return the calls that are not complete yet."""
        return self._contacts.calls()

    def call(self, contact_id: str) -> Call | None:
        """Return a call that is not complete yet."""
        return self._contacts.call(contact_id)

    def facts(self, contact_id: str) -> ContactFacts | None:
        """Return what is known of a contact, complete or not."""
        return self._contacts.facts(contact_id)

    def resend_record(self, contact_id: str) -> None:
        """Send the record of a complete contact again, as a correction."""
        facts = self._contacts.complete_facts(contact_id)
        if facts is not None:
            self._delivery.record(facts)
