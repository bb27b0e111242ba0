"""Filter patterns of CloudWatch Logs: terms, and JSON selectors.

**Source**: CloudWatch Logs user guide, "Filter pattern syntax for metric filters, subscription
filters, filter log events, and Live Tail".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from twin.contracts import ServiceError

Filter = Callable[[str], bool]
_TERM = re.compile(r'([?-]?)("(?:[^"\\]|\\.)*"|\S+)')
_COMPARISON = re.compile(
    r"""\s*\$(?P<path>[.\[][^\s=!<>]*)\s*(?P<operator>!=|>=|<=|=|>|<)\s*(?P<value>"(?:[^"\\]|\\.)*"|[^\s&|)]+)\s*"""
)


def parse_filter(pattern: str) -> Filter:
    """Return what tells whether a line matches ``pattern``.

    Raises
    ------
    ServiceError
        InvalidParameterException, for a pattern that cannot be read.

    Examples
    --------
    >>> parse_filter('{ $.ContactId = "c1" && $.level != "INFO" }')('{"ContactId": "c1", "level": "ERROR"}')
    True
    """
    pattern = pattern.strip()
    if not pattern:
        return lambda _: True
    if pattern.startswith("{"):
        return _json_filter(pattern)
    return _term_filter(pattern)


def _term_filter(pattern: str) -> Filter:
    terms = [(sign, term.strip('"')) for sign, term in _TERM.findall(pattern)]
    wanted = [term for sign, term in terms if not sign]
    excluded = [term for sign, term in terms if sign == "-"]
    anything = [term for sign, term in terms if sign == "?"]

    def matches(line: str) -> bool:
        if any(term in line for term in excluded) or not all(term in line for term in wanted):
            return False
        return not anything or any(term in line for term in anything)

    return matches


def _json_filter(pattern: str) -> Filter:
    body = pattern.removeprefix("{").removesuffix("}")
    alternatives = [[_comparison(part, pattern) for part in group.split("&&")] for group in body.split("||")]

    def matches(line: str) -> bool:
        try:
            document = json.loads(line)
        except ValueError:
            return False
        return any(all(test(document) for test in tests) for tests in alternatives)

    return matches


def _comparison(text: str, pattern: str) -> Callable[[Any], bool]:
    match = _COMPARISON.fullmatch(text.strip().strip("()"))
    if match is None:
        raise ServiceError("InvalidParameterException", f"Invalid filter pattern {pattern!r} at {text.strip()!r}")
    path, operator, value = match["path"].lstrip("."), match["operator"], match["value"]
    wanted = json.loads(value) if value.startswith('"') else value
    return lambda document: _compare(_find(document, path), operator, wanted)


def _find(document: Any, path: str) -> Any:
    for name in re.findall(r"[^.\[\]]+", path):
        if isinstance(document, list) and name.isdigit() and int(name) < len(document):
            document = document[int(name)]
        elif isinstance(document, dict):
            document = document.get(name)
        else:
            return None
    return document


def _compare(actual: Any, operator: str, wanted: str) -> bool:
    if operator in {"=", "!="}:
        like = re.escape(wanted).replace(r"\*", ".*")
        text = json.dumps(actual) if isinstance(actual, bool | int | float) else actual
        same = isinstance(text, str) and re.fullmatch(like, text, re.DOTALL) is not None
        return same == (operator == "=")
    if not isinstance(actual, int | float):
        return False
    bound = float(wanted)
    return {">": actual > bound, "<": actual < bound, ">=": actual >= bound, "<=": actual <= bound}[operator]
