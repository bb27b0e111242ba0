"""Who talks to whom: the pure core that distributes waiting contacts to free agents.

It keeps no clock and calls nothing: every method is told the moment, in seconds on any one scale.
The network drives it over virtual time; a simulator may drive it over its own.

**Source**: Amazon Connect administrator guide, "How routing works in Amazon Connect", "Routing
profiles: queue priority and delay", "Set routing priority / age".
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class QueueAssignment:
    """One queue of a routing profile.

    Attributes
    ----------
    priority
        1 is served first.
    delay_seconds
        How long a contact must have waited before agents with this profile may take it.
    """

    queue: str
    priority: int = 1
    delay_seconds: int = 0


Profile = Sequence[QueueAssignment]


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """A contact in a queue; ordered as it is served: by priority (1 first), then by age."""

    priority: int
    aged_from: float
    order: int
    contact: str = field(compare=False)
    queue: str = field(compare=False)
    enqueued_at: float = field(compare=False)


@dataclass(frozen=True, slots=True)
class Offer:
    """A contact rings at an agent. ``needs_accept`` is False when the agent is connected at once."""

    contact: str
    agent: str
    queue: str
    needs_accept: bool = True


class Distributor(Protocol):
    """The seam between the network and a way to distribute contacts."""

    def enqueue(self, contact: str, queue: str, now: float, *, priority: int, age_seconds: float) -> None:
        """Let ``contact`` wait in ``queue``."""

    def withdraw(self, contact: str) -> None:
        """Forget a contact that left; unknown ones are ignored."""

    def give_back(self, contact: str) -> None:
        """Return an offered contact to its old place: the agent did not take it."""

    def agent_ready(self, agent: str, profile: Profile, now: float) -> None:
        """Let an agent take contacts, idle since ``now`` unless it was ready before."""

    def agent_gone(self, agent: str) -> None:
        """Take an agent out; unknown ones are ignored."""

    def offers(self, now: float) -> list[Offer]:
        """Pair waiting contacts with agents; both leave the pools."""

    def next_moment(self, now: float) -> float | None:
        """Return when, after ``now``, time alone may bring a new offer; None for never."""

    def position(self, contact: str) -> int | None:
        """Return a contact's place in its queue, from 1; None for one that does not wait."""


@dataclass(slots=True)
class _Ready:
    agent: str
    idle_since: float
    order: int
    profile: Profile


