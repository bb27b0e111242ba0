"""Workgroups, and queries that were asked.

**Source**: Amazon Athena API reference, "QueryExecution", "WorkGroupConfiguration".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from twin.cloud.athena.engine import Answer


@dataclass(frozen=True)
class WorkGroup:
    """Where results go, how they are encrypted, and how much a query may read."""

    name: str
    output_location: str = ""
    enforced: bool = True
    encryption: Mapping[str, Any] = field(default_factory=dict)
    most_scanned_bytes: int | None = None


@dataclass
class QueryExecution:
    """One query that was asked."""

    execution_id: str
    query: str
    parameters: tuple[str, ...]
    database: str
    workgroup: WorkGroup
    location: str
    principal: str | None
    submitted: datetime
    state: str = "QUEUED"
    reason: str = ""
    completed: datetime | None = None
    scanned_bytes: int = 0
    answer: Answer | None = None

    @property
    def over(self) -> bool:
        """Whether it will not change any more."""
        return self.state in {"SUCCEEDED", "FAILED", "CANCELLED"}

    @property
    def place(self) -> tuple[str, str]:
        """Bucket and key of its result."""
        bucket, _, prefix = self.location.removeprefix("s3://").partition("/")
        folder = prefix if not prefix or prefix.endswith("/") else f"{prefix}/"
        return bucket, f"{folder}{self.execution_id}.csv"

    def describe(self, now: datetime) -> dict[str, Any]:
        """Return it as ``GetQueryExecution`` does."""
        milliseconds = int(((self.completed or now) - self.submitted).total_seconds() * 1000)
        status: dict[str, Any] = {"State": self.state, "SubmissionDateTime": self.submitted}
        status |= {"StateChangeReason": self.reason} if self.reason else {}
        status |= {"CompletionDateTime": self.completed} if self.completed else {}
        return {
            "QueryExecutionId": self.execution_id,
            "Query": self.query,
            "StatementType": "DML",
            "ResultConfiguration": {"OutputLocation": "s3://{}/{}".format(*self.place)},
            "QueryExecutionContext": {"Database": self.database},
            "Status": status,
            "Statistics": {"DataScannedInBytes": self.scanned_bytes, "TotalExecutionTimeInMillis": milliseconds},
            "WorkGroup": self.workgroup.name,
            **({"ExecutionParameters": list(self.parameters)} if self.parameters else {}),
        }
