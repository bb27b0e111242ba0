"""The environment of ``compare_history``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CompareHistoryEnvironment:
    """Tables that it reads, and the bucket that it writes reports to."""

    contacts_table: str
    metrics_table: str
    drift_bucket: str
