"""Cycles in graphs, such as that of a flow's actions.

**Source**: R. Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1 (1972).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def find_cycles(graph: Mapping[Node, Iterable[Node]]) -> list[frozenset[Node]]:
    """Return the largest sets of nodes that can all reach each other, and themselves.

    These are the strongly connected components, found without recursion; a single node counts only where it leads to
    itself.

    Parameters
    ----------
    graph
        The nodes that follow each node; one that is no key is followed by none.

    Examples
    --------
    >>> find_cycles({1: [2], 2: [1, 3], 3: [3], 4: [1]}) == [{3}, {1, 2}]
    True
    """
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    held: set[Node] = set()
    found: list[frozenset[Node]] = []
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
                    found.append(_close(node, stack, held))
            elif fresh in order:
                low[node] = min(low[node], order[fresh])
            else:
                order[fresh] = low[fresh] = len(order)
                stack.append(fresh)
                held.add(fresh)
                work.append((fresh, iter(graph.get(fresh, ()))))
    return [component for component in found if _goes_round(component, graph)]


def _close(node: Node, stack: list[Node], held: set[Node]) -> frozenset[Node]:
    """Take a component, which ends with ``node``, off the stack."""
    component = set()
    while node not in component:
        member = stack.pop()
        held.discard(member)
        component.add(member)
    return frozenset(component)


def _goes_round(component: frozenset[Node], graph: Mapping[Node, Iterable[Node]]) -> bool:
    return len(component) > 1 or any(node in graph.get(node, ()) for node in component)
