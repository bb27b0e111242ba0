"""State machines and their executions, as Step Functions tells of them.

**Source**: Step Functions API reference, "DescribeExecution".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from twin.cloud.duration import Stopwatch
from twin.cloud.moto_hooks import ExecutionResult

EXPRESS_KEPT = timedelta(minutes=5)
STANDARD_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class StateMachine:
    """A state machine: its ARN, its role, whether it is Express, and how long it may run."""

    name: str
    arn: str
    role: str
    express: bool
    limit_seconds: float = float("inf")


@dataclass
class Execution:
    """One run of a state machine; ``result`` is None while it runs."""

    arn: str
    name: str
    machine: StateMachine
    input: str
    started: datetime
    stopped: datetime | None = None
    result: ExecutionResult | None = None
    watch: Stopwatch = field(default_factory=lambda: Stopwatch(float("inf")))

    def is_over(self, now: datetime) -> bool:
        """Return whether it ended so long ago that nothing is kept of it."""
        kept = EXPRESS_KEPT if self.machine.express else STANDARD_KEPT
        return self.stopped is not None and self.stopped + kept <= now

    @property
    def status(self) -> str:
        """Such as RUNNING or SUCCEEDED."""
        return self.result.status if self.result is not None else "RUNNING"

    def describe(self) -> dict[str, Any]:
        """Return what DescribeExecution answers."""
        described: dict[str, Any] = {
            "executionArn": self.arn,
            "stateMachineArn": self.machine.arn,
            "name": self.name,
            "status": self.status,
            "startDate": self.started,
            "input": self.input,
        }
        if self.stopped is not None:
            described["stopDate"] = self.stopped
        result = self.result
        if result is not None and result.status == "SUCCEEDED":
            described["output"] = json.dumps(result.output, ensure_ascii=False)
        if result is not None and result.error is not None:
            described["error"] = result.error
        if result is not None and result.cause is not None:
            described["cause"] = result.cause
        return described
