"""What becomes of a batch that failed: split, retried later, or given up.

**Source**: Lambda developer guide, "Configuring partial batch response" and "Retain discarded batch
records ... with Lambda".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from twin.cloud.delivery.streams.batches import Batch
from twin.cloud.delivery.streams.model import StreamRecord, StreamSettings

LARGEST_BACKOFF_SECONDS = 60.0
RECORD_LIFE_SECONDS = 86_400.0


@dataclass(frozen=True)
class Verdict:
    """What to do after a failure.

    Attributes
    ----------
    again
        Batches that come next, in order.
    given_up
        Records that failed for good.
    wait_seconds
        How long the shard waits before it goes on; None goes on at once.
    """

    again: tuple[Batch, ...] = ()
    given_up: Sequence[StreamRecord] = ()
    wait_seconds: float | None = None


def first_reported(records: Sequence[StreamRecord], answer: Any) -> int | None:
    """Return the position of the first record that ``answer`` reports as failed, None when it reports none.

    A number that is not in the batch means the whole batch.
    """
    failures = answer.get("batchItemFailures") if isinstance(answer, dict) else None
    if not failures:
        return None
    positions = {record.sequence: position for position, record in enumerate(records)}
    return min(positions.get(str(failure.get("itemIdentifier", "")), 0) for failure in failures)


def judge_failure(batch: Batch, failed_from: int, settings: StreamSettings, now: float) -> Verdict:
    """Return what becomes of ``batch``, whose records failed from position ``failed_from`` on.

    Parameters
    ----------
    now
        Virtual seconds since 1970.
    """
    rest = batch.records[failed_from:]
    attempt = batch.attempt + 1 if failed_from == 0 else 1
    if settings.bisect and failed_from == 0 and len(rest) > 1:
        middle = len(rest) // 2
        return Verdict(again=(Batch(rest[:middle], batch.attempt), Batch(rest[middle:], batch.attempt)))
    if _expired(rest[0], settings, now) or 0 <= settings.retries < attempt - 1:
        return Verdict(given_up=rest)
    wait_seconds = None if failed_from > 0 else min(2.0 ** (attempt - 2), LARGEST_BACKOFF_SECONDS)
    return Verdict(again=(Batch(rest, attempt),), wait_seconds=wait_seconds)


def _expired(record: StreamRecord, settings: StreamSettings, now: float) -> bool:
    limit = settings.age_seconds if settings.age_seconds >= 0 else RECORD_LIFE_SECONDS
    return now - record.arrived > min(limit, RECORD_LIFE_SECONDS)
