"""The environment of ``recount_day``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecountDayEnvironment:
    """Tables that it compares, the live picture, history, and the buckets that it writes to and looks into."""

    contacts_table: str
    agent_states_table: str
    live_table: str
    history_agent_states_stream: str
    metrics_table: str
    drift_bucket: str
    conversations_bucket: str
    recordings_bucket: str
