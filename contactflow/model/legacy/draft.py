"""Takes a module apart, and keeps count of what was taken: the rest is what was not converted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.action_types.kind import NO_MATCHING_CONDITION, NO_MATCHING_ERROR
from contactflow.model.catalogue import ACTION_TYPES, list_needed_errors
from contactflow.model.flow import Action
from contactflow.model.legacy.export import Branch, LegacyModule, Parameter
from contactflow.model.legacy.references import write_reference
from contactflow.model.transitions import Condition, ConditionalBranch, ErrorBranch, Transitions

OPERATORS = {
    "Equals": "Equals",
    "StartsWith": "TextStartsWith",
    "EndsWith": "TextEndsWith",
    "Contains": "TextContains",
    "GreaterThan": "NumberGreaterThan",
    "GreaterThanOrEqualTo": "NumberGreaterOrEqualTo",
    "LessThan": "NumberLessThan",
    "LessThanOrEqualTo": "NumberLessOrEqualTo",
}


class NoEquivalentError(Exception):
    """The module has no equivalent among the action types; the message says why."""


class Draft:
    """A module while it becomes an action.

    Attributes
    ----------
    lost
        What could not be carried over, as sentences.
    """

    def __init__(self, module: LegacyModule) -> None:
        self.module = module
        self.lost: list[str] = []
        self.conditions: list[ConditionalBranch] = []
        self.errors: list[ErrorBranch] = []
        self._parameters = list(module.parameters)
        self._branches = list(module.branches)

    def value(self, name: str) -> str | None:
        """Take a parameter: its text, or the JSONPath of the attribute that it names."""
        found = self.values(name)
        return found[0][1] if found else None

    def values(self, *names: str) -> list[tuple[Parameter, str | None]]:
        """Take all parameters of these names, in the order of the text, each with its value as :meth:`value` has it."""
        found = [parameter for parameter in self._parameters if parameter.name in names]
        self._parameters = [parameter for parameter in self._parameters if parameter.name not in names]
        return [(parameter, self._resolve(parameter)) for parameter in found]

    def pairs(self, name: str) -> dict[str, str]:
        """Take the parameters of a name as a map of their keys to their values."""
        return {parameter.key: value for parameter, value in self.values(name) if parameter.key and value is not None}

    def target(self, *conditions: str) -> str | None:
        """Take the branches of these conditions; return where the first one leads."""
        found = [branch for branch in self._branches if branch.condition in conditions]
        self._branches = [branch for branch in self._branches if branch.condition not in conditions]
        return next((branch.transition for branch in found if branch.transition), None)

    def evaluated(self, *conditions: str) -> list[Branch]:
        """Take the branches that compare something, those that lead somewhere."""
        found = [branch for branch in self._branches if branch.condition in (conditions or ("Evaluate",))]
        self._branches = [branch for branch in self._branches if branch not in found]
        return [branch for branch in found if branch.transition]

    def compare(self, *conditions: str) -> None:
        """Carry the branches that compare something over as conditions."""
        for branch in self.evaluated(*conditions):
            operator = OPERATORS.get(branch.operator or "Equals")
            if operator is None:
                self.lost.append(f"The operator {branch.operator} is unknown: its branch is left out")
            else:
                self.when(_text(branch.value), branch.transition, operator)

    def when(self, operand: str, target: str | None, operator: str = "Equals") -> None:
        """Add a condition, if there is somewhere to go."""
        if target:
            self.conditions.append(ConditionalBranch(target, Condition(operator, (operand,))))

    def fail(self, error_type: str, target: str | None) -> None:
        """Add an error branch, if there is somewhere to go."""
        if target:
            self.errors.append(ErrorBranch(error_type, target))

    def fail_usual(self) -> None:
        """Carry the branches of a wrong answer and of any other error over."""
        self.fail(NO_MATCHING_CONDITION, self.target("NoMatch"))
        self.fail(NO_MATCHING_ERROR, self.target("Error"))

    def build(self, kind: str, parameters: Mapping[str, Any], *, next_action: str | None = None) -> Action:
        """Return the action; without ``next_action`` it goes on where its last resort leads, as the console writes it.

        An error branch that the service asks for and the module did not have leads where the others lead.
        """
        self._drop_foreign_errors(kind)
        following = (next_action or self._last_resort()) if ACTION_TYPES[kind].needs_next else None
        action = self._write(kind, parameters, following)
        given = {branch.error_type for branch in self.errors}
        for error_type in list_needed_errors(action):
            if error_type not in given:
                self.fail(error_type, self._last_resort() or following)
        self._tell_rest()
        return self._write(kind, parameters, following)

    def finish(self, kind: str, parameters: Mapping[str, Any]) -> Action:
        """Return the action of a module that has the branches Success and Error, beside those already taken."""
        self.fail(NO_MATCHING_ERROR, self.target("Error"))
        return self.build(kind, parameters, next_action=self.target("Success"))

    def end(self, kind: str) -> Action:
        """Return an action that nothing follows."""
        self._tell_rest()
        return Action(self.module.identifier, kind, {}, Transitions())

    def _write(self, kind: str, parameters: Mapping[str, Any], following: str | None) -> Action:
        given = {name: value for name, value in parameters.items() if value is not None}
        transitions = Transitions(following, tuple(self.conditions), tuple(self.errors))
        return Action(self.module.identifier, kind, given, transitions)

    def _drop_foreign_errors(self, kind: str) -> None:
        """Leave out branches of errors that the action does not have: the service refuses a flow with them."""
        for branch in self.errors:
            if branch.error_type not in ACTION_TYPES[kind].errors:
                self.lost.append(f"The branch of {branch.error_type} is left out: {kind} has no such error")
        self.errors = [branch for branch in self.errors if branch.error_type in ACTION_TYPES[kind].errors]

    def _last_resort(self) -> str | None:
        by_type = {branch.error_type: branch.next_action for branch in reversed(self.errors)}
        return (
            by_type.get(NO_MATCHING_CONDITION) or by_type.get(NO_MATCHING_ERROR) or next(iter(by_type.values()), None)
        )

    def _resolve(self, parameter: Parameter) -> str | None:
        value = _text(parameter.value)
        if parameter.namespace is not None:
            reference = write_reference(parameter.namespace, value)
            if reference is None:
                self.lost.append(
                    f"{_describe(parameter)} reads {value!r} of {parameter.namespace}, "
                    "which has no documented JSONPath: it is left out"
                )
            return reference
        if not value and parameter.resource:
            self.lost.append(f"{_describe(parameter)} names {parameter.resource!r} without its ARN: put the ARN there")
            return parameter.resource
        return value or None

    def _tell_rest(self) -> None:
        for parameter in self._parameters:
            if parameter.value not in (None, "", False):
                self.lost.append(f"{_describe(parameter)} = {parameter.value!r} is left out")
        for branch in self._branches:
            if branch.transition:
                self.lost.append(f"The branch {branch.condition} is left out")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def _describe(parameter: Parameter) -> str:
    return f"The parameter {parameter.name}" + (f" {parameter.key}" if parameter.key else "")
