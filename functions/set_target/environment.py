"""The environment of ``set_target``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SetTargetEnvironment:
    """Name of the table that it keeps targets in."""

    metrics_table: str
