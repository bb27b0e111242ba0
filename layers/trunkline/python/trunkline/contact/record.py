"""Amazon Connect's contact record, read at the edge into a contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from trunkline.contact.model import Contact
from trunkline.contact.outcome import derive_outcome
from trunkline.contact.record_fields import ContactRecord, RecordAgent, RecordedMedia, RecordQueue

# A contact item must stay within one write unit (1 KB): the lake keeps the whole record.
_LONGEST_ATTRIBUTE = 200
_KEPT_ELSEWHERE = frozenset({"language", "survey_score"})
_YEARS = range(1970, 9999)
_SCORES = {str(score): score for score in range(1, 6)}
_NO_QUEUE = RecordQueue()
_NO_AGENT = RecordAgent("")
_DECODER = msgspec.json.Decoder(ContactRecord)
_FIELDS = msgspec.structs.fields(ContactRecord)

Part = TypeVar("Part", bound=msgspec.Struct)


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
        return _to_contact(msgspec.convert(document, ContactRecord))
    except msgspec.ValidationError:
        raise ContactRecordError(f"contact record: {'; '.join(_find_problems(document))}") from None


def decode_contact_record(line: bytes) -> Contact:
    """Read a contact record from JSON text, several times faster than from parsed JSON.

    Raises
    ------
    ContactRecordError
        For text that is not JSON, or as ``parse_contact_record``.
    """
    try:
        return _to_contact(_DECODER.decode(line))
    except msgspec.ValidationError:
        return parse_contact_record(msgspec.json.decode(line))
    except (RecursionError, ValueError) as error:
        raise ContactRecordError("contact record: the data is not JSON") from error


def _find_problems(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with each field; the library itself stops at the first."""
    for field in _FIELDS:
        if field.encode_name in document:
            try:
                msgspec.convert(document[field.encode_name], field.type)
            except msgspec.ValidationError as error:
                problem, _, place = str(error).partition(" - at `$")
                yield f"{field.encode_name}{place.rstrip('`')}: {problem}"
        elif field.required:
            yield f"{field.encode_name}: is missing"


def _to_contact(record: ContactRecord) -> Contact:
    record = _in_utc(record)
    queue, agent = record.queue or _NO_QUEUE, record.agent or _NO_AGENT
    transferred = bool(record.transfer_completed_timestamp or record.transferred_to_endpoint)
    attributes = record.attributes or {}
    return Contact(
        contact_id=record.contact_id,
        version=record.last_update_timestamp,
        initiated_at=record.initiation_timestamp,
        channel=record.channel.upper(),
        initiation_method=record.initiation_method.upper(),
        customer=record.customer_endpoint.address if record.customer_endpoint else None,
        system_number=record.system_endpoint.address if record.system_endpoint else None,
        language=attributes.get("language") or None,
        queue=queue.name,
        enqueued_at=queue.enqueue_timestamp,
        dequeued_at=queue.dequeue_timestamp,
        wait_seconds=queue.duration if queue.duration is not None else _wait_seconds(queue),
        agent=agent.username if record.agent else None,
        answered_at=agent.connected_to_agent_timestamp,
        talk_seconds=agent.agent_interaction_duration,
        hold_seconds=agent.customer_hold_duration,
        holds=agent.number_of_holds,
        after_contact_seconds=agent.after_contact_work_duration,
        after_contact_ended_at=agent.after_contact_work_end_timestamp,
        disconnected_at=record.disconnect_timestamp,
        disconnect_reason=record.disconnect_reason,
        outcome=derive_outcome(
            answered=agent.connected_to_agent_timestamp is not None,
            queued=queue.enqueue_timestamp is not None,
            open_=record.disconnect_timestamp is None,
            transferred=transferred,
            continued=record.next_contact_id is not None,
            reason=record.disconnect_reason or "",
        ),
        previous_contact_id=record.previous_contact_id,
        next_contact_id=record.next_contact_id,
        transferred=transferred,
        attributes={
            name: value if len(value) <= _LONGEST_ATTRIBUTE else value[: _LONGEST_ATTRIBUTE - 1] + "…"
            for name, value in attributes.items()
            if value and name not in _KEPT_ELSEWHERE
        },
        recording_key=_recording_key(record.recording),
        survey_score=_SCORES.get(attributes.get("survey_score", "")),
    )


def _in_utc(record: ContactRecord) -> ContactRecord:
    """Return the record with every moment in UTC, as nearly all records have them already.

    Raises
    ------
    ContactRecordError
        For a moment in no year of a telephone call, which arithmetic with time zones may not survive.
    """
    queue, agent = record.queue or _NO_QUEUE, record.agent or _NO_AGENT
    for moment in (
        record.last_update_timestamp,
        record.initiation_timestamp,
        record.disconnect_timestamp,
        queue.enqueue_timestamp,
        queue.dequeue_timestamp,
        agent.connected_to_agent_timestamp,
        agent.after_contact_work_end_timestamp,
    ):
        if moment is not None and (moment.tzinfo is not UTC or moment.year not in _YEARS):
            return _convert_moments(record)
    return record


def _convert_moments(part: Part) -> Part:
    changes: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, datetime):
            if value.year not in _YEARS:
                raise ContactRecordError(f"contact record: {name}: no year of a telephone call")
            changes[name] = value.astimezone(UTC)
        elif isinstance(value, RecordQueue | RecordAgent):
            changes[name] = _convert_moments(value)
    return msgspec.structs.replace(part, **changes)


def _wait_seconds(queue: RecordQueue) -> int | None:
    if queue.enqueue_timestamp is None or queue.dequeue_timestamp is None:
        return None
    return max(0, int((queue.dequeue_timestamp - queue.enqueue_timestamp).total_seconds()))


def _recording_key(recording: RecordedMedia | None) -> str | None:
    if recording is None or not recording.location:
        return None
    _bucket, _, key = recording.location.partition("/")
    return key or None
