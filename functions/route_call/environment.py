"""The environment of ``route_call``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RouteCallEnvironment:
    """Name of the table that it reads."""

    live_table: str
