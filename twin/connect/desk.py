"""An agent's desk: the contact control panel as a state machine.

**Source**: Amazon Connect administrator guide, "About agent status", "About contact states" (INCOMING: the agent is
presented with a callback; ERROR: such as a customer who is lost before the conversation), "After contact work"; a
contact rings for 20 seconds before it is missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from twin.connect.agent_events import AgentEventType, AgentView, ContactState, HeldContact
from twin.connect.parties import AgentPerson
from twin.connect.registry import AgentStatus, User
from twin.contracts import Timer

if TYPE_CHECKING:
    from twin.connect.call import Call
    from twin.connect.moments import SecondClock

RING_SECONDS = 20
_LOST = frozenset({"MISSED", "REJECTED", "ERROR"})


class DeskError(Exception):
    """An agent did what the contact control panel does not offer in that state."""


@dataclass(frozen=True)
class DeskOffice:
    """What desks need of the network."""

    clock: SecondClock
    publish: Callable[[AgentEventType, AgentView | None, AgentView], None]
    status_named: Callable[[str], AgentStatus]
    changed: Callable[[Desk], None]


@dataclass(frozen=True)
class TrueStatus:
    """A status that an agent truly was in, and that is over."""

    name: str
    since: datetime
    until: datetime


class Desk:
    """One agent's desk. Whoever sits there acts through its methods.

    Attributes
    ----------
    statuses
        The agent's statuses that are over, from the first login on.
    lost_offers
        How each offer ended that the agent did not take.
    """

    def __init__(self, office: DeskOffice, user: User) -> None:
        self.user = user
        self.logged_in = False
        self.person: AgentPerson | None = None
        self.statuses: list[TrueStatus] = []
        self.lost_offers: list[ContactState] = []
        self._office = office
        self._status = office.status_named("Offline")
        self._since = office.clock.now()
        self._next_status: AgentStatus | None = None
        self._held: dict[str, HeldContact] = {}
        self._calls: dict[str, Call] = {}
        self._ringing: dict[str, Timer] = {}

    @property
    def routable(self) -> bool:
        """Return whether a contact may be offered now."""
        return self.logged_in and self._status.name == "Available" and not self._held

    @property
    def idle(self) -> bool:
        """Return whether no contact is on the desk."""
        return not self._held

    @property
    def status(self) -> str:
        """Return the name of the chosen status."""
        return self._status.name

    def view(self) -> AgentView:
        """Return what the agent is doing now."""
        return AgentView(self.user, self._status, self._since, self._next_status, tuple(self._held.values()))

    def log_in(self, person: AgentPerson | None = None) -> None:
        """Sit down; the status is Offline until the agent chooses another."""
        if self.logged_in:
            raise DeskError(f"{self.user.username} is logged in already")
        self.person, self.logged_in, self._since = person, True, self._office.clock.now()
        self._office.publish("LOGIN", None, self.view())

    def log_out(self) -> None:
        """Leave; possible without contacts only."""
        if self._held:
            raise DeskError(f"{self.user.username} cannot log out with a contact on the desk")
        before = self.view()
        self._be(self._office.status_named("Offline"))
        self.logged_in = False
        self._office.publish("LOGOUT", before, self.view())
        self._office.changed(self)

    def choose_status(self, name: str) -> None:
        """Choose a status; with a contact on the desk, it becomes the next status."""
        if not self.logged_in:
            raise DeskError(f"{self.user.username} must log in before choosing {name}")
        with_contact, before = bool(self._held), self.view()
        status = self._office.status_named(name)
        if with_contact:
            self._next_status = status
        else:
            self._be(status)
        self._changed(before)

    def ring(self, call: Call) -> None:
        """Be offered a contact; it is missed after 20 seconds."""
        self._calls[call.contact_id] = call
        self._hold(call, "INCOMING" if call.facts.initiation_method == "CALLBACK" else "CONNECTING")
        self._ringing[call.contact_id] = self._office.clock.later(RING_SECONDS, lambda: self._miss(call))
        if self.user.auto_accept:
            self.accept(call)
        elif self.person is not None:
            self.person.is_rung(self, call)

    def accept(self, call: Call) -> None:
        """Take the contact that rings; nothing happens when it has stopped ringing."""
        timer = self._ringing.pop(call.contact_id, None)
        if timer is not None:
            timer.cancel()
            call.accepted(self)

    def call_customer(self, call: Call) -> None:
        """See a callback go out to the customer."""
        self._calls[call.contact_id] = call
        self._hold(call, "CONNECTING")

    def connect(self, call: Call) -> None:
        """Be in conversation with the caller."""
        self._calls[call.contact_id] = call
        self._hold(call, "CONNECTED")
        if self.person is not None:
            self.person.speaks(self, call)

    def hold(self, call: Call) -> None:
        """Put the caller on hold."""
        if call.begin_hold(self):
            self._hold(call, "CONNECTED_ONHOLD")

    def resume(self, call: Call) -> None:
        """Take the caller back from hold."""
        if call.end_hold(self):
            self._hold(call, "CONNECTED")

    def hang_up(self, call: Call) -> None:
        """Leave the conversation; the caller may still be asked something by a flow."""
        call.agent_leaves(self)

    def end(self, call: Call) -> None:
        """Begin after-contact work: the conversation is over."""
        self._hold(call, "ENDED")
        if self.person is not None:
            self.person.wraps_up(self, call)
        else:
            self.finish_after_contact_work(call)

    def finish_after_contact_work(self, call: Call) -> None:
        """Clear the contact; the agent is free for the next one, or goes to the next status."""
        if call.contact_id not in self._held or self._held[call.contact_id].state != "ENDED":
            raise DeskError(f"{self.user.username} has no after-contact work for contact {call.contact_id}")
        self._clear(call)
        call.wrapped_up()

    def withdraw(self, call: Call) -> None:
        """Lose a contact before the conversation: the caller hung up, or did not answer a callback."""
        timer = self._ringing.pop(call.contact_id, None)
        if timer is not None:
            timer.cancel()
        if call.contact_id in self._held:
            self._lose(call, "ERROR" if call.facts.initiation_method == "CALLBACK" else "REJECTED")

    def _miss(self, call: Call) -> None:
        self._ringing.pop(call.contact_id, None)
        self._lose(call, "MISSED")
        call.missed(self)

    def _lose(self, call: Call, state: ContactState) -> None:
        self.lost_offers.append(state)
        self._hold(call, state)
        if self.person is not None:
            self.person.is_missed(self)
        else:
            self.clear_missed()

    def clear_missed(self) -> None:
        """Clear missed and given-up offers; the agent is routable again."""
        for contact_id in [c for c, held in self._held.items() if held.state in _LOST]:
            self._clear(self._calls[contact_id])

    def _hold(self, call: Call, state: ContactState) -> None:
        before = self.view()
        self._held[call.contact_id] = HeldContact(replace(call.facts), state, self._office.clock.now())
        self._changed(before)

    def _clear(self, call: Call) -> None:
        before = self.view()
        del self._held[call.contact_id]
        del self._calls[call.contact_id]
        if not self._held and self._next_status is not None:
            self._be(self._next_status)
            self._next_status = None
        self._changed(before)

    def _be(self, status: AgentStatus) -> None:
        now = self._office.clock.now()
        self.statuses.append(TrueStatus(self._status.name, self._since, now))
        self._status, self._since = status, now

    def _changed(self, before: AgentView) -> None:
        self._office.publish("STATE_CHANGE", before, self.view())
        self._office.changed(self)

    @property
    def state(self) -> tuple[str, datetime, Call | None]:
        """Return what a supervisor sees: a word, since when, and the contact."""
        words = {
            "INCOMING": "ringing",
            "CONNECTING": "ringing",
            "CONNECTED": "on_contact",
            "CONNECTED_ONHOLD": "on_hold",
            "ENDED": "after_contact_work",
            "MISSED": "missed",
            "REJECTED": "missed",
            "ERROR": "missed",
        }
        for contact_id, held in self._held.items():
            return words[held.state], held.since, self._calls[contact_id]
        return self._status.name.lower(), self._since, None
