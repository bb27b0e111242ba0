"""What track_agent is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackAgentEnvironment:
    """Name of the live table."""

    live_table: str
