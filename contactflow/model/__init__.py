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
from contactflow.model.flow_types import CONSOLE_TYPES, MODULE, FlowType, read_type
from contactflow.model.legacy import Conversion, NotConverted, convert_legacy
from contactflow.model.limits import MAX_ACTIONS, MAX_CONTENT_CHARACTERS, check_identifier, check_size

__all__ = [
    "ACTION_TYPES",
    "CONSOLE_TYPES",
    "MAX_ACTIONS",
    "MAX_CONTENT_CHARACTERS",
    "MODULE",
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
    "FlowType",
    "IdentifierError",
    "LegacyFlowError",
    "NotConverted",
    "Transitions",
    "check_identifier",
    "check_size",
    "convert_legacy",
    "list_needed_errors",
    "read_type",
]
