"""Nothing that a caller, a function or a host does brings a session down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from contactflow.model import Flow
from contactflow.run import ContactState, Effect, Session
from contactflow.run import effects as fx
from contactflow.run.actions import HANDLERS
from tests.flows.test_actions import LAMBDA, action, error, flow_of, session_of, settle, when
from tests.flows.test_model import PUBLISHED, PUBLISHED_FLOWS

MOST_EFFECTS = 2000


def chain(*types: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return actions one after another, each of whose ways out leads to the next."""
    made = []
    for place, (type_name, parameters) in enumerate(types):
        following = f"a{place + 1}" if place + 1 < len(types) else "end"
        errors = [error(kind, following) for kind in ("NoMatchingError", "NoMatchingCondition", "QueueAtCapacity")]
        made.append({**action(type_name, parameters, NextAction=following, Errors=errors), "Identifier": f"a{place}"})
    return made


EVERY_EFFECT = flow_of(
    *chain(
        ("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}),
        ("MessageParticipant", {"Text": "Welcome"}),
        ("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Joanna"}),
        ("UpdateContactData", {"LanguageCode": "en-US"}),
        ("UpdateContactRecordingBehavior", {"RecordingBehavior": {"RecordedParticipants": ["Agent"]}}),
        ("UpdateContactAttributes", {"Attributes": {"a": "1"}}),
        ("TagContact", {"Tags": {"a": "1"}}),
        ("InvokeLambdaFunction", LAMBDA),
        ("CheckHoursOfOperation", {"HoursOfOperationId": "h"}),
        ("GetParticipantInput", {"Text": "1 or 2"}),
        ("GetParticipantInput", {"Text": "Number?", "StoreInput": "True"}),
        (
            "GetParticipantInput",
            {"Text": "PIN?", "StoreInput": "True", "InputEncryption": {"EncryptionKeyId": "k", "Key": "PEM"}},
        ),
        ("ConnectParticipantWithLexBot", {"Text": "Yes?", "LexV2Bot": {"AliasArn": "b"}}),
        ("UpdateContactTargetQueue", {"QueueId": "q"}),
        ("UpdateContactRoutingBehavior", {"QueuePriority": "1"}),
        ("CheckMetricData", {"MetricType": "NumberOfAgentsAvailable"}),
        ("GetMetricData", {}),
        ("CheckOutboundCallStatus", {}),
        ("UpdateContactCallbackNumber", {"CallbackNumber": "$.CustomerEndpoint.Address"}),
        (
            "CreateCallbackContact",
            {"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "60"},
        ),
        ("UpdateContactMediaStreamingBehavior", {"MediaStreamingState": "Enabled"}),
        ("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "f"}}),
        ("TransferParticipantToThirdParty", {"ThirdPartyPhoneNumber": "+12065550123"}),
        ("Wait", {"TimeLimitSeconds": "5"}),
        ("MessageParticipantIteratively", {"Messages": [{"Text": "wait"}], "InterruptFrequencySeconds": "30"}),
        ("TransferContactToQueue", {}),
    )
)


GOOD_DAY: dict[type[Effect], fx.Result] = {
    fx.Converse: fx.Intent("Order"),
    fx.CheckHours: fx.InHours(True),
    fx.CheckMetrics: fx.MetricValue(1),
    fx.GetMetrics: fx.Metrics({"Queue": {"Size": 0}}),
    fx.CheckCallProgress: fx.CallProgress("CallAnswered"),
    fx.QueueContact: fx.Queued(),
    fx.RequeueContact: fx.Queued(),
}


def good_day(effect: Effect) -> fx.Result:
    if isinstance(effect, fx.Collect):
        return fx.Digits("1") if effect.encryption is None else fx.EncryptedDigits("AYADeJ==")
    if isinstance(effect, fx.InvokeFunction):
        return fx.Done() if effect.asynchronous else fx.FunctionResult({"a": "1"})
    if isinstance(effect, fx.PlayLoop):
        return fx.Dequeued() if effect.interrupt_after_seconds is None else fx.Interrupted()
    return GOOD_DAY.get(type(effect), fx.Done())


def run(flow: Flow, answer: Callable[[Effect], fx.Result], **options: Any) -> tuple[list[Effect], Session]:
    session = Session(flow, ContactState("c", customer_address="+15550100"), **options)
    effects = [session.start()]
    while not isinstance(effects[-1], fx.Ending):
        result = answer(effects[-1]) if len(effects) < MOST_EFFECTS else fx.Hangup()
        effects.append(session.resume(result))
    assert session.over
    return effects, session


WHOLE, _ = run(EVERY_EFFECT, good_day)


def test_whole_call_meets_every_kind_of_effect() -> None:
    met = {type(effect).__name__ for effect in WHOLE[:-1]}
    elsewhere = {"TransferToAgent", "RequeueContact", "SetHold", "CompleteOutboundCall"}
    asks = [name for name in fx.__all__ if issubclass(getattr(fx, name), fx.Instruction | fx.Interaction | fx.Question)]
    assert met == set(asks) - elsewhere - {"Instruction", "Interaction", "Question"}
    assert WHOLE[-1] == fx.End("queued")


@pytest.mark.parametrize("stop", range(len(WHOLE) - 1), ids=lambda stop: type(WHOLE[stop]).__name__)
@pytest.mark.parametrize(("result", "ending"), [(fx.Hangup(), fx.End("hung_up")), (fx.Dequeued(), fx.End("dequeued"))])
def test_call_may_end_at_every_step(stop: int, result: fx.Result, ending: fx.Ending) -> None:
    left = iter(range(stop, -1, -1))
    effects, session = run(EVERY_EFFECT, lambda effect: good_day(effect) if next(left) else result)
    assert effects[-1] == ending
    assert effects[:-1] == WHOLE[: stop + 1]
    assert session.trace[-1].branch in {"HungUp", "Dequeued"}
    assert session.pending is None


@pytest.mark.parametrize("bad", range(len(WHOLE) - 1), ids=lambda bad: type(WHOLE[bad]).__name__)
def test_every_step_may_fail_alone(bad: int) -> None:
    left = iter(range(bad, bad - MOST_EFFECTS, -1))
    effects, session = run(EVERY_EFFECT, lambda effect: good_day(effect) if next(left) else fx.Failed("bad day"))
    failed = [taken for taken in session.trace if taken.results.get("reason") == "bad day"]
    assert [taken.branch for taken in failed] == ["NoMatchingError"]
    assert isinstance(effects[-1], fx.End)


def test_every_step_may_fail_at_once() -> None:
    effects, session = run(EVERY_EFFECT, lambda _: fx.Failed("bad day"))
    assert effects[-1] == fx.End("ended")
    assert {taken.branch for taken in session.trace} == {"NoMatchingError", "Terminal"}


def test_silent_caller_gets_through() -> None:
    silent = (fx.Collect, fx.Converse, fx.TransferToThirdParty)
    effects, _ = run(EVERY_EFFECT, lambda effect: fx.Timeout() if isinstance(effect, silent) else good_day(effect))
    assert effects[-1] == fx.End("queued")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"text": "x" * 33 * 1024}, "33803 bytes, more than 32768"),
        ({"text": "가" * 11 * 1024}, "33803 bytes, more than 32768"),
        ({"text": "\u0001" * 6 * 1024}, "36875 bytes, more than 32768"),
        ({"nested": {"a": "b"}}, "not a flat map of strings: nested"),
        ({"list": ["a"]}, "not a flat map of strings: list"),
        ({"n": 3, "ok": "1", "none": None}, "not a flat map of strings: n, none"),
        ("text", "answered str, not an object"),
        (None, "answered NoneType, not an object"),
        ([], "answered list, not an object"),
    ],
)
def test_function_s_answer_that_breaks_the_rules_takes_the_error_branch(answer: Any, reason: str) -> None:
    contact = ContactState("c", external={"old": "1"})
    call = action("InvokeLambdaFunction", LAMBDA)
    taken = settle(session_of(call, contact=contact), fx.FunctionResult(answer))
    assert taken.next_action == "failed"
    assert reason in taken.results["reason"]
    assert contact.external == {}


