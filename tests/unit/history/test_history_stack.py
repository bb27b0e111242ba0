"""The deployed history: found in its stack, asked until it answers."""

from __future__ import annotations

from typing import Any

import pytest

from cli.errors import UsageError
from cli.history_stack import DeployedHistory

RESOURCES = [
    ("AWS::Athena::WorkGroup", "HistoryQueriesWorkGroup15FC96C0", "trunkline-dev"),
    ("AWS::Glue::Database", "HistoryCatalogueDatabaseBE41E955", "trunkline_dev"),
    ("AWS::KinesisFirehose::DeliveryStream", "ContactsContactRecords", "records"),
    ("AWS::KinesisFirehose::DeliveryStream", "HistoryContactsB306E4D1", "rows"),
]


class FakePages:
    """Gives pages for any request, and keeps the request."""

    def __init__(self, *pages: dict[str, Any]) -> None:
        self.pages = pages

    def paginate(self, **_: Any) -> tuple[dict[str, Any], ...]:
        return self.pages


class FakeCloudFormation:
    def __init__(self, resources: list[tuple[str, str, str]]) -> None:
        self.resources = resources

    def get_paginator(self, _: str) -> FakePages:
        names = ("ResourceType", "LogicalResourceId", "PhysicalResourceId")
        return FakePages({"StackResourceSummaries": [dict(zip(names, one, strict=True)) for one in self.resources]})


class FakeAthena:
    """Is asked, thinks once, and answers or fails."""

    def __init__(self, *states: str) -> None:
        self.states = list(states)
        self.asked: dict[str, Any] = {}

    def start_query_execution(self, **asked: Any) -> dict[str, str]:
        self.asked = asked
        return {"QueryExecutionId": "q1"}

    def get_query_execution(self, **_: Any) -> dict[str, Any]:
        return {"QueryExecution": {"Status": {"State": self.states.pop(0), "StateChangeReason": "no such column"}}}

    def get_paginator(self, _: str) -> FakePages:
        rows = [[{"VarCharValue": "queue"}, {"VarCharValue": "offered"}], [{"VarCharValue": "orders"}, {}]]
        return FakePages(*({"ResultSet": {"Rows": [{"Data": row}]}} for row in rows))


def test_parts_are_found_by_what_they_are() -> None:
    found = DeployedHistory.find(FakeCloudFormation(RESOURCES), "Trunkline-dev-Center")
    assert found == DeployedHistory("trunkline-dev", "trunkline_dev", "rows")


def test_stack_without_history_is_told() -> None:
    with pytest.raises(UsageError, match="stack Other has no history"):
        DeployedHistory.find(FakeCloudFormation(RESOURCES[:2]), "Other")


def test_answer_is_waited_for_and_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("cli.history_stack.time.sleep", pauses.append)
    athena = FakeAthena("QUEUED", "RUNNING", "SUCCEEDED")
    columns, rows = DeployedHistory("trunkline-dev", "trunkline_dev", "rows").ask(athena, "SELECT 1", ["'2026-11-21'"])
    assert (columns, rows) == (["queue", "offered"], [("orders", None)])
    assert len(pauses) == 2
    assert athena.asked["ExecutionParameters"] == ["'2026-11-21'"]
    assert athena.asked["QueryExecutionContext"] == {"Database": "trunkline_dev"}


def test_query_that_fails_says_why() -> None:
    with pytest.raises(UsageError, match="failed: no such column"):
        DeployedHistory("g", "d", "s").ask(FakeAthena("FAILED"), "SELECT 1", [])
