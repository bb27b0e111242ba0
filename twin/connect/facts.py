"""What truly happened on one contact, and the ledger of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from twin.connect.moments import seconds_between
from twin.connect.registry import Queue, RoutingProfile, User

Outcome = Literal["answered", "abandoned", "ended_in_menu", "ended_by_flow", "callback", "transferred", "not_reached"]
DisconnectReason = Literal[
    "CUSTOMER_DISCONNECT",
    "AGENT_DISCONNECT",
    "CONTACT_FLOW_DISCONNECT",
    "THIRD_PARTY_DISCONNECT",
    "OUTBOUND_ATTEMPT_FAILED",
    "TELECOM_PROBLEM",
]
InitiationMethod = Literal["INBOUND", "CALLBACK"]


@dataclass(frozen=True)
class Recording:
    """A recording as the contact record names it; ``automated`` is that of flows, without an agent."""

    bucket: str
    key: str
    began_at: datetime
    ended_at: datetime
    automated: bool = False


@dataclass
class ContactFacts:
    """One contact as it goes; moments are whole seconds, None until they come.

    Attributes
    ----------
    connected_to_system_at
        When the customer's line was open: at once for a customer who calls, at the answer for one who is called.
    transferred_to, transfer_completed_at
        Number outside that answered, and when.
    recordings
        In order of their beginning.
    """

    contact_id: str
    contact_arn: str
    customer: str
    system_number: str
    initiated_at: datetime
    initiation_method: InitiationMethod = "INBOUND"
    initial_contact_id: str | None = None
    previous_contact_id: str | None = None
    next_contact_id: str | None = None
    connected_to_system_at: datetime | None = None
    language_locale: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    queue: Queue | None = None
    enqueued_at: datetime | None = None
    dequeued_at: datetime | None = None
    agent: User | None = None
    profile: RoutingProfile | None = None
    attempts: int = 0
    connected_at: datetime | None = None
    agent_left_at: datetime | None = None
    holds: list[tuple[datetime, datetime]] = field(default_factory=list)
    hold_began_at: datetime | None = None
    after_contact_ended_at: datetime | None = None
    disconnected_at: datetime | None = None
    disconnect_reason: DisconnectReason | None = None
    transferred_to: str | None = None
    transfer_completed_at: datetime | None = None
    recordings: tuple[Recording, ...] = ()
    utterances: int = 0

    def begin_hold(self, moment: datetime) -> bool:
        """Put the customer on hold; False when that is so already."""
        if self.hold_began_at is not None:
            return False
        self.hold_began_at = moment
        return True

    def end_hold(self, moment: datetime) -> bool:
        """Take the customer back from hold; False when there was none."""
        if self.hold_began_at is None:
            return False
        self.holds.append((self.hold_began_at, moment))
        self.hold_began_at = None
        return True

    @property
    def hold_seconds(self) -> int:
        """Return the time on hold, all holds together."""
        return sum(seconds_between(start, end) for start, end in self.holds)

    @property
    def longest_hold_seconds(self) -> int:
        """Return the length of the longest hold."""
        return max((seconds_between(start, end) for start, end in self.holds), default=0)

    @property
    def talk_seconds(self) -> int:
        """Return the time with the agent, holds excluded."""
        if self.connected_at is None or self.agent_left_at is None:
            return 0
        return seconds_between(self.connected_at, self.agent_left_at) - self.hold_seconds

    @property
    def after_contact_seconds(self) -> int:
        """Return the after-contact work that is done so far."""
        if self.agent_left_at is None or self.after_contact_ended_at is None:
            return 0
        return seconds_between(self.agent_left_at, self.after_contact_ended_at)

    @property
    def wait_seconds(self) -> int | None:
        """Return the time in queue, None for a contact that never was in one."""
        if self.enqueued_at is None or self.dequeued_at is None:
            return None
        return seconds_between(self.enqueued_at, self.dequeued_at)

    @property
    def outcome(self) -> Outcome:
        """Return what became of the contact, once it is over."""
        if self.connected_at is not None:
            return "answered"
        if self.initiation_method == "CALLBACK":
            return "not_reached"
        if self.transferred_to is not None:
            return "transferred"
        if self.next_contact_id is not None and self.enqueued_at is not None:
            return "callback"
        if self.disconnect_reason != "CUSTOMER_DISCONNECT":
            return "ended_by_flow"
        return "ended_in_menu" if self.enqueued_at is None else "abandoned"

    @property
    def complete(self) -> bool:
        """Return whether nothing more happens: the line is dead and the agent has wrapped up."""
        wrapped_up = self.connected_at is None or self.after_contact_ended_at is not None
        return self.disconnected_at is not None and wrapped_up


@dataclass(frozen=True)
class TrueContact:
    """What the ledger keeps of a contact that is over.

    Attributes
    ----------
    wait_seconds
        Queue time; None when the contact never was in a queue.
    talk_seconds
        Time with the agent without holds; 0 when nobody answered.
    agent
        Username of the agent who answered.
    initiation_method, previous_contact_id, next_contact_id
        ``CALLBACK`` for a call back, which follows the contact that asked for it.
    recording_bucket, recording_key
        Of the first recording.
    survey_score
        The contact attribute ``survey_score``, where a flow set it to a number.
    """

    contact_id: str
    customer: str
    system_number: str
    initiation_method: InitiationMethod
    previous_contact_id: str | None
    next_contact_id: str | None
    initiated_at: datetime
    disconnected_at: datetime
    outcome: Outcome
    queue: str | None
    enqueued_at: datetime | None
    wait_seconds: int | None
    agent: str | None
    answered_at: datetime | None
    talk_seconds: int
    hold_seconds: int
    holds: int
    after_contact_seconds: int
    survey_score: int | None
    utterances: int
    recording_bucket: str | None
    recording_key: str | None
    attributes: Mapping[str, str]


def true_contact(facts: ContactFacts) -> TrueContact:
    """Return the ledger's line of a complete contact."""
    if facts.disconnected_at is None:
        raise ValueError(f"contact {facts.contact_id} is not over yet")
    score = facts.attributes.get("survey_score", "")
    recording = facts.recordings[0] if facts.recordings else None
    return TrueContact(
        contact_id=facts.contact_id,
        customer=facts.customer,
        system_number=facts.system_number,
        initiation_method=facts.initiation_method,
        previous_contact_id=facts.previous_contact_id,
        next_contact_id=facts.next_contact_id,
        initiated_at=facts.initiated_at,
        disconnected_at=facts.disconnected_at,
        outcome=facts.outcome,
        queue=facts.queue.name if facts.queue and facts.enqueued_at else None,
        enqueued_at=facts.enqueued_at,
        wait_seconds=facts.wait_seconds,
        agent=facts.agent.username if facts.agent else None,
        answered_at=facts.connected_at,
        talk_seconds=facts.talk_seconds,
        hold_seconds=facts.hold_seconds,
        holds=len(facts.holds),
        after_contact_seconds=facts.after_contact_seconds,
        survey_score=int(score) if score.isdecimal() else None,
        utterances=facts.utterances,
        recording_bucket=recording.bucket if recording else None,
        recording_key=recording.key if recording else None,
        attributes=dict(facts.attributes),
    )
