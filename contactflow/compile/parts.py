"""Actions that several flows use, with the parameters that the service asks for.

**Source**: Amazon Connect API Reference, "InvokeLambdaFunction", "UpdateContactAttributes",
"GetParticipantInput".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.compile.draft import Draft

FUNCTION_SECONDS = 8


def invoke(
    draft: Draft,
    identifier: str,
    function_arn: str,
    parameters: Mapping[str, str],
    source: str,
    *,
    then: str,
    failing: str,
) -> str:
    """Invoke a function and wait for its answer, a flat map of strings."""
    settings: dict[str, Any] = {
        "LambdaFunctionARN": function_arn,
        "InvocationTimeLimitSeconds": str(FUNCTION_SECONDS),
        "InvocationType": "SYNCHRONOUS",
        "ResponseValidation": {"ResponseType": "STRING_MAP"},
    }
    if parameters:
        settings["LambdaInvocationAttributes"] = dict(parameters)
    return draft.add(
        identifier, "InvokeLambdaFunction", settings, source, then=then, errors={"NoMatchingError": failing}
    )


def set_attributes(draft: Draft, identifier: str, attributes: Mapping[str, str], source: str, then: str) -> str:
    """Set contact attributes and go on, even where they cannot be set."""
    return draft.attempt(
        identifier,
        "UpdateContactAttributes",
        {"Attributes": dict(attributes), "TargetContact": "Current"},
        source,
        then,
    )


def ask_key(
    draft: Draft,
    identifier: str,
    text: str,
    timeout_seconds: int,
    keys: Mapping[str, str],
    source: str,
    *,
    silent: str,
    wrong: str,
    failing: str,
) -> str:
    """Ask for one key, and go where it leads."""
    return draft.add(
        identifier,
        "GetParticipantInput",
        {"Text": text, "StoreInput": "False", "InputTimeLimitSeconds": str(timeout_seconds)},
        source,
        then=wrong,
        when=keys,
        errors={"InputTimeLimitExceeded": silent, "NoMatchingCondition": wrong, "NoMatchingError": failing},
    )
