"""How the queues are, and how long a contact in one of them will wait.

**Source**: Amazon Connect administrator guide, "Metric definitions" (position in queue; estimated wait time: an
approximation of the wait until a contact is connected with an agent, whose formula is not published). Here:
``position * handle time / agents``, with the mean handle time of the queue's last answered contacts and the agents who
are staffed; nothing where none is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice
from statistics import fmean

from twin.connect.contacts import Contacts
from twin.connect.live_board import LiveBoard
from twin.connect.registry import Queue
from twin.connect.switchboard import Switchboard

ASSUMED_HANDLE_SECONDS = 180
_LOOKED_AT = 200


class Outlook:
    """Answers what flows ask about queues."""

    def __init__(self, board: LiveBoard, switchboard: Switchboard, contacts: Contacts) -> None:
        self._board = board
        self._switchboard = switchboard
        self._contacts = contacts

    def figures(self, queue_arn: str) -> Mapping[str, float]:
        """Return the real-time figures of a queue."""
        return self._board.figures(queue_arn)

    def position(self, contact_id: str) -> int | None:
        """Return a contact's place in its queue, from 1; None for one that does not wait."""
        return self._switchboard.position(contact_id)

    def expected_wait_seconds(self, queue: Queue, position: int) -> int | None:
        """Return how long the contact at ``position`` will wait, in whole seconds; None while nobody works."""
        figures = self.figures(queue.arn)
        if position <= figures["agents_available"]:
            return 0
        agents = figures["agents_staffed"]
        return math.ceil(position * self._handle_seconds(queue) / agents) if agents else None

    def _handle_seconds(self, queue: Queue) -> float:
        last = islice(reversed(self._contacts.ledger), _LOOKED_AT)
        times = [
            one.talk_seconds + one.hold_seconds + one.after_contact_seconds
            for one in last
            if one.queue == queue.name and one.outcome == "answered"
        ]
        return fmean(times) if times else ASSUMED_HANDLE_SECONDS
