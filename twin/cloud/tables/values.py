"""Attribute values in DynamoDB's JSON: comparing, ordering, normalising.

Stored values are never changed in place, so that they can be shared.

**Source**: DynamoDB developer guide, "Data types" and "Condition and filter expressions".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from twin.contracts import ServiceError

Value = Mapping[str, Any]
Item = Mapping[str, Value]
_LONGEST_NUMBER = 38


class TableError(ServiceError):
    """An error answer of DynamoDB that carries more than code and message.

    Parameters
    ----------
    extra
        Members of the answer, such as ``Item`` or ``CancellationReasons``.
    """

    def __init__(self, code: str, message: str, extra: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, message)
        self.extra = dict(extra or {})


def invalid(message: str) -> ServiceError:
    """Return a ValidationException."""
    return ServiceError("ValidationException", message)


@lru_cache(maxsize=65_536)
def number(text: str) -> Decimal:
    """Return the number that ``text`` writes."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise invalid("The parameter cannot be converted to a numeric value") from None
    if len(value.as_tuple().digits) > _LONGEST_NUMBER:
        raise invalid("Attempting to store more than 38 significant digits in a Number")
    return value


def write_number(value: Decimal) -> str:
    """Return the text of a number as DynamoDB returns it.

    >>> write_number(Decimal("1.50"))
    '1.5'
    """
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def normalise(value: Value) -> Value:
    """Return a value as DynamoDB stores it: numbers without superfluous digits, no empty set."""
    (kind, content), *_ = value.items()
    if kind == "N":
        return {"N": write_number(number(content))}
    if kind == "M":
        return {"M": {name: normalise(member) for name, member in content.items()}}
    if kind == "L":
        return {"L": [normalise(member) for member in content]}
    if kind in {"SS", "NS", "BS"}:
        if not content:
            raise invalid("One or more parameter values were invalid: An string set  may not be empty")
        if len(set(content)) != len(content):
            raise invalid("One or more parameter values were invalid: Input collection contains duplicates.")
        return {"NS": [write_number(number(member)) for member in content]} if kind == "NS" else value
    return value


def sort_key(value: Value) -> Any:
    """Return what orders a key value among others of its type."""
    (kind, content), *_ = value.items()
    if kind == "N":
        return number(content)
    return content.encode() if kind == "S" else bytes(content)


def equal(left: Value | None, right: Value | None) -> bool:
    """Return whether two values are the same; sets without regard to order."""
    if left is None or right is None:
        return False
    (kind, content), *_ = left.items()
    return kind in right and _SAME.get(kind, _same_plain)(content, right[kind])


def _same_plain(left: Any, right: Any) -> bool:
    return bool(left == right)


def _same_list(left: list[Value], right: list[Value]) -> bool:
    return len(left) == len(right) and all(map(equal, left, right))


def _same_map(left: Mapping[str, Value], right: Mapping[str, Value]) -> bool:
    return left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "N": lambda left, right: number(left) == number(right),
    "NS": lambda left, right: set(map(number, left)) == set(map(number, right)),
    "SS": lambda left, right: set(left) == set(right),
    "BS": lambda left, right: set(left) == set(right),
    "L": _same_list,
    "M": _same_map,
}


def compare(left: Value | None, right: Value | None) -> int | None:
    """Return the order of two values of one ordered type, or None when they have none."""
    if left is None or right is None:
        return None
    (kind, _), *_ = left.items()
    if kind not in {"S", "N", "B"} or kind not in right:
        return None
    first, second = sort_key(left), sort_key(right)
    return int(first > second) - int(first < second)
