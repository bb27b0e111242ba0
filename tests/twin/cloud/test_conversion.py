"""Conversion: JSON becomes Parquet by a table's columns, or is kept with the reason why not."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from twin.cloud.athena.engine import FileTable, ask
from twin.cloud.delivery.conversion import convert_records

COLUMNS = {
    "name": "string",
    "at": "timestamp",
    "small": "int",
    "large": "bigint",
    "share": "double",
    "open": "boolean",
    "tags": "array<string>",
}


def read(parquet: bytes, folder: Path) -> list[dict[str, Any]]:
    path = folder / "rows.parquet"
    path.write_bytes(parquet)
    return list(ask("SELECT * FROM rows", [FileTable("rows", COLUMNS, {}, [path])]).as_mappings())


def convert(*records: Any) -> Any:
    return convert_records(
        [each if isinstance(each, bytes) else json.dumps(each).encode() for each in records], COLUMNS
    )


def test_every_type_reads_as_it_was_written(tmp_path: Path) -> None:
    row = {"name": "주문", "small": 3, "large": 2**40, "share": 0.25, "open": True, "tags": ["a", "b"]}
    converted = convert({**row, "at": "2026-11-21T10:00:00.123Z"})
    assert not converted.failures
    assert read(converted.parquet, tmp_path) == [{**row, "at": datetime.fromisoformat("2026-11-21T10:00:00.123")}]


def test_keys_match_in_any_case_and_unknown_ones_are_left_out(tmp_path: Path) -> None:
    (row,) = read(convert({"NAME": "x", "Small": "7", "other": 1}).parquet, tmp_path)
    assert (row["name"], row["small"], row["tags"]) == ("x", 7, None)


@pytest.mark.parametrize(
    "told",
    ["2026-11-21T10:00:00Z", "2026-11-21 10:00:00", "2026-11-21 10:00:00.0", 1795255200, 1795255200000, 1795255200.0],
)
def test_time_stamps_of_every_form_are_one_moment(tmp_path: Path, told: Any) -> None:
    (row,) = read(convert({"at": told}).parquet, tmp_path)
    assert row["at"] == datetime.fromisoformat("2026-11-21T10:00:00")


def test_documents_may_share_a_record(tmp_path: Path) -> None:
    rows = read(convert(b'{"small": 1}{"small": 2}\n{"small": 3}\n').parquet, tmp_path)
    assert [row["small"] for row in rows] == [1, 2, 3]


@pytest.mark.parametrize(
    ("record", "code", "why"),
    [
        (b"no JSON", "ParseError", "malformed JSON"),
        (b'[{"small": 1}]', "ParseError", "must be an object"),
        (b'{"share": NaN}', "ParseError", "NaN"),
        (b"\xff", "ParseError", "malformed"),
        ({"small": 2**31}, "MalformedData", "small: 2147483648 is no whole number of 32 bits"),
        ({"small": 1.5}, "MalformedData", "small"),
        ({"small": True}, "MalformedData", "small"),
        ({"share": "much"}, "MalformedData", "share"),
        ({"open": 1}, "MalformedData", "open"),
        ({"at": "yesterday"}, "MalformedData", "at: 'yesterday' is no time stamp"),
        ({"at": "2026-13-01 00:00:00"}, "MalformedData", "at"),
        ({"tags": "a"}, "MalformedData", "tags: is no array"),
    ],
)
def test_what_does_not_fit_is_told_and_holds_up_nothing(tmp_path: Path, record: Any, code: str, why: str) -> None:
    converted = convert({"small": 1}, record, {"small": 2})
    assert set(converted.failures) == {1}
    assert converted.failures[1].code == f"DataFormatConversion.{code}"
    assert why in str(converted.failures[1])
    assert [row["small"] for row in read(converted.parquet, tmp_path)] == [1, 2]


def test_same_records_give_the_same_bytes() -> None:
    assert convert({"name": "x", "tags": ["a"]}).parquet == convert({"name": "x", "tags": ["a"]}).parquet