class Distribution:
    """Distribute as Amazon Connect does.

    The longest-idle agent chooses first. An agent takes from the queues of the best priority in its
    routing profile; among those, the contact of the best routing priority, then the oldest.

    Examples
    --------
    >>> d = Distribution()
    >>> d.agent_ready("mina", [QueueAssignment("orders")], now=0)
    >>> d.enqueue("c1", "orders", now=5, priority=5, age_seconds=0)
    >>> d.offers(now=5)
    [Offer(contact='c1', agent='mina', queue='orders', needs_accept=True)]
    """

    def __init__(self) -> None:
        self._queues: dict[str, list[Waiting]] = {}
        self._places: dict[str, Waiting] = {}
        self._offered: set[str] = set()
        self._ready: dict[str, _Ready] = {}
        self._order = 0

    def enqueue(self, contact: str, queue: str, now: float, *, priority: int = 5, age_seconds: float = 0) -> None:
        """Let ``contact`` wait in ``queue``; ``age_seconds`` counts as waited already."""
        place = Waiting(priority, now - age_seconds, self._next(), contact, queue, now)
        self._places[contact] = place
        insort(self._queues.setdefault(queue, []), place)

    def withdraw(self, contact: str) -> None:
        """Forget a contact that hung up, was answered or left its queue."""
        place = self._places.pop(contact, None)
        if place is not None and contact not in self._offered:
            self._queues[place.queue].remove(place)
        self._offered.discard(contact)

    def give_back(self, contact: str) -> None:
        """Return an offered contact to its old place in the queue."""
        if contact in self._offered:
            self._offered.discard(contact)
            place = self._places[contact]
            insort(self._queues[place.queue], place)

    def agent_ready(self, agent: str, profile: Profile, now: float) -> None:
        """Let ``agent`` take contacts of the queues in ``profile``."""
        if agent not in self._ready:
            self._ready[agent] = _Ready(agent, now, self._next(), profile)

    def agent_gone(self, agent: str) -> None:
        """Take ``agent`` out of the pool."""
        self._ready.pop(agent, None)

    def offers(self, now: float) -> list[Offer]:
        """Pair what can be paired now, longest-idle agent first."""
        if not self._ready or not any(self._queues.values()):
            return []
        made = []
        for ready in sorted(self._ready.values(), key=lambda one: (one.idle_since, one.order)):
            place = min(self._choices(ready.profile, now), default=None, key=lambda choice: choice[:2])
            if place is not None:
                made.append(self._take(ready, place[1]))
        return made

    def next_moment(self, now: float) -> float | None:
        """Return when the next queue delay of a ready agent ends for a waiting contact."""
        moments = [
            place.enqueued_at + assignment.delay_seconds
            for ready in self._ready.values()
            for assignment in ready.profile
            if assignment.delay_seconds
            for place in self._queues.get(assignment.queue, ())
            if place.enqueued_at + assignment.delay_seconds > now
        ]
        return min(moments, default=None)

    def position(self, contact: str) -> int | None:
        """Return a contact's place in its queue, from 1; one that is being offered is the first."""
        place = self._places.get(contact)
        if place is None:
            return None
        return 1 if contact in self._offered else self._queues[place.queue].index(place) + 1

    def _choices(self, profile: Profile, now: float) -> Iterator[tuple[int, Waiting]]:
        for assignment in profile:
            for place in self._queues.get(assignment.queue, ()):
                if now - place.enqueued_at >= assignment.delay_seconds:
                    yield assignment.priority, place
                    break

    def _take(self, ready: _Ready, place: Waiting) -> Offer:
        self._queues[place.queue].remove(place)
        self._offered.add(place.contact)
        del self._ready[ready.agent]
        return Offer(place.contact, ready.agent, place.queue)

    def _next(self) -> int:
        self._order += 1
        return self._order


class ScriptedDistribution:
    """Distribute as a log says: each contact goes to its agent at its moment, and to nobody else.

    What agents are doing is not looked at: a log may show an agent on two calls in the same second.
    """

    def __init__(self) -> None:
        self._script: dict[str, tuple[str, float]] = {}
        self._waiting: dict[str, str] = {}

    def script(self, contact: str, agent: str, answered_at: float) -> None:
        """Let ``agent`` answer ``contact`` at ``answered_at``; contacts without script wait for ever."""
        self._script[contact] = (agent, answered_at)

    def enqueue(self, contact: str, queue: str, now: float, *, priority: int = 5, age_seconds: float = 0) -> None:
        """Let ``contact`` wait for its moment."""
        del now, priority, age_seconds
        self._waiting[contact] = queue

    def withdraw(self, contact: str) -> None:
        """Forget a contact that left."""
        self._waiting.pop(contact, None)
        self._script.pop(contact, None)

    def give_back(self, contact: str) -> None:
        """Do nothing: scripted offers are never refused."""

    def agent_ready(self, agent: str, profile: Profile, now: float) -> None:
        """Do nothing: the log knows who answers."""

    def agent_gone(self, agent: str) -> None:
        """Do nothing: the log knows who answers."""

    def offers(self, now: float) -> list[Offer]:
        """Return the connections whose moment has come."""
        due = sorted((self._script[c][1], c) for c in self._waiting if c in self._script and self._script[c][1] <= now)
        return [
            Offer(contact, self._script.pop(contact)[0], self._waiting.pop(contact), needs_accept=False)
            for _, contact in due
        ]

    def position(self, contact: str) -> int | None:
        """Return the place by arrival, among all that wait in the same queue."""
        queue = self._waiting.get(contact)
        if queue is None:
            return None
        return [one for one, where in self._waiting.items() if where == queue].index(contact) + 1

    def next_moment(self, now: float) -> float | None:
        """Return the next scripted moment of a waiting contact."""
        moments = (self._script[c][1] for c in self._waiting if c in self._script)
        return min((moment for moment in moments if moment > now), default=None)
