"""Names of resources, read out of what flows refer to them by: ARNs, ids, placeholders, the editor's notes.

**Source**: AWS, Service Authorization Reference, "Resource types defined by Amazon Connect" and "... by AWS Lambda".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.flow import Flow


def name_resource(reference: str) -> str:
    """Return a short name for an ARN, id or placeholder.

    Examples
    --------
    >>> name_resource("${queue.orders}"), name_resource("arn:aws:connect:us-east-1:1:instance/i/queue/q-1")
    ('orders', 'q-1')
    """
    if reference.startswith("${") and reference.endswith("}"):
        return reference[2:-1].split(".", 1)[-1]
    return reference.rsplit("/", 1)[-1]


def name_function(reference: str) -> str:
    """Return a Lambda function's name from its ARN, without version or alias, or from its placeholder.

    Examples
    --------
    >>> name_function("arn:aws:lambda:us-east-1:111122223333:function:dip:live"), name_function("${function.dip}")
    ('dip', 'dip')
    """
    _, found, name = reference.partition(":function:")
    return name.split(":", 1)[0] if found else name_resource(reference)


def displayed_name(flow: Flow, identifier: str, *path: str) -> str | None:
    """Return the name that Connect's editor noted for an action's parameter; None where it noted none."""
    noted: Any = (flow.metadata or {}).get("ActionMetadata")
    for key in (identifier, "parameters", *path, "displayName"):
        noted = noted.get(key) if isinstance(noted, Mapping) else None
    return noted if isinstance(noted, str) and noted else None
