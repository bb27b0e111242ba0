"""A flow made ready to run: references found, branches indexed. Prepared once, run many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from contactflow.model import Action, ConditionalBranch, Flow
from contactflow.model.conditions import holds
from contactflow.model.references import Source, Template

NO_PARAMETERS: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One action, ready to run."""

    identifier: str
    type: str
    parameters: Template
    next_action: str | None
    conditions: tuple[ConditionalBranch, ...]
    operands: tuple[Template, ...]
    equals: Mapping[str, str] | None
    errors: Mapping[str, str]

    def match(self, result: str, source: Source) -> tuple[str, str] | None:
        """Return the operand, as it is written, and the target of the first condition that holds, None if none does.

        References in operands are looked up in ``source``; one that points to nothing holds for nothing.
        """
        if self.equals is not None:
            target = self.equals.get(result)
            return None if target is None else (result, target)
        for branch, prepared in zip(self.conditions, self.operands, strict=True):
            operands = prepared.resolve(source)
            if operands and operands[0] is not None and holds(branch.condition.operator, operands, result):
                return str(branch.condition.operands[0]), branch.next_action
        return None


NOWHERE = Step("", "", Template(None), None, (), (), None, {})
"""Where a session is before it has started."""


@dataclass(frozen=True, slots=True)
class Program:
    """A prepared flow."""

    start: str
    steps: Mapping[str, Step]


_prepared: WeakKeyDictionary[Flow, Program] = WeakKeyDictionary()


def prepare(flow: Flow) -> Program:
    """Return the prepared form of a flow; the same object each time."""
    program = _prepared.get(flow)
    if program is None:
        steps = {action.identifier: _prepare_step(action) for action in flow.actions}
        program = _prepared[flow] = Program(flow.start_action, steps)
    return program


def _prepare_step(action: Action) -> Step:
    return Step(
        action.identifier,
        action.type,
        Template(action.parameters if action.parameters is not None else NO_PARAMETERS),
        action.next_action,
        action.conditions,
        tuple(Template(branch.condition.operands) for branch in action.conditions),
        _index(action.conditions),
        action.error_targets,
    )


def _index(conditions: tuple[ConditionalBranch, ...]) -> Mapping[str, str] | None:
    """Return targets by operand where all conditions are plain equality with fixed text, else None."""
    index: dict[str, str] = {}
    for branch in conditions:
        condition = branch.condition
        if condition.operator != "Equals" or len(condition.operands) != 1 or Template(condition.operands).dynamic:
            return None
        index.setdefault(str(condition.operands[0]), branch.next_action)
    return index
