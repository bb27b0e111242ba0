"""What a flow is called, and of which type it is.

**Source**: Amazon Connect API Reference, CreateContactFlow (Type); the console writes its own names into an
export's metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contactflow.model import Flow
from contactflow.model.document import FlowDocument

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
MODULE = "MODULE"


def name_flow(document: FlowDocument, path: Path) -> str:
    """Return the flow's name in the console, or that of its file."""
    return document.name or _text(_metadata(document), "name") or path.stem


def name_type(document: FlowDocument, flow: Flow) -> str:
    """Return the service's flow type, ``MODULE`` for a flow module, or nothing where the export does not tell."""
    told = document.type or _text(_metadata(document), "type") or _text(document.content, "type")
    if told:
        return CONSOLE_TYPES.get(told, told)
    ends_module = any(action.type == "EndFlowModuleExecution" for action in flow.actions)
    return MODULE if "Settings" in flow.unknown or ends_module else ""


def _metadata(document: FlowDocument) -> Mapping[str, Any]:
    found = document.content.get("Metadata", document.content.get("metadata"))
    return found if isinstance(found, Mapping) else {}


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
