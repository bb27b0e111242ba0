"""A flow as a graph: what may follow an action, which actions go round, and what holds when one is reached."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeVar

from contactflow.model import Action, Flow

Fact = TypeVar("Fact", bound=Hashable)


class Exit(Enum):
    """By which of its ways out an action is left."""

    NEXT = "NextAction"
    CONDITION = "Conditions"
    ERROR = "Errors"


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one action to another.

    Attributes
    ----------
    label
        The first operand of a condition, or the type of an error.
    path
        Where it stands in the flow's text, as a JSON path.
    """

    source: str
    target: str
    exit: Exit
    label: str
    path: str


class Graph:
    """The ways between a flow's actions. Ways to an action that does not exist are not part of it."""

    def __init__(self, flow: Flow) -> None:
        known = flow.by_identifier
        self.start = flow.start_action if flow.start_action in known else None
        listed = {action.identifier: tuple(list_edges(index, action)) for index, action in enumerate(flow.actions)}
        self.out = {name: tuple(edge for edge in edges if edge.target in known) for name, edges in listed.items()}
        self.dangling = tuple(edge for edges in listed.values() for edge in edges if edge.target not in known)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The actions that a contact can come to."""
        return frozenset() if self.start is None else self.reach((self.start,))

    @cached_property
    def into(self) -> dict[str, tuple[Edge, ...]]:
        """For each action, the ways to it from actions that can be reached."""
        found: dict[str, list[Edge]] = {name: [] for name in self.out}
        for name in self.out:
            if name in self.reachable:
                for edge in self.out[name]:
                    found[edge.target].append(edge)
        return {name: tuple(edges) for name, edges in found.items()}

    def reach(
        self,
        starts: Iterable[str],
        *,
        through: Callable[[str], bool] = lambda _: True,
        along: Callable[[Edge], bool] = lambda _: True,
    ) -> frozenset[str]:
        """Return ``starts`` and what follows: past the actions that it may go ``through``, by the ways ``along``."""
        seen = {name for name in starts if name in self.out}
        waiting = list(seen)
        while waiting:
            name = waiting.pop()
            if not through(name):
                continue
            for edge in self.out[name]:
                if edge.target not in seen and along(edge):
                    seen.add(edge.target)
                    waiting.append(edge.target)
        return frozenset(seen)

    def find_rings(self, along: Callable[[Edge], bool] = lambda _: True) -> Iterator[frozenset[str]]:
        """Yield the largest sets of reachable actions from each of which all the others can be come to again."""
        for group in _strong_components(self, along):
            name = next(iter(group))
            if len(group) > 1 or any(edge.target == name and along(edge) for edge in self.out[name]):
                yield group

    def spread(
        self, initial: frozenset[Fact], change: Callable[[Edge, frozenset[Fact]], frozenset[Fact]]
    ) -> dict[str, frozenset[Fact]]:
        """Return, for each reachable action, every fact that holds on some way to it.

        Parameters
        ----------
        initial
            What holds at the start.
        change
            Makes what holds after a way of what held before the action that it leaves.
        """
        if self.start is None:
            return {}
        states = {self.start: initial}
        waiting = [self.start]
        while waiting:
            name = waiting.pop()
            for edge in self.out[name]:
                before = states.get(edge.target)
                after = change(edge, states[name]) | (before or frozenset())
                if after != before:
                    states[edge.target] = after
                    waiting.append(edge.target)
        return states


def list_edges(index: int, action: Action) -> Iterator[Edge]:
    """Yield the ways out of the action at ``index`` of the flow's text, in the order of the text."""
    if action.transitions is None:
        return
    source, path = action.identifier, f"$.Actions[{index}].Transitions"
    if action.transitions.next_action is not None:
        yield Edge(source, action.transitions.next_action, Exit.NEXT, "", f"{path}.NextAction")
    for number, branch in enumerate(action.transitions.conditions or ()):
        label = str(branch.condition.operands[0]) if branch.condition.operands else ""
        yield Edge(source, branch.next_action, Exit.CONDITION, label, f"{path}.Conditions[{number}].NextAction")
    for number, error in enumerate(action.transitions.errors or ()):
        yield Edge(source, error.next_action, Exit.ERROR, error.error_type, f"{path}.Errors[{number}].NextAction")


def _strong_components(graph: Graph, along: Callable[[Edge], bool]) -> Iterator[frozenset[str]]:
    """Yield strongly connected components (R. Tarjan, 1972), without recursion: flows may be 250 actions deep."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    stacked: set[str] = set()
    for root in graph.out:
        if root in numbers or root not in graph.reachable:
            continue
        work = [(root, _targets(graph, root, along))]
        numbers[root] = lowest[root] = len(numbers)
        stack.append(root)
        stacked.add(root)
        while work:
            name, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[name])
                if lowest[name] == numbers[name]:
                    yield _pop_component(name, stack, stacked)
            elif target not in numbers:
                numbers[target] = lowest[target] = len(numbers)
                stack.append(target)
                stacked.add(target)
                work.append((target, _targets(graph, target, along)))
            elif target in stacked:
                lowest[name] = min(lowest[name], numbers[target])


def _targets(graph: Graph, name: str, along: Callable[[Edge], bool]) -> Iterator[str]:
    return (edge.target for edge in graph.out[name] if along(edge))


def _pop_component(name: str, stack: list[str], stacked: set[str]) -> frozenset[str]:
    found = set()
    while True:
        member = stack.pop()
        stacked.discard(member)
        found.add(member)
        if member == name:
            return frozenset(found)
