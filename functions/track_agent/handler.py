"""Agent events of Amazon Connect, from Kinesis -> history, the log of agents' states, and the live picture."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from environment import TrackAgentEnvironment

from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_states import AgentEntry
from trunkline.contact.events import PhoneEventError
from trunkline.history.rows import agent_row
from trunkline.history.store import HistoryStream
from trunkline.live.agent_tracker import AgentTracker
from trunkline.live.store import LiveStore
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(TrackAgentEnvironment)
RETENTION_SECONDS = load_center_document()["recording"]["contact_retention_days"] * 86_400
LOG = AgentLog(client("dynamodb"), ENVIRONMENT.agent_states_table, RETENTION_SECONDS)
HISTORY = HistoryStream(client("firehose"), ENVIRONMENT.history_agent_states_stream)
LOGGER = logger()


def keep(entries: Sequence[AgentEntry]) -> None:
    """Hand what agents did to history."""
    now = datetime.fromtimestamp(time.time(), UTC)
    HISTORY.put(agent_row(entry, now) for entry in entries)


TRACKER = AgentTracker(LiveStore(client("dynamodb"), ENVIRONMENT.live_table), LOG, keep)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take in agents' events in order; name the first record that cannot be read, to resume there.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Configuring partial batch response with Kinesis Data Streams".
    """
    for record in event["Records"]:
        number = record["kinesis"]["sequenceNumber"]
        try:
            TRACKER.follow(_document(record), int(number))
        except PhoneEventError as error:
            LOGGER.warning("agent event not read", cause=str(error), sequence_number=number)
            return {"batchItemFailures": [{"itemIdentifier": number}]}
    return {"batchItemFailures": []}


def _document(record: dict[str, Any]) -> dict[str, Any]:
    try:
        document = json.loads(base64.b64decode(record["kinesis"]["data"]))
    except ValueError as error:
        raise PhoneEventError("agent event: the record is not JSON") from error
    if not isinstance(document, dict):
        raise PhoneEventError("agent event: the record is no JSON object")
    return document
