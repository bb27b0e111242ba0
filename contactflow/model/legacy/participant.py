"""Legacy modules that the caller hears and answers.

**Source**: Amazon Connect API Reference, "Participant actions in the Amazon Connect Flow language".
"""

from __future__ import annotations

from typing import Any

from contactflow.model.action_types.kind import INPUT_TIME_LIMIT_EXCEEDED, INVALID_PHONE_NUMBER, NO_MATCHING_ERROR
from contactflow.model.flow import Action
from contactflow.model.legacy.draft import Draft, NoEquivalentError


def play_prompt(draft: Draft) -> Action:
    """Convert PlayPrompt into MessageParticipant."""
    message = _read_message(draft)
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    return draft.build("MessageParticipant", message, next_action=draft.target("Success"))


def loop_prompts(draft: Draft) -> Action:
    """Convert LoopPrompts into MessageParticipantIteratively."""
    messages = [
        {"PromptId" if parameter.name == "AudioPrompt" else _speech_field(parameter.key): value}
        for parameter, value in draft.values("Text", "AudioPrompt")
        if value is not None
    ]
    draft.when("MessagesInterrupted", draft.target("Timeout"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    frequency = draft.value("InterruptSeconds")
    return draft.build("MessageParticipantIteratively", {"Messages": messages, "InterruptFrequencySeconds": frequency})


def get_user_input(draft: Draft) -> Action:
    """Convert GetUserInput into GetParticipantInput, or ConnectParticipantWithLexBot where it asks a bot."""
    message = _read_message(draft)
    silence = draft.target("Timeout")
    draft.compare()
    draft.fail(INPUT_TIME_LIMIT_EXCEEDED, silence)
    draft.fail_usual()
    if draft.module.target == "Lex":
        return draft.build("ConnectParticipantWithLexBot", {**message, **_read_bot(draft)})
    digits = draft.value("MaxDigits")
    if digits not in (None, "1"):
        draft.lost.append(f"MaxDigits is {digits}: GetParticipantInput compares a single key")
    limit = {"InputTimeLimitSeconds": draft.value("Timeout"), "StoreInput": "False"}
    return draft.build("GetParticipantInput", {**message, **limit})


def store_user_input(draft: Draft) -> Action:
    """Convert StoreUserInput into GetParticipantInput that stores what is entered."""
    message = _read_message(draft)
    parameters: dict[str, Any] = {
        **message,
        "InputTimeLimitSeconds": draft.value("Timeout"),
        "StoreInput": "True",
        "InputValidation": _read_validation(draft),
    }
    if (draft.value("EncryptEntry") or "").lower() == "true":
        parameters["InputEncryption"] = {
            "EncryptionKeyId": draft.value("EncryptionKeyId"),
            "Key": draft.value("EncryptionKey"),
        }
    if "PhoneNumberValidation" in parameters["InputValidation"]:
        draft.fail(INVALID_PHONE_NUMBER, draft.target("InvalidNumber"))
    draft.fail(NO_MATCHING_ERROR, draft.target("Error"))
    return draft.build("GetParticipantInput", parameters, next_action=draft.target("Success"))


def disconnect(draft: Draft) -> Action:
    """Convert Disconnect into DisconnectParticipant."""
    return draft.end("DisconnectParticipant")


def _read_message(draft: Draft) -> dict[str, Any]:
    text, prompt, kind = draft.value("Text"), draft.value("AudioPrompt"), draft.value("TextToSpeechType")
    if prompt is not None:
        return {"PromptId": prompt}
    return {} if text is None else {_speech_field(kind): text}


def _speech_field(kind: str | None) -> str:
    return "SSML" if (kind or "").lower() == "ssml" else "Text"


def _read_validation(draft: Draft) -> dict[str, Any]:
    kind = draft.value("CustomerInputType")
    number_format, country, digits = (
        draft.value("PhoneNumberFormat"),
        draft.value("CountryCode"),
        draft.value("MaxDigits"),
    )
    if kind == "PhoneNumber":
        phone = {"NumberFormat": "Local" if number_format == "Local" else "E164", "CountryCode": country}
        return {"PhoneNumberValidation": {name: value for name, value in phone.items() if value}}
    return {"CustomValidation": {"MaximumLength": digits} if digits else {}}


def _read_bot(draft: Draft) -> dict[str, Any]:
    alias_arn, name = draft.value("BotAliasArn"), draft.value("BotName")
    attributes = draft.pairs("SessionAttribute")
    session = {"LexSessionAttributes": attributes} if attributes else {}
    if alias_arn:
        return {"LexV2Bot": {"AliasArn": alias_arn}, **session}
    if not name:
        raise NoEquivalentError("It asks a bot, but does not name it")
    bot = {"Name": name, "Alias": draft.value("BotAlias"), "Region": draft.value("BotRegion")}
    return {"LexBot": {key: value for key, value in bot.items() if value}, **session}
