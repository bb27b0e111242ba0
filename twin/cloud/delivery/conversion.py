"""Format conversion of Amazon Data Firehose: JSON documents become Parquet, by a table's columns.

**Source**: Amazon Data Firehose developer guide, "Convert input data format", "Handle errors for data format
conversion"; OpenX JSON SerDe, README (keys in lower case; numbers where text is wanted, and the other way round).
"""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twin.cloud.athena.types import duckdb_type, element_type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WHOLE_BITS = {"tinyint": 7, "smallint": 15, "int": 31, "integer": 31, "bigint": 63}
_WHOLE = re.compile(r"[+-]?\d+")
_MOMENT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?")
_FIRST_MILLISECONDS = 10**11  # seconds since 1970 reach it in the year 5138


class ConversionError(Exception):
    """A record that cannot be converted.

    Attributes
    ----------
    code
        As Firehose reports it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = f"DataFormatConversion.{code}"


@dataclass(frozen=True)
class Converted:
    """A Parquet file of all that fits, empty where nothing does, and why the others do not, by their place."""

    parquet: bytes
    failures: Mapping[int, ConversionError]


def convert_records(records: Sequence[bytes], columns: Mapping[str, str]) -> Converted:
    """Convert records, each of one or more JSON objects.

    Parameters
    ----------
    records
        As they were put. One that holds something unfit fails as a whole.
    columns
        Names in lower case to the catalogue's types. A key that is no column is left out; a column without a key is
        null.
    """
    rows: list[dict[str, Any]] = []
    failures: dict[int, ConversionError] = {}
    for place, record in enumerate(records):
        try:
            rows += [_fit(document, columns) for document in _read_documents(record)]
        except ConversionError as error:
            failures[place] = error
    return Converted(_write_parquet(rows, columns) if rows else b"", failures)


def _read_documents(record: bytes) -> Iterator[dict[str, Any]]:
    try:
        text = record.decode().strip()
        end = 0
        while end < len(text):
            document, end = _DECODER.raw_decode(text, end)
            yield _as_object(document)
            while end < len(text) and text[end].isspace():
                end += 1
    except (RecursionError, TypeError, ValueError) as error:
        raise ConversionError("ParseError", f"Encountered malformed JSON. {error}") from error


def _as_object(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise TypeError("A document must be an object")
    return document


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def _fit(document: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    keys = {key.lower(): value for key, value in document.items()}
    row = {}
    for name, kind in columns.items():
        try:
            row[name] = _fit_value(keys.get(name), kind)
        except (OverflowError, TypeError, ValueError) as error:
            raise ConversionError("MalformedData", f"Data does not match the schema. {name}: {error}") from error
    return row


def _fit_value(value: Any, kind: str) -> Any:  # noqa: PLR0911 - one line a type
    if value is None:
        return None
    element = element_type(kind)
    if element is not None:
        if not isinstance(value, list):
            raise TypeError("is no array")
        return [_fit_value(each, element) for each in value]
    if kind in _WHOLE_BITS:
        return _whole(value, _WHOLE_BITS[kind])
    if kind in {"double", "float"}:
        return _number(value)
    if kind == "boolean":
        return _truth(value)
    if kind == "timestamp":
        return _moment(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _whole(value: Any, bits: int) -> int:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not -(2**bits) <= value < 2**bits:
        raise ValueError(f"{value!r} is no whole number of {bits + 1} bits")
    return value


def _number(value: Any) -> float:
    number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no number")
    return number


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return bool(value == "true")
    raise ValueError(f"{value!r} is neither true nor false")


def _moment(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) >= _FIRST_MILLISECONDS else value
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S.%f}"
    told = _MOMENT.fullmatch(value)
    if told is None:
        raise ValueError(f"{value!r} is no time stamp")
    numbers, fraction = [int(each) for each in told.groups()[:6]], (told[7] or "").ljust(6, "0")[:6]
    return f"{datetime(*numbers, microsecond=int(fraction)):%Y-%m-%d %H:%M:%S.%f}"  # type: ignore[arg-type,misc]  # noqa: DTZ001


@cache
def _connection() -> DuckDBPyConnection:
    """Return a connection that all conversions of this process share: opening one takes longer than converting."""
    import duckdb  # a third of a second, which only streams that convert cost

    return duckdb.connect(":memory:", config={"threads": 1})


def _write_parquet(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> bytes:
    kinds = ", ".join(f"'{name}': '{duckdb_type(kind)}'" for name, kind in columns.items())
    with tempfile.TemporaryDirectory(prefix="trunkline-parquet-") as folder:
        source, target = Path(folder) / "rows.json", Path(folder) / "rows.parquet"
        with source.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        _connection().execute(
            f"COPY (SELECT * FROM read_json('{source}', format = 'newline_delimited', columns = {{{kinds}}}, "  # noqa: S608
            f"timestampformat = '%Y-%m-%d %H:%M:%S.%f')) TO '{target}' (FORMAT parquet, COMPRESSION snappy)"
        )
        return target.read_bytes()
