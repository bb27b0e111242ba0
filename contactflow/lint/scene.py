"""A flow under inspection, with what rules ask about it found once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from contactflow.lint.graph import Edge, Graph
from contactflow.lint.references import Reference, list_references
from contactflow.model import ACTION_TYPES, Action, ActionType, Flow, read_type

SPEAKING_TYPES = (
    "MessageParticipant",
    "MessageParticipantIteratively",
    "GetParticipantInput",
    "ConnectParticipantWithLexBot",
)
ASKING_TYPES = ("GetParticipantInput", "ConnectParticipantWithLexBot")
"""Actions that say something, and those of them that wait for an answer."""

WAITING_TYPES = ("CUSTOMER_QUEUE", "CUSTOMER_HOLD", "AGENT_HOLD")


class Scene:
    """A flow under inspection.

    Parameters
    ----------
    flow
        The flow.
    flows
        Other flows and modules by identifier, ARN or name, as far as they are known.
    flow_type
        The service's type such as ``CONTACT_FLOW``, or ``MODULE``; empty to ask the flow's own metadata.
    complete
        Whether nothing but ``flows`` sets attributes, invokes functions or transfers to this flow.
    """

    def __init__(
        self, flow: Flow, flows: Mapping[str, Flow] | None = None, flow_type: str = "", *, complete: bool = False
    ) -> None:
        self.flow = flow
        self.flows = flows or {}
        self.type = flow_type or read_type(flow)
        self.complete = complete
        self.graph = Graph(flow)
        self._positions = {action.identifier: index for index, action in enumerate(flow.actions)}

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that a contact can come to, in the order of the text."""
        return tuple(action for action in self.flow.actions if action.identifier in self.graph.reachable)

    @cached_property
    def references(self) -> Mapping[str, tuple[Reference, ...]]:
        """What each action reads, in its parameters and in the operands of its conditions, by its identifier."""
        return {action.identifier: tuple(self._list_references(action)) for action in self.flow.actions}

    def of_type(self, *types: str) -> Iterator[Action]:
        """Yield the reachable actions of these types, in the order of the text."""
        return (action for action in self.actions if action.type in types)

    def action(self, identifier: str) -> Action:
        """Return the action with an identifier that is known to exist."""
        return self.flow.by_identifier[identifier]

    def path(self, action: Action) -> str:
        """Return the JSON path of an action."""
        return f"$.Actions[{self._positions[action.identifier]}]"

    def parameters_path(self, action: Action, *names: str) -> str:
        """Return the JSON path of an action's parameters, or of one of them."""
        return ".".join((self.path(action), "Parameters", *names))

    def _list_references(self, action: Action) -> Iterator[Reference]:
        yield from list_references(action.parameters, self.parameters_path(action))
        for number, branch in enumerate(action.conditions):
            path = f"{self.path(action)}.Transitions.Conditions[{number}].Condition.Operands"
            yield from list_references(branch.condition.operands, path)

    def edges(self, action: Action) -> tuple[Edge, ...]:
        """Return the ways out of an action that lead somewhere."""
        return self.graph.out[action.identifier]


def parameters(action: Action) -> Mapping[str, Any]:
    """Return an action's parameters, none where the text leaves them out."""
    return action.parameters or {}


def kind_of(action: Action) -> ActionType | None:
    """Return what is known of an action's type, None where it is not documented."""
    return ACTION_TYPES.get(action.type)
