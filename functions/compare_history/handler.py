"""Step of ``close_day``: the history's hours of a day are held against the counters', and what differs explained."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from environment import CompareHistoryEnvironment

from trunkline.closing.day import choose_day
from trunkline.closing.drift_store import DriftStore
from trunkline.closing.history_proof import HistoryProof
from trunkline.closing.query_results import QueryResults
from trunkline.contact.log_store import ContactLog
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import EmbeddedMetrics, client, load_center_document, load_environment

ENVIRONMENT = load_environment(CompareHistoryEnvironment)
CENTER = load_center_document()
DYNAMODB = client("dynamodb", read_timeout_seconds=20, attempts=8)  # nobody waits, and much is read
S3 = client("s3", read_timeout_seconds=20)
PROOF = HistoryProof(
    contacts=ContactLog(DYNAMODB, ENVIRONMENT.contacts_table),
    counters=MetricsStore(DYNAMODB, ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400),
    results=QueryResults(S3),
    reports=DriftStore(S3, ENVIRONMENT.drift_bucket),
)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take ``day``, the ``attempt``, and where the ``totals`` are; ``contacts`` too where they are to explain.

    Only a look that decides is told to CloudWatch, so that each day is one data point.
    """
    day, now = choose_day(event, CENTER["time_zone"]), datetime.fromtimestamp(int(time.time()), UTC)
    if "contacts" in event:
        told = PROOF.explain(day, now, totals=event["totals"], contacts=event["contacts"])
    else:
        told = PROOF.compare(day, totals=event["totals"], attempt=event["attempt"])
    if told.decided:
        telemetry = EmbeddedMetrics("Trunkline")
        telemetry.add({"Center": CENTER["alias"]}, {"Drift": told.drifted})
        telemetry.flush()
    return told.to_outcome()
