"""Which actions and branches of a flow a walk took, and why it took no others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from contactflow.explore.findings import Unreachable
from contactflow.explore.places import Atlas, Place, Spot
from contactflow.explore.states import State
from contactflow.explore.steps import Stepper
from contactflow.explore.walk import Walk
from contactflow.model import Action

Branch = tuple[str, str]
NEXT = "NextAction"


class Coverage:
    """Holds what a walk took against what the explored flow has."""

    def __init__(self, atlas: Atlas, walk: Walk, stepper: Stepper) -> None:
        self._atlas = atlas
        self._walk = walk
        self._stepper = stepper

    @cached_property
    def reached(self) -> frozenset[str]:
        """Identifiers of the actions that were reached."""
        places = (node.state.place for node in self._walk.nodes)
        return frozenset(place.action_id for place in places if self._atlas.is_explored(place))

    @cached_property
    def branches(self) -> dict[Branch, str]:
        """Every branch of the flow, and the action that it leads to."""
        return {
            (action.identifier, name): target
            for action in self._atlas.flow.actions
            for name, target in self._list_branches(action)
        }

    @cached_property
    def covered(self) -> frozenset[Branch]:
        """The branches that were taken."""
        taken: set[tuple[Place, str]] = set()
        for node in self._walk.nodes:
            for way, _target in node.edges:
                taken.add((node.state.place, way.branch))
                if way.returned is not None:
                    taken.add(way.returned)
        explored = {(place.action_id, branch) for place, branch in taken if self._atlas.is_explored(place)}
        return frozenset(explored & set(self.branches))

    def list_unreachable(self) -> list[Unreachable]:
        """Return the actions that were not reached, each with the reason."""
        return [
            Unreachable(action.identifier, action.type, self._explain(action.identifier))
            for action in self._atlas.flow.actions
            if action.identifier not in self.reached
        ]

    def _explain(self, identifier: str) -> str:
        leading = _list_leading(self._atlas.flow.actions, identifier)
        if not leading:
            return "no branch leads there"
        near = [(action, name) for action, name in leading if action in self.reached]
        if not near:
            others = ", ".join(dict.fromkeys(repr(action) for action, _name in leading))
            return f"only {others} leads there, which nothing reaches either"
        told = ", ".join(f"{action!r} by {name}" for action, name in near)
        if any((action, name) in self.branches and self._is_possible(action, name) for action, name in near):
            return f"only {told} leads there, under conditions that contradict what is known on every way to it"
        return f"only {told} leads there, a branch that this action never takes"

    def _list_branches(self, action: Action) -> Iterable[tuple[str, str]]:
        written = list(_list_written(action))
        yield from ((name, target) for name, target in written if name != NEXT)
        for name, target in written:
            if name == NEXT and (self._is_possible(action.identifier, NEXT) or self._invokes(action)):
                yield name, target

    def _is_possible(self, identifier: str, branch: str) -> bool:
        """Return whether an action could take a branch if nothing at all were known."""
        place = Place(self._atlas.flow_id, identifier)
        spot = self._atlas.spot(place)
        return spot is not None and branch in self._possible(spot)

    def _possible(self, spot: Spot) -> frozenset[str]:
        state = State(spot.place, widened=True)
        return frozenset(way.branch for way in self._stepper.list_ways(self._stepper.keep(state), 1))

    def _invokes(self, action: Action) -> bool:
        return action.type == "InvokeFlowModule" and not action.conditions


def _list_written(action: Action) -> Iterable[tuple[str, str]]:
    for branch in action.conditions:
        operands = branch.condition.operands
        yield (str(operands[0]) if operands else branch.condition.operator), branch.next_action
    for error in action.errors:
        yield error.error_type, error.next_action
    if action.next_action is not None:
        yield NEXT, action.next_action


def _list_leading(actions: Iterable[Action], identifier: str) -> list[Branch]:
    return [
        (action.identifier, name)
        for action in actions
        for name, target in _list_written(action)
        if target == identifier and action.identifier != identifier
    ]
