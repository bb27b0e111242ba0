"""What aggregate_metrics is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AggregateMetricsEnvironment:
    """Names of the table that it writes and of the table whose changes it counts."""

    metrics_table: str
    contacts_table: str
