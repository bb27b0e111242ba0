"""The ways out of an action, named as traces and coverage name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contactflow.model import INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION, Action

WayKind = Literal["next", "answer", "default", "spare", "error"]

_NOT_FAILURES = frozenset({NO_MATCHING_CONDITION, INPUT_TIME_LIMIT_EXCEEDED})
_OPERATORS = {
    "NumberLessThan": "< {}",
    "NumberLessOrEqualTo": "≤ {}",
    "NumberGreaterThan": "> {}",
    "NumberGreaterOrEqualTo": "≥ {}",
    "TextStartsWith": "{}…",
    "TextEndsWith": "…{}",
    "TextContains": "…{}…",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of an action.

    Attributes
    ----------
    branch
        Its name in traces and coverage: ``NextAction``, a condition's operand or an error type.
    kind
        ``next`` where nothing was asked, ``answer`` for a condition, ``default`` where no answer fits, ``spare``
        for a ``NextAction`` that no call takes because ``NoMatchingCondition`` goes before it, ``error`` where
        something failed.
    label
        What a condition compares with, such as ``1`` or ``< 5``; empty for the others, which are worded by
        ``branch``.
    """

    source: str
    target: str
    branch: str
    kind: WayKind
    label: str = ""


def list_ways(action: Action) -> tuple[Way, ...]:
    """Return the ways out of an action in the order conditions, next, errors."""
    return tuple(_ways(action))


def _ways(action: Action) -> Iterator[Way]:
    for branch in action.conditions:
        operands = [str(operand) for operand in branch.condition.operands]
        label = _OPERATORS.get(branch.condition.operator, "{}").format(", ".join(operands))
        yield Way(action.identifier, branch.next_action, next(iter(operands), ""), "answer", label)
    if action.next_action is not None:
        yield Way(action.identifier, action.next_action, "NextAction", _next_kind(action))
    for error in action.errors:
        failed: WayKind = "default" if error.error_type in _NOT_FAILURES else "error"
        yield Way(action.identifier, error.next_action, error.error_type, failed)


def _next_kind(action: Action) -> WayKind:
    if not action.conditions:
        return "next"
    return "spare" if NO_MATCHING_CONDITION in action.error_targets else "default"
