"""Where actions name flows and modules.

**Source**: Amazon Connect API Reference, "TransferToFlow", "CreateCallbackContact" and "CreateTask" (ContactFlowId),
"InvokeFlowModule" (FlowModuleId) and "UpdateContactEventHooks" (EventHooks).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.flow import Action

FLOW_PARAMETERS = ("ContactFlowId", "FlowModuleId")
HOOKS = "EventHooks"


def list_flow_references(action: Action) -> Mapping[tuple[str, ...], str]:
    """Return what an action names flows by (ids, ARNs, placeholders), by where in its parameters that stands.

    Examples
    --------
    >>> list_flow_references(Action("1", "TransferToFlow", {"ContactFlowId": "${flow.survey}"}, None))
    {('ContactFlowId',): '${flow.survey}'}
    """
    parameters = action.parameters or {}
    hooks = parameters.get(HOOKS)
    named: dict[tuple[str, ...], Any] = {(name,): parameters.get(name) for name in FLOW_PARAMETERS}
    named |= {(HOOKS, str(event)): flow for event, flow in (hooks.items() if isinstance(hooks, Mapping) else ())}
    return {path: reference for path, reference in named.items() if isinstance(reference, str) and reference}
