"""Actions that are read together share a box: what follows one another, and the variants of one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contactflow.draw.branches import Way
from contactflow.draw.graph import FlowGraph
from contactflow.draw.kinds import kind_of

_MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One action, or a choice with its variants: one action for each answer, after which all go on alike.

    Attributes
    ----------
    action
        The action, or the one that chooses.
    variants
        The actions that it chooses from, in the order of its answers.
    """

    action: str
    variants: tuple[str, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """All actions of the step."""
        return (self.action, *self.variants)


@dataclass(frozen=True, slots=True)
class Unit:
    """Steps that always follow one another: a box of the drawing, called by its first action."""

    steps: tuple[Step, ...]

    @property
    def key(self) -> str:
        """Identifier of the first action, where every line arrives."""
        return self.steps[0].action


def fold_units(graph: FlowGraph, *, fold: bool) -> tuple[Unit, ...]:
    """Return the boxes of a drawing in the order of reading; without folding each holds one action."""
    if not fold:
        return tuple(Unit((Step(key),)) for key in graph.actions)
    steps = _find_steps(graph)
    followers = {
        key: follower for key, step in steps.items() if (follower := _follower(graph, step, steps)) is not None
    }
    heads = [key for key in steps if key not in followers.values()]
    units, placed = [], set()
    for head in [*heads, *steps]:  # a ring of steps has no head: it begins where it is first read
        if head not in placed:
            chain = list(_chain(head, followers))
            placed.update(chain)
            units += [
                Unit(tuple(steps[key] for key in chain[first : first + _MOST_STEPS]))
                for first in range(0, len(chain), _MOST_STEPS)
            ]
    position = {key: index for index, key in enumerate(graph.actions)}
    return tuple(sorted(units, key=lambda unit: position[unit.key]))


def exits_of(graph: FlowGraph, step: Step) -> list[tuple[Way, ...]]:
    """Return the ways out of a step, those to one target together, lines before jumps."""
    grouped: dict[tuple[bool, str], list[Way]] = {}
    for way in _ways_out(graph, step):
        grouped.setdefault((way in graph.jumps, way.target), []).append(way)
    return [tuple(ways) for _, ways in sorted(grouped.items(), key=lambda group: group[0][0])]


def _ways_out(graph: FlowGraph, step: Step) -> list[Way]:
    variants = [way for key in step.variants for way in graph.ways[key]]
    return [*(way for way in graph.ways[step.action] if way.target not in step.variants), *variants]


def _find_steps(graph: FlowGraph) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    taken: set[str] = set()
    for key in graph.actions:
        variants = _variants(graph, key)
        if variants and key not in taken and not taken.intersection(variants):
            steps[key] = Step(key, variants)
            taken.update(variants)
    return {key: steps.get(key, Step(key)) for key in graph.actions if key not in taken}


def _variants(graph: FlowGraph, key: str) -> tuple[str, ...]:
    """Return the actions that a choice leads to where they are variants of one step; else none.

    They are if the choice alone leads to them and all go on alike, or, where some answers pass them by, if
    they go on where those answers do.
    """
    if kind_of(graph.actions[key].type) != "branch":
        return ()
    targets = tuple(dict.fromkeys(way.target for way in graph.leaving(key)))
    own = tuple(target for target in targets if _is_own(graph, key, target))
    passing = set(targets) - set(own)
    if not passing:
        return own if len(own) > 1 and len({_signature(graph, each) for each in own}) == 1 else ()
    follows = {target for each in own for target in _targets(graph, each)}
    return own if own and follows == passing and len(passing) == 1 else ()


def _is_own(graph: FlowGraph, chooser: str, target: str) -> bool:
    """Tell whether a choice alone leads to a target, and the target goes on to somewhere else."""
    alone = {way.source for way in graph.arriving[target]} == {chooser}
    onward = _targets(graph, target)
    return alone and bool(onward) and not onward & {chooser, target} and target != graph.flow.start_action


def _targets(graph: FlowGraph, key: str) -> set[str]:
    return {way.target for way in graph.leaving(key)}


def _signature(graph: FlowGraph, key: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return graph.actions[key].type, frozenset((way.branch, way.target) for way in graph.ways[key])


def _follower(graph: FlowGraph, step: Step, steps: dict[str, Step]) -> str | None:
    """Return the step that always follows a step, and follows no other."""
    targets = {way.target for way in _ways_out(graph, step) if way not in graph.jumps}
    if len(targets) != 1:
        return None
    (target,) = targets
    sources = {way.source for way in graph.arriving[target]}
    only = target in steps and target != graph.flow.start_action and target not in step.actions
    return target if only and sources <= set(step.actions) else None


def _chain(head: str, followers: dict[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    key: str | None = head
    while key is not None and key not in seen:
        seen.add(key)
        yield key
        key = followers.get(key)
