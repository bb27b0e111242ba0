"""What holds for a contact when its record comes, kept with it: a later change of the centre does not recount it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from trunkline.contact.model import Contact


def stamp_targets(contact: Contact, center: Mapping[str, Any]) -> Contact:
    """Return the contact with the service target of its queue, and the threshold of short abandons.

    Parameters
    ----------
    contact
        As its record tells it.
    center
        The centre's document, as it is now.
    """
    queue = center["queues"].get(contact.queue or "", {})
    return replace(
        contact,
        service_target_seconds=queue.get("service_target", {}).get("seconds"),
        short_abandon_seconds=center["metrics"]["short_abandon_seconds"],
    )
