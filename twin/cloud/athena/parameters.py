"""Parameterised queries: values take the places of ``?``, where Athena allows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*")
    | (?P<open>\() | (?P<close>\)) | (?P<mark>\?)
    | (?P<clause>\b(?:SELECT|FROM|WHERE|GROUP|HAVING|ORDER|LIMIT|WITH|UNION|INTERSECT|EXCEPT)\b)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class ParameterError(ValueError):
    """A query whose parameters Athena would refuse."""


def substitute(sql: str, values: Sequence[str]) -> str:
    """Put values, which are literals, in the places of ``?``.

    Raises
    ------
    ParameterError
        If there are more or fewer than places, or one stands elsewhere than in a condition.

    Examples
    --------
    >>> substitute("SELECT a FROM t WHERE b = ? -- why?", ["'x'"])
    "SELECT a FROM t WHERE b = 'x' -- why?"

    Notes
    -----
    **Source**: Amazon Athena user guide, "Use parameterized queries" (only in the WHERE clause; strings in single
    quotes).
    """
    places = list(_find_places(sql))
    if len(places) != len(values):
        raise ParameterError(f"Incorrect number of parameters: expected {len(places)} but found {len(values)}")
    pieces, done = [], 0
    for place, value in zip(places, values, strict=True):
        pieces += [sql[done:place], value]
        done = place + 1
    return "".join(pieces) + sql[done:]


def _find_places(sql: str) -> Iterator[int]:
    clauses = [""]
    for token in _TOKEN.finditer(sql):
        match token.lastgroup:
            case "open":
                clauses.append(clauses[-1])
            case "close" if len(clauses) > 1:
                clauses.pop()
            case "clause":
                clauses[-1] = token.group().upper()
            case "mark":
                if clauses[-1] != "WHERE":
                    raise ParameterError(f"a ? stands in {clauses[-1] or 'no clause'}: only WHERE takes parameters")
                yield token.start()
