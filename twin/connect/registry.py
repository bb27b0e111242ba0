"""What exists in the instance: queues, users, flows, numbers, found by ARN, id or name.

**Source**: Amazon Connect API Reference, data types of the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from twin.connect.distribution import QueueAssignment
from twin.connect.hours import HoursOfOperation
from twin.contracts import ServiceError


class Named(Protocol):
    """Anything with an ARN."""

    @property
    def arn(self) -> str:
        """Return the ARN; its last part is the id."""


@dataclass(frozen=True)
class Instance:
    """An Amazon Connect instance."""

    arn: str
    alias: str
    flow_logs: bool
    created_at: datetime

    @property
    def id(self) -> str:
        """Return the instance id."""
        return id_of(self.arn)


@dataclass(frozen=True)
class Queue:
    """A standard queue.

    Attributes
    ----------
    max_contacts
        None is without limit.
    outbound_flow_arn
        The outbound whisper flow, which customers hear whom the queue calls.
    """

    arn: str
    name: str
    hours_arn: str
    max_contacts: int | None = None
    description: str = ""
    outbound_flow_arn: str | None = None


@dataclass(frozen=True)
class RoutingProfile:
    """Which queues an agent serves, by queue ARN, and how many voice contacts at once."""

    arn: str
    name: str
    queues: tuple[QueueAssignment, ...]
    default_outbound_queue_arn: str
    voice_slots: int = 1


@dataclass(frozen=True)
class User:
    """A user of the instance; agents are users."""

    arn: str
    username: str
    first_name: str
    last_name: str
    routing_profile_arn: str
    auto_accept: bool = False
    after_contact_work_limit_seconds: int = 0


@dataclass(frozen=True)
class PhoneNumber:
    """A claimed number and the flow that answers it."""

    arn: str
    address: str
    kind: str
    country: str
    target_arn: str
    description: str = ""
    flow_arn: str | None = None


@dataclass(frozen=True)
class FlowResource:
    """A flow or module, as deployed: its content is the Flow language's JSON text."""

    arn: str
    name: str
    kind: str
    content: str
    description: str = ""


@dataclass(frozen=True)
class AgentStatus:
    """A state that an agent may choose."""

    arn: str
    name: str
    kind: str


@dataclass(frozen=True)
class StorageConfig:
    """Where the instance keeps one kind of data (``CALL_RECORDINGS``, ``AGENT_EVENTS`` ...)."""

    association_id: str
    resource_type: str
    storage_type: str
    bucket: str | None = None
    prefix: str | None = None
    firehose_arn: str | None = None
    stream_arn: str | None = None


@dataclass(frozen=True)
class Bot:
    """A Lex bot alias and the sample utterances of its intents, by locale."""

    arn: str
    utterances: dict[str, dict[str, tuple[str, ...]]]


Item = TypeVar("Item", bound=Named)


def id_of(arn: str) -> str:
    """Return the id that an ARN ends in."""
    return arn.rsplit("/", 1)[-1]


class Shelf(dict[str, Item]):
    """Items by ARN, in order of creation."""

    def put(self, item: Item) -> Item:
        """Keep ``item``, replacing the one with its ARN."""
        self[item.arn] = item
        return item

    def find(self, reference: str, what: str) -> Item:
        """Return the item with this ARN or id.

        Raises
        ------
        ServiceError
            ``ResourceNotFoundException`` when there is none.
        """
        if reference in self:
            return self[reference]
        found = next((item for arn, item in self.items() if id_of(arn) == id_of(reference)), None)
        if found is None:
            raise ServiceError("ResourceNotFoundException", f"{what} {reference} does not exist", 404)
        return found

    def pick(self, test: Callable[[Item], bool]) -> Item | None:
        """Return the first item that passes ``test``."""
        return next(filter(test, self.values()), None)


@dataclass
class Registry:
    """Everything that was created in the twin's Amazon Connect."""

    instances: Shelf[Instance] = field(default_factory=Shelf)
    hours: Shelf[HoursOfOperation] = field(default_factory=Shelf)
    queues: Shelf[Queue] = field(default_factory=Shelf)
    profiles: Shelf[RoutingProfile] = field(default_factory=Shelf)
    users: Shelf[User] = field(default_factory=Shelf)
    numbers: Shelf[PhoneNumber] = field(default_factory=Shelf)
    flows: Shelf[FlowResource] = field(default_factory=Shelf)
    statuses: Shelf[AgentStatus] = field(default_factory=Shelf)
    bots: Shelf[Bot] = field(default_factory=Shelf)
    storage: list[StorageConfig] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    bot_aliases: set[str] = field(default_factory=set)
    security_keys: dict[str, str] = field(default_factory=dict)

    def instance(self) -> Instance:
        """Return the instance.

        Raises
        ------
        ServiceError
            ``ResourceNotFoundException`` before an instance was created.
        """
        for instance in self.instances.values():
            return instance
        raise ServiceError("ResourceNotFoundException", "no Amazon Connect instance was created yet", 404)

    def storage_for(self, resource_type: str) -> StorageConfig | None:
        """Return where data of ``resource_type`` goes, None where it is not kept."""
        return next((one for one in self.storage if one.resource_type == resource_type), None)

    def number_of(self, address: str) -> PhoneNumber | None:
        """Return the claimed number with this E.164 address."""
        return self.numbers.pick(lambda number: number.address == address)

    def user_named(self, username: str) -> User | None:
        """Return the user with this name."""
        return self.users.pick(lambda user: user.username == username)

    def profile_of(self, user: User) -> RoutingProfile:
        """Return the routing profile of ``user``."""
        return self.profiles.find(user.routing_profile_arn, "routing profile")

    def queue_named(self, name: str) -> Queue | None:
        """Return the queue with this name."""
        return self.queues.pick(lambda queue: queue.name == name)

    def answer_with(self, number: PhoneNumber, flow: FlowResource | None) -> None:
        """Let ``flow`` answer ``number`` from now on; None leaves it unanswered."""
        self.numbers.put(replace(number, flow_arn=flow.arn if flow else None))

    def agents(self) -> Iterator[User]:
        """Yield the users whose routing profile serves a queue."""
        for user in self.users.values():
            profile = self.profiles.get(user.routing_profile_arn)
            if profile is not None and profile.queues:
                yield user