def test_answer_of_exactly_32_kb_is_taken() -> None:
    contact = ContactState("c")
    answer = {"text": "x" * (32 * 1024 - len('{"text":""}'))}
    assert settle(session_of(action("InvokeLambdaFunction", LAMBDA), contact=contact), fx.FunctionResult(answer))
    assert contact.external == answer


@pytest.mark.parametrize("size", [33 * 1024])
def test_nested_answer_is_measured_too(size: int) -> None:
    parameters = {**LAMBDA, "ResponseValidation": {"ResponseType": "JSON"}}
    taken = settle(
        session_of(action("InvokeLambdaFunction", parameters)), fx.FunctionResult({"a": {"b": ["x" * size]}})
    )
    assert taken.next_action == "failed"


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (fx.FunctionFailed("8.0 s are over", "timeout"), "The function failed (timeout): 8.0 s are over"),
        (fx.FunctionFailed("KeyError: 'phone'"), "The function failed (error): KeyError: 'phone'"),
        (fx.FunctionFailed("not associated", "denied"), "The function failed (denied): not associated"),
    ],
)
def test_function_that_fails_says_why(result: fx.Result, reason: str) -> None:
    taken = settle(session_of(action("InvokeLambdaFunction", LAMBDA)), result)
    assert (taken.next_action, taken.results["reason"]) == ("failed", reason)


