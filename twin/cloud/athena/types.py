"""Column types: as the Glue catalogue spells them, as DuckDB does, and as Athena answers."""

from __future__ import annotations

import re

from twin.cloud.errors import NotOfferedError

_TYPES = {
    "string": "VARCHAR",
    "varchar": "VARCHAR",
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
}
_ANSWERED = {"VARCHAR": "varchar", "HUGEINT": "bigint", "FLOAT": "float", "TIMESTAMP": "timestamp"}
_ARRAY = re.compile(r"array<(.+)>")
_DECIMAL = re.compile(r"decimal\(\d+,\s*\d+\)")


def duckdb_type(hive_type: str) -> str:
    """Return DuckDB's name of a catalogue's type.

    Raises
    ------
    NotOfferedError
        For maps, structs and what else the twin does not convert.

    Examples
    --------
    >>> duckdb_type("array<string>"), duckdb_type("bigint")
    ('VARCHAR[]', 'BIGINT')

    Notes
    -----
    **Source**: Amazon Athena user guide, "Data types in Amazon Athena".
    """
    spelt = hive_type.strip().lower()
    if spelt in _TYPES:
        return _TYPES[spelt]
    if array := _ARRAY.fullmatch(spelt):
        return f"{duckdb_type(array[1])}[]"
    if _DECIMAL.fullmatch(spelt):
        return spelt.upper()
    raise NotOfferedError(f"the twin's tables offer no columns of the type {hive_type}")


def element_type(hive_type: str) -> str | None:
    """Return what an array's elements are; ``None`` for what is no array."""
    array = _ARRAY.fullmatch(hive_type.strip().lower())
    return array[1] if array else None


def answered_type(duckdb_name: str) -> str:
    """Return how Athena names the type of an answer's column.

    Examples
    --------
    >>> answered_type("HUGEINT"), answered_type("VARCHAR[]"), answered_type("DOUBLE")
    ('bigint', 'array', 'double')
    """
    return "array" if duckdb_name.endswith("[]") else _ANSWERED.get(duckdb_name, duckdb_name.lower())
