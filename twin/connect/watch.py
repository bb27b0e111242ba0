"""Tells observers what happens, and keeps the last of it for the board."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from twin.connect.board import NetworkEvent
from twin.connect.call import Call
from twin.connect.desk import Desk
from twin.connect.moments import SecondClock

Observer = Callable[[NetworkEvent], None]
_KEPT_EVENTS = 50


class Watch:
    """Observers, and the last events."""

    def __init__(self, clock: SecondClock) -> None:
        self._clock = clock
        self._observers: list[Observer] = []
        self.last_events: deque[NetworkEvent] = deque(maxlen=_KEPT_EVENTS)

    def add(self, observer: Observer) -> None:
        """Tell ``observer`` of everything from now on."""
        self._observers.append(observer)

    def contact(self, kind: str, call: Call) -> None:
        """Tell of a contact event."""
        agent = call.desk.user.username if call.desk else None
        words = " ".join(part for part in (call.facts.customer, kind, call.queue_name, agent) if part)
        method = call.facts.initiation_method
        self._tell(NetworkEvent(self._clock.now(), kind, call.contact_id, call.queue_name, agent, words, method))

    def agent(self, desk: Desk) -> None:
        """Tell of what an agent does now."""
        state, _, call = desk.state
        name = desk.user.username
        contact_id, queue = (call.contact_id, call.queue_name) if call else (None, None)
        self._tell(NetworkEvent(self._clock.now(), "agent", contact_id, queue, name, f"{name} {state}"))

    def _tell(self, event: NetworkEvent) -> None:
        self.last_events.append(event)
        for observer in self._observers:
            observer(event)
