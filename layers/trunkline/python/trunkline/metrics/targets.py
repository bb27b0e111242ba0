"""What counts are held against: service targets, and the threshold of short abandons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.contact.model import Contact, CountedContact

NO_TARGET = -1


@dataclass(frozen=True)
class Targets:
    """What the counts are held against.

    Attributes
    ----------
    service_seconds
        Queue names to the seconds of their service target.
    short_abandon_seconds
        A caller who hangs up within this many seconds of queueing abandoned shortly.
    other_seconds
        Service target of queues that are not among them; ``NO_TARGET``: in those, nothing counts as in time.
    """

    service_seconds: Mapping[str, int]
    short_abandon_seconds: int
    other_seconds: int = NO_TARGET

    def of_queue(self, queue: str | None) -> int:
        """Return the seconds of a queue's service target."""
        return self.service_seconds.get(queue or "", self.other_seconds)

    def of_contact(self, contact: CountedContact) -> Targets:
        """Return the targets that a contact was stored with; these, if it was stored without."""
        if not isinstance(contact, Contact) or contact.short_abandon_seconds is None:
            return self
        service = contact.service_target_seconds
        return Targets({}, contact.short_abandon_seconds, NO_TARGET if service is None else service)

    @classmethod
    def of_center(cls, document: Mapping[str, Any]) -> Targets:
        """Read the targets from the centre's document."""
        return cls(
            {name: queue["service_target"]["seconds"] for name, queue in document["queues"].items()},
            document["metrics"]["short_abandon_seconds"],
        )
