"""Is every call whole: recorded calls with recording, transcript and analysis; and what failed instead."""

from __future__ import annotations

from collections import Counter

from cli.session import Session
from trunkline.contact.wholeness import missing_part


def wholeness(session: Session) -> dict[str, int]:
    """Count the contacts that the twin recorded, and what the system has of them.

    Returns
    -------
    dict
        ``recorded`` by the twin; of these ``with_recording``, ``with_analysis``, ``with_failure``.
    """
    recorded: dict[str, set[str]] = {one.contact_id: set() for one in session.network.ledger if one.recording_key}
    for contact_id, part in _parts(session):
        if contact_id in recorded:
            recorded[contact_id].add(part)
    lacks = Counter(missing_part(parts, transcribed=True) for parts in recorded.values())
    return {
        "recorded": len(recorded),
        "with_recording": len(recorded) - lacks["recording"],
        "with_analysis": lacks[None],
        "with_failure": sum("failure" in parts for parts in recorded.values()),
    }


def failures(session: Session) -> dict[str, int]:
    """Return how many messages each dead-letter queue holds, queues without any left out."""
    client = session.cloud.client("sqs")
    held = {}
    for url in client.list_queues().get("QueueUrls", []):
        attributes = client.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        number = int(attributes["Attributes"]["ApproximateNumberOfMessages"])
        if number:
            held[url.rsplit("/", 1)[-1]] = number
    return held


def _parts(session: Session) -> list[tuple[str, str]]:
    table = session.table_with_keys("contact_id", "part")
    pages = (
        session.cloud.client("dynamodb")
        .get_paginator("scan")
        .paginate(TableName=table, ProjectionExpression="contact_id, part")
    )
    return [(item["contact_id"]["S"], item["part"]["S"]) for page in pages for item in page["Items"]]
