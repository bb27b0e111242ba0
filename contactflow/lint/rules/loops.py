"""Ways that go round and round.

**Source**: Amazon Connect API Reference, "Loop" (ContinueLooping as often as its count, then DoneLooping once, then
from the beginning; count 0 to 100).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contactflow.lint.findings import Fault
from contactflow.lint.graph import Edge, Exit
from contactflow.lint.rule import rule
from contactflow.lint.scene import ASKING_TYPES, WAITING_TYPES, Scene, kind_of, parameters
from contactflow.model import (
    INPUT_TIME_LIMIT_EXCEEDED,
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    TIME_LIMIT_EXCEEDED,
    Action,
    stores_input,
)
from contactflow.model.limits import MAX_LOOPS

TIMED_OUT = frozenset({INPUT_TIME_LIMIT_EXCEEDED, TIME_LIMIT_EXCEEDED})
LEAVING = frozenset(
    {
        "DequeueContactAndTransferToQueue",
        "InvokeFlowModule",
        "RouteContactToAgent",
        "TransferContactToQueue",
        "TransferParticipantToThirdParty",
        "TransferToFlow",
        "Wait",
    }
)
"""Actions that may take the contact out of the flow by themselves, or end it."""


@rule(
    "endless-loop",
    "error",
    title="A loop has no way out but hanging up",
    reason="The caller goes round until they hang up, and the minutes are paid for.",
    mend="Give the loop a way out: a key, a Loop action that counts, a transfer to a person.",
)
def endless_loop(scene: Scene) -> Iterator[Fault]:
    """Find rings that are left, if at all, only where an action fails."""
    for ring in scene.graph.find_rings():
        if _is_endless(scene, ring):
            yield from _tell(scene, ring, "No key, answer or count leads out of this loop of {} actions")


@rule(
    "unbounded-retry",
    "warning",
    title="Silence, or a failure that lasts, goes round without a count",
    reason="A line left open, a caller without a keypad or a service that is down holds the call for ever, and every "
    "minute is paid for.",
    mend="Count the attempts with a Loop action, and then go on to a person or end the call.",
)
def unbounded_retry(scene: Scene) -> Iterator[Fault]:
    """Find rings that a silent caller, or an action that keeps failing, does not get out of."""
    told: set[str] = set()
    for ring in scene.graph.find_rings(lambda edge: _while_silent(scene, edge)):
        asks = any(scene.action(name).type in ASKING_TYPES for name in ring)
        if asks and _is_trap(scene, ring, lambda edge: _while_silent(scene, edge)):
            told |= ring
            yield from _tell(scene, ring, "A caller who stays silent goes round these {} actions for ever")
    for action in scene.actions:
        if action.identifier not in told and NO_MATCHING_ERROR in action.error_targets:
            yield from _keeps_failing(scene, action)


def _keeps_failing(scene: Scene, action: Action) -> Iterator[Fault]:
    def along(edge: Edge) -> bool:
        fails = edge.exit is Exit.ERROR and edge.label == NO_MATCHING_ERROR
        return fails if edge.source == action.identifier else not fails

    if action.identifier not in scene.graph.reach([action.error_targets[NO_MATCHING_ERROR]], along=along):
        return
    for ring in scene.graph.find_rings(along):
        if action.identifier in ring and _is_trap(scene, ring, along, failing=action.identifier):
            message = f"Where this {action.type} keeps failing, the flow tries it again for ever"
            path = scene.path(action) + ".Transitions.Errors"
            yield Fault(message, action.identifier, path)


def _while_silent(scene: Scene, edge: Edge) -> bool:
    """Return whether a caller who does and says nothing may take this way."""
    action = scene.action(edge.source)
    if action.type not in ASKING_TYPES:
        return edge.exit is not Exit.ERROR or edge.label == NO_MATCHING_CONDITION
    if action.type == "GetParticipantInput" and stores_input(action):
        return edge.exit is Exit.NEXT
    answered = action.type == "GetParticipantInput" and INPUT_TIME_LIMIT_EXCEEDED in action.error_targets
    return edge.exit is Exit.ERROR and (not answered or edge.label == INPUT_TIME_LIMIT_EXCEEDED)


def _is_trap(scene: Scene, ring: frozenset[str], along: Callable[[Edge], bool], failing: str = "") -> bool:
    if _may_wait(scene, ring - {failing}) or any(scene.action(name).type == "Loop" for name in ring):
        return False
    return not _is_left(scene, ring, along) and not _is_endless(scene, ring)


def _is_endless(scene: Scene, ring: frozenset[str]) -> bool:
    return not _may_wait(scene, ring) and not _is_left(scene, ring, _is_way_out)


def _is_left(scene: Scene, ring: frozenset[str], along: Callable[[Edge], bool]) -> bool:
    return any(edge.target not in ring and along(edge) for name in ring for edge in scene.graph.out[name])


def _is_way_out(edge: Edge) -> bool:
    return edge.exit is not Exit.ERROR or edge.label in TIMED_OUT or edge.label == NO_MATCHING_CONDITION


def _may_wait(scene: Scene, ring: frozenset[str]) -> bool:
    """Return whether something outside may end the ring: an agent who answers, a transfer, a module that hangs up."""
    actions = [scene.action(name) for name in ring]
    kinds = [kind_of(action) for action in actions]
    if scene.type in WAITING_TYPES or any(action.type in LEAVING for action in actions):
        return True
    return any(kind is None or kind.holds for kind in kinds)


def _tell(scene: Scene, ring: frozenset[str], message: str) -> Iterator[Fault]:
    first = next(action for action in scene.actions if action.identifier in ring)
    yield Fault(message.format(len(ring)), first.identifier, scene.path(first))


@rule(
    "idle-loop",
    "warning",
    title="A Loop counts nothing",
    reason="What should be tried again is tried once: no way leads back to the Loop.",
    mend="Lead the end of what is repeated back to the Loop, or take the Loop out.",
)
def idle_loop(scene: Scene) -> Iterator[Fault]:
    """Find Loop actions that are never come to a second time, or whose count the service refuses."""
    for action in scene.of_type("Loop"):
        count = str(parameters(action).get("LoopCount", ""))
        if count.lstrip("-").isdigit() and not 0 <= int(count) <= MAX_LOOPS:
            path = scene.parameters_path(action, "LoopCount")
            mend = f"Use a count of 0 to {MAX_LOOPS}."
            yield Fault(f"A Loop of {count} is not possible", action.identifier, path, mend, "error")
        starts = [edge.target for edge in scene.edges(action)]
        if starts and action.identifier not in scene.graph.reach(starts):
            yield Fault("No way leads back to this Loop", action.identifier, scene.path(action))
