"""Parameters as what they should be: the language writes most numbers as strings, and a flow may hold anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

_NO_FIELDS: Mapping[str, Any] = {}


def as_number(value: Any) -> float | None:
    """Return a parameter as a number, None where it is absent or not one.

    Examples
    --------
    >>> as_number("30"), as_number(8), as_number("soon"), as_number(None)
    (30.0, 8.0, None, None)
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) else None


def as_fields(value: Any) -> Mapping[str, Any]:
    """Return a parameter that is an object; an empty one where it is something else or absent."""
    return value if isinstance(value, Mapping) else _NO_FIELDS


def as_items(value: Any) -> Sequence[Any]:
    """Return a parameter that is a list; an empty one where it is something else or absent."""
    return value if isinstance(value, list | tuple) else ()


def as_seconds(value: Any, default: float) -> float:
    """Return a parameter as positive seconds, ``default`` where it is not."""
    number = as_number(value)
    return default if number is None or number <= 0 else number


def as_whole(value: Any, most: int | None = None) -> int | None:
    """Return a parameter as a whole number from 1 (to ``most``), None where it is not.

    Examples
    --------
    >>> as_whole("5"), as_whole("0"), as_whole("1.5"), as_whole("600", 599)
    (5, None, None, None)
    """
    number = as_number(value)
    if number is None or number < 1 or not number.is_integer() or (most is not None and number > most):
        return None
    return int(number)
