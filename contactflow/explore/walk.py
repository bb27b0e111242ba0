"""Walks everything that a contact may go through, nearest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import Any

from contactflow.explore.places import Atlas
from contactflow.explore.states import State, Way
from contactflow.explore.steps import Stepper

HARD_LIMIT = 4
DOUBT = 10
"""How many things to tell a doubtful answer counts for, so that a way without doubt is found first."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far an exploration goes.

    Attributes
    ----------
    max_states
        Places with what is known there that are told apart. Beyond, values are forgotten, so that the walk comes to
        an end and still reaches whatever can be reached; findings from there on are marked as uncertain. The walk
        stops altogether at four times as many.
    """

    max_states: int = 20_000


@dataclass(slots=True)
class Node:
    """A state that was reached, how, and where it leads."""

    state: State
    parent: int | None
    way: Way | None
    edges: list[tuple[Way, int | None]] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """Everything that was reached, nearest first."""

    nodes: list[Node] = field(default_factory=list)
    widened: bool = False
    stopped: bool = False

    def path(self, index: int | None) -> list[tuple[State, Way]]:
        """Return the states and ways that lead to a node."""
        path: list[tuple[State, Way]] = []
        while index is not None:
            node = self.nodes[index]
            if node.parent is not None and node.way is not None:
                path.append((self.nodes[node.parent].state, node.way))
            index = node.parent
        return path[::-1]


def walk(
    atlas: Atlas, stepper: Stepper, bounds: Bounds, progress: Callable[[int], None] = lambda _states: None
) -> Walk:
    """Reach every state that can be reached, by the fewest answers that are worth telling, then the fewest actions."""
    found = Walk()
    start = atlas.start(atlas.flow_id)
    if start is None or atlas.spot(start) is None:
        return found
    seen: dict[tuple[Any, ...], int] = {}
    heap: list[tuple[int, int, int, State, int | None, Way | None]] = [(0, 0, 0, State(start), None, None)]
    pushed = 0
    while heap:
        told, length, _order, state, parent, way = heappop(heap)
        if len(found.nodes) >= bounds.max_states and not state.widened:
            state = stepper.keep(replace(state, widened=True))
            found.widened = True
        key = stepper.key(state)
        index = seen.get(key)
        if parent is not None and way is not None:
            found.nodes[parent].edges.append((way, len(found.nodes) if index is None else index))
        if index is not None:
            continue
        if len(found.nodes) >= HARD_LIMIT * bounds.max_states:
            found.nodes[parent or 0].edges.pop()
            found.stopped = True
            break
        seen[key] = index = len(found.nodes)
        found.nodes.append(Node(state, parent, way))
        if index % 1000 == 999:
            progress(index + 1)
        for following in stepper.list_ways(state, index + 1):
            if following.after is None:
                found.nodes[index].edges.append((following, None))
                continue
            pushed += 1
            cost = told + bool(following.answer.words) + DOUBT * following.answer.doubtful
            heappush(heap, (cost, length + 1, pushed, following.after, index, following))
    return found
