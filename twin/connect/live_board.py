"""Draws the live picture of the centre from its calls and its desks."""

from __future__ import annotations

from collections.abc import Mapping

from twin.connect.board import Board, agent_row, call_row, queue_figures, queue_row
from twin.connect.contacts import Contacts
from twin.connect.desks import Desks
from twin.connect.moments import SecondClock
from twin.connect.registry import Registry
from twin.connect.watch import Watch


class LiveBoard:
    """The centre now, for whoever watches and for the flows that ask."""

    def __init__(self, registry: Registry, clock: SecondClock, contacts: Contacts, desks: Desks, watch: Watch) -> None:
        self._registry = registry
        self._clock = clock
        self._contacts = contacts
        self._desks = desks
        self._watch = watch

    def snapshot(self) -> Board:
        """Return the live picture."""
        now, calls = self._clock.now(), self._contacts.calls()
        return Board(
            at=now,
            queues=tuple(queue_row(queue.name, calls, now) for queue in self._registry.queues.values()),
            agents=tuple(agent_row(self._desks.desk(name)) for name in self._desks.usernames()),
            calls=tuple(call_row(call) for call in calls if not call.over),
            completed=len(self._contacts.ledger),
            last_events=tuple(self._watch.last_events),
        )

    def figures(self, queue_arn: str) -> Mapping[str, float]:
        """Return the real-time figures of a queue."""
        calls, desks = self._contacts.calls(), self._desks.used()
        return queue_figures(self._registry, queue_arn, calls, desks, self._clock.now())
