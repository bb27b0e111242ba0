"""Names that people know in place of ARNs, placeholders and attribute paths.

**Source**: Amazon Connect administrator guide, "List of available contact attributes in Amazon Connect and
their JSONPath references".
"""

from __future__ import annotations

import re
from typing import Any

from contactflow.model.names import name_function

_REFERENCE = re.compile(r"\$\.(?:[A-Za-z]+\.)*\[?'?([A-Za-z0-9_-]+)'?\]?")
_PLACEHOLDER = re.compile(r"^\$\{(?:[A-Za-z_-]+\.)?([^}]*)\}$|^\{\{(?:[A-Za-z]+\.)?(.*?)(?:\.arn)?\}\}$|^%(.*)%$")
_MARKUP = re.compile(r"<[^>]*>")


def label_resource(value: Any) -> str:
    """Return what to show for an ARN or a placeholder: its name; anything else as it is, references by their last part.

    Examples
    --------
    >>> label_resource("arn:aws:lambda:eu-west-1:1:function:route_call:live")
    'route_call'
    >>> label_resource("arn:aws:connect:eu-west-1:1:instance/i-1/queue/5b2e8f10-77aa")
    'queue 5b2e8f10'
    >>> label_resource("${queue.orders}"), label_resource("$.External.queue")
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


def _name_in_arn(arn: str) -> str:
    parts = arn.split(":", 5)
    if ":function:" in arn:
        return name_function(arn)
    *kinds, name = parts[-1].split("/")
    return f"{kinds[-1]} {name[:8]}".strip() if kinds else name
