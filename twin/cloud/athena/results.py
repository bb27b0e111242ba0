"""Answers as Athena writes and returns them: text, null apart from empty text.

**Source**: Amazon Athena user guide, "Work with query results" (``<id>.csv``); API reference, "GetQueryResults".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from twin.cloud.athena.engine import Answer
from twin.cloud.athena.types import answered_type


def write_csv(answer: Answer) -> bytes:
    """Return the answer as the object that Athena leaves: a header and rows, every value in quotes but null."""
    header = [name for name, _ in answer.columns]
    lines: list[list[str | None]] = [[*header], *([_text(value) for value in row] for row in answer.rows)]
    return "".join(",".join(_quote(value) for value in line) + "\n" for line in lines).encode()


def page_of(answer: Answer, start: int, size: int) -> dict[str, Any]:
    """Return one page of an answer; the first row of all is the header."""
    header: Sequence[Sequence[Any]] = [[name for name, _ in answer.columns]]
    rows = [*header, *answer.rows][start : start + size]
    return {
        "UpdateCount": 0,
        "ResultSet": {
            "Rows": [{"Data": [_datum(value) for value in row]} for row in rows],
            "ResultSetMetadata": {"ColumnInfo": [_describe(name, kind) for name, kind in answer.columns]},
        },
        **({"NextToken": str(start + size)} if start + size <= len(answer.rows) else {}),
    }


def _describe(name: str, kind: str) -> Mapping[str, Any]:
    return {"CatalogName": "hive", "Name": name, "Label": name, "Type": answered_type(kind), "Nullable": "UNKNOWN"}


def _datum(value: Any) -> dict[str, str]:
    text = _text(value)
    return {} if text is None else {"VarCharValue": text}


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"
    if isinstance(value, list):
        return f"[{', '.join(str(_text(each)) for each in value)}]"
    return str(value)


def _quote(value: str | None) -> str:
    return "" if value is None else '"' + value.replace('"', '""') + '"'
