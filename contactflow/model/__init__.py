"""Flows as values: parse the Amazon Connect Flow language, look at it, write it back unchanged."""

from contactflow.model.errors import (
    FlowError,
    FlowSizeError,
    FlowSyntaxError,
    IdentifierError,
    LegacyFlowError,
)
from contactflow.model.flow import Action, Condition, ConditionalBranch, ErrorBranch, Flow, Transitions
from contactflow.model.limits import MAX_ACTIONS, MAX_CONTENT_CHARACTERS, check_identifier, check_size

__all__ = [
    "MAX_ACTIONS",
    "MAX_CONTENT_CHARACTERS",
    "Action",
    "Condition",
    "ConditionalBranch",
    "ErrorBranch",
    "Flow",
    "FlowError",
    "FlowSizeError",
    "FlowSyntaxError",
    "IdentifierError",
    "LegacyFlowError",
    "Transitions",
    "check_identifier",
    "check_size",
]
