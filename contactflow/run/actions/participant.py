"""Participant actions: what the caller hears.

**Source**: Amazon Connect API Reference, "Participant actions in the Amazon Connect Flow language":
MessageParticipant, MessageParticipantIteratively, DisconnectParticipant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_items, as_number
from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    Disconnect,
    Done,
    Interrupted,
    PlayLoop,
    Result,
    Say,
)
from contactflow.run.outcomes import Ask, Compared, Failure, Finish, Handler, Next, Outcome, Scope


def message_participant(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Play one message; a message without words takes the error branch."""
    message = read_message(parameters, scope.contact)
    if message is None:
        return Failure("There is nothing to say: the message is empty")
    return Ask(message, (Done,), _go_on)


def message_participant_iteratively(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Play messages in a loop until interrupted; those without words are left out."""
    read = [read_message(as_fields(item), scope.contact) for item in as_items(parameters.get("Messages"))]
    messages = tuple(message for message in read if message is not None)
    if not messages:
        return Failure("There is nothing to say: all messages are empty")
    frequency = as_number(parameters.get("InterruptFrequencySeconds"))
    accepts: tuple[type[Result], ...] = () if frequency is None else (Interrupted,)
    return Ask(PlayLoop(messages, frequency), accepts, lambda _: Compared("MessagesInterrupted"))


def disconnect_participant(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """End the contact."""
    return Finish(Disconnect("flow"))


def read_message(parameters: Mapping[str, Any], contact: ContactState, *, interruptible: bool = False) -> Say | None:
    """Return the message that parameters describe, None where it has no words."""
    media = as_fields(parameters.get("Media"))
    text, ssml = as_result(parameters.get("Text")), as_result(parameters.get("SSML"))
    prompt, uri = as_result(parameters.get("PromptId")), as_result(media.get("Uri"))
    if not (prompt or uri or ssml or (text and text.strip())):
        return None
    return Say(
        text or None,
        ssml or None,
        prompt or None,
        uri or None,
        contact.language_code,
        contact.voice,
        contact.voice_engine,
        interruptible,
    )


def _go_on(_result: Result) -> Outcome:
    return Next()


HANDLERS: Mapping[str, Handler] = {
    "MessageParticipant": message_participant,
    "MessageParticipantIteratively": message_participant_iteratively,
    "DisconnectParticipant": disconnect_participant,
}
