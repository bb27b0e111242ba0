"""Amazon Connect's contact record, read at the edge into a contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from trunkline.contact.model import Contact
from trunkline.contact.outcome import derive_outcome
from trunkline.contact.record_fields import ContactRecord, RecordedMedia, RecordEndpoint, RecordQueue

# A contact item must stay within one write unit (1 KB): the lake keeps the whole record.
_LONGEST_ATTRIBUTE = 200
_KEPT_ELSEWHERE = frozenset({"language", "survey_score"})


class ContactRecordError(ValueError):
    """A contact record that cannot be read; the message names fields and never holds their values."""


def parse_contact_record(document: Any) -> Contact:
    """Read a contact record into a contact.

    Parameters
    ----------
    document
        The record's JSON object.

    Returns
    -------
    Contact
        With its outcome derived.

    Raises
    ------
    ContactRecordError
        Naming every field that is missing or wrong.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Data model for contact records".
    """
    if not isinstance(document, Mapping):
        raise ContactRecordError(f"contact record is a {type(document).__name__}, not an object")
    try:
        record = ContactRecord.model_validate(document)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors(include_input=False)]
        raise ContactRecordError(f"contact record: {'; '.join(problems)}") from None
    return _to_contact(record)


def _to_contact(record: ContactRecord) -> Contact:
    queue = record.queue or RecordQueue()
    agent = record.agent
    answered_at = agent.connected_to_agent_timestamp if agent else None
    attributes = record.attributes or {}
    return Contact(
        contact_id=record.contact_id,
        version=record.last_update_timestamp,
        initiated_at=record.initiation_timestamp,
        channel=record.channel.upper(),
        initiation_method=record.initiation_method.upper(),
        customer=_address(record.customer_endpoint),
        system_number=_address(record.system_endpoint),
        language=attributes.get("language") or None,
        queue=queue.name,
        enqueued_at=queue.enqueue_timestamp,
        dequeued_at=queue.dequeue_timestamp,
        wait_seconds=_wait_seconds(queue),
        agent=agent.username if agent else None,
        answered_at=answered_at,
        talk_seconds=agent.agent_interaction_duration if agent else None,
        hold_seconds=agent.customer_hold_duration if agent else None,
        holds=agent.number_of_holds if agent else None,
        after_contact_seconds=agent.after_contact_work_duration if agent else None,
        after_contact_ended_at=agent.after_contact_work_end_timestamp if agent else None,
        disconnected_at=record.disconnect_timestamp,
        disconnect_reason=record.disconnect_reason,
        outcome=derive_outcome(
            answered=answered_at is not None,
            queued=queue.enqueue_timestamp is not None,
            open_=record.disconnect_timestamp is None,
            transferred=bool(record.transfer_completed_timestamp or record.transferred_to_endpoint),
            continued=record.next_contact_id is not None,
            reason=record.disconnect_reason or "",
        ),
        previous_contact_id=record.previous_contact_id,
        next_contact_id=record.next_contact_id,
        attributes={
            name: _shorten(value) for name, value in attributes.items() if value and name not in _KEPT_ELSEWHERE
        },
        recording_key=_recording_key(record.recording),
        survey_score=_survey_score(attributes.get("survey_score", "")),
    )


def _address(endpoint: RecordEndpoint | None) -> str | None:
    return endpoint.address if endpoint else None


def _wait_seconds(queue: RecordQueue) -> int | None:
    if queue.duration is not None:
        return queue.duration
    if queue.enqueue_timestamp is None or queue.dequeue_timestamp is None:
        return None
    return max(0, int((queue.dequeue_timestamp - queue.enqueue_timestamp).total_seconds()))


def _recording_key(recording: RecordedMedia | None) -> str | None:
    if recording is None or not recording.location:
        return None
    _bucket, _, key = recording.location.partition("/")
    return key or None


def _survey_score(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3", "4", "5"} else None


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_ATTRIBUTE else text[: _LONGEST_ATTRIBUTE - 1] + "…"
