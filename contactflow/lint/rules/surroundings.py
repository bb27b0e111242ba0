"""What depends on the flow's type and on the flows around it.

**Source**: Amazon Connect API Reference, the page of each action (Restrictions) and "TransferContactToQueue" (places
the contact in its target queue); Administrator Guide, "Flow modules" (a module cannot invoke itself, however far).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contactflow.lint import pages
from contactflow.lint.findings import Fault, Severity
from contactflow.lint.graph import Edge, Exit
from contactflow.lint.rule import rule
from contactflow.lint.scene import Scene, parameters
from contactflow.model import Action, Flow
from contactflow.model.placement import refuse_action


@rule(
    "misplaced-action",
    "error",
    title="An action that this type of flow does not have",
    reason="The service refuses the flow.",
    mend="Do it in a flow of a type that the action's page allows.",
)
def misplaced_action(scene: Scene) -> Iterator[Fault]:
    """Find actions that the flow's type rules out."""
    for action in scene.flow.actions:
        refusal = refuse_action(action.type, scene.type)
        if refusal:
            yield Fault(refusal, action.identifier, scene.path(action) + ".Type")


@rule(
    "queue-not-set",
    "warning",
    title="A transfer to a queue that was never set",
    reason="The transfer fails, and the caller takes the error branch.",
    mend="Set the queue with UpdateContactTargetQueue on every way to the transfer.",
)
def queue_not_set(scene: Scene) -> Iterator[Fault]:
    """Find transfers that no way comes to with a queue set; in a flow that others lead to, only a note."""
    if scene.type != "CONTACT_FLOW":
        return
    states = scene.graph.spread(frozenset[str](), lambda edge, before: _set_queue(scene, edge, before))
    for action in scene.of_type("TransferContactToQueue"):
        if not states.get(action.identifier):
            certain = scene.complete
            unless = "" if certain else ": right only if the flow that leads here has set one"
            message = f"No way to this transfer sets a queue{unless}"
            severity: Severity | None = None if certain else "note"
            yield Fault(message, action.identifier, scene.path(action), severity=severity)


def _set_queue(scene: Scene, edge: Edge, before: frozenset[str]) -> frozenset[str]:
    source = scene.action(edge.source)
    sets = source.type in ("UpdateContactTargetQueue", "InvokeFlowModule") and edge.exit is not Exit.ERROR
    return frozenset({"set"}) if sets else before


@rule(
    "cyclic-modules",
    "error",
    title="Modules invoke each other in a circle",
    reason="The service refuses it: a module never comes back to the flow that invoked it.",
    mend="Take what both need into a third module.",
    page=pages.MODULES,
)
def cyclic_modules(scene: Scene) -> Iterator[Fault]:
    """Find modules that invoke this flow again, however far away."""
    for action in scene.of_type("InvokeFlowModule"):
        ring = _find_ring(scene, action)
        if ring:
            path = scene.parameters_path(action, "FlowModuleId")
            yield Fault(f"{' -> '.join(ring)} comes back to this module", action.identifier, path)


def _find_ring(scene: Scene, action: Action) -> list[str]:
    waiting = [[_module_id(action)]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        module = _look_up(scene.flows, way[-1])
        if module is None or way[-1] in seen:
            continue
        if module is scene.flow:
            return way
        seen.add(way[-1])
        waiting += [[*way, _module_id(one)] for one in module.actions if one.type == "InvokeFlowModule"]
    return []


def _module_id(action: Action) -> str:
    return str(parameters(action).get("FlowModuleId", ""))


def _look_up(flows: Mapping[str, Flow], identifier: str) -> Flow | None:
    return flows.get(identifier) or flows.get(identifier.rpartition("/")[2])


@rule(
    "retired-service",
    "warning",
    title="A service that AWS has retired",
    reason="Amazon Lex V1 ended on 15 September 2025, Amazon Connect Voice ID on 20 May 2026: the action always fails.",
    mend="Use a Lex V2 bot (LexV2Bot.AliasArn); take Voice ID out.",
    page=pages.VOICE_ID,
)
def retired_service(scene: Scene) -> Iterator[Fault]:
    """Find actions that need Amazon Lex V1 or Voice ID."""
    for action in scene.actions:
        if action.type in ("CheckVoiceId", "StartVoiceIdStream"):
            message = "Amazon Connect Voice ID ended on 20 May 2026"
            yield Fault(message, action.identifier, scene.path(action) + ".Type")
        elif action.type == "ConnectParticipantWithLexBot" and "LexBot" in parameters(action):
            message = "Amazon Lex V1 ended on 15 September 2025"
            yield Fault(message, action.identifier, scene.parameters_path(action, "LexBot"))
