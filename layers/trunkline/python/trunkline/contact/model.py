"""A contact as the centre keeps it: the published model of the contacts table's ``contact`` part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from trunkline.contact.moments import format_moment, parse_moment

OUTCOMES = ("answered", "abandoned", "ended_in_menu", "ended_by_flow", "callback", "transferred")

_MOMENTS = frozenset(
    {
        "version",
        "initiated_at",
        "enqueued_at",
        "dequeued_at",
        "answered_at",
        "after_contact_ended_at",
        "disconnected_at",
    }
)


class CountedContact(msgspec.Struct, frozen=True, gc=False):
    """What is counted of a contact, as its newest contact record tells it; what did not happen is ``None``.

    Attributes
    ----------
    version
        ``LastUpdateTimestamp`` of the record: the newer record replaces the older.
    queue, agent
        Name of the queue and user name of the agent: their keys in ``callcenter.yaml``.
    wait_seconds
        Seconds in the queue, agent whisper included, menus excluded.
    talk_seconds, hold_seconds, after_contact_seconds
        The agent's three parts of the handle time, in seconds.
    outcome
        One of ``OUTCOMES``; ``None`` while the contact is open.
    transferred
        Whether it was passed on, to another queue, agent or number; an answered contact may be.
    survey_score
        1 to 5.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Data model for contact records".
    """

    contact_id: str
    version: datetime
    initiated_at: datetime
    channel: str
    initiation_method: str
    queue: str | None = None
    enqueued_at: datetime | None = None
    wait_seconds: int | None = None
    agent: str | None = None
    answered_at: datetime | None = None
    talk_seconds: int | None = None
    hold_seconds: int | None = None
    holds: int | None = None
    after_contact_seconds: int | None = None
    outcome: str | None = None
    transferred: bool = False
    survey_score: int | None = None


class Contact(CountedContact, frozen=True, kw_only=True, gc=False):
    """One contact, as the contacts table keeps it.

    Attributes
    ----------
    attributes
        What the flows set, but for what has an attribute of its own (language, survey score).
    service_target_seconds, short_abandon_seconds
        What held when its record came (``stamp_targets``): it is counted by them, whatever holds later. A queue that
        had no target has none; a contact without both was stored before they were.
    """

    customer: str | None = None
    system_number: str | None = None
    language: str | None = None
    dequeued_at: datetime | None = None
    after_contact_ended_at: datetime | None = None
    disconnected_at: datetime | None = None
    disconnect_reason: str | None = None
    previous_contact_id: str | None = None
    next_contact_id: str | None = None
    attributes: Mapping[str, str] = {}
    recording_key: str | None = None
    service_target_seconds: int | None = None
    short_abandon_seconds: int | None = None

    @property
    def day(self) -> str:
        """UTC date on which the contact was initiated."""
        return format_moment(self.initiated_at)[:10]

    def to_values(self) -> dict[str, Any]:
        """Return plain values by attribute name; what did not happen is absent."""
        values: dict[str, Any] = {}
        for name in _FIELDS:
            value = getattr(self, name)
            if isinstance(value, datetime):
                values[name] = format_moment(value)
            elif value is not None and value is not False and value != {}:
                values[name] = value
        return values

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Contact:
        """Read the values that ``to_values`` wrote; attributes of the table alone are ignored.

        Raises
        ------
        ValueError
            Naming the attribute that is missing or unreadable.
        """
        known: dict[str, Any] = {}
        for name in _FIELDS & values.keys():
            try:
                known[name] = parse_moment(values[name]) if name in _MOMENTS else values[name]
            except (TypeError, ValueError) as error:
                raise ValueError(f"contact item: {name} is not a timestamp") from error
        missing = _REQUIRED - known.keys()
        if missing:
            raise ValueError(f"contact item lacks {', '.join(sorted(missing))}")
        return cls(**known)


_FIELDS = frozenset(Contact.__struct_fields__)
_REQUIRED = frozenset({"contact_id", "version", "initiated_at", "channel", "initiation_method"})