@pytest.mark.parametrize("seconds", ["0", "8.1", "-1", "soon", "nan", "inf", "$.Attributes.none"])
def test_function_s_time_outside_the_limits_takes_the_error_branch(seconds: str) -> None:
    session = session_of(action("InvokeLambdaFunction", {**LAMBDA, "InvocationTimeLimitSeconds": seconds}))
    assert session.start() == fx.End("ended")


NOTHING: dict[str, Any] = {
    "MessageParticipant": {"Text": "$.External.no.such.path"},
    "MessageParticipantIteratively": {"Messages": [{"Text": "$.External.none"}]},
    "GetParticipantInput": {"Text": "$.External.none", "InputTimeLimitSeconds": "$.External.none"},
    "ConnectParticipantWithLexBot": {"LexV2Bot": {"AliasArn": "$.External.none"}},
    "InvokeLambdaFunction": {"LambdaFunctionARN": "$.External.none"},
    "UpdateContactAttributes": {"Attributes": {"a": "$.External.none"}},
    "UpdateContactTargetQueue": {"QueueId": "$.External.none"},
    "UpdateContactRoutingBehavior": {"QueuePriority": "$.External.none"},
    "UpdateContactCallbackNumber": {"CallbackNumber": "$.External.none"},
    "UpdateContactEventHooks": {"EventHooks": {"CustomerQueue": "$.External.none"}},
    "UpdateContactTextToSpeechVoice": {"TextToSpeechVoice": "$.External.none"},
    "TransferToFlow": {"ContactFlowId": "$.External.none"},
    "InvokeFlowModule": {"FlowModuleId": "$.External.none", "Input": {"a": "$.External.none"}},
    "TransferParticipantToThirdParty": {"ThirdPartyPhoneNumber": "$.External.none"},
    "Compare": {"ComparisonValue": "$.External.none"},
    "Loop": {"LoopCount": "$.External.none"},
    "Wait": {"TimeLimitSeconds": "$.External.none"},
    "CheckHoursOfOperation": {"HoursOfOperationId": "$.External.none"},
    "CheckMetricData": {"MetricType": "$.External.none"},
    "UpdateFlowAttributes": {"FlowAttributes": {"a": {"Value": "$.External.none"}}},
}


