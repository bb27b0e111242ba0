"""Flows as values: parse the Amazon Connect Flow language, look at it, write it back unchanged."""

from contactflow.model.action_types.kind import (
    INPUT_TIME_LIMIT_EXCEEDED,
    KEYS,
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    QUEUE_AT_CAPACITY,
    TIME_LIMIT_EXCEEDED,
    ActionType,
)
from contactflow.model.catalogue import ACTION_TYPES, list_needed_errors, stores_input
from contactflow.model.errors import (
    FlowError,
    FlowSizeError,
    FlowSyntaxError,
    IdentifierError,
    LegacyFlowError,
)
from contactflow.model.flow import Action, Flow
from contactflow.model.flow_types import CONSOLE_TYPES, MODULE, FlowType, read_type
from contactflow.model.legacy import Conversion, NotConverted, convert_legacy
from contactflow.model.limits import MAX_ACTIONS, MAX_CONTENT_CHARACTERS, check_identifier, check_size
from contactflow.model.transitions import Condition, ConditionalBranch, ErrorBranch, Transitions

__all__ = [
    "ACTION_TYPES",
    "CONSOLE_TYPES",
    "INPUT_TIME_LIMIT_EXCEEDED",
    "KEYS",
    "MAX_ACTIONS",
    "MAX_CONTENT_CHARACTERS",
    "MODULE",
    "NO_MATCHING_CONDITION",
    "NO_MATCHING_ERROR",
    "QUEUE_AT_CAPACITY",
    "TIME_LIMIT_EXCEEDED",
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
    "stores_input",
]
