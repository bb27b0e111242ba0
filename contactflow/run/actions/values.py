"""Parameters as numbers: the language writes most of them as strings."""

from __future__ import annotations

from typing import Any


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
        return float(value)
    except (TypeError, ValueError):
        return None


def as_seconds(value: Any, default: float) -> float:
    """Return a parameter as positive seconds, ``default`` where it is not."""
    number = as_number(value)
    return default if number is None or number <= 0 else number
