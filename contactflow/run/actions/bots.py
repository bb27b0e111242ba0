"""ConnectParticipantWithLexBot, and what a bot's answer leaves below ``$.Lex``.

**Source**: Amazon Connect API Reference, "ConnectParticipantWithLexBot"; Administrator Guide, "List of available
contact attributes" (Amazon Lex contact attributes), "Flow block: Check contact attributes" (alternative intents by
their name) and "Flow block: Get customer input" (time-outs of voice as session attributes).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contactflow.model import INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION
from contactflow.model.conditions import as_result
from contactflow.model.values import as_fields, as_number
from contactflow.run.actions.participant import read_message
from contactflow.run.contact import ContactState
from contactflow.run.effects import Converse, Digits, Intent, Timeout
from contactflow.run.outcomes import Ask, Compared, Failure, Handler, Outcome, Scope

START_TIMEOUT = "x-amz-lex:audio:start-timeout-ms:"


def connect_participant_with_lex_bot(scope: Scope, parameters: Mapping[str, Any]) -> Outcome | Ask:
    """Hand the caller to a bot and compare the intent that comes of it."""
    if "LexV2Bot" not in parameters:
        return Failure("ConnectParticipantWithLexBot with a bot of Amazon Lex V1 is not implemented", implemented=False)
    alias = as_result(as_fields(parameters["LexV2Bot"]).get("AliasArn"))
    if not alias:
        return Failure("LexV2Bot.AliasArn is empty")
    given = as_fields(parameters.get("LexSessionAttributes"))
    attributes = {str(name): as_result(value) or "" for name, value in given.items()}
    conversation = Converse(
        read_message(parameters, scope.contact, interruptible=True),
        alias,
        scope.contact.language_code,
        attributes,
        _timeout_seconds(parameters, attributes),
    )
    return Ask(conversation, (Intent, Digits, Timeout), lambda result: _settle(scope.contact, result))


def describe_intent(intent: Intent) -> dict[str, Any]:
    """Return what ``$.Lex`` holds after a bot answered ``intent``."""
    return {
        "IntentName": intent.name,
        "IntentConfidence": {"Score": as_result(intent.confidence)},
        "Slots": dict(intent.slots),
        "SessionAttributes": dict(intent.session_attributes),
        "DialogState": intent.dialog_state,
        "SentimentResponse": {
            "Label": intent.sentiment.label if intent.sentiment else None,
            "Scores": dict(intent.sentiment.scores) if intent.sentiment else {},
        },
        "AlternativeIntents": {
            other.name: {
                "IntentName": other.name,
                "IntentConfidence": {"Score": as_result(other.confidence)},
                "Slots": dict(other.slots),
            }
            for other in intent.alternatives
        },
    }


def _settle(contact: ContactState, result: Intent | Digits | Timeout) -> Outcome:
    if isinstance(result, Digits):
        return Compared(result.value, {"digits": result.value})
    if isinstance(result, Timeout):
        return Failure("The caller said nothing", INPUT_TIME_LIMIT_EXCEEDED, NO_MATCHING_CONDITION)
    contact.lex = describe_intent(result)
    return Compared(result.name, {"intent": result.name, "slots": dict(result.slots)})


def _timeout_seconds(parameters: Mapping[str, Any], attributes: Mapping[str, str]) -> float | None:
    """Return how long the bot waits for the caller's first word, None where the flow does not say."""
    for scope in ("*:*", "*"):
        milliseconds = as_number(attributes.get(START_TIMEOUT + scope))
        if milliseconds is not None and milliseconds > 0:
            return milliseconds / 1000
    return as_number(as_fields(parameters.get("LexTimeoutSeconds")).get("Text"))


HANDLERS: Mapping[str, Handler] = {"ConnectParticipantWithLexBot": connect_participant_with_lex_bot}
