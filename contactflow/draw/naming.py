"""Names that people know in place of ARNs, placeholders and attribute paths.

**Source**: Amazon Connect administrator guide, "List of available contact attributes in Amazon Connect and
their JSONPath references".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from contactflow.model import Flow

_REFERENCE = re.compile(r"\$\.(?:[A-Za-z]+\.)*\[?'?([A-Za-z0-9_-]+)'?\]?")
_PLACEHOLDER = re.compile(r"^\$\{(?:[A-Za-z_-]+\.)?([^}]*)\}$|^\{\{(?:[A-Za-z]+\.)?(.*?)(?:\.arn)?\}\}$|^%(.*)%$")
_MARKUP = re.compile(r"<[^>]*>")


def resource_name(value: Any) -> str:
    """Return the name in an ARN or a placeholder; anything else as it is, references by their last part.

    Examples
    --------
    >>> resource_name("arn:aws:lambda:eu-west-1:1:function:route_call:live")
    'route_call'
    >>> resource_name("${queue.orders}"), resource_name("$.External.queue")
    ('orders', '{queue}')
    """
    text = str(value)
    placeholder = _PLACEHOLDER.match(text)
    if placeholder:
        return next((group for group in placeholder.groups() if group), text)
    if text.startswith("arn:"):
        return _name_in_arn(text)
    return name_references(text)


def name_references(text: str) -> str:
    """Return a text with attribute references as their last part in braces, without speech markup."""
    return _REFERENCE.sub(r"{\1}", _MARKUP.sub(" ", text)).strip()


def displayed_name(flow: Flow, identifier: str, *path: str) -> str | None:
    """Return the name that Connect's editor noted for an action's parameter; None where it noted none."""
    noted: Any = (flow.metadata or {}).get("ActionMetadata")
    for key in (identifier, "parameters", *path, "displayName"):
        noted = noted.get(key) if isinstance(noted, Mapping) else None
    return noted if isinstance(noted, str) and noted else None


def _name_in_arn(arn: str) -> str:
    parts = arn.split(":", 5)
    resource = parts[-1]
    if ":function:" in arn:
        return arn.partition(":function:")[2].partition(":")[0]
    kind, _, name = resource.rpartition("/")
    kind = kind.rsplit("/", 2)[-2] if kind.count("/") > 1 else kind
    return f"{kind.rsplit('/', 1)[-1]} {name[:8]}".strip() if "/" in resource else resource
