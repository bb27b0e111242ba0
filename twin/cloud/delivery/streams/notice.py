"""The notice that a stream mapping sends to its on-failure destination.

**Source**: Lambda developer guide, "Retain discarded batch records ... with Lambda".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from twin.cloud.delivery.streams.model import StreamRecord, StreamSettings
from twin.cloud.functions.model import Outcome
from twin.cloud.moments import iso_milliseconds, iso_seconds_at


def build_notice(
    settings: StreamSettings,
    shard_id: str,
    records: Sequence[StreamRecord],
    outcome: Outcome,
    attempts: int,
    now: datetime,
    request_id: str,
) -> dict[str, Any]:
    """Return the notice of ``records`` that failed for good: where they are, not what they hold."""
    kind = "DDBStreamBatchInfo" if ":dynamodb:" in settings.stream_arn else "KinesisBatchInfo"
    response: dict[str, Any] = {"statusCode": 200, "executedVersion": "$LATEST"}
    if outcome.failure is not None:
        response["functionError"] = "Unhandled"
    return {
        "requestContext": {
            "requestId": request_id,
            "functionArn": settings.function_arn,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": attempts,
        },
        "responseContext": response,
        "version": "1.0",
        "timestamp": iso_milliseconds(now),
        kind: {
            "shardId": shard_id,
            "startSequenceNumber": records[0].sequence,
            "endSequenceNumber": records[-1].sequence,
            "approximateArrivalOfFirstRecord": iso_seconds_at(records[0].arrived),
            "approximateArrivalOfLastRecord": iso_seconds_at(records[-1].arrived),
            "batchSize": len(records),
            "streamArn": settings.stream_arn,
        },
    }