@pytest.mark.parametrize("type_name", sorted(NOTHING))
def test_path_into_nothing_is_no_surprise(type_name: str) -> None:
    errors = [error(), error("NoMatchingCondition"), error("InvalidCallbackNumber"), error("CallFailed")]
    flow = flow_of(action(type_name, NOTHING[type_name], NextAction="end", Conditions=[when("x")], Errors=errors))
    effects, session = run(flow, good_day)
    assert effects[-1] == fx.End("ended")
    assert session.trace[0].action_id == "it"


@pytest.mark.parametrize("type_name", sorted(NOTHING))
def test_action_without_parameters_is_no_surprise(type_name: str) -> None:
    flow = flow_of({**action(type_name, Errors=[error()], NextAction="end"), "Parameters": {}})
    assert isinstance(run(flow, good_day)[0][-1], fx.Ending)


JUNK: tuple[Any, ...] = (
    None,
    "",
    "x",
    "$.External.none",
    -1,
    1e400,
    True,
    [],
    ["a"],
    [None],
    {},
    {"a": {}},
    {"a": None},
)


def junk(parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield parameters with each value in turn, at every depth, replaced by each piece of junk."""
    for name, value in parameters.items():
        yield from ({**parameters, name: piece} for piece in JUNK)
        if isinstance(value, dict):
            yield from ({**parameters, name: inner} for inner in junk(value))


DEEP: dict[str, Any] = {
    "GetParticipantInput": {
        "StoreInput": "True",
        "Media": {"Uri": "u"},
        "InputValidation": {
            "PhoneNumberValidation": {"NumberFormat": "Local"},
            "CustomValidation": {"MaximumLength": "4"},
        },
        "InputEncryption": {"EncryptionKeyId": "k", "Key": "PEM"},
        "DTMFConfiguration": {
            "InputTerminationSequence": "#",
            "InterdigitTimeLimitSeconds": "2",
            "DisableCancelKey": "x",
        },
    },
    "ConnectParticipantWithLexBot": {
        "LexV2Bot": {"AliasArn": "b"},
        "LexSessionAttributes": {"a": "1"},
        "LexTimeoutSeconds": {"Text": "5"},
    },
    "InvokeLambdaFunction": {
        "LambdaFunctionARN": "f",
        "LambdaInvocationAttributes": {"a": "1"},
        "ResponseValidation": {"ResponseType": "JSON"},
        "InvocationType": "SYNCHRONOUS",
    },
    "UpdateContactRecordingBehavior": {
        "RecordingBehavior": {"RecordedParticipants": ["Agent"]},
        "AnalyticsBehavior": {},
    },
    "UpdateContactRecordingAndAnalyticsBehavior": {"VoiceBehavior": {"VoiceRecordingBehavior": {}}},
    "UpdateContactMediaStreamingBehavior": {
        "MediaStreamingState": "Enabled",
        "Participants": [{"MediaDirections": []}],
    },
    "UpdateRoutingCriteria": {"RoutingCriteria": {"Steps": []}},
    "TagContact": {"Tags": {"a": "1"}},
    "UntagContact": {"TagKeys": ["a"]},
    "InvokeFlowModule": {"FlowModuleId": "m", "Input": {"a": "1"}},
    "EndFlowModuleExecution": {"Result": "r", "ResultData": {"a": "1"}},
    "Loop": {"LoopName": "n", "LoopArray": [1]},
    "Wait": {"TimeLimitSeconds": "5", "Events": ["CustomerReturned"]},
    "TransferParticipantToThirdParty": {
        "ThirdPartyPhoneNumber": "+12065550123",
        "ThirdPartyConnectionTimeLimitSeconds": "30",
        "ContinueFlowExecution": "True",
        "ThirdPartyDTMFDigits": "1",
        "CallerId": {"Number": "1", "Name": "n"},
    },
    "CompleteOutboundCall": {"CallerId": {"Number": "1"}},
    "CreateCallbackContact": {
        "QueueId": "q",
        "InitialCallDelaySeconds": "5",
        "MaximumConnectionAttempts": "1",
        "RetryDelaySeconds": "60",
    },
    "DequeueContactAndTransferToQueue": {"QueueId": "q"},
    "UpdatePreviousContactParticipantState": {"PreviousContactParticipantState": "OffHold"},
}


@pytest.mark.parametrize("type_name", sorted({**NOTHING, **DEEP}))
def test_parameters_of_the_wrong_kind_are_no_surprise(type_name: str) -> None:
    for parameters in junk(DEEP.get(type_name) or NOTHING[type_name]):
        module = flow_of({**action("EndFlowModuleExecution", parameters), "Transitions": {}})
        tried = {**action(type_name, parameters, NextAction="end", Errors=[error()]), "Identifier": "it"}
        effects, _ = run(flow_of(tried), good_day, flows={"m": module})
        assert isinstance(effects[-1], fx.Ending)


HOSTS: dict[str, Callable[[], Callable[[Effect], fx.Result]]] = {
    "good day": lambda: good_day,
    "everything fails": lambda: lambda _: fx.Failed("bad day"),
    "silent": lambda: lambda effect: fx.Timeout() if isinstance(effect, fx.Collect | fx.Converse) else good_day(effect),
    "every key": lambda: _with_keys(cycle("0123456789*#")),
    "closed, no agents, broken functions": lambda: _bad_luck,
    "hangs up soon": lambda: _hanging_up(iter(range(4))),
}


def _with_keys(keys: Iterator[str]) -> Callable[[Effect], fx.Result]:
    def answer(effect: Effect) -> fx.Result:
        plain = isinstance(effect, fx.Collect) and effect.encryption is None
        return fx.Digits(next(keys)) if plain else good_day(effect)

    return answer


BAD_LUCK: dict[type[Effect], fx.Result] = {
    fx.CheckHours: fx.InHours(False),
    fx.CheckMetrics: fx.MetricValue(0),
    fx.QueueContact: fx.QueueFull(),
}


def _bad_luck(effect: Effect) -> fx.Result:
    if isinstance(effect, fx.InvokeFunction) and not effect.asynchronous:
        return fx.FunctionFailed("broken", "timeout")
    return BAD_LUCK.get(type(effect), good_day(effect))


def _hanging_up(left: Iterator[int]) -> Callable[[Effect], fx.Result]:
    return lambda effect: fx.Hangup() if next(left, None) is None else good_day(effect)


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
@pytest.mark.parametrize("path", PUBLISHED_FLOWS or [None], ids=lambda path: path.stem[:60] if path else "none")
@pytest.mark.parametrize("host", HOSTS)
def test_published_flow_runs_from_its_start_with_every_kind_of_host(host: str, path: Path) -> None:
    flow = Flow.parse(path.read_text(encoding="utf-8"))
    effects, session = run(flow, HOSTS[host](), flows={path.stem: flow})
    assert isinstance(effects[-1], fx.Ending)
    assert session.trace[0].action_id == flow.start_action
    assert effects[-1] != fx.Disconnect("endless")


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED_FLOWS, reason=f"no published flows in {PUBLISHED}")
def test_what_published_flows_use_and_the_interpreter_does_not_is_named() -> None:
    named, used = set(), set()
    for path in PUBLISHED_FLOWS:
        flow = Flow.parse(path.read_text(encoding="utf-8"))
        used |= {one.type for one in flow.actions}
        for host in HOSTS.values():
            _, session = run(flow, host())
            reasons = [str(taken.results.get("reason", "")) for taken in session.trace]
            named |= {reason.split()[0] for reason in reasons if reason.endswith("is not implemented")}
    assert "ShowView" in named
    assert named <= used - set(HANDLERS)
