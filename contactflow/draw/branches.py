"""The ways out of an action, named as traces and coverage name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from contactflow.model import Action, Transitions

WayKind = Literal["next", "answer", "default", "spare", "error"]

_NOT_FAILURES = frozenset({"NoMatchingCondition", "InputTimeLimitExceeded"})
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
    transitions = action.transitions
    if transitions is None:
        return
    for branch in transitions.conditions or ():
        operands = [str(operand) for operand in branch.condition.operands]
        label = _OPERATORS.get(branch.condition.operator, "{}").format(", ".join(operands))
        yield Way(action.identifier, branch.next_action, next(iter(operands), ""), "answer", label)
    if transitions.next_action is not None:
        yield Way(action.identifier, transitions.next_action, "NextAction", _next_kind(transitions))
    for error in transitions.errors or ():
        failed: WayKind = "default" if error.error_type in _NOT_FAILURES else "error"
        yield Way(action.identifier, error.next_action, error.error_type, failed)


def _next_kind(transitions: Transitions) -> WayKind:
    if not transitions.conditions:
        return "next"
    caught = any(error.error_type == "NoMatchingCondition" for error in transitions.errors or ())
    return "spare" if caught else "default"
