"""What watch_agents is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WatchAgentsEnvironment:
    """Name of the live table."""

    live_table: str
