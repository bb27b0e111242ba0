"""The environment of ``identify_caller``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IdentifyCallerEnvironment:
    """Names of the tables that it reads."""

    customers_table: str
    live_table: str
