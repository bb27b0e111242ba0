"""What a flow is called, and of which type it is, by its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contactflow.model import CONSOLE_TYPES, Flow, read_type
from contactflow.model.document import FlowDocument


def name_flow(document: FlowDocument, path: Path) -> str:
    """Return the flow's name in the console, or that of its file."""
    return document.name or _text(_metadata(document), "name") or path.stem


def name_type(document: FlowDocument, flow: Flow) -> str:
    """Return the service's flow type, ``MODULE`` for a flow module, or nothing where the export does not tell."""
    told = document.type or _text(_metadata(document), "type") or _text(document.content, "type")
    return CONSOLE_TYPES.get(told, told) if told else read_type(flow)


def _metadata(document: FlowDocument) -> Mapping[str, Any]:
    found = document.content.get("Metadata", document.content.get("metadata"))
    return found if isinstance(found, Mapping) else {}


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
