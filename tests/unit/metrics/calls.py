"""Contacts for the fold, made of the few fields that it looks at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from trunkline.contact.model import Contact
from trunkline.metrics.changes import Change
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.targets import Targets

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
TARGETS = Targets({"orders": 20, "billing": 30}, short_abandon_seconds=5)


def call(contact_id="c1", *, at=60, queue="orders", wait=10, outcome="answered", agent="mina", **changes) -> Contact:
    """A call that entered its queue ``at`` seconds after ten."""
    enqueued_at = TEN + timedelta(seconds=at)
    fields = {
        "contact_id": contact_id,
        "version": TEN,
        "initiated_at": enqueued_at - timedelta(seconds=30),
        "channel": "VOICE",
        "initiation_method": "INBOUND",
        "outcome": outcome,
        "queue": queue,
        "enqueued_at": enqueued_at if queue else None,
        "wait_seconds": wait if queue else None,
    }
    if outcome == "answered":
        fields |= {
            "agent": agent,
            "answered_at": enqueued_at + timedelta(seconds=wait),
            "talk_seconds": 100,
            "hold_seconds": 7,
            "after_contact_seconds": 15,
        }
    return Contact(**{**fields, **changes})


def change(sequence: int, old: Contact | None, new: Contact, hour: int = 0) -> Change:
    tallies = tally_contact(old, TARGETS), tally_contact(new, TARGETS)
    return Change(sequence, new.contact_id, *tallies, old is None, hour)
