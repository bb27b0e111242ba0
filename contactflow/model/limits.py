"""What the service takes: the rules of identifiers, the size of a flow, counts and times.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" (Identifier),
"Example flow in Amazon Connect Flow language" (no more than 250 actions), CreateContactFlow (Content: at most 256,000
characters), "Loop" (LoopCount: 0 to 100) and "InvokeLambdaFunction" (InvocationTimeLimitSeconds: at most 8);
Administrator Guide, "Flow block: AWS Lambda function" (3 seconds where none is set).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contactflow.model.errors import FlowSizeError, IdentifierError

MAX_IDENTIFIER_CHARACTERS = 50
MAX_ACTIONS = 250
MAX_CONTENT_CHARACTERS = 256_000
MAX_LOOPS = 100
MAX_FUNCTION_SECONDS = 8
DEFAULT_FUNCTION_SECONDS = 3

FORBIDDEN_CHARACTERS = frozenset("%:(\\/)=$,;[]{}")
FORBIDDEN_IDENTIFIERS = frozenset(
    {
        "__proto__",
        "constructor",
        "__defineGetter__",
        "__defineSetter__",
        "toString",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "valueOf",
    }
)


def check_identifier(identifier: str, path: str = "$") -> None:
    """Raise where an action's identifier breaks the service's rules.

    Raises
    ------
    IdentifierError
        For an empty, too long or reserved identifier, or one with a forbidden character.
    """
    if not identifier:
        raise IdentifierError("The identifier is empty", path=path, mend="Give the action a name.")
    if len(identifier) > MAX_IDENTIFIER_CHARACTERS:
        raise IdentifierError(
            f"The identifier has {len(identifier)} characters",
            path=path,
            action_id=identifier,
            mend=f"Shorten it to {MAX_IDENTIFIER_CHARACTERS}.",
        )
    forbidden = sorted(FORBIDDEN_CHARACTERS.intersection(identifier))
    if forbidden:
        raise IdentifierError(
            f"The identifier contains {' '.join(forbidden)}",
            path=path,
            action_id=identifier,
            mend="Use letters, digits, spaces, - and _.",
        )
    if identifier in FORBIDDEN_IDENTIFIERS:
        raise IdentifierError(
            "The identifier is a reserved word", path=path, action_id=identifier, mend="Choose another name."
        )


def check_size(content: Mapping[str, Any]) -> int:
    """Return the number of characters of a flow's content, raising where the service would refuse it.

    Parameters
    ----------
    content
        The flow as JSON-compatible values, without unresolved deployment tokens: those change length.

    Raises
    ------
    FlowSizeError
        For more than 250 actions or 256,000 characters.
    """
    check_action_count(len(content["Actions"]))
    characters = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    if characters > MAX_CONTENT_CHARACTERS:
        raise FlowSizeError(
            f"The flow has {characters} characters",
            mend=f"Keep it within {MAX_CONTENT_CHARACTERS}: move a part to a module.",
        )
    return characters


def check_action_count(count: int) -> None:
    """Raise :class:`FlowSizeError` for more actions than a flow may have."""
    if count > MAX_ACTIONS:
        raise FlowSizeError(
            f"The flow has {count} actions",
            path="$.Actions",
            mend=f"Keep it within {MAX_ACTIONS}: move a part to a module or another flow.",
        )
