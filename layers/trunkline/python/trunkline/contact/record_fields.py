"""The fields of Amazon Connect's contact record that Trunkline uses, checked; the rest is left alone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

Moment = Annotated[datetime, Meta(tz=True)]
# A table cannot hold every number of JSON, and one that it refuses would fail its whole batch: a year is ample.
Amount = Annotated[int, Meta(ge=0, le=366 * 86_400)]


class RecordEndpoint(Struct, frozen=True, rename="pascal", gc=False):
    """A telephone number."""

    address: str | None = None


class RecordQueue(Struct, frozen=True, rename="pascal", gc=False):
    """The queue in which the contact waited; ``Duration`` in seconds."""

    name: str | None = None
    enqueue_timestamp: Moment | None = None
    dequeue_timestamp: Moment | None = None
    duration: Amount | None = None


class RecordAgent(Struct, frozen=True, rename="pascal", gc=False):
    """The agent and the parts of the handle time, in seconds."""

    username: str
    connected_to_agent_timestamp: Moment | None = None
    agent_interaction_duration: Amount | None = None
    customer_hold_duration: Amount | None = None
    number_of_holds: Amount | None = None
    after_contact_work_duration: Amount | None = None
    after_contact_work_end_timestamp: Moment | None = None


class RecordedMedia(Struct, frozen=True, rename="pascal", gc=False):
    """Where the recording is: bucket and key."""

    location: str | None = None


class SharedRecord(Struct, frozen=True, rename="pascal", gc=False):
    """The fields of a contact record that are counted, but for attributes."""

    contact_id: Annotated[str, Meta(min_length=1, max_length=256)]
    last_update_timestamp: Moment
    initiation_timestamp: Moment
    initiation_method: str
    channel: str
    queue: RecordQueue | None = None
    agent: RecordAgent | None = None
    disconnect_timestamp: Moment | None = None
    disconnect_reason: str | None = None
    next_contact_id: str | None = None
    transfer_completed_timestamp: Moment | None = None
    transferred_to_endpoint: RecordEndpoint | None = None


class CountedAttributes(Struct, frozen=True, gc=False):
    """The one attribute that is counted."""

    survey_score: str | None = None


class CountedRecord(SharedRecord, frozen=True, rename="pascal", gc=False):
    """What is counted of a contact record: who only counts passes over the rest."""

    attributes: CountedAttributes | None = None


class ContactRecord(SharedRecord, frozen=True, rename="pascal", gc=False):
    """The fields of a contact record that Trunkline uses.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Data model for contact records": fields may be
    added at any time, so unknown ones are ignored.
    """

    attributes: dict[str, str] | None = None
    customer_endpoint: RecordEndpoint | None = None
    system_endpoint: RecordEndpoint | None = None
    recording: RecordedMedia | None = None
    previous_contact_id: str | None = None
