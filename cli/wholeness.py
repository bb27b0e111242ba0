"""Is every call whole: recorded calls with recording, transcript and analysis; and what failed instead."""

from __future__ import annotations

from collections import Counter

from cli.session import Session


def wholeness(session: Session) -> dict[str, int]:
    """Count the contacts that the twin recorded, and what the system has of them.

    Returns
    -------
    dict
        ``recorded`` by the twin; of these ``with_recording``, ``with_analysis``, ``with_failure``.
    """
    recorded = {contact.contact_id for contact in session.network.ledger if contact.recording_key}
    parts = Counter(part for contact_id, part in _parts(session) if contact_id in recorded)
    return {
        "recorded": len(recorded),
        "with_recording": parts["recording"],
        "with_analysis": parts["analysis"],
        "with_failure": parts["failure"],
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
