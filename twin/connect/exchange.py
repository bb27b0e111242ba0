"""What a call needs of the network; :class:`~twin.connect.local_exchange.LocalExchange` provides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from contactflow.model import Flow, FlowType
from contactflow.run.effects import CreateCallback, QueueContact, Result
from twin.connect.delivery import EventType
from twin.connect.moments import SecondClock
from twin.connect.outside import OutsideCall
from twin.connect.playback import TimedStep
from twin.connect.prompts import Prompter
from twin.connect.registry import RoutingProfile
from twin.connect.tape import Tape
from twin.connect.witness import Witness

if TYPE_CHECKING:
    from twin.connect.answers import Answers
    from twin.connect.call import Call
    from twin.connect.desk import Desk


class Exchange(Protocol):
    """The network, as a call sees it."""

    clock: SecondClock
    answers: Answers
    prompter: Prompter
    flows: Mapping[str, Flow]
    witness: Witness

    def flow_type(self, flow_id: str) -> FlowType | None:
        """Return the type of a deployed flow, None where it restricts nothing."""

    def has_room(self, queue_arn: str) -> bool:
        """Return whether the queue takes another contact."""

    def enqueue(self, call: Call, effect: QueueContact) -> None:
        """Let the call wait in the queue that its flow chose."""

    def leave_queue(self, call: Call) -> None:
        """Let the call no longer wait."""

    def give_back(self, call: Call) -> None:
        """Return a call that an agent missed to its place in the queue."""

    def call_back(self, call: Call, effect: CreateCallback) -> Result:
        """Make the contact that will call the caller of ``call`` back."""

    def call_outside(self, number: str) -> OutsideCall:
        """Call a number outside of the centre; return what becomes of it."""

    def profile_of(self, desk: Desk) -> RoutingProfile:
        """Return the routing profile of the agent at ``desk``."""

    def emit(self, kind: EventType, call: Call, **more: Any) -> None:
        """Send a contact event and tell the observers."""

    def log_flow(self, call: Call, steps: Sequence[TimedStep]) -> None:
        """Write flow logs."""

    def conversation_ended(self, call: Call) -> None:
        """Learn that the agent has left: a recording may be made."""

    def automated_part_recorded(self, call: Call, tape: Tape) -> None:
        """Keep what a flow recorded."""

    def contact_ended(self, call: Call) -> None:
        """Learn that the line is dead."""

    def contact_completed(self, call: Call) -> None:
        """Learn that nothing more will happen."""
