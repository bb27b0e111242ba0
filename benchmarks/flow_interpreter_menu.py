"""The call that the interpreter's benchmark plays: as a flow, and as the same steps written out in Python.

It is what an inbound flow does: logging, voice, greeting, recording, identification, hours, a language menu with a
retry, a main menu with a wrong key, a submenu, routing, queue and transfer.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from types import MappingProxyType
from typing import Any

from contactflow.model import Flow
from contactflow.run import ContactState, Effect
from contactflow.run.effects import (
    CheckHours,
    Collect,
    Digits,
    End,
    FunctionResult,
    InHours,
    InvokeFunction,
    QueueContact,
    Result,
    Say,
    SetAttributes,
    SetContactData,
    SetHook,
    SetLogging,
    SetRecording,
    SetRouting,
    SetTargetQueue,
    SetVoice,
    Timeout,
)

KEYS = (None, "2", "3", "9", "2")
ANSWERS = {
    "identify": {"known": "false", "customer_id": "", "language": "", "vip": "false", "announcement": ""},
    "route": {"queue": "technical", "priority": "5", "expected_wait_seconds": "12", "reasons": "shortest"},
}
LANGUAGES = {"1": ("en", "en-US", "Joanna"), "2": ("ko", "ko-KR", "Seoyeon")}
MENUS = {"main": {"1": "orders", "3": "technical"}, "technical": {"2": "technical"}}
HOOKS = {"CustomerQueue": "wait", "CustomerRemaining": "survey"}
RECORDED = ("Agent", "Customer")


ERRORS = ("InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError")
Answers = Mapping[str, str]


def action(
    identifier: str,
    kind: str,
    parameters: Mapping[str, Any],
    following: str,
    answers: Answers = MappingProxyType({}),
    errors: Answers = MappingProxyType({}),
) -> dict[str, Any]:
    """Return an action with the targets of its answers, and of its errors where they do not lead to ``following``."""
    conditions = [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [answer]}}
        for answer, target in answers.items()
    ]
    branches = [{"NextAction": errors.get(name, following), "ErrorType": name} for name in ERRORS]
    transitions = {"NextAction": following, "Conditions": conditions, "Errors": branches}
    return {"Identifier": identifier, "Type": kind, "Parameters": parameters, "Transitions": transitions}


def menu(name: str, following: str, answers: Answers) -> dict[str, Any]:
    """Return a menu that asks again after silence, and after a wrong key says so first."""
    parameters = {"Text": f"{name} menu", "StoreInput": "False", "InputTimeLimitSeconds": "5"}
    again = {"InputTimeLimitExceeded": name, "NoMatchingCondition": f"{name}-wrong"}
    return action(name, "GetParticipantInput", parameters, following, answers, again)


def build_flow() -> Flow:
    """Return the call as a flow."""
    attributes = "UpdateContactAttributes"
    voice = {"TextToSpeechVoice": "Seoyeon", "TextToSpeechEngine": "neural"}
    recording = {"RecordingBehavior": {"RecordedParticipants": list(RECORDED)}}
    route = {"LambdaFunctionARN": "route", "InvocationTimeLimitSeconds": "8"}
    chosen = {"language": "$.Attributes.language", "queue": "$.Attributes.queue_choice", "vip": "$.Attributes.vip"}
    orders = {"Attributes": {"queue_choice": "orders", "menu_path": "main>1"}}
    technical = {"Attributes": {"queue_choice": "technical", "menu_path": "main>technical>2"}}
    hours = {"True": "record", "False": "end"}
    kept = {"Attributes": {"routing_reasons": "$.External.reasons", "wait": "$.External.expected_wait_seconds"}}
    return Flow.parse(
        {
            "Version": "2019-10-30",
            "StartAction": "log",
            "Actions": [
                action("log", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "voice"),
                action("voice", "UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Joanna"}, "greet"),
                action("greet", "MessageParticipant", {"Text": "welcome"}, "identify"),
                action("identify", "InvokeLambdaFunction", {"LambdaFunctionARN": "identify"}, "known"),
                action("known", "Compare", {"ComparisonValue": "$.External.known"}, "stranger", {"true": "customer"}),
                action("customer", attributes, {"Attributes": {"customer_id": "$.External.customer_id"}}, "stranger"),
                action("stranger", attributes, {"Attributes": {"vip": "$.External.vip"}}, "told"),
                action("told", "Compare", {"ComparisonValue": "$.External.announcement"}, "hours"),
                action("hours", "CheckHoursOfOperation", {"HoursOfOperationId": "h"}, "record", hours),
                action("record", "UpdateContactRecordingBehavior", recording, "notice"),
                action("notice", "MessageParticipant", {"Text": "recorded"}, "language"),
                menu("language", "english", {"1": "english", "2": "korean"}),
                action("language-wrong", "MessageParticipant", {"Text": "pardon"}, "language"),
                action("english", attributes, {"Attributes": {"language": "en"}}, "main"),
                action("korean", attributes, {"Attributes": {"language": "ko"}}, "korean-voice"),
                action("korean-voice", "UpdateContactTextToSpeechVoice", voice, "korean-data"),
                action("korean-data", "UpdateContactData", {"LanguageCode": "ko-KR"}, "main"),
                menu("main", "orders", {"1": "orders", "3": "technical"}),
                action("main-wrong", "MessageParticipant", {"Text": "pardon"}, "main"),
                menu("technical", "tech-choice", {"2": "tech-choice"}),
                action("technical-wrong", "MessageParticipant", {"Text": "pardon"}, "technical"),
                action("orders", attributes, orders, "route"),
                action("tech-choice", attributes, technical, "route"),
                action("route", "InvokeLambdaFunction", {**route, "LambdaInvocationAttributes": chosen}, "keep"),
                action("keep", attributes, kept, "rank"),
                action("rank", "Compare", {"ComparisonValue": "$.External.priority"}, "fifth", {"5": "fifth"}),
                action("fifth", "UpdateContactRoutingBehavior", {"QueuePriority": "5"}, "pick"),
                action("pick", "Compare", {"ComparisonValue": "$.External.queue"}, "to-technical"),
                action("to-technical", "UpdateContactTargetQueue", {"QueueId": "technical"}, "hook-CustomerQueue"),
                action(
                    "hook-CustomerQueue",
                    "UpdateContactEventHooks",
                    {"EventHooks": {"CustomerQueue": "wait"}},
                    "hook-CustomerRemaining",
                ),
                action(
                    "hook-CustomerRemaining",
                    "UpdateContactEventHooks",
                    {"EventHooks": {"CustomerRemaining": "survey"}},
                    "transfer",
                ),
                action("transfer", "TransferContactToQueue", {}, "end"),
                {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
            ],
        }
    )


def written_out(contact: ContactState) -> Generator[Effect, Result, Effect]:
    """Play the same call without an interpreter: the same effects and settings, with the way through it fixed in code.

    It keeps no trace, looks up no references, checks no limits and takes no error branches.
    """
    yield SetLogging(True)
    contact.flow_logging = True
    yield SetVoice("Joanna", None, None)
    contact.voice = "Joanna"
    yield _say(contact, "welcome")
    known = _answer((yield InvokeFunction("identify", {}, 3.0)))
    if known["known"] == "true":
        yield from _set(contact, {"customer_id": known["customer_id"]})
    yield from _set(contact, {"vip": known["vip"]})
    hours = yield CheckHours("h", contact.queue_arn)
    if not (isinstance(hours, InHours) and hours.open):
        return End("ended")
    yield SetRecording(True, RECORDED, False, {})
    contact.recording = RECORDED
    yield _say(contact, "recorded")
    key = yield from _ask(contact, "language", LANGUAGES)
    language, locale, voice = LANGUAGES[key]
    yield from _set(contact, {"language": language})
    yield SetVoice(voice, "neural", None)
    contact.voice, contact.voice_engine = voice, "neural"
    yield SetContactData({"LanguageCode": locale})
    contact.language_code = locale
    chosen = MENUS["main"][(yield from _ask(contact, "main", MENUS["main"]))]
    if chosen == "technical":
        yield from _ask(contact, "technical", MENUS["technical"])
    yield from _set(contact, {"queue_choice": chosen, "menu_path": "main>technical>2"})
    asked = {"language": language, "queue": chosen, "vip": contact.attributes["vip"]}
    routed = _answer((yield InvokeFunction("route", asked, 8.0)))
    yield from _set(contact, {"routing_reasons": routed["reasons"], "wait": routed["expected_wait_seconds"]})
    yield SetRouting(int(routed["priority"]), None)
    contact.priority = int(routed["priority"])
    yield SetTargetQueue(routed["queue"], None)
    contact.queue_arn = routed["queue"]
    for event, flow_id in HOOKS.items():
        yield SetHook(event, flow_id)
        contact.hooks[event] = flow_id
    yield QueueContact(contact.queue_arn, contact.priority, None, 0)
    contact.queued = True
    return End("queued")


def _ask(contact: ContactState, name: str, keys: Any) -> Generator[Effect, Result, str]:
    while True:
        result = yield Collect(_say(contact, f"{name} menu", interruptible=True), 1, 5.0, 5.0)
        if isinstance(result, Digits) and result.value in keys:
            return result.value
        if not isinstance(result, Timeout):
            yield _say(contact, "pardon")


def _set(contact: ContactState, values: dict[str, str]) -> Generator[Effect, Result, None]:
    yield SetAttributes(values, "Current")
    contact.attributes.update(values)


def _say(contact: ContactState, text: str, *, interruptible: bool = False) -> Say:
    return Say(text, None, None, None, contact.language_code, contact.voice, contact.voice_engine, interruptible)


def _answer(result: Result) -> Any:
    return result.value if isinstance(result, FunctionResult) else {}
