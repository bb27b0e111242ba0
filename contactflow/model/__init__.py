"""Flows as values: parse the Amazon Connect Flow language, look at it, write it back unchanged."""

from contactflow.model.catalogue import ACTION_TYPES, ActionType, list_needed_errors
from contactflow.model.errors import (
    FlowError,
    FlowSizeError,
    FlowSyntaxError,
    IdentifierError,
    LegacyFlowError,
)
from contactflow.model.flow import Action, Condition, ConditionalBranch, ErrorBranch, Flow, Transitions
from contactflow.model.legacy import Conversion, NotConverted, convert_legacy
from contactflow.model.limits import MAX_ACTIONS, MAX_CONTENT_CHARACTERS, check_identifier, check_size

__all__ = [
    "ACTION_TYPES",
    "MAX_ACTIONS",
    "MAX_CONTENT_CHARACTERS",
    "Action",
    "ActionType",
    "Condition",
    "ConditionalBranch",
    "Conversion",
    "ErrorBranch",
    "Flow",
    "FlowError",
    "FlowSizeError",
    "FlowSyntaxError",
    "IdentifierError",
    "LegacyFlowError",
    "NotConverted",
    "Transitions",
    "check_identifier",
    "check_size",
    "convert_legacy",
    "list_needed_errors",
]
