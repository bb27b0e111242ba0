"""Participant actions: what the participant hears, sees and answers.

**Source**: Amazon Connect API Reference, "Participant actions in the Amazon Connect Flow language" and the page
of each action; AuthenticateParticipant: Administrator Guide, "Flow block: Authenticate Customer".
"""

from __future__ import annotations

from contactflow.model.action_types.kind import (
    INPUT_TIME_LIMIT_EXCEEDED,
    INVALID_PHONE_NUMBER,
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    TIME_LIMIT_EXCEEDED,
    ActionType,
    catch_all,
    ending,
)

PARTICIPANT_ACTIONS = (
    catch_all("MessageParticipant"),
    ActionType(
        "MessageParticipantIteratively",
        "MessageParticipantIteratively",
        answers="listed",
        possible_answers=("MessagesInterrupted",),
        errors=(NO_MATCHING_ERROR,),
        needs_next=False,
        holds=True,
    ),
    ActionType(
        "GetParticipantInput",
        "GetParticipantInput",
        answers="keys",
        errors=(INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION, NO_MATCHING_ERROR, INVALID_PHONE_NUMBER),
        needed_errors=(NO_MATCHING_ERROR,),
        waits_for_caller=True,
    ),
    ActionType(
        "ConnectParticipantWithLexBot",
        "ConnectParticipantWithLexBot",
        answers="intents",
        errors=(INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION, NO_MATCHING_ERROR),
        needed_errors=(NO_MATCHING_CONDITION, NO_MATCHING_ERROR),
        waits_for_caller=True,
    ),
    ActionType(
        "ShowView",
        "ShowView",
        answers="open",
        errors=(NO_MATCHING_CONDITION, NO_MATCHING_ERROR, TIME_LIMIT_EXCEEDED),
        needed_errors=(NO_MATCHING_CONDITION, NO_MATCHING_ERROR, TIME_LIMIT_EXCEEDED),
        waits_for_caller=True,
    ),
    ActionType(
        "AuthenticateParticipant",
        "Flow block: Authenticate Customer",
        answers="open",
        possible_answers=("OptedOut",),
        errors=(TIME_LIMIT_EXCEEDED, NO_MATCHING_ERROR),
        waits_for_caller=True,
    ),
    ActionType(
        "TransferParticipantToThirdParty",
        "TransferParticipantToThirdParty",
        errors=("CallFailed", "ConnectionTimeLimitExceeded", NO_MATCHING_ERROR),
    ),
    ending("DisconnectParticipant"),
)
