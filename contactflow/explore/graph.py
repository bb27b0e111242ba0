"""Cycles in graphs of numbered nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

Graph = Mapping[int, Sequence[int]]


def find_cycles(graph: Graph) -> list[set[int]]:
    """Return the sets of nodes that can all reach each other, and themselves.

    Tarjan's strongly connected components, without recursion; a single node counts only where it leads to itself.

    Examples
    --------
    >>> find_cycles({1: [2], 2: [1, 3], 3: [3], 4: [1]}) == [{3}, {1, 2}]
    True
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    held: set[int] = set()
    found: list[set[int]] = []
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        held.add(root)
        while work:
            node, following = work[-1]
            fresh = next((item for item in following if item not in order or item in held), None)
            if fresh is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    found += _close(node, graph, stack, held)
            elif fresh in order:
                low[node] = min(low[node], order[fresh])
            else:
                order[fresh] = low[fresh] = len(order)
                stack.append(fresh)
                held.add(fresh)
                work.append((fresh, iter(graph.get(fresh, ()))))
    return found


def find_round(graph: Graph, start: int, within: set[int]) -> list[int]:
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


def _close(node: int, graph: Graph, stack: list[int], held: set[int]) -> list[set[int]]:
    component: set[int] = set()
    while True:
        member = stack.pop()
        held.discard(member)
        component.add(member)
        if member == node:
            break
    return [component] if len(component) > 1 or node in graph.get(node, ()) else []
