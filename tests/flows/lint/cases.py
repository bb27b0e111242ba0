"""For every rule a flow that trips it, and one that nearly does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from contactflow.model import Flow
from tests.flows.lint.building import ask, collect, compare, do, flow, invoke, put, say, transfer


class Case(NamedTuple):
    """A flow that trips a rule at ``actions``, and a near miss."""

    trips: Flow
    near_miss: Flow
    actions: tuple[str | None, ...]
    options: Mapping[str, Any] = {}


def module(other: str) -> Flow:
    return flow(
        do("go", "InvokeFlowModule", {"FlowModuleId": other}, "return", fails="return"),
        do("return", "EndFlowModuleExecution"),
    )


RECORD_CALLER = do(
    "record",
    "UpdateContactRecordingBehavior",
    {"RecordingBehavior": {"RecordedParticipants": ["Agent", "Customer"], "IVRRecordingBehavior": "Enabled"}},
    "collect",
)
PAUSE = do("pause", "UpdateContactRecordingBehavior", {"RecordingBehavior": {"RecordedParticipants": []}}, "collect")
ENCRYPTED: dict[str, Any] = {"InputEncryption": {"EncryptionKeyId": "${input_key.id}", "Key": "${input_key.pem}"}}
CARD = "Please enter your credit card number"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:look-up"
SORRY = say("sorry", "Sorry")
PLAY_NAME = do("play", "MessageParticipant", {"Text": "$.External.name"}, "end", fails="end")
FIRST_MODULE, SECOND_MODULE, LAST_MODULE = module("second"), module("first"), module("elsewhere")

CASES: dict[str, Case] = {
    "dangling-reference": Case(
        flow(say("hello", "Hello", then="goodby"), say("goodbye", "Goodbye")),
        flow(say("hello", "Hello", then="goodbye"), say("goodbye", "Goodbye")),
        ("hello", "hello"),
    ),
    "unreachable-action": Case(
        flow(say("hello", "Hello"), say("lost", "Nobody hears this")),
        flow(do("hello", "MessageParticipant", {"Text": "Hello"}, "end", fails="heard"), say("heard", "Sorry")),
        ("lost",),
    ),
    "dead-end": Case(
        flow(do("hello", "MessageParticipant", {"Text": "Hello"}, fails="end")),
        flow(do("wait", "MessageParticipantIteratively", {"Messages": [{"Text": "Please hold"}]})),
        ("hello",),
    ),
    "missing-error-branch": Case(
        flow(put("set", {"vip": "true"}) | {"Transitions": {"NextAction": "end"}}),
        flow(do("hello", "MessageParticipant", {"Text": "Hello"}, "end")),
        ("set",),
    ),
    "missing-default": Case(
        flow(compare("channel", "$.Channel", {"CHAT": "end"}, otherwise=None)),
        flow(compare("channel", "$.Channel", {"CHAT": "other"}), say("other", "Hello")),
        ("channel",),
    ),
    "unknown-error-type": Case(
        flow(do("hello", "MessageParticipant", {"Text": "Hello"}, "end", fails={"NoMatchError": "end"})),
        flow(
            collect()
            | {
                "Transitions": {
                    "NextAction": "end",
                    "Errors": [
                        {"ErrorType": "InvalidPhoneNumber", "NextAction": "end"},
                        {"ErrorType": "NoMatchingError", "NextAction": "end"},
                    ],
                }
            }
        ),
        ("hello",),
    ),
    "swallowed-error": Case(
        flow(invoke(then="play", fails="play"), PLAY_NAME),
        flow(
            invoke(then="known", fails="known"),
            compare("known", "$.External.name", {"Ada": "play"}),
            PLAY_NAME,
        ),
        ("function",),
    ),
    "endless-loop": Case(
        flow(say("news", "The news", then="weather"), say("weather", "The weather", then="news")),
        flow(say("news", "The news", then="again"), ask("again", {"1": "news", "2": "end"})),
        ("news",),
    ),
    "unbounded-retry": Case(
        flow(ask("menu", {"1": "end"}, silent="pardon"), say("pardon", "Pardon?", then="menu")),
        flow(
            ask("menu", {"1": "end"}, silent="count"),
            do("count", "Loop", {"LoopCount": "2"}, "end", {"ContinueLooping": "menu", "DoneLooping": "end"}),
        ),
        ("menu",),
    ),
    "idle-loop": Case(
        flow(do("count", "Loop", {"LoopCount": "2"}, "end", {"ContinueLooping": "end", "DoneLooping": "end"})),
        flow(
            do("count", "Loop", {"LoopCount": "2"}, "end", {"ContinueLooping": "hello", "DoneLooping": "end"}),
            say("hello", "Hello", then="count"),
        ),
        ("count",),
    ),
    "menu-without-answer": Case(
        flow(do("menu", "GetParticipantInput", {"Text": "Press 1", "StoreInput": "False"}, "end", {"1": "end"}, "end")),
        flow(collect()),
        ("menu",),
    ),
    "ignored-timeout": Case(
        flow(invoke(fails=None)),
        flow(invoke(InvocationTimeLimitSeconds="8"), SORRY),
        ("function",),
    ),
    "unencrypted-sensitive-input": Case(
        flow(collect(text=CARD)),
        flow(collect(text="Enter your loyalty card number. Never enter your PIN.")),
        ("collect",),
    ),
    "sensitive-input-stored": Case(
        flow(collect(text=CARD, then="set"), put("set", {"payment": "$.StoredCustomerInput"})),
        flow(collect(text=CARD, then="set", **ENCRYPTED), put("set", {"payment": "$.StoredCustomerInput"})),
        ("set",),
    ),
    "sensitive-input-logged": Case(
        flow(
            do("log", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "collect"),
            collect(text=CARD),
        ),
        flow(
            do("log", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "quiet"),
            do("quiet", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Disabled"}, "collect"),
            collect(text=CARD),
        ),
        ("collect",),
    ),
    "sensitive-input-recorded": Case(
        flow(RECORD_CALLER, collect(text="Enter your PIN", **ENCRYPTED)),
        flow(
            RECORD_CALLER | {"Transitions": {"NextAction": "pause"}},
            PAUSE,
            collect(text="Enter your PIN", **ENCRYPTED),
        ),
        ("collect",),
    ),
    "missing-language": Case(
        flow(
            compare("greet", "$.Attributes.language", {"en": "hello-en", "ko": "hello-ko"}, otherwise="after"),
            *(say(f"hello-{code}", "Hello", then="after") for code in ("en", "ko")),
            compare("after", "$.Attributes.language", {"en": "bye-en"}),
            say("bye-en", "Bye"),
        ),
        flow(
            compare("greet", "$.Attributes.language", {"en": "hello-en", "ko": "hello-ko"}, otherwise="after"),
            *(say(f"hello-{code}", "Hello", then="after") for code in ("en", "ko")),
            compare("after", "$.Attributes.language", {"ko": "bye-ko"}, otherwise="bye"),
            say("bye-ko", "Bye"),
            say("bye", "Bye"),
        ),
        ("after",),
    ),
    "unset-attribute": Case(
        flow(say("hello", "Hello $.Attributes.nickname")),
        flow(put("set", {"nickname": "Ada"}, then="hello"), say("hello", "Hello $.Attributes.nickname")),
        ("hello",),
    ),
    "unknown-reference": Case(
        flow(say("hello", "Hello $.attributes.name")),
        flow(say("hello", "You called $.SystemEndpoint.Address and wait in $['Queue']['Name']")),
        ("hello",),
    ),
    "duplicate-condition": Case(
        flow(
            do(
                "menu",
                "Compare",
                {"ComparisonValue": "$.Channel"},
                "end",
                fails={"NoMatchingCondition": "end"},
            )
            | {
                "Transitions": {
                    "NextAction": "end",
                    "Conditions": [
                        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": ["CHAT"]}}
                        for target in ("sorry", "end")
                    ],
                    "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "end"}],
                }
            },
            SORRY,
        ),
        flow(compare("menu", "$.Channel", {"CHAT": "sorry", "TASK": "sorry"}), SORRY),
        ("menu",),
    ),
    "never-matching-condition": Case(
        flow(ask("menu", {"12": "sorry", "1": "end"}), SORRY),
        flow(ask("menu", {"*": "sorry", "#": "end"}), SORRY),
        ("menu",),
    ),
    "pointless-decision": Case(
        flow(compare("channel", "$.Channel", {"CHAT": "end"})),
        flow(compare("channel", "$.Channel", {"CHAT": "sorry"}), SORRY),
        ("channel",),
    ),
    "spoken-keyword": Case(
        flow(
            compare("kind", "$.External.message", {"text": "text", "ssml": "ssml"}),
            do("text", "MessageParticipant", {"Text": "$.External.message"}, "end", fails="end"),
            do("ssml", "MessageParticipant", {"SSML": "$.External.message"}, "end", fails="end"),
        ),
        flow(
            compare("kind", "$.External.kind", {"text": "text", "ssml": "ssml"}),
            do("text", "MessageParticipant", {"Text": "$.External.message"}, "end", fails="end"),
            do("ssml", "MessageParticipant", {"SSML": "$.External.message"}, "end", fails="end"),
        ),
        ("kind", "kind"),
    ),
    "malformed-ssml": Case(
        flow(do("hello", "MessageParticipant", {"SSML": "<speak>Fish & chips</speak>"}, "end", fails="end")),
        flow(
            do(
                "hello",
                "MessageParticipant",
                {"SSML": "<speak><amazon:effect name='drc'>Hi $.Attributes.name &amp; co</amazon:effect></speak>"},
                "end",
                fails="end",
            )
        ),
        ("hello",),
    ),
    "ssml-as-text": Case(
        flow(say("hello", "<speak>Hello</speak>")),
        flow(say("hello", "Say <speak> to speak")),
        ("hello",),
    ),
    "ambiguous-message": Case(
        flow(do("hello", "MessageParticipant", {"Text": "Hi", "SSML": "<speak>Hi</speak>"}, "end", fails="end")),
        flow(do("hello", "MessageParticipant", {"Text": "Hi", "SSML": ""}, "end", fails="end")),
        ("hello",),
    ),
    "missing-parameter": Case(
        flow(do("go", "TransferToFlow", {}, "end", fails="end")),
        flow(do("go", "UpdateContactTargetQueue", {"AgentId": "$.Attributes.agent"}, "end", fails="end")),
        ("go",),
    ),
    "conflicting-parameters": Case(
        flow(do("go", "UpdateContactTargetQueue", {"AgentId": "a", "QueueId": "q"}, "end", fails="end")),
        flow(do("go", "UpdateContactTargetQueue", {"AgentId": "a", "QueueId": ""}, "end", fails="end")),
        ("go",),
    ),
    "hard-coded-arn": Case(
        flow(invoke(LambdaFunctionARN=ARN), SORRY),
        flow(
            do(
                "view",
                "ShowView",
                {"ViewResource": {"Id": "arn:aws:connect:us-east-1:aws:view/form:1"}},
                "end",
                {"Next": "end"},
                "end",
            )
        ),
        ("function",),
    ),
    "hard-coded-number": Case(
        flow(
            do("call", "TransferParticipantToThirdParty", {"ThirdPartyPhoneNumber": "+12065550123"}, "end", fails="end")
        ),
        flow(say("hello", "+12065550123")),
        ("call",),
    ),
    "hard-coded-account": Case(
        flow(invoke(LambdaInvocationAttributes={"queue": "https://sqs.us-east-1.amazonaws.com/123456789012/q"}), SORRY),
        flow(invoke(LambdaInvocationAttributes={"order": "123456789012"}), SORRY),
        ("function",),
    ),
    "unfilled-placeholder": Case(
        flow(invoke(LambdaFunctionARN="ENTER YOUR LAMBDA HERE"), SORRY),
        flow(invoke(LambdaFunctionARN="<<ARN:Look Up>>"), SORRY),
        ("function",),
    ),
    "refused-identifier": Case(
        flow(say("hello (1)", "Hello")),
        flow(say("hello 1 - 안녕", "Hello")),
        ("hello (1)",),
    ),
    "content-too-large": Case(
        flow(
            *(say(f"hello-{number}", "Hello", f"hello-{number + 1}") for number in range(249)),
            say("hello-249", "Hello"),
        ),
        flow(
            *(say(f"hello-{number}", "Hello", f"hello-{number + 1}") for number in range(248)),
            say("hello-248", "Hello"),
        ),
        (None,),
    ),
    "unsupported-version": Case(
        flow(say("hello", "Hello"), Version="2018-01-01"),
        flow(say("hello", "Hello")),
        (None,),
    ),
    "unknown-action": Case(
        flow(do("sing", "SingToParticipant", {}, "end")),
        flow(do("go", "UpdateContactRoutingBehavior", {"QueuePriority": "1"}, "end")),
        ("sing",),
    ),
    "misplaced-action": Case(
        flow(ask("menu"), type="agentWhisper"),
        flow(ask("menu"), type="customerQueue"),
        ("menu",),
    ),
    "queue-not-set": Case(
        flow(transfer(), type="contactFlow"),
        flow(
            do("queue", "UpdateContactTargetQueue", {"QueueId": "${queue.orders}"}, "transfer", fails="end"),
            transfer(),
            type="contactFlow",
        ),
        ("transfer",),
    ),
    "cyclic-modules": Case(
        FIRST_MODULE,
        LAST_MODULE,
        ("go",),
        {"flows": {"first": FIRST_MODULE, "second": SECOND_MODULE, "last": LAST_MODULE}},
    ),
    "retired-service": Case(
        flow(
            do(
                "bot",
                "ConnectParticipantWithLexBot",
                {"Text": "Hi", "LexBot": {"Name": "b"}},
                "end",
                {"Buy": "end"},
                {"NoMatchingCondition": "end", "NoMatchingError": "end"},
            )
        ),
        flow(
            do(
                "bot",
                "ConnectParticipantWithLexBot",
                {"Text": "Hi", "LexV2Bot": {"AliasArn": "${bot}"}},
                "end",
                {"Buy": "end"},
                {"NoMatchingCondition": "end", "NoMatchingError": "end"},
            )
        ),
        ("bot",),
    ),
}
