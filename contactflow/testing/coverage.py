"""Which actions and branches of the flows a set of cases went through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from contactflow.model import ACTION_TYPES, NO_MATCHING_CONDITION, Action
from contactflow.run.effects import StepTaken
from contactflow.testing.library import FlowLibrary
from contactflow.testing.results import Place

NEXT, TERMINAL = "NextAction", "Terminal"
_QUEUEING = ("TransferContactToQueue", "DequeueContactAndTransferToQueue")
"""Types that end the flow where they succeed, though the catalogue cannot say so: they go on where they fail."""


def list_branches(action: Action) -> tuple[str, ...]:
    """Return the names of the ways out of an action that a run may take.

    They are called as in a trace: ``NextAction``, the operand of a condition, an error type, or ``Terminal`` where
    no action follows. NextAction is left out where it only repeats what the conditions and their default decide.
    """
    kind = ACTION_TYPES.get(action.type)
    if not action.targets():
        return (TERMINAL,)
    operands = [str(branch.condition.operands[0]) for branch in action.conditions if branch.condition.operands]
    errors = [branch.error_type for branch in action.errors]
    listed = kind is not None and kind.answers == "listed" and set(kind.possible_answers) <= set(operands)
    first = []
    if (kind is not None and kind.ends) or action.type in _QUEUEING:
        first = [TERMINAL]
    elif action.next_action is not None and not (operands and (NO_MATCHING_CONDITION in errors or listed)):
        first = [NEXT]
    return tuple(dict.fromkeys([*first, *operands, *errors]))


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A branch that no case took, or an action that none came to (``branch`` None)."""

    place: Place
    branch: str | None = None


class Coverage:
    """How often the cases ran each action of the flows, and took each of its branches.

    Parameters
    ----------
    library
        The flows.
    """

    def __init__(self, library: FlowLibrary) -> None:
        self._library = library
        self._names: dict[str, str | None] = {}
        self._taken: Counter[tuple[str, str, str]] = Counter()

    def add(self, trace: Iterable[StepTaken]) -> None:
        """Count the actions of one call."""
        names = self._names
        for step in trace:
            if step.flow_id not in names:
                names[step.flow_id] = self._name(step.flow_id)
            name = names[step.flow_id]
            if name is not None:
                self._taken[name, step.action_id, step.branch] += 1

    def summarise(self) -> dict[str, Any]:
        """Return the counts as JSON-compatible values.

        Returns
        -------
        dict
            ``{"flows": {name: {"actions": {identifier: count}, "branches": {identifier: {branch: count}}}},
            "actions": {"covered": n, "total": n}, "branches": {"covered": n, "total": n}}``, what was never run
            with a count of 0. An action's count includes calls that ended there.
        """
        flows = {name: self._summarise_flow(name) for name in self._library}
        actions = [count for flow in flows.values() for count in flow["actions"].values()]
        branches = [count for flow in flows.values() for ways in flow["branches"].values() for count in ways.values()]
        return {"flows": flows, "actions": _tally(actions), "branches": _tally(branches)}

    def list_uncovered(self) -> Iterator[Uncovered]:
        """Yield what no case went through, in the order of the flows: actions, and branches of those that ran."""
        for name in self._library:
            summary = self._summarise_flow(name)
            for identifier, count in summary["actions"].items():
                if not count:
                    yield Uncovered(Place(name, identifier))
                    continue
                for branch, taken in summary["branches"][identifier].items():
                    if not taken:
                        yield Uncovered(Place(name, identifier), branch)

    def _summarise_flow(self, name: str) -> dict[str, Any]:
        runs: Counter[str] = Counter()
        for (flow, identifier, _), count in self._taken.items():
            if flow == name:
                runs[identifier] += count
        actions = self._library[name].actions
        return {
            "actions": {action.identifier: runs[action.identifier] for action in actions},
            "branches": {
                action.identifier: {
                    branch: self._taken[name, action.identifier, branch] for branch in list_branches(action)
                }
                for action in actions
            },
        }

    def _name(self, reference: str) -> str | None:
        try:
            return self._library.name_of(reference)
        except KeyError:
            return None


def _tally(counts: list[int]) -> dict[str, int]:
    return {"covered": sum(1 for count in counts if count), "total": len(counts)}
