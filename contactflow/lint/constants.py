"""Which constants an attribute may hold when an action is reached.

An attribute counts as known from the action that sets it to a fixed text until anything may change it unseen: a
function or module may set attributes through the service's API, and so may an agent's view.
"""

from __future__ import annotations

from contactflow.lint.graph import Edge, Exit
from contactflow.lint.references import is_reference
from contactflow.lint.scene import Scene, parameters
from contactflow.model import Action
from contactflow.model.references import find_references

UNSEEN_CHANGES = frozenset(
    {"InvokeLambdaFunction", "InvokeFlowModule", "ShowView", "ConnectParticipantWithLexBot", "Wait", "TransferToFlow"}
)


def possible_values(scene: Scene, action: Action, reference: str) -> frozenset[str]:
    """Return the constants that a reference such as ``$.Attributes.queue`` stands for; none if it is not certain."""
    values = set_values(scene, action, reference)
    return frozenset() if None in values else frozenset(value for value in values if value is not None)


def set_values(scene: Scene, action: Action, reference: str) -> frozenset[str | None]:
    """Return the constants that a reference may stand for, and None for what is not known."""
    names = find_references(reference)[0] if is_reference(reference) else ()
    if len(names) != 2 or names[0] != "Attributes":
        return frozenset({None})
    name = names[1]
    states = scene.graph.spread(frozenset({None}), lambda edge, held: _change(scene, edge, held, name))
    return states.get(action.identifier, frozenset({None}))


def _change(scene: Scene, edge: Edge, held: frozenset[str | None], name: str) -> frozenset[str | None]:
    source = scene.action(edge.source)
    if source.type in UNSEEN_CHANGES:
        return frozenset({None})
    if source.type != "UpdateContactAttributes" or edge.exit is Exit.ERROR:
        return held
    attributes = parameters(source).get("Attributes")
    if not isinstance(attributes, dict) or str(parameters(source).get("TargetContact", "Current")) != "Current":
        return held
    if name in attributes:
        value = attributes[name]
        return frozenset({value if isinstance(value, str) and "$" not in value else None})
    return frozenset({None}) if any("$" in key for key in attributes) else held
