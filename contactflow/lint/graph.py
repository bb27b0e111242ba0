"""A flow as a graph: what may follow an action, which actions go round, and what holds when one is reached."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeVar

from contactflow.model import Action, Flow
from contactflow.model.cycles import find_cycles

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

    def find_rings(self, along: Callable[[Edge], bool] = lambda _: True) -> list[frozenset[str]]:
        """Return the largest sets of reachable actions from each of which all the others can be come to again."""
        return find_cycles(
            {
                name: [edge.target for edge in self.out[name] if along(edge)]
                for name in self.out
                if name in self.reachable
            }
        )

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
    source, path = action.identifier, f"$.Actions[{index}].Transitions"
    if action.next_action is not None:
        yield Edge(source, action.next_action, Exit.NEXT, "", f"{path}.NextAction")
    for number, branch in enumerate(action.conditions):
        label = str(branch.condition.operands[0]) if branch.condition.operands else ""
        yield Edge(source, branch.next_action, Exit.CONDITION, label, f"{path}.Conditions[{number}].NextAction")
    for number, error in enumerate(action.errors):
        yield Edge(source, error.next_action, Exit.ERROR, error.error_type, f"{path}.Errors[{number}].NextAction")
