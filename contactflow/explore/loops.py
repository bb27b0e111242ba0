"""Actions that go round for ever, and those that go round while the caller hears nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contactflow.explore.findings import EndlessLoop
from contactflow.explore.graph import find_leading, find_round
from contactflow.explore.places import Atlas
from contactflow.explore.states import State, Way
from contactflow.explore.walk import Node, Walk
from contactflow.explore.witness import Historian
from contactflow.model import ACTION_TYPES
from contactflow.model.cycles import find_cycles

OTHERS_END_IT = frozenset({"CUSTOMER_QUEUE", "CUSTOMER_HOLD", "AGENT_HOLD"})
"""Types of flow that go round by design, until an agent answers or comes back."""

QUEUE_ACTIONS = frozenset({"MessageParticipantIteratively", "DequeueContactAndTransferToQueue"})
"""Actions that stand in such flows only."""

Chooses = Callable[[Node, Way], bool]


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a cycle: what happens up to it, and what happens in it."""

    index: int
    steps: tuple[tuple[State, Way], ...]

    def actions(self) -> tuple[str, ...]:
        """Return the identifiers of the actions of the round, each once."""
        return tuple(dict.fromkeys(state.place.action_id for state, _way in self.steps))


class LoopFinder:
    """Finds cycles in what a walk reached."""

    def __init__(self, atlas: Atlas, walk: Walk, historian: Historian, flow_type: str) -> None:
        self._atlas = atlas
        self._walk = walk
        self._historian = historian
        self._others_end_it = flow_type in OTHERS_END_IT or any(
            action.type in QUEUE_ACTIONS for action in atlas.flow.actions
        )

    def list_endless(self) -> list[EndlessLoop]:
        """Return the loops that nothing ends, each set of actions once."""
        found: dict[frozenset[str], EndlessLoop] = {}
        for loop in (*self._list_spins(), *self._list_traps()):
            found.setdefault(frozenset(loop.actions), loop)
        return list(found.values())

    def list_polls(self) -> list[Round]:
        """Return the rounds in which only functions answer, without a word to the caller."""
        polls = self._list_rounds(lambda node, way: _spins(self._atlas, node, way))
        spins = self._list_rounds(self._is_idle)
        indices = {index for spin in spins for index in self._component(spin)}
        return [poll for poll in polls if not indices & set(self._component(poll))]

    def _list_spins(self) -> Iterator[EndlessLoop]:
        for found in self._list_rounds(self._is_idle):
            failing = [way.answer.words for _state, way in found.steps if way.answer.kind == "failure"]
            when = f" as long as {' and '.join(dict.fromkeys(failing))}" if failing else ""
            why = f"goes round{when} with no time passing and nothing heard: the service stops such a flow"
            yield self._tell("spins", found, why)

    def _list_traps(self) -> Iterator[EndlessLoop]:
        if self._others_end_it:
            return
        graph = self._graph(lambda _node, way: way.answer.kind not in ("caller", "failure"))
        free = find_leading(graph, self._list_exits())
        caught = {node: [item for item in graph[node] if item not in free] for node in graph if node not in free}
        for cycle in find_cycles(caught):
            found = self._round(caught, cycle)
            if found and any(way.answer.passes_time for _state, way in found.steps):
                why = "a caller who does nothing goes round here and never gets out but by hanging up"
                yield self._tell("traps", found, why)

    def _list_exits(self) -> Iterator[int]:
        for index, node in enumerate(self._walk.nodes):
            spot = self._atlas.spot(node.state.place)
            kind = None if spot is None else ACTION_TYPES.get(spot.action.type)
            ends = any(way.end and way.answer.kind not in ("caller", "failure") for way, _target in node.edges)
            if ends or (kind is not None and kind.holds):
                yield index

    def _is_idle(self, node: Node, way: Way) -> bool:
        spot = self._atlas.spot(node.state.place)
        asks = spot is not None and spot.action.type == "InvokeLambdaFunction" and way.answer.kind != "failure"
        return _spins(self._atlas, node, way) and not asks

    def _graph(self, chooses: Chooses) -> dict[int, list[int]]:
        return {
            index: [target for way, target in node.edges if target is not None and chooses(node, way)]
            for index, node in enumerate(self._walk.nodes)
        }

    def _list_rounds(self, chooses: Chooses) -> list[Round]:
        graph = self._graph(chooses)
        return [found for cycle in find_cycles(graph) if (found := self._round(graph, cycle, chooses))]

    def _round(
        self, graph: dict[int, list[int]], cycle: frozenset[int], chooses: Chooses | None = None
    ) -> Round | None:
        start = min(cycle)
        way_round = find_round(graph, start, cycle)
        places = [self._walk.nodes[index].state.place for index in way_round]
        if not any(self._atlas.is_explored(place) for place in places):
            return None
        steps = tuple(
            (self._walk.nodes[index].state, self._edge(index, following, chooses))
            for index, following in zip(way_round, [*way_round[1:], start], strict=True)
        )
        return Round(start, steps)

    def _edge(self, index: int, following: int, chooses: Chooses | None) -> Way:
        node = self._walk.nodes[index]
        ways = [way for way, target in node.edges if target == following and (chooses is None or chooses(node, way))]
        return min(ways, key=lambda way: way.answer.kind in ("caller", "failure"))

    def _component(self, found: Round) -> frozenset[str]:
        return frozenset(found.actions())

    def _tell(self, kind: str, found: Round, why: str) -> EndlessLoop:
        witness = self._historian.tell(self._walk.path(found.index), found.steps, last="and so on, round and round")
        return EndlessLoop("spins" if kind == "spins" else "traps", found.actions(), why, witness)


def _spins(atlas: Atlas, node: Node, way: Way) -> bool:
    """Return whether no time passes with a way; a loop whose count was forgotten is not held against the flow."""
    spot = atlas.spot(node.state.place)
    forgotten = way.answer.kind == "answer" and spot is not None and spot.action.type == "Loop"
    return not way.answer.passes_time and not forgotten
