"""Condition operators of IAM policies.

**Source**: IAM user guide, "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from twin.cloud.errors import PolicyError

ConditionTest = Callable[[Mapping[str, str]], bool]


@lru_cache(maxsize=1024)
def _like(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda actual, wanted: actual == wanted,
    "StringEqualsIgnoreCase": lambda actual, wanted: actual.lower() == wanted.lower(),
    "StringLike": lambda actual, wanted: _like(wanted).fullmatch(actual) is not None,
    "ArnEquals": lambda actual, wanted: _like(wanted).fullmatch(actual) is not None,
    "ArnLike": lambda actual, wanted: _like(wanted).fullmatch(actual) is not None,
    "Bool": lambda actual, wanted: actual.lower() == wanted.lower(),
    "NumericEquals": lambda actual, wanted: float(actual) == float(wanted),
    "NumericLessThan": lambda actual, wanted: float(actual) < float(wanted),
    "NumericLessThanEquals": lambda actual, wanted: float(actual) <= float(wanted),
    "NumericGreaterThan": lambda actual, wanted: float(actual) > float(wanted),
    "NumericGreaterThanEquals": lambda actual, wanted: float(actual) >= float(wanted),
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
}


def parse_conditions(where: str, block: Mapping[str, Mapping[str, Any]]) -> tuple[ConditionTest, ...]:
    """Read a ``Condition`` block; all of its tests must hold.

    Raises
    ------
    PolicyError
        For an operator that is not known: guessing would allow what AWS denies.
    """
    return tuple(
        _parse_test(where, operator, key, values) for operator, keys in block.items() for key, values in keys.items()
    )


def _parse_test(where: str, operator: str, key: str, values: Any) -> ConditionTest:
    wanted = [str(value) for value in (values if isinstance(values, list) else [values])]
    name = operator.removeprefix("ForAnyValue:").removeprefix("ForAllValues:")
    vacuous = name.endswith("IfExists") or operator.startswith("ForAllValues:")
    name = name.removesuffix("IfExists")
    key = key.lower()
    if name == "Null":
        return lambda context: (key not in context) == (wanted[0].lower() == "true")
    negated = name in _NEGATED
    compare = _OPERATORS.get(_NEGATED.get(name, name))
    if compare is None:
        raise PolicyError(
            f"{where}: condition operator {operator} is not evaluated; add it to twin/cloud/conditions.py"
        )

    def test(context: Mapping[str, str]) -> bool:
        actual = context.get(key)
        if actual is None:
            return vacuous or negated
        return any(compare(actual, value) for value in wanted) != negated

    return test
