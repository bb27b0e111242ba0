"""The environment of ``write_report``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WriteReportEnvironment:
    """Names of the tables that it reads, of the bucket that it writes to, and of the topic that it tells."""

    contacts_table: str
    metrics_table: str
    agent_states_table: str
    reports_bucket: str
    reports_topic_arn: str
