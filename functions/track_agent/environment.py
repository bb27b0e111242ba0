"""What track_agent is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackAgentEnvironment:
    """Names of the live table and of the agent states table, and the way into history."""

    live_table: str
    agent_states_table: str
    history_agent_states_stream: str
