"""Contact records, on their way through Firehose to the lake -> contacts table and history, out of the live one."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from environment import StoreContactEnvironment

from trunkline.contact.arrival import check_arrival
from trunkline.contact.model import Contact
from trunkline.contact.record import ContactRecordError, parse_contact_record
from trunkline.contact.stamp import stamp_targets
from trunkline.contact.store import ContactStore
from trunkline.history.rows import Row, contact_row
from trunkline.history.store import HistoryStream
from trunkline.live.store import LiveStore
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(StoreContactEnvironment)
CONTACTS = ContactStore(client("dynamodb"), ENVIRONMENT.contacts_table)
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
HISTORY = HistoryStream(client("firehose"), ENVIRONMENT.history_contacts_stream)
CENTER = load_center_document()
RETENTION_SECONDS = CENTER["recording"]["contact_retention_days"] * 86_400
# What DynamoDB says of an item that it will never hold: the rest of the batch must not fail with it.
REFUSALS = frozenset({"ValidationException", "SerializationException"})
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Keep each contact and pass its record on as one line; what cannot be stored goes to ``failed/``.

    A table or a stream that does not answer raises: Firehose then delivers the batch again, and each contact that
    was stored goes to history again too, for nobody knows whether it had come that far.

    Notes
    -----
    **Source**: Amazon Data Firehose developer guide, "Required parameters for transformation"
    (``recordId``, ``result``, ``data``).
    """
    rows: list[Row] = []
    records = [_transform(record, rows) for record in event["records"]]
    HISTORY.put(rows)
    return {"records": records}


def _transform(record: dict[str, Any], rows: list[Row]) -> dict[str, Any]:
    try:
        document, line = _read(record["data"])
        contact, arrived_at = stamp_targets(parse_contact_record(document), CENTER), _arrival(record)
        check_arrival(contact, arrived_at)
        _store(contact)
        rows.append(contact_row(contact, CENTER, arrived_at))
    except ContactRecordError as error:
        LOGGER.warning("contact record not stored", cause=str(error), record_id=record["recordId"])
        return {"recordId": record["recordId"], "result": "ProcessingFailed", "data": record["data"]}
    return {"recordId": record["recordId"], "result": "Ok", "data": base64.b64encode(line).decode()}


def _arrival(record: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(record["approximateArrivalTimestamp"] / 1000, UTC)


def _read(data: str) -> tuple[Any, bytes]:
    """Return the record, and the line that the lake keeps of it."""
    try:
        document = json.loads(base64.b64decode(data))
        line = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
        return document, line.encode()
    except (RecursionError, ValueError) as error:
        raise ContactRecordError("contact record: the data is not JSON") from error


def _store(contact: Contact) -> None:
    expires_at = int(contact.initiated_at.timestamp()) + RETENTION_SECONDS
    LIVE.close_contact(contact.contact_id)
    try:
        if not CONTACTS.save(contact, expires_at=expires_at):
            LOGGER.info("repeated or late contact record", contact_id=contact.contact_id)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code not in REFUSALS:
            raise
        raise ContactRecordError(f"contact record: the table refuses it ({code})") from error
