"""Saved queries: one SQL file each, in the words that Athena and DuckDB have in common.

A file begins with comment lines that say what it tells. ``:names`` stand for values: constants of the centre,
such as ``:time_zone``, which are written into the query as it is deployed, and what is asked, such as
``:from_day``, which become ``?`` in the order in which they come. Athena takes ``?`` in conditions only. A line
``-- include parts/counted.sql`` is replaced by that file, so that what several queries count is written once.

**Source**: Amazon Athena user guide, "Use parameterized queries".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

Value = str | int | Decimal | date

_NAME = re.compile(r"(?<![\w:]):([a-z]\w*)")
_INCLUDE = re.compile(r"^-- include (\S+)$", re.MULTILINE)
_COMMENT = "--"


class QueryError(ValueError):
    """A query that cannot be read or asked; the message says which, and what is missing."""


@dataclass(frozen=True)
class SavedQuery:
    """A query.

    Attributes
    ----------
    name
        Name of its file.
    tells
        What it tells, for people who choose one.
    text
        The file's text.
    """

    name: str
    tells: str
    text: str

    @property
    def names(self) -> tuple[str, ...]:
        """The values that it wants, each as often as it comes, in order."""
        return tuple(_NAME.findall(self.text))

    def asked(self, constants: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the values that stay open once constants are written in: one for each ``?``, in order."""
        return tuple(name for name in self.names if name not in constants)

    def write(self, constants: Mapping[str, Value]) -> str:
        """Return the query with constants written in and ``?`` for all that is asked."""
        return _NAME.sub(lambda match: literal(constants[match[1]]) if match[1] in constants else "?", self.text)

    def parameters(self, constants: Mapping[str, Value], values: Mapping[str, Value]) -> list[str]:
        """Return what is asked, as literals in the order of the ``?``.

        Raises
        ------
        QueryError
            Naming what is missing.
        """
        asked = self.asked(constants)
        missing = sorted(set(asked) - values.keys())
        if missing:
            raise QueryError(f"query {self.name} needs {', '.join(missing)}")
        return [literal(values[name]) for name in asked]


def read_query(path: Path) -> SavedQuery:
    """Read the query in a file.

    Raises
    ------
    QueryError
        If it does not begin with a comment.
    """
    text = path.read_text(encoding="utf-8")
    told = []
    for line in text.splitlines():
        if not line.startswith(_COMMENT):
            break
        told.append(line.removeprefix(_COMMENT).strip())
    if not told:
        raise QueryError(f"{path.name} does not begin with a comment that says what it tells")
    return SavedQuery(path.stem, " ".join(told), _include(text, path.parent))


def _include(text: str, folder: Path) -> str:
    def read(match: re.Match[str]) -> str:
        return _include((folder / match[1]).read_text(encoding="utf-8").rstrip(), folder)

    return _INCLUDE.sub(read, text)


def read_queries(folder: Path) -> dict[str, SavedQuery]:
    """Read every query of a folder, by name."""
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.sql"))}


def literal(value: Value) -> str:
    """Write a value as both engines read it: a day is text, which the query casts, and a fraction is a DOUBLE.

    Examples
    --------
    >>> literal("Mina's"), literal(date(2026, 11, 21)), literal(Decimal("0.038"))
    ("'Mina''s'", "'2026-11-21'", '3.8E-2')
    """
    if isinstance(value, str | date):
        return "'" + str(value).replace("'", "''") + "'"
    return f"{value:E}" if isinstance(value, Decimal) else str(value)
