"""CloudWatch metric math: the part of it that alarms and dashboards of sums need.

Arithmetic, comparisons, ``AND``, ``OR``, ``IF``, ``FILL`` with a number, ``ABS``, ``CEIL``, ``FLOOR``, ``PERIOD``,
and ``SUM``, ``AVG``, ``MIN`` and ``MAX`` of several series. Where a value is missing, or divided by zero, the
result is missing.

**Source**: Amazon CloudWatch user guide, "Using math expressions with CloudWatch metrics" ("Metric math syntax and
functions").
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

Series = list[float | None]
Value = float | Series | list[Series]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|==|!=|&&|\|\||[-+*/^<>(),\[\]]))"
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("OR", "||"),
    ("AND", "&&"),
    ("==", "!=", "<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/"),
    ("^",),
)


class MetricMathError(ValueError):
    """An expression that cannot be read, or that uses what the twin does not offer."""


def evaluate(expression: str, series: Mapping[str, Series], period_seconds: int) -> Series:
    """Return the series that an expression gives.

    Parameters
    ----------
    expression
        Such as ``100 * a / (a + b)``.
    series
        Series by the id that the expression uses, all of one length.
    period_seconds
        What ``PERIOD`` answers.

    Raises
    ------
    MetricMathError
        Naming the expression and what is wrong with it.

    Examples
    --------
    >>> evaluate("IF(a + b >= 5, 100 * a / (a + b), 100)", {"a": [3.0, 1.0], "b": [1.0, None]}, 60)
    [100.0, None]
    >>> evaluate("SUM([FILL(a, 0), b]) / PERIOD(a)", {"a": [None], "b": [120.0]}, 60)
    [2.0]
    """
    points = max((len(one) for one in series.values()), default=1)
    value = _Reader(expression, series, period_seconds, points).read()
    if isinstance(value, float):
        return [value] * points
    if value and isinstance(value[0], list):
        raise MetricMathError(f"{expression!r} gives several series; an alarm or a line needs one")
    return cast(Series, value)


class _Reader:
    """Reads one expression by recursive descent, and evaluates as it reads."""

    def __init__(self, expression: str, series: Mapping[str, Series], period_seconds: int, points: int) -> None:
        self._expression = expression
        self._series = series
        self._period = float(period_seconds)
        self._points = points
        self._tokens = self._split()
        self._place = 0

    def read(self) -> Value:
        value = self._level(0)
        if self._place < len(self._tokens):
            raise self._error(f"unexpected {self._tokens[self._place]!r}")
        return value

    def _split(self) -> list[str]:
        text, place, tokens = self._expression.strip(), 0, []
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._error(f"cannot read {text[place:]!r}")
            tokens.append(match[0].strip())
            place = match.end()
        return tokens

    def _level(self, level: int) -> Value:
        if level == len(_LEVELS):
            return self._factor()
        value = self._level(level + 1)
        while self._next() in _LEVELS[level]:
            sign = self._take()
            value = self._apply(_SIGNS[sign], value, self._level(level + 1))
        return value

    def _factor(self) -> Value:
        word = self._take()
        if word == "-":
            return self._apply(operator.mul, -1.0, self._factor())
        if word in {"(", "["}:
            values = self._list(")" if word == "(" else "]")
            if word == "[":
                return [self._as_series(value) for value in values]
            if len(values) != 1:
                raise self._error("brackets hold one value")
            return values[0]
        if word[0].isdigit():
            return float(word)
        if self._next() == "(":
            self._take()
            return self._call(word, self._list(")"))
        if word not in self._series:
            raise self._error(f"no metric has the id {word!r}; there are {', '.join(self._series) or 'none'}")
        return self._series[word]

    def _list(self, end: str) -> list[Value]:
        values: list[Value] = []
        while self._next() != end:
            values.append(self._level(0))
            if self._next() == ",":
                self._take()
        self._take()
        return values

    def _call(self, name: str, values: Sequence[Value]) -> Value:
        if name == "IF":
            return self._choose(*values)
        if name == "PERIOD":
            return self._period
        if name == "FILL":
            pairs = zip(self._as_series(values[0]), self._as_series(values[1]), strict=True)
            return [one if one is not None else other for one, other in pairs]
        if name in _OF_ONE:
            return [None if one is None else _OF_ONE[name](one) for one in self._as_series(values[0])]
        if name in _OF_SEVERAL:
            return self._over(name, values[0])
        raise self._error(f"the twin offers no {name} there")

    def _choose(self, condition: Value, then: Value, otherwise: Value | None = None) -> Value:
        chosen = zip(
            self._as_series(condition),
            self._as_series(then),
            [None] * self._points if otherwise is None else self._as_series(otherwise),
            strict=True,
        )
        return [None if test is None else (one if test else other) for test, one, other in chosen]

    def _over(self, name: str, several: Value) -> Series:
        if not isinstance(several, list) or not several or not isinstance(several[0], list):
            raise self._error(f"{name} takes several series in [ ]")
        columns = zip(*several, strict=True)
        present = [[one for one in column if one is not None] for column in columns]
        return [_OF_SEVERAL[name](column) if column else None for column in present]

    def _apply(self, sign: Callable[[float, float], float], left: Value, right: Value) -> Value:
        if isinstance(left, float) and isinstance(right, float):
            return _safely(sign, left, right) or 0.0
        pairs = zip(self._as_series(left), self._as_series(right), strict=True)
        return [None if one is None or other is None else _safely(sign, one, other) for one, other in pairs]

    def _as_series(self, value: Value) -> Series:
        if isinstance(value, float):
            return [value] * self._points
        if value and isinstance(value[0], list):
            raise self._error("one series is needed, not several")
        return cast(Series, value)

    def _next(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        if not token:
            raise self._error("it ends too early")
        self._place += 1
        return token

    def _error(self, cause: str) -> MetricMathError:
        return MetricMathError(f"{self._expression!r}: {cause}")


def _safely(sign: Callable[[float, float], float], one: float, other: float) -> float | None:
    try:
        return float(sign(one, other))
    except ZeroDivisionError:
        return None


_SIGNS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "AND": lambda one, other: bool(one) and bool(other),
    "&&": lambda one, other: bool(one) and bool(other),
    "OR": lambda one, other: bool(one) or bool(other),
    "||": lambda one, other: bool(one) or bool(other),
}
_OF_ONE: Mapping[str, Callable[[float], float]] = {"ABS": abs, "CEIL": math.ceil, "FLOOR": math.floor}
_OF_SEVERAL: Mapping[str, Callable[[Sequence[float]], float]] = {
    "SUM": math.fsum,
    "AVG": lambda values: math.fsum(values) / len(values),
    "MIN": min,
    "MAX": max,
}
