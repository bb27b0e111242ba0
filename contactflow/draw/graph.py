"""A flow as a graph to be drawn: its actions, their ways out, and which of those become a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from contactflow.draw.branches import Way, list_ways
from contactflow.draw.kinds import kind_of
from contactflow.model import Action, Flow

_MANY = 3


@dataclass(frozen=True)
class FlowGraph:
    """The actions in the order of reading, and the ways between them.

    Attributes
    ----------
    actions
        By identifier; actions that a way leads to and the flow does not have are there with the type ``""``.
    ways
        Out of each action.
    jumps
        Ways that are told by the name of their target and not by a line: error branches to an action that
        many lead to, and ways to an end that many lead to. They would cover the picture.
    """

    flow: Flow
    actions: Mapping[str, Action]
    ways: Mapping[str, tuple[Way, ...]]
    jumps: frozenset[Way]

    @cached_property
    def arriving(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways to each action that are lines."""
        found: dict[str, list[Way]] = {key: [] for key in self.actions}
        for ways in self.ways.values():
            for way in ways:
                if way not in self.jumps:
                    found[way.target].append(way)
        return {key: tuple(ways) for key, ways in found.items()}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The actions that the start leads to, by lines or jumps."""
        seen: set[str] = set()
        waiting = [self.flow.start_action]
        while waiting:
            key = waiting.pop()
            if key not in seen and key in self.actions:
                seen.add(key)
                waiting += [way.target for way in self.ways[key]]
        return frozenset(seen)

    def leaving(self, key: str) -> tuple[Way, ...]:
        """Return the ways out of an action that are lines."""
        return tuple(way for way in self.ways[key] if way not in self.jumps)


def read_graph(flow: Flow, *, fold: bool) -> FlowGraph:
    """Read a flow as a graph; only a folded drawing has jumps."""
    ways = {action.identifier: list_ways(action) for action in flow.actions}
    wanted = [flow.start_action, *(way.target for each in ways.values() for way in each)]
    missing = {key: Action(key, "", None, None) for key in wanted if key not in ways}
    ways |= dict.fromkeys(missing, ())
    actions = {**flow.by_identifier, **missing}
    order = _reading_order(flow.start_action, ways)
    ordered = {key: actions[key] for key in order}
    jumps = _find_jumps(ordered, ways) if fold else frozenset()
    return FlowGraph(flow, ordered, {key: ways[key] for key in order}, jumps)


def _reading_order(start: str, ways: Mapping[str, tuple[Way, ...]]) -> list[str]:
    """Return the actions depth first from the start, then those that it does not lead to."""
    order: dict[str, None] = {}
    waiting = [*reversed(list(ways)), start]
    while waiting:
        key = waiting.pop()
        if key not in order:
            order[key] = None
            waiting += [way.target for way in reversed(ways[key])]
    return list(order)


def _find_jumps(actions: Mapping[str, Action], ways: Mapping[str, tuple[Way, ...]]) -> frozenset[Way]:
    bare = [way for each in ways.values() for way in each if _is_bare_error(way, each)]
    popular = Counter(target for _, target in {(way.source, way.target) for way in bare})
    jumps = {way for way in bare if popular[way.target] >= _MANY}
    ends = {key for key, action in actions.items() if kind_of(action.type) == "terminate" and not ways[key]}
    leading = Counter(target for _, target in {(way.source, way.target) for each in ways.values() for way in each})
    crowded = {key for key in ends if leading[key] > _MANY}
    return frozenset(jumps | {way for way in bare if way.target in crowded})


def _is_bare_error(way: Way, siblings: tuple[Way, ...]) -> bool:
    """Tell whether only errors lead from an action to a target."""
    return way.kind == "error" and all(each.kind == "error" for each in siblings if each.target == way.target)
