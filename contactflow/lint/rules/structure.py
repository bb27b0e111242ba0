"""How actions hang together: references, reachability, ends.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Transitions).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from contactflow.lint.findings import Fault
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, kind_of
from contactflow.model import Action

LEAVING = frozenset({"TransferContactToQueue", "TransferToFlow", "DequeueContactAndTransferToQueue"})


@rule(
    "dangling-reference",
    "error",
    title="A way leads to an action that does not exist",
    reason="The service refuses the flow; whoever edited the text by hand or merged two versions finds out late.",
    mend="Name an action of this flow, or add the one that is missing.",
)
def dangling_reference(scene: Scene) -> Iterator[Fault]:
    """Find a start or a branch that names no action of the flow."""
    flow = scene.flow
    if scene.graph.start is None:
        yield Fault(
            f"The flow starts with {flow.start_action!r}, which does not exist",
            path="$.StartAction",
            mend=_suggest(scene, flow.start_action),
        )
    for edge in scene.graph.dangling:
        way = " ".join(part for part in (edge.exit.value, edge.label) if part)
        yield Fault(
            f"{way} leads to {edge.target!r}, which does not exist",
            edge.source,
            edge.path,
            mend=_suggest(scene, edge.target),
        )


def _suggest(scene: Scene, name: str) -> str | None:
    close = get_close_matches(name, scene.flow.by_identifier, n=1)
    return f"Did you mean {close[0]!r}?" if close else None


@rule(
    "unreachable-action",
    "warning",
    title="No way leads to an action",
    reason="What it says is never heard and what it does is never done: a branch was forgotten, or it is left over.",
    mend="Lead a branch to it, or delete it.",
)
def unreachable_action(scene: Scene) -> Iterator[Fault]:
    """Find actions that no contact comes to."""
    if scene.graph.start is None:
        return
    for action in scene.flow.actions:
        if action.identifier not in scene.graph.reachable:
            yield Fault(f"No way from the start leads to this {action.type}", action.identifier, scene.path(action))


@rule(
    "dead-end",
    "error",
    title="The flow stops without an end",
    reason="The service refuses the flow, or the call is dropped in mid-sentence.",
    mend="Say what follows: another action, a transfer, or DisconnectParticipant.",
)
def dead_end(scene: Scene) -> Iterator[Fault]:
    """Find actions that neither end the flow nor say what follows."""
    for action in scene.actions:
        if _stops(action):
            path = scene.path(action) + ".Transitions"
            yield Fault(f"Nothing follows this {action.type}, and it does not end the flow", action.identifier, path)


def _stops(action: Action) -> bool:
    kind = kind_of(action)
    if kind is None or kind.ends or kind.holds or not kind.needs_next or action.next_action is not None:
        return False
    if kind.answers == "none":
        return action.type not in LEAVING
    return not action.targets()
