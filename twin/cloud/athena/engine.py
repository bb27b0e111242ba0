"""SQL of Athena's engine, run by DuckDB over Parquet files.

What Trino has and DuckDB lacks is defined as macros, so that one text runs in both. Where both have something that
means something else, DuckDB is told to do as Trino does: whole numbers divide to whole numbers, sessions are in UTC.

**Source**: Trino documentation, "Date and time functions and operators", "Mathematical functions and operators";
DuckDB documentation, "Reading multiple files", "Hive partitioning", "CREATE MACRO".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twin.cloud.athena.types import duckdb_type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIKE_TRINO = (
    "SET TimeZone = 'UTC'",
    "SET integer_division = true",
    "SET default_null_order = 'nulls_last'",
    "CREATE MACRO with_timezone(moment, zone) AS timezone(zone, moment)",
    "CREATE MACRO at_timezone(moment, zone) AS timezone(zone, moment)",
    "CREATE MACRO day_of_week(moment) AS isodow(moment)",
    "CREATE MACRO sequence(first, last, step) AS generate_series(first, last, step)",
)


class SqlError(ValueError):
    """A query that the engine refuses or cannot finish, in its own words."""


@dataclass(frozen=True)
class FileTable:
    """A table whose rows lie in Parquet files.

    Attributes
    ----------
    columns, partitions
        Names to the catalogue's types. A column that a file lacks is null there; one that is not named stays unread.
    files
        Each in a folder ``<partition>=<value>`` for each partition.
    """

    name: str
    columns: Mapping[str, str]
    partitions: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Path] = ()


@dataclass(frozen=True)
class Answer:
    """Rows, and the names and DuckDB types of their columns."""

    columns: tuple[tuple[str, str], ...]
    rows: list[tuple[Any, ...]]

    def as_mappings(self) -> Iterator[dict[str, Any]]:
        """Yield the rows by column."""
        names = [name for name, _ in self.columns]
        for row in self.rows:
            yield dict(zip(names, row, strict=True))


def ask(sql: str, tables: Iterable[FileTable], *, threads: int = 1) -> Answer:
    """Answer a query.

    Parameters
    ----------
    sql
        Without open parameters.
    tables
        What it may name.
    threads
        One gives the same order of rows, where the query leaves it open, every time.

    Raises
    ------
    SqlError
        If the engine refuses it.
    """
    import duckdb  # a third of a second, which only queries cost

    with _connect(threads) as connection:
        try:
            for table in tables:
                connection.execute(_view(connection, table))
            found = connection.execute(sql)
            columns = tuple((str(each[0]), str(each[1])) for each in found.description or ())
            return Answer(columns, found.fetchall())
        except duckdb.Error as error:
            raise SqlError(str(error)) from error


@contextmanager
def _connect(threads: int) -> Iterator[DuckDBPyConnection]:
    import duckdb

    connection = duckdb.connect(":memory:", config={"threads": threads})
    try:
        for statement in _LIKE_TRINO:
            connection.execute(statement)
        yield connection
    finally:
        connection.close()


def _view(connection: DuckDBPyConnection, table: FileTable) -> str:
    every = {**table.columns, **table.partitions}
    if not table.files:
        nothing = ", ".join(f"CAST(NULL AS {duckdb_type(kind)}) AS {_quote(name)}" for name, kind in every.items())
        return f"CREATE VIEW {_quote(table.name)} AS SELECT {nothing} WHERE false"
    source = _source(table)
    there = {row[0].lower() for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
    wanted = [
        f"CAST({_quote(name) if name in there else 'NULL'} AS {duckdb_type(kind)}) AS {_quote(name)}"
        for name, kind in table.columns.items()
    ]
    wanted += [_quote(name) for name in table.partitions]
    return f"CREATE VIEW {_quote(table.name)} AS SELECT {', '.join(wanted)} FROM {source}"  # noqa: S608


def _source(table: FileTable) -> str:
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in table.files)
    kinds = ", ".join(f"{name}: {duckdb_type(kind)}" for name, kind in table.partitions.items())
    partitions = f", hive_partitioning = true, hive_types = {{{kinds}}}" if table.partitions else ""
    return f"read_parquet([{files}], union_by_name = true{partitions})"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
