"""Records calls as test cases need them: what was heard, pressed and said, and what flows were answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from contactflow.testing.events import CallEvent
from twin.connect.network import ConnectNetwork


class CaseRecorder:
    """Watches all calls of a network from now on.

    Keys that a flow wants encrypted are kept only to be replaced when the case is written.
    """

    def __init__(self, network: ConnectNetwork) -> None:
        self._events: defaultdict[str, list[CallEvent]] = defaultdict(list)
        network.witness(lambda contact_id, event: self._events[contact_id].append(event))

    def events(self, contact_id: str) -> Sequence[CallEvent]:
        """Return what happened on a contact, in order, for :func:`contactflow.testing.write_case`."""
        return tuple(self._events.get(contact_id, ()))
