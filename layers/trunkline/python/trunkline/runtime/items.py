"""DynamoDB's typed attribute values to plain Python and back, without boto3's resource layer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def to_item(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a mapping into a DynamoDB item; ``None`` is left out, not stored as null.

    Parameters
    ----------
    values
        Attribute names to strings, bytes, numbers, booleans, lists and mappings.

    Returns
    -------
    dict
        Attribute names to typed attribute values.

    Raises
    ------
    TypeError
        For a value of another type, naming it.

    Examples
    --------
    >>> to_item({"queue": "orders", "holds": 2, "agent": None})
    {'queue': {'S': 'orders'}, 'holds': {'N': '2'}}

    Notes
    -----
    **Source**: Amazon DynamoDB API reference, "AttributeValue".
    """
    return {name: _to_attribute(value) for name, value in values.items() if value is not None}


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a DynamoDB item, or an image of its stream, into plain values.

    Parameters
    ----------
    item
        Attribute names to typed attribute values.

    Returns
    -------
    dict
        Whole numbers as ``int``, others as ``float``.

    Examples
    --------
    >>> from_item({"queue": {"S": "orders"}, "holds": {"N": "2"}, "tags": {"L": [{"BOOL": True}]}})
    {'queue': 'orders', 'holds': 2, 'tags': [True]}
    """
    return {name: _from_attribute(value) for name, value in item.items()}


def _to_attribute(value: Any) -> dict[str, Any]:  # noqa: PLR0911 - one line a type
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, bytes):
        return {"B": value}
    if isinstance(value, int | Decimal):
        return {"N": str(value)}
    if isinstance(value, float):
        return {"N": repr(value)}
    if isinstance(value, Mapping):
        return {"M": to_item(value)}
    if isinstance(value, list | tuple):
        return {"L": [_to_attribute(each) for each in value]}
    if value is None:
        return {"NULL": True}
    raise TypeError(f"DynamoDB cannot hold a {type(value).__name__}: give a string, number, list or mapping.")


def _from_attribute(attribute: Mapping[str, Any]) -> Any:
    ((kind, value),) = attribute.items()
    if kind == "N":
        return _number(value)
    if kind == "M":
        return from_item(value)
    if kind == "L":
        return [_from_attribute(each) for each in value]
    if kind == "NS":
        return sorted(_number(each) for each in value)
    if kind == "SS":
        return sorted(value)
    return None if kind == "NULL" else value


def _number(text: str) -> int | float:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
