"""Actions that several flows use, with the parameters that the service asks for.

**Source**: Amazon Connect API Reference, "InvokeLambdaFunction", "UpdateContactAttributes",
"GetParticipantInput" (InputValidation where, and only where, the input is stored; InputEncryption with
CustomValidation), "InvokeFlowModule"; Administrator Guide, "Store customer input" (silence is stored as ``Timeout``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.compile.document import InputKey
from contactflow.compile.draft import Draft

FUNCTION_SECONDS = 8
SILENCE = "Timeout"


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


def invoke_module(draft: Draft, identifier: str, module_arn: str, source: str, then: str) -> str:
    """Run a flow module and go on after it, even where it cannot be run."""
    return draft.attempt(identifier, "InvokeFlowModule", {"FlowModuleId": module_arn}, source, then)


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
    message: Mapping[str, str],
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
        {**message, "StoreInput": "False", "InputTimeLimitSeconds": str(timeout_seconds)},
        source,
        then=wrong,
        when=keys,
        errors={"InputTimeLimitExceeded": silent, "NoMatchingCondition": wrong, "NoMatchingError": failing},
    )


def ask_digits(
    draft: Draft,
    identifier: str,
    message: Mapping[str, str],
    timeout_seconds: int,
    max_digits: int,
    source: str,
    *,
    then: str,
    failing: str,
    key: InputKey | None = None,
) -> str:
    """Ask for digits and store them, encrypted where there is a key; silence is stored as ``Timeout``."""
    settings: dict[str, Any] = {
        **message,
        "StoreInput": "True",
        "InputTimeLimitSeconds": str(timeout_seconds),
        "InputValidation": {"CustomValidation": {"MaximumLength": str(max_digits)}},
    }
    if key is not None:
        settings["InputEncryption"] = {"EncryptionKeyId": key.key_id, "Key": key.certificate}
    return draft.add(
        identifier, "GetParticipantInput", settings, source, then=then, errors={"NoMatchingError": failing}
    )
