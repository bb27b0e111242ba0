"""A night as ``close_day`` meets it: Athena, and functions that answer what a test wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient

Outcome = dict[str, Any]

DAY = "2026-11-21"
REPORTS = [{"period": "day", "on": DAY}]


def recounted(**changes: Any) -> Outcome:
    """Return what ``recount_day`` answers of a day without drift."""
    return {
        "day": DAY,
        "start": "2026-11-21T08:00:00Z",
        "end": "2026-11-22T08:00:00Z",
        "asked_day": f"'{DAY}'",
        "compared": 120,
        "suspected": 0,
        "drifted": 0,
        "mended": 0,
        "stuck": 0,
        "report": None,
        "reports": REPORTS,
        "late_days": [],
        **changes,
    }


def compared(verdict: str = "equal", **changes: Any) -> Outcome:
    """Return what ``compare_history`` answers."""
    outcome = {"verdict": verdict, "compared": 30, "drifted": 0, "totals": "s3://history/results/1.csv", "report": None}
    return {**outcome, **changes}


@dataclass
class Athena:
    """Answers queries: each first runs, then ends as planned."""

    ends: list[Mapping[str, str]] = field(default_factory=list)
    started: list[Mapping[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def install(self, monkeypatch: Any) -> None:
        """Answer the operations of Athena that the workflow knows."""
        call = BaseClient._make_api_call  # type: ignore[attr-defined]

        def make_api_call(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> Any:
            if client.meta.service_model.service_name != "athena":
                return call(client, operation, parameters)
            return {"StartQueryExecution": self._start, "GetQueryExecution": self._get}[operation](parameters)

        monkeypatch.setattr(BaseClient, "_make_api_call", make_api_call)

    def _start(self, parameters: Mapping[str, Any]) -> Outcome:
        self.started.append(parameters)
        return {"QueryExecutionId": f"query-{len(self.started)}"}

    def _get(self, parameters: Mapping[str, Any]) -> Outcome:
        query = parameters["QueryExecutionId"]
        self.asked.append(query)
        number = int(query.rpartition("-")[2])
        running = self.asked.count(query) == 1
        status = {"State": "RUNNING"} if running else dict((self.ends or [{"State": "SUCCEEDED"}])[-1])
        result = {"OutputLocation": f"s3://history/results/{number}.csv"}
        return {"QueryExecution": {"QueryExecutionId": query, "Status": status, "ResultConfiguration": result}}


@dataclass
class Steps:
    """Functions that note what they are asked, and answer the planned outcomes one after the other; the last stays."""

    planned: dict[str, list[Outcome | Exception]]
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def handler(self, name: str) -> Callable[[Any, Any], Any]:
        """Return the handler of a function."""

        def handle(event: Any, _context: Any) -> Any:
            self.calls.append((name, event))
            left = self.planned[name]
            answer = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return handle

    def asked(self, name: str) -> list[Any]:
        """Return the events of a function."""
        return [event for called, event in self.calls if called == name]
