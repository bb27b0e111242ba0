"""Amazon Connect's contact record, read at the edge into a contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from trunkline.contact.model import Contact, CountedContact
from trunkline.contact.outcome import derive_outcome
from trunkline.contact.record_fields import (
    ContactRecord,
    CountedRecord,
    RecordAgent,
    RecordedMedia,
    RecordQueue,
    SharedRecord,
)

# A contact item must stay within one write unit (1 KB): the lake keeps the whole record.
_LONGEST_ATTRIBUTE = 200
_KEPT_ELSEWHERE = frozenset({"language", "survey_score"})
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
_SCORES = {str(score): score for score in range(1, 6)}
_NO_QUEUE = RecordQueue()
_NO_AGENT = RecordAgent("")
_COUNTED_DECODER = msgspec.json.Decoder(CountedRecord)
_FIELDS = msgspec.structs.fields(ContactRecord)

Part = TypeVar("Part", bound=msgspec.Struct)
Record = TypeVar("Record", bound=SharedRecord)


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


def decode_counted_contact(line: bytes) -> CountedContact:
    """Read what is counted of a contact record from JSON text; what is not counted is passed over.

    Raises
    ------
    ContactRecordError
        For text that is not JSON, or as ``parse_contact_record``.
    """
    try:
        record = _COUNTED_DECODER.decode(line)
    except (RecursionError, ValueError):
        return parse_contact_record(_decode(line))
    score = record.attributes.survey_score if record.attributes else None
    contact = _to_counted(record, score)
    if _all_in_utc((contact.version, contact.initiated_at, contact.enqueued_at, contact.answered_at)):
        return contact
    return _to_counted(_convert_moments(record), score)


def _decode(line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
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
    queue, agent, attributes = record.queue or _NO_QUEUE, record.agent or _NO_AGENT, record.attributes or {}
    return Contact(
        *msgspec.structs.astuple(_to_counted(record, attributes.get("survey_score"))),
        customer=record.customer_endpoint.address if record.customer_endpoint else None,
        system_number=record.system_endpoint.address if record.system_endpoint else None,
        language=attributes.get("language") or None,
        dequeued_at=queue.dequeue_timestamp,
        after_contact_ended_at=agent.after_contact_work_end_timestamp,
        disconnected_at=record.disconnect_timestamp,
        disconnect_reason=record.disconnect_reason,
        previous_contact_id=record.previous_contact_id,
        next_contact_id=record.next_contact_id,
        attributes={
            name: value if len(value) <= _LONGEST_ATTRIBUTE else value[: _LONGEST_ATTRIBUTE - 1] + "…"
            for name, value in attributes.items()
            if value and name not in _KEPT_ELSEWHERE
        },
        recording_key=_recording_key(record.recording),
    )


def _to_counted(record: SharedRecord, score: str | None) -> CountedContact:
    """Return what is counted; all by position, which for every record of a file takes half the time."""
    queue, agent = record.queue or _NO_QUEUE, record.agent or _NO_AGENT
    enqueued_at, answered_at = queue.enqueue_timestamp, agent.connected_to_agent_timestamp
    transferred = bool(record.transfer_completed_timestamp or record.transferred_to_endpoint)
    return CountedContact(
        record.contact_id,
        record.last_update_timestamp,
        record.initiation_timestamp,
        record.channel.upper(),
        record.initiation_method.upper(),
        queue.name,
        enqueued_at,
        queue.duration if queue.duration is not None else _wait_seconds(queue),
        agent.username if record.agent else None,
        answered_at,
        agent.agent_interaction_duration,
        agent.customer_hold_duration,
        agent.number_of_holds,
        agent.after_contact_work_duration,
        derive_outcome(
            answered_at is not None,
            enqueued_at is not None,
            record.disconnect_timestamp is None,
            transferred,
            record.next_contact_id is not None,
            record.disconnect_reason or "",
        ),
        transferred,
        _SCORES.get(score) if score else None,
    )


def _in_utc(record: Record) -> Record:
    """Return the record with every moment in UTC, as nearly all records have them already.

    Raises
    ------
    ContactRecordError
        For a moment in no year of a telephone call, which arithmetic with time zones may not survive.
    """
    queue, agent = record.queue or _NO_QUEUE, record.agent or _NO_AGENT
    moments = (
        record.last_update_timestamp,
        record.initiation_timestamp,
        record.disconnect_timestamp,
        queue.enqueue_timestamp,
        queue.dequeue_timestamp,
        agent.connected_to_agent_timestamp,
        agent.after_contact_work_end_timestamp,
    )
    return record if _all_in_utc(moments) else _convert_moments(record)


def _all_in_utc(moments: Iterable[datetime | None]) -> bool:
    for moment in moments:
        if moment is not None and (moment.tzinfo is not UTC or not _FIRST_YEAR <= moment.year <= _LAST_YEAR):
            return False
    return True


def _convert_moments(part: Part) -> Part:
    changes: dict[str, Any] = {}
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, datetime):
            if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
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
