"""The deployed history: its workgroup, its database, and the way into its datasets."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cli.errors import UsageError

_PAUSE_SECONDS = 1.0
_NO_ACCESS = "Give credentials and a region, and name the stack with --stack."


@dataclass(frozen=True)
class DeployedHistory:
    """Where the history of a stack is asked and filled.

    Attributes
    ----------
    workgroup, database
        Where queries run, and over what.
    contacts_stream
        Delivery stream of contact rows.
    """

    workgroup: str
    database: str
    contacts_stream: str

    @classmethod
    def find(cls, cloudformation: Any, stack: str) -> DeployedHistory:
        """Look the parts up in a stack.

        Raises
        ------
        UsageError
            If the stack cannot be read or has no history.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
            found = [resource for page in pages for resource in page["StackResourceSummaries"]]
        except (BotoCoreError, ClientError) as error:
            raise UsageError(f"stack {stack} cannot be read: {error}", _NO_ACCESS) from error
        parts = {(each["ResourceType"], each["LogicalResourceId"]): each["PhysicalResourceId"] for each in found}
        try:
            return cls(
                _first(parts, "AWS::Athena::WorkGroup", ""),
                _first(parts, "AWS::Glue::Database", ""),
                _first(parts, "AWS::KinesisFirehose::DeliveryStream", "HistoryContacts"),
            )
        except StopIteration:
            raise UsageError(f"stack {stack} has no history", "Name the centre's stack, or deploy it again.") from None

    def ask(self, athena: Any, sql: str, parameters: Sequence[str]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a query, and return its columns and rows as text.

        Raises
        ------
        UsageError
            If Athena fails or stops it.

        Notes
        -----
        **Source**: Amazon Athena API reference, "StartQueryExecution", "GetQueryExecution", "GetQueryResults".
        """
        given = {"ExecutionParameters": list(parameters)} if parameters else {}
        execution = athena.start_query_execution(
            QueryString=sql, WorkGroup=self.workgroup, QueryExecutionContext={"Database": self.database}, **given
        )["QueryExecutionId"]
        while (status := _status(athena, execution))["State"] in {"QUEUED", "RUNNING"}:
            time.sleep(_PAUSE_SECONDS)
        if status["State"] != "SUCCEEDED":
            reason = status.get("StateChangeReason", "no reason is given")
            raise UsageError(f"Athena: {status['State'].lower()}: {reason}", "Mend the query or its permissions.")
        rows = list(_rows(athena, execution))
        return [str(name) for name in rows[0]], rows[1:]


def _first(parts: dict[tuple[str, str], str], kind: str, name: str) -> str:
    return next(physical for (type_, logical), physical in parts.items() if type_ == kind and name in logical)


def _status(athena: Any, execution: str) -> dict[str, Any]:
    status: dict[str, Any] = athena.get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Status"]
    return status


def _rows(athena: Any, execution: str) -> Iterator[tuple[Any, ...]]:
    for page in athena.get_paginator("get_query_results").paginate(QueryExecutionId=execution):
        for row in page["ResultSet"]["Rows"]:
            yield tuple(datum.get("VarCharValue") for datum in row["Data"])
