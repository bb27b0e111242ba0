"""The environment of ``roll_up_day``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RollUpDayEnvironment:
    """The table that it reads, and the delivery stream that it puts rows into."""

    metrics_table: str
    history_counters_stream: str
