"""Participant actions: what the caller hears and enters.

**Source**: Amazon Connect API Reference, "Participant actions in the Amazon Connect Flow language":
MessageParticipant, MessageParticipantIteratively, GetParticipantInput, ConnectParticipantWithLexBot,
DisconnectParticipant; Administrator Guide, "Store customer input" (silence is stored as ``Timeout``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.run.actions.values import as_number, as_seconds
from contactflow.run.conditions import as_result
from contactflow.run.contact import ContactState
from contactflow.run.effects import (
    Collect,
    Converse,
    Digits,
    Disconnect,
    Done,
    Intent,
    Interrupted,
    PlayLoop,
    Result,
    Say,
    Timeout,
)
from contactflow.run.outcomes import Ask, Compared, Failure, Finish, Handler, Next, Outcome, Scope

DEFAULT_INPUT_SECONDS = 5.0
DEFAULT_INTER_DIGIT_SECONDS = 5.0
DEFAULT_MAX_DIGITS = 20
PHONE_NUMBER_DIGITS = range(7, 16)


def message_participant(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Play one message; a message without words takes the error branch."""
    message = read_message(parameters, scope.contact)
    if message is None:
        return Failure("There is nothing to say: the message is empty")
    return Ask(message, (Done,), _go_on)


def message_participant_iteratively(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Play messages in a loop until interrupted; those without words are left out."""
    read = [read_message(item, scope.contact) for item in parameters.get("Messages") or ()]
    messages = tuple(message for message in read if message is not None)
    if not messages:
        return Failure("There is nothing to say: all messages are empty")
    frequency = as_number(parameters.get("InterruptFrequencySeconds"))
    accepts: tuple[type[Result], ...] = () if frequency is None else (Interrupted,)
    return Ask(PlayLoop(messages, frequency), accepts, lambda _: Compared("MessagesInterrupted"))


def get_participant_input(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Gather one key and compare it, or gather several and store them."""
    if parameters.get("InputEncryption"):
        return Failure("InputEncryption of GetParticipantInput is not implemented")
    if as_result(parameters.get("StoreInput")) in {"True", "true"}:
        return _store_input(scope, parameters)
    return Ask(
        _collect(scope.contact, parameters, max_digits=1, store=False),
        (Digits, Timeout),
        lambda result: _no_input() if isinstance(result, Timeout) else _keyed(result),
    )


def connect_participant_with_lex_bot(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Hand the caller to a bot and compare the intent that comes of it."""
    alias = (parameters.get("LexV2Bot") or {}).get("AliasArn")
    if not alias:
        return Failure("The action names no LexV2Bot.AliasArn; Amazon Lex V1 is not implemented")
    limits = parameters.get("LexTimeoutSeconds") or {}
    conversation = Converse(
        read_message(parameters, scope.contact, interruptible=True),
        str(alias),
        scope.contact.language_code,
        {str(name): str(value) for name, value in (parameters.get("LexSessionAttributes") or {}).items()},
        as_number(limits.get("Text")),
    )

    def settle(result: Intent | Digits | Timeout) -> Outcome:
        if isinstance(result, Digits):
            return _keyed(result)
        if isinstance(result, Timeout):
            return Failure("The caller said nothing", "InputTimeLimitExceeded", "NoMatchingCondition")
        return _understood(scope.contact, result)

    return Ask(conversation, (Intent, Digits, Timeout), settle)


def disconnect_participant(_scope: Scope, _parameters: Mapping[str, Any]) -> Outcome:
    """End the contact."""
    return Finish(Disconnect("flow"))


def read_message(parameters: Mapping[str, Any], contact: ContactState, *, interruptible: bool = False) -> Say | None:
    """Return the message that parameters describe, None where it has no words."""
    media = parameters.get("Media") or {}
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


def _store_input(scope: Scope, parameters: Mapping[str, Any]) -> Ask:
    validation = parameters.get("InputValidation") or {}
    limit = as_number((validation.get("CustomValidation") or {}).get("MaximumLength"))
    collect = _collect(scope.contact, parameters, max_digits=int(limit) if limit else DEFAULT_MAX_DIGITS, store=True)

    def settle(result: Digits | Timeout) -> Outcome:
        scope.contact.stored_input = "Timeout" if isinstance(result, Timeout) else result.value
        if (
            "PhoneNumberValidation" in validation
            and isinstance(result, Digits)
            and not _may_be_phone_number(result.value)
        ):
            return Failure(f"{result.value} is not a phone number", "InvalidPhoneNumber")
        return Next({"stored_input": scope.contact.stored_input})

    return Ask(collect, (Digits, Timeout), settle)


def _collect(contact: ContactState, parameters: Mapping[str, Any], *, max_digits: int, store: bool) -> Collect:
    keys = parameters.get("DTMFConfiguration") or {}
    return Collect(
        read_message(parameters, contact, interruptible=True),
        max_digits,
        as_seconds(parameters.get("InputTimeLimitSeconds"), DEFAULT_INPUT_SECONDS),
        as_seconds(keys.get("InterdigitTimeLimitSeconds"), DEFAULT_INTER_DIGIT_SECONDS),
        as_result(keys.get("InputTerminationSequence")) or ("#" if store else None),
        store,
    )


def _may_be_phone_number(keys: str) -> bool:
    return keys.isdigit() and len(keys) in PHONE_NUMBER_DIGITS


def _keyed(result: Digits) -> Outcome:
    return Compared(result.value, {"digits": result.value})


def _no_input() -> Outcome:
    return Failure("The caller pressed no key", "InputTimeLimitExceeded")


def _understood(contact: ContactState, intent: Intent) -> Outcome:
    contact.lex = {
        "IntentName": intent.name,
        "Slots": dict(intent.slots),
        "SessionAttributes": dict(intent.session_attributes),
        "DialogState": "Fulfilled",
        "IntentConfidence": {"Score": as_result(intent.confidence)},
    }
    return Compared(intent.name, {"intent": intent.name, "slots": dict(intent.slots)})


def _go_on(_result: Result) -> Outcome:
    return Next()


HANDLERS: Mapping[str, Handler] = {
    "MessageParticipant": message_participant,
    "MessageParticipantIteratively": message_participant_iteratively,
    "GetParticipantInput": get_participant_input,
    "ConnectParticipantWithLexBot": connect_participant_with_lex_bot,
    "DisconnectParticipant": disconnect_participant,
}
