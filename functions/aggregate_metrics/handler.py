"""Changes of contacts, from the table's stream -> interval counters, and one line of embedded metrics."""

from __future__ import annotations

from typing import Any

from environment import AggregateMetricsEnvironment

from trunkline.contact.moments import INTERVAL
from trunkline.contact.store import ContactStore
from trunkline.metrics.changes import Change, ChangeError, read_change
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.targets import Targets
from trunkline.metrics.telemetry import count_new_contacts
from trunkline.runtime import EmbeddedMetrics, client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(AggregateMetricsEnvironment)
CENTER = load_center_document()
TARGETS = Targets.of_center(CENTER)
CONTACTS = ContactStore(client("dynamodb"), ENVIRONMENT.contacts_table)
METRICS = MetricsStore(
    client("dynamodb"), ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400
)
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
        counted = apply_changes(changes, event["shardId"], METRICS, _recount)
        telemetry = EmbeddedMetrics("Trunkline")
        for queue, counts in count_new_contacts(counted).items():
            telemetry.add({"Center": CENTER["alias"], "Queue": queue}, counts)
        telemetry.flush()
    return {"state": event.get("state") or {}, "batchItemFailures": failures}


def _recount(key: Key, without: frozenset[str]) -> int:
    return CONTACTS.longest_wait_seconds(key.name, key.start, key.start + INTERVAL, without=without)
