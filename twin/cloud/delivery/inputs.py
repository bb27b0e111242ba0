"""What a rule's target gets: the event, a part of it, a constant, or a text made from it.

**Source**: EventBridge user guide, "Amazon EventBridge input transformation".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_VARIABLE = re.compile(r"<([A-Za-z0-9_.-]+)>")


def make_input(event: Mapping[str, Any], target: Mapping[str, Any], rule_arn: str) -> str:
    """Return the JSON text that ``target`` of a rule gets for ``event``.

    Examples
    --------
    >>> make_input({"detail": {"id": "c1"}}, {"InputPath": "$.detail"}, "")
    '{"id": "c1"}'
    """
    if "Input" in target:
        return str(target["Input"])
    if "InputPath" in target:
        return json.dumps(find_path(event, target["InputPath"]), ensure_ascii=False)
    if "InputTransformer" in target:
        return _transform(event, target["InputTransformer"], rule_arn)
    return json.dumps(event, ensure_ascii=False)


def find_path(document: Any, path: str) -> Any:
    """Return what a simple JSON path such as ``$.detail.items[0]`` points to, or None."""
    for name in re.findall(r"[^.\[\]'\"]+", path.removeprefix("$")):
        if isinstance(document, list):
            document = document[int(name)] if name.isdigit() and int(name) < len(document) else None
        elif isinstance(document, Mapping):
            document = document.get(name)
        else:
            return None
    return document


def _transform(event: Mapping[str, Any], transformer: Mapping[str, Any], rule_arn: str) -> str:
    variables = {name: find_path(event, path) for name, path in transformer.get("InputPathsMap", {}).items()}
    variables["aws.events.rule-arn"] = rule_arn
    variables["aws.events.event.ingestion-time"] = event.get("time")
    variables["aws.events.event"] = event
    variables["aws.events.event.json"] = event
    template = str(transformer["InputTemplate"])
    pieces: list[str] = []
    inside, position = False, 0
    for match in _VARIABLE.finditer(template):
        before = template[position : match.start()]
        inside ^= _toggles(before)
        pieces += [before, _shown(variables.get(match[1]), inside=inside) if match[1] in variables else match[0]]
        position = match.end()
    return "".join([*pieces, template[position:]])


def _toggles(text: str) -> bool:
    """Return whether ``text`` opens or closes a JSON string."""
    return len(re.findall(r'(?<!\\)"', text)) % 2 == 1


def _shown(value: Any, *, inside: bool) -> str:
    if inside and isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)[1:-1]
    if inside and value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace('"', "") if inside and not isinstance(value, str) else text
