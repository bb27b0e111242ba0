"""Types of flows, by the names that the service and the console give them.

**Source**: Amazon Connect API Reference, CreateContactFlow (Type); the console writes its own names into an
export's metadata.
"""

from __future__ import annotations

from typing import Literal

from contactflow.model.flow import Flow

FlowType = Literal[
    "CONTACT_FLOW",
    "CUSTOMER_QUEUE",
    "CUSTOMER_HOLD",
    "CUSTOMER_WHISPER",
    "AGENT_HOLD",
    "AGENT_WHISPER",
    "OUTBOUND_WHISPER",
    "AGENT_TRANSFER",
    "QUEUE_TRANSFER",
]
"""A flow's type, by the name that CreateContactFlow takes."""

MODULE = "MODULE"
"""What this library calls the type of a flow module, which the service creates by another operation."""

CONSOLE_TYPES = {
    "contactFlow": "CONTACT_FLOW",
    "customerQueue": "CUSTOMER_QUEUE",
    "customerHold": "CUSTOMER_HOLD",
    "customerWhisper": "CUSTOMER_WHISPER",
    "agentHold": "AGENT_HOLD",
    "agentWhisper": "AGENT_WHISPER",
    "outboundWhisper": "OUTBOUND_WHISPER",
    "agentTransfer": "AGENT_TRANSFER",
    "queueTransfer": "QUEUE_TRANSFER",
}
"""Flow types by the names that the console writes into an export's metadata."""


def read_type(flow: Flow) -> str:
    """Return a flow's type as far as it tells: by its metadata, or by what only modules have; else nothing."""
    told = (flow.metadata or {}).get("type")
    if isinstance(told, str) and told:
        return CONSOLE_TYPES.get(told, told)
    is_module = "Settings" in flow.unknown or any(action.type == "EndFlowModuleExecution" for action in flow.actions)
    return MODULE if is_module else ""
