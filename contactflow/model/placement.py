"""Which actions the service takes in which type of flow.

**Source**: Amazon Connect API Reference, "Restrictions" on the page of each action; Administrator Guide, "Choose a
flow type". An action that is not here may stand in every type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from contactflow.model.flow_types import FlowType

_ALL = frozenset(get_args(FlowType))
_HOLD = frozenset({"CUSTOMER_HOLD", "AGENT_HOLD"})
_TRANSFER = frozenset({"AGENT_TRANSFER", "QUEUE_TRANSFER"})
_QUEUE = frozenset({"CUSTOMER_QUEUE"})
_FIRST = frozenset({"CONTACT_FLOW"}) | _TRANSFER

ENDS_MODULE = "EndFlowModuleExecution"
ALLOWED_IN: Mapping[str, frozenset[str]] = {
    "MessageParticipant": _ALL - _HOLD,
    "MessageParticipantIteratively": _QUEUE | _HOLD,
    "GetParticipantInput": _FIRST | _QUEUE,
    "ConnectParticipantWithLexBot": _FIRST | _QUEUE,
    "TransferParticipantToThirdParty": _FIRST | _QUEUE,
    "CreateCallbackContact": _FIRST | _QUEUE,
    "UpdateContactCallbackNumber": _FIRST | _QUEUE,
    "UpdateContactTargetQueue": _FIRST,
    "TransferContactToQueue": _FIRST,
    "DequeueContactAndTransferToQueue": _QUEUE,
    "TransferContactToAgent": _TRANSFER,
    "UpdatePreviousContactParticipantState": _FIRST,
    "CompleteOutboundCall": frozenset({"OUTBOUND_WHISPER"}),
    "TransferToFlow": _FIRST,
    "InvokeFlowModule": frozenset({"CONTACT_FLOW"}),
    "DistributeByPercentage": _FIRST | _QUEUE | frozenset({"OUTBOUND_WHISPER"}),
    "CheckHoursOfOperation": _FIRST | _QUEUE,
}
"""Flow types that each restricted action may stand in."""


def refuse_action(action_type: str, flow_type: str, *, in_module: bool = False) -> str | None:
    """Return why an action cannot run in a type of flow; None where it can, or where the type is not known.

    Parameters
    ----------
    in_module
        Whether the flow has invoked a module, and the action stands there.

    Examples
    --------
    >>> refuse_action("GetParticipantInput", "CUSTOMER_HOLD")
    'GetParticipantInput is not allowed in a flow of type CUSTOMER_HOLD'
    >>> refuse_action("Compare", "CUSTOMER_HOLD")
    """
    allowed = ALLOWED_IN.get(action_type, _ALL)
    if action_type == ENDS_MODULE and not in_module:
        allowed = frozenset()
    if flow_type in allowed or flow_type not in _ALL:
        return None
    return f"{action_type} is not allowed in a flow of type {flow_type}"
