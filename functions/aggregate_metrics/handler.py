"""Changes of contacts and agents' states, from their tables' streams -> interval counters, one line of metrics."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from environment import AggregateMetricsEnvironment

from trunkline.contact.moments import INTERVAL
from trunkline.contact.store import ContactStore
from trunkline.metrics.changes import Change, ChangeError, read_change
from trunkline.metrics.fold import apply_changes, find_touched
from trunkline.metrics.keys import Key
from trunkline.metrics.late_days import LateDays, find_late_days
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.targets import Targets
from trunkline.metrics.telemetry import count_new_contacts
from trunkline.runtime import EmbeddedMetrics, client, load_center_document, load_environment, logger
from trunkline.runtime.pauses import pause_before_retry

ENVIRONMENT = load_environment(AggregateMetricsEnvironment)
CENTER = load_center_document()
TARGETS = Targets.of_center(CENTER)
CONTACTS = ContactStore(client("dynamodb"), ENVIRONMENT.contacts_table)
METRICS = MetricsStore(
    client("dynamodb"), ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400
)
LATE_DAYS = LateDays(client("dynamodb"), ENVIRONMENT.metrics_table)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Count each change once; name the first that cannot be read, to resume there.

    The event source mapping has a tumbling window, only because its events then name their shard.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Implementing stateful DynamoDB stream processing in Lambda"
    (``shardId``, ``state``) and "Configuring partial batch response with DynamoDB and Lambda".
    """
    changes: list[Change] = []
    failures: list[dict[str, str]] = []
    for record in event.get("Records", []):
        try:
            change = read_change(record, TARGETS)
        except ChangeError as error:
            number = record["dynamodb"]["SequenceNumber"]
            LOGGER.warning("change not read", cause=str(error), sequence_number=number)
            failures.append({"itemIdentifier": number})
            break
        if change is not None:
            changes.append(change)
    if changes:
        LATE_DAYS.note(find_late_days((key.start for key in find_touched(changes)), _now(), CENTER["time_zone"]))
        shard = f"{event['eventSourceARN']}/{event['shardId']}"  # two streams may have shards of one name
        counted = apply_changes(changes, shard, METRICS, _recount, pause_before_retry)
        telemetry = EmbeddedMetrics("Trunkline")
        for dimensions, counts in count_new_contacts(counted, CENTER):
            telemetry.add(dimensions, counts)
        telemetry.flush()
    return {"state": event.get("state") or {}, "batchItemFailures": failures}


def _now() -> datetime:
    return datetime.fromtimestamp(int(time.time()), UTC)


def _recount(key: Key, without: frozenset[str]) -> int:
    return CONTACTS.longest_wait_seconds(key.name, key.start, key.start + INTERVAL, without=without)
