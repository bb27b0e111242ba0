"""What serve_console is given when it is deployed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ServeConsoleEnvironment:
    """Names of the tables, buckets and the log group that it reads."""

    contacts_table: str
    metrics_table: str
    agent_states_table: str
    live_table: str
    recordings_bucket: str
    conversations_bucket: str
    reports_bucket: str
    flow_log_group: str
