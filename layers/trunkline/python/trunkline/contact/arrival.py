"""Contact records from the future: a call cannot have been before it was told of."""

from __future__ import annotations

from datetime import datetime, timedelta

from trunkline.contact.model import Contact
from trunkline.contact.record import ContactRecordError

_CLOCKS_DIFFER = timedelta(minutes=5)

_FIELDS = {
    "version": "LastUpdateTimestamp",
    "initiated_at": "InitiationTimestamp",
    "enqueued_at": "Queue.EnqueueTimestamp",
    "dequeued_at": "Queue.DequeueTimestamp",
    "answered_at": "Agent.ConnectedToAgentTimestamp",
    "after_contact_ended_at": "Agent.AfterContactWorkEndTimestamp",
    "disconnected_at": "DisconnectTimestamp",
}


def check_arrival(contact: Contact, arrived_at: datetime) -> None:
    """Refuse a contact with moments that lie ahead of its record's arrival.

    It would count in an interval that has not begun, and a version of next year would outlive every correction.

    Parameters
    ----------
    contact
        As its record tells it.
    arrived_at
        When the delivery stream was given the record.

    Raises
    ------
    ContactRecordError
        Naming the fields, and how to mend it.
    """
    latest = arrived_at + _CLOCKS_DIFFER
    ahead = [field for name, field in _FIELDS.items() if (moment := getattr(contact, name)) and moment > latest]
    if ahead:
        raise ContactRecordError(
            f"contact record: {', '.join(ahead)}: lies more than {_CLOCKS_DIFFER.seconds // 60} minutes ahead of the "
            "record's arrival; mend the clock that wrote it, or send the record again when that moment has come"
        )
