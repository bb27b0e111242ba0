"""The operators that an action's result is compared with.

Text is compared as it stands: ``Green`` is not ``green``. Numbers are compared as numbers, and never with text.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language", list of operators;
Administrator Guide, "Flow block: Check contact attributes" (case counts; operands may be references).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contactflow.model.references import as_text


def _numeric(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    def holds(result: str, operand: str) -> bool:
        try:
            return compare(float(result), float(operand))
        except ValueError:
            return False

    return holds


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "Equals": lambda result, operand: result == operand,
    "TextStartsWith": lambda result, operand: result.startswith(operand),
    "TextEndsWith": lambda result, operand: result.endswith(operand),
    "TextContains": lambda result, operand: operand in result,
    "NumberGreaterThan": _numeric(lambda result, operand: result > operand),
    "NumberGreaterOrEqualTo": _numeric(lambda result, operand: result >= operand),
    "NumberLessThan": _numeric(lambda result, operand: result < operand),
    "NumberLessOrEqualTo": _numeric(lambda result, operand: result <= operand),
}


def holds(operator: str, operands: tuple[Any, ...], result: str) -> bool:
    """Return whether a condition holds for an action's result.

    An unknown operator, a missing operand, and a comparison of numbers with text never hold.

    Examples
    --------
    >>> holds("NumberGreaterThan", ("0",), "3"), holds("NumberGreaterThan", ("0",), "many")
    (True, False)
    """
    compare = OPERATORS.get(operator)
    return compare is not None and bool(operands) and compare(result, str(operands[0]))


def as_result(value: Any) -> str | None:
    """Return a value as the text that conditions compare with, None for no value.

    Examples
    --------
    >>> as_result(3.0), as_result(True), as_result(None)
    ('3', 'true', None)
    """
    return value if value is None or isinstance(value, str) else as_text(value)
