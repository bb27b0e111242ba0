"""Conditions that never hold.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (operators; the first
condition that holds is taken) and the page of each action (Results and conditions).
"""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.lint import pages
from contactflow.lint.constants import possible_values
from contactflow.lint.findings import Fault
from contactflow.lint.graph import Edge, Exit
from contactflow.lint.references import is_reference
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, kind_of, parameters
from contactflow.model import KEYS, Action, Condition, stores_input
from contactflow.model.conditions import OPERATORS, holds
from contactflow.model.values import as_number

DECISIONS = ("Compare", "CheckHoursOfOperation", "CheckMetricData", "DistributeByPercentage")
LARGER = ("NumberGreaterThan", "NumberGreaterOrEqualTo")
SMALLER = ("NumberLessThan", "NumberLessOrEqualTo", "NumericLessThan")


@rule(
    "duplicate-condition",
    "warning",
    title="The same condition twice",
    reason="The first one is taken, always: the second branch is dead.",
    mend="Delete one of them, or compare with what was meant.",
)
def duplicate_condition(scene: Scene) -> Iterator[Fault]:
    """Find conditions that are repeated within an action."""
    for action in scene.actions:
        seen: set[tuple[str, str]] = set()
        for number, condition in _conditions(action):
            key = (condition.operator, repr(condition.operands))
            if key in seen:
                message = f"{_write(condition)} stands here twice"
                yield Fault(message, action.identifier, _path(scene, action, number))
            seen.add(key)


@rule(
    "never-matching-condition",
    "warning",
    title="A condition never holds",
    reason="The branch is dead: callers who should take it go elsewhere.",
    mend="Compare with a value that can come, or delete the branch.",
)
def never_matching_condition(scene: Scene) -> Iterator[Fault]:
    """Find conditions that no result of their action meets, or that an earlier one always forestalls."""
    for action in scene.actions:
        earlier: list[Condition] = []
        values = possible_values(scene, action, str(parameters(action).get("ComparisonValue", "")))
        for number, condition in _conditions(action):
            why = _why_never(action, condition, earlier, values)
            if why is not None:
                message = f"{_write(condition)} never holds: {why}"
                yield Fault(message, action.identifier, _path(scene, action, number))
            earlier.append(condition)


@rule(
    "pointless-decision",
    "warning",
    title="A decision that decides nothing",
    reason="Whatever the result, the same follows: a branch was forgotten, or the decision is left over.",
    mend="Lead the branches where they should go, or take the decision out.",
)
def pointless_decision(scene: Scene) -> Iterator[Fault]:
    """Find decisions without conditions, and those whose ways all lead to the same action."""
    for action in scene.of_type(*DECISIONS):
        targets = {edge.target for edge in scene.edges(action)}
        if not any(True for _ in _conditions(action)):
            yield Fault(f"This {action.type} has no condition", action.identifier, scene.path(action))
        elif len(targets) == 1:
            message = f"All ways out of this {action.type} lead to {next(iter(targets))!r}"
            yield Fault(message, action.identifier, scene.path(action))


@rule(
    "spoken-keyword",
    "warning",
    title="A branch says the very word that it was chosen by",
    reason="Compared was the text, where its kind was meant: the caller hears a keyword, or nothing.",
    mend="Compare the attribute that holds the keyword.",
    page=pages.DYNAMIC_TEXT,
)
def spoken_keyword(scene: Scene) -> Iterator[Fault]:
    """Find comparisons with several words whose branches say the compared attribute itself."""
    for action in scene.of_type("Compare"):
        value = str(parameters(action).get("ComparisonValue", ""))
        said = [edge for edge in scene.edges(action) if edge.exit is Exit.CONDITION and _says(scene, edge, value)]
        if is_reference(value) and len({edge.label for edge in said}) > 1:
            for edge in said:
                message = f"{edge.target!r} says {value}, which is {edge.label!r} on this branch"
                yield Fault(message, action.identifier, edge.path)


def _says(scene: Scene, edge: Edge, value: str) -> bool:
    fields = parameters(scene.action(edge.target))
    return value in (fields.get("Text"), fields.get("SSML"))


def _why_never(action: Action, condition: Condition, earlier: list[Condition], values: frozenset[str]) -> str | None:
    malformed = _why_malformed(condition)
    if malformed is not None or "$" in str(condition.operands[0]):
        return malformed
    return _why_impossible(action, condition, values) or _why_forestalled(condition, earlier)


def _why_malformed(condition: Condition) -> str | None:
    if condition.operator not in (*OPERATORS, "NumericLessThan"):
        return f"there is no operator {condition.operator!r}"
    if not condition.operands:
        return "it compares with nothing"
    operand = str(condition.operands[0])
    if condition.operator.startswith("Num") and as_number(operand) is None and not set("${%<") & set(operand):
        return f"{operand!r} is not a number"
    return None


def _why_impossible(action: Action, condition: Condition, values: frozenset[str]) -> str | None:
    kind = kind_of(action)
    operand = str(condition.operands[0])
    if kind is None or kind.answers == "none":
        return None if kind is None else f"{action.type} has no result to compare"
    if action.type == "GetParticipantInput" and stores_input(action):
        return "input that is stored is not compared"
    if kind.answers == "listed" and operand not in kind.possible_answers:
        return f"{action.type} answers {' or '.join(kind.possible_answers)}"
    if kind.answers == "keys" and operand not in tuple(KEYS):
        return "a caller presses one of 0 to 9, * and #"
    if values and not any(holds(condition.operator, condition.operands, value) for value in values):
        return f"the value is {' or '.join(sorted(repr(value) for value in values))} here"
    return None


def _why_forestalled(condition: Condition, earlier: list[Condition]) -> str | None:
    first = next((one for one in earlier if _covers(one, condition)), None)
    return None if first is None else f"{_write(first)} is taken before"


def _covers(first: Condition, second: Condition) -> bool:
    """Return whether the first condition holds for every value that the second one holds for."""
    if not first.operands or not second.operands or first == second:
        return False
    one, other = str(first.operands[0]), str(second.operands[0])
    if "$" in one + other:
        return False
    if second.operator == "Equals":
        return first.operator != "Equals" and holds(first.operator, (one,), other)
    if second.operator.startswith("Text"):
        return first.operator in (second.operator, "TextContains") and holds(first.operator, (one,), other)
    return _covers_number(first.operator, as_number(one), second.operator, as_number(other))


def _covers_number(first: str, one: float | None, second: str, other: float | None) -> bool:
    if one is None or other is None:
        return False
    for larger, sign in ((LARGER, 1), (SMALLER, -1)):
        if first in larger and second in larger:
            return sign * other > sign * one or (other == one and first == larger[1])
    return False


def _conditions(action: Action) -> Iterator[tuple[int, Condition]]:
    return ((number, branch.condition) for number, branch in enumerate(action.conditions))


def _path(scene: Scene, action: Action, number: int) -> str:
    return f"{scene.path(action)}.Transitions.Conditions[{number}].Condition"


def _write(condition: Condition) -> str:
    return f"{condition.operator} {', '.join(repr(operand) for operand in condition.operands)}".strip()
