"""Agent events of Amazon Connect, from Kinesis -> the live picture."""

from __future__ import annotations

import base64
import json
from typing import Any

from environment import TrackAgentEnvironment

from trunkline.contact.agent_events import parse_agent_change
from trunkline.contact.events import PhoneEventError
from trunkline.live.rules import follow_agent
from trunkline.live.store import LiveStore
from trunkline.runtime import client, load_environment, logger

ENVIRONMENT = load_environment(TrackAgentEnvironment)
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Write agents' changes in order; name the first record that cannot be read, to resume there.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Configuring partial batch response with Kinesis Data Streams".
    """
    for record in event["Records"]:
        number = record["kinesis"]["sequenceNumber"]
        try:
            change = parse_agent_change(_document(record), int(number))
        except PhoneEventError as error:
            LOGGER.warning("agent event not read", cause=str(error), sequence_number=number)
            return {"batchItemFailures": [{"itemIdentifier": number}]}
        if change is not None:
            LIVE.apply(follow_agent(change))
    return {"batchItemFailures": []}


def _document(record: dict[str, Any]) -> dict[str, Any]:
    try:
        document = json.loads(base64.b64decode(record["kinesis"]["data"]))
    except ValueError as error:
        raise PhoneEventError("agent event: the record is not JSON") from error
    if not isinstance(document, dict):
        raise PhoneEventError("agent event: the record is no JSON object")
    return document
