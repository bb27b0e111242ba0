"""How long things take in virtual time: a deterministic model, so that a seed gives the same bill.

The figures are typical of warm arm64 functions in one region. They are an assumption of the
twin, not a promise of AWS; the bill counts with them, and nothing else depends on them.
"""

from __future__ import annotations

from dataclasses import dataclass

CALL_SECONDS = {
    "dynamodb": 0.005,
    "s3": 0.025,
    "sqs": 0.010,
    "kinesis": 0.012,
    "firehose": 0.012,
    "events": 0.012,
    "lambda": 0.015,
    "stepfunctions": 0.020,
    "transcribe": 0.120,
    "connect": 0.080,
    "logs": 0.030,
}
DEFAULT_CALL_SECONDS = 0.030
BYTES_PER_SECOND = 60_000_000
HANDLER_SECONDS = 0.004
STATE_SECONDS = 0.008
MEMORY_AT_FULL_SPEED_MB = 1769
EXPRESS_BILLING_SECONDS = 0.1
EXPRESS_MEMORY_MB = 64


@dataclass
class Stopwatch:
    """Virtual time that a piece of work has taken so far, in seconds.

    Attributes
    ----------
    limit_seconds
        When this much is exceeded, the work has timed out.
    """

    limit_seconds: float
    seconds: float = 0.0

    def add_call(self, service: str, body_bytes: int) -> None:
        """Count an API call."""
        self.seconds += CALL_SECONDS.get(service, DEFAULT_CALL_SECONDS) + body_bytes / BYTES_PER_SECOND

    def add_seconds(self, seconds: float) -> None:
        """Count waiting."""
        self.seconds += seconds

    @property
    def exceeded(self) -> bool:
        """Whether the limit has passed."""
        return self.seconds > self.limit_seconds

    @property
    def remaining_seconds(self) -> float:
        """Virtual seconds left."""
        return max(self.limit_seconds - self.seconds, 0.0)


def handler_seconds(payload_bytes: int, memory_mb: int) -> float:
    """Return what a handler's own code takes, its API calls not counted.

    >>> handler_seconds(0, 1769)
    0.004
    """
    slowness = min(max(MEMORY_AT_FULL_SPEED_MB / memory_mb, 1.0), 4.0)
    return (HANDLER_SECONDS + payload_bytes / BYTES_PER_SECOND) * slowness


def gigabyte_seconds(seconds: float, memory_mb: int) -> float:
    """Return what Lambda bills for a duration, rounded up to a millisecond.

    >>> gigabyte_seconds(0.0101, 512)
    0.0055
    """
    return -(-round(seconds * 1_000_000) // 1000) / 1000 * memory_mb / 1024


def express_gigabyte_seconds(seconds: float) -> float:
    """Return what an Express execution is billed for: 100 ms steps, 64 MB memory."""
    steps = -(-round(seconds * 1_000_000) // 100_000)
    return max(steps, 1) * EXPRESS_BILLING_SECONDS * EXPRESS_MEMORY_MB / 1024
