"""What is known of each action type: its documented ways out, and what it needs to be published.

A type that is not here is not documented, or newer than this library; flows with it are read and written all the same.

**Source**: Amazon Connect API Reference, "Actions in the Amazon Connect Flow language" and the page of each action.
Where the service is stricter or laxer than the page, the service counts: it refuses a flow with "Action is missing
required error" (InvalidContactFlowException), and publishes flows without branches that a page asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from contactflow.model.action_types.contact import CONTACT_ACTIONS
from contactflow.model.action_types.control import CONTROL_ACTIONS
from contactflow.model.action_types.interactions import INTERACTIONS
from contactflow.model.action_types.kind import (
    INPUT_TIME_LIMIT_EXCEEDED,
    INVALID_PHONE_NUMBER,
    NO_MATCHING_CONDITION,
    ActionType,
)
from contactflow.model.action_types.participant import PARTICIPANT_ACTIONS
from contactflow.model.flow import Action

ACTION_TYPES: Mapping[str, ActionType] = MappingProxyType(
    {kind.name: kind for kind in (*PARTICIPANT_ACTIONS, *CONTACT_ACTIONS, *CONTROL_ACTIONS, *INTERACTIONS)}
)
"""Every documented action type, by its name."""


def list_needed_errors(action: Action) -> tuple[str, ...]:
    """Return the error types that ``action`` has to give a branch for it to be published; none if it is unknown.

    **Source**: Amazon Connect API Reference, GetParticipantInput (conditions and their errors only where input is
    not stored; InvalidPhoneNumber where a phone number is validated) and UpdateContactRecordingAndAnalyticsBehavior
    (InFlightRedactionConfigurationFailed where chat behavior is defined).
    """
    kind = ACTION_TYPES.get(action.type)
    return () if kind is None else (*kind.needed_errors, *_conditional_errors(action))


def stores_input(action: Action) -> bool:
    """Return whether a GetParticipantInput keeps what is entered instead of comparing it."""
    return str((action.parameters or {}).get("StoreInput")).lower() == "true"


def _conditional_errors(action: Action) -> tuple[str, ...]:
    parameters = action.parameters or {}
    if action.type == "GetParticipantInput":
        if not stores_input(action):
            return (INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION)
        validation = parameters.get("InputValidation")
        if isinstance(validation, Mapping) and "PhoneNumberValidation" in validation:
            return (INVALID_PHONE_NUMBER,)
    if action.type == "UpdateContactRecordingAndAnalyticsBehavior" and "ChatBehavior" in parameters:
        return ("InFlightRedactionConfigurationFailed",)
    return ()
