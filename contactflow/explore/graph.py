"""Ways in graphs of numbered nodes: once round a cycle, and towards a goal."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

Graph = Mapping[int, Sequence[int]]


def find_round(graph: Graph, start: int, within: frozenset[int]) -> list[int]:
    """Return the nodes of the shortest way from ``start`` back to itself within a set, beginning with it."""
    before: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for following in graph.get(node, ()):
            if following == start:
                path = [node]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return path[::-1]
            if following in within and following not in before:
                before[following] = node
                waiting.append(following)
    return []


def find_leading(graph: Graph, goals: Iterable[int]) -> set[int]:
    """Return every node that leads to one of ``goals``, and these."""
    leading: dict[int, list[int]] = {}
    for node, following in graph.items():
        for target in following:
            leading.setdefault(target, []).append(node)
    reached = set(goals)
    waiting = list(reached)
    while waiting:
        for node in leading.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached
