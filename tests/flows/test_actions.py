"""What each action does when a flow runs it."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.model import Flow
from contactflow.run import ContactState, Effect, Session, StepTaken
from contactflow.run import effects as fx

END = {"Identifier": "end", "Type": "EndFlowExecution", "Parameters": {}, "Transitions": {}}


def action(type_name: str, parameters: dict[str, Any] | None = None, **transitions: Any) -> dict[str, Any]:
    return {
        "Identifier": "it",
        "Type": type_name,
        "Parameters": parameters or {},
        "Transitions": transitions or {"NextAction": "end", "Errors": [error()]},
    }


def error(error_type: str = "NoMatchingError", target: str = "failed") -> dict[str, str]:
    return {"ErrorType": error_type, "NextAction": target}


def when(operand: str, target: str = "end", operator: str = "Equals") -> dict[str, Any]:
    return {"NextAction": target, "Condition": {"Operator": operator, "Operands": [operand]}}


def flow_of(*actions: dict[str, Any]) -> Flow:
    ends = [END, {**END, "Identifier": "failed"}, {**END, "Identifier": "other"}]
    return Flow.parse({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": [*actions, *ends]})


def session_of(*actions: dict[str, Any], contact: ContactState | None = None, **options: Any) -> Session:
    return Session(flow_of(*actions), contact or ContactState("c"), **options)


def step(session: Session) -> StepTaken:
    return next(taken for taken in session.trace if taken.action_id == "it")


def settle(session: Session, result: fx.Result) -> StepTaken:
    session.start()
    session.resume(result)
    return step(session)


def instantly(session: Session) -> StepTaken:
    session.start()
    return step(session)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"Text": "Hi $.Attributes.name."}, fx.Say(text="Hi Ada.", voice="Amy", language_locale="en-GB")),
        (
            {"SSML": "<speak>Hi</speak>"},
            fx.Say(ssml="<speak>Hi</speak>", voice="Amy", language_locale="en-GB"),
        ),
        ({"PromptId": "arn:p"}, fx.Say(prompt_id="arn:p", voice="Amy", language_locale="en-GB")),
        (
            {"Media": {"Uri": "s3://b/k.wav", "SourceType": "S3", "MediaType": "Audio"}},
            fx.Say(media_uri="s3://b/k.wav", voice="Amy", language_locale="en-GB"),
        ),
    ],
)
def test_message_is_said_in_the_contact_s_voice(parameters: dict[str, Any], expected: fx.Say) -> None:
    contact = ContactState("c", attributes={"name": "Ada"}, voice="Amy", language_code="en-GB")
    session = session_of(action("MessageParticipant", parameters), contact=contact)
    assert session.start() == expected
    assert session.resume(fx.Done()) == fx.End("ended")


@pytest.mark.parametrize("text", ["", "  ", "$.External.missing"])
def test_message_without_words_takes_the_error_branch(text: str) -> None:
    assert instantly(session_of(action("MessageParticipant", {"Text": text}))).next_action == "failed"


def test_unknown_prompt_takes_the_error_branch_with_its_reason() -> None:
    taken = settle(session_of(action("MessageParticipant", {"PromptId": "p"})), fx.Failed("no such prompt"))
    assert (taken.branch, taken.results["reason"]) == ("NoMatchingError", "no such prompt")


def test_loop_of_messages_is_interrupted_at_its_time() -> None:
    parameters = {"Messages": [{"Text": "wait"}, {"Text": ""}], "InterruptFrequencySeconds": "30"}
    session = session_of(
        action("MessageParticipantIteratively", parameters, Conditions=[when("MessagesInterrupted", "other")])
    )
    effect = session.start()
    assert isinstance(effect, fx.PlayLoop)
    assert (len(effect.messages), effect.interrupt_after_seconds) == (1, 30)
    session.resume(fx.Interrupted())
    assert step(session).next_action == "other"


def test_loop_of_messages_without_a_time_cannot_be_interrupted() -> None:
    session = session_of(action("MessageParticipantIteratively", {"Messages": [{"Text": "wait"}]}))
    session.start()
    with pytest.raises(RuntimeError, match="does not take Interrupted"):
        session.resume(fx.Interrupted())


MENU = {
    "Conditions": [when("1", "other")],
    "NextAction": "end",
    "Errors": [
        error("InputTimeLimitExceeded", "silent"),
        error("NoMatchingCondition", "wrong"),
        error("NoMatchingError", "failed"),
    ],
}


@pytest.mark.parametrize(
    ("result", "branch", "target"),
    [
        (fx.Digits("1"), "1", "other"),
        (fx.Digits("#"), "NoMatchingCondition", "wrong"),
        (fx.Timeout(), "InputTimeLimitExceeded", "silent"),
        (fx.Failed("line noise"), "NoMatchingError", "failed"),
    ],
)
def test_key_silence_and_failure_each_take_their_branch(result: fx.Result, branch: str, target: str) -> None:
    menu = action("GetParticipantInput", {"Text": "1 or 2", "InputTimeLimitSeconds": "4"}, **MENU)
    taken = settle(session_of(menu), result)
    assert (taken.branch, taken.next_action) == (branch, target)


def test_menu_asks_for_one_key_within_its_time() -> None:
    menu = action("GetParticipantInput", {"Text": "1 or 2", "InputTimeLimitSeconds": "4"}, **MENU)
    effect = session_of(menu).start()
    assert isinstance(effect, fx.Collect)
    assert effect.prompt == fx.Say(text="1 or 2", voice="Joanna", interruptible=True)
    assert (effect.max_digits, effect.timeout_seconds, effect.store) == (1, 4, False)


def store(**changes: Any) -> dict[str, Any]:
    parameters = {
        "StoreInput": "True",
        "InputTimeLimitSeconds": "5",
        "InputValidation": {"CustomValidation": {"MaximumLength": "12"}},
        "DTMFConfiguration": {"InputTerminationSequence": "*", "InterdigitTimeLimitSeconds": "2"},
        **changes,
    }
    return action(
        "GetParticipantInput",
        parameters,
        NextAction="end",
        Errors=[error(), error("InvalidPhoneNumber", "other")],
    )


def test_stored_input_is_gathered_as_configured_and_can_be_referred_to() -> None:
    contact = ContactState("c")
    session = session_of(store(), contact=contact)
    effect = session.start()
    assert effect == fx.Collect(None, 12, 5, 2, "*", True)
    session.resume(fx.Digits("1234"))
    assert contact.lookup(("StoredCustomerInput",)) == "1234"
    assert step(session).branch == "NextAction"


def test_silence_is_stored_as_timeout() -> None:
    contact = ContactState("c")
    taken = settle(session_of(store(), contact=contact), fx.Timeout())
    assert (taken.branch, contact.stored_input) == ("NextAction", "Timeout")


def test_stored_input_that_is_no_phone_number_takes_its_branch() -> None:
    validation = {"PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": "US"}}
    assert settle(session_of(store(InputValidation=validation)), fx.Digits("123")).next_action == "other"
    assert settle(session_of(store(InputValidation=validation)), fx.Digits("2065550100")).next_action == "end"


BOT = {
    "Text": "yes?",
    "LexV2Bot": {"AliasArn": "$.Attributes.bot"},
    "LexSessionAttributes": {"who": "$.ContactId"},
}


def test_bot_s_intent_and_slots_can_be_referred_to() -> None:
    contact = ContactState("c", attributes={"bot": "arn:bot"})
    talk = action("ConnectParticipantWithLexBot", BOT, Conditions=[when("Order")], Errors=[error()])
    session = session_of(talk, contact=contact)
    effect = session.start()
    assert isinstance(effect, fx.Converse)
    assert (effect.bot_alias_arn, effect.session_attributes) == ("arn:bot", {"who": "c"})
    session.resume(fx.Intent("Order", {"Part": "brake"}, {"mood": "good"}))
    assert step(session).branch == "Order"
    assert contact.lookup(("Lex", "Slots", "Part")) == "brake"
    assert contact.lookup(("Lex", "SessionAttributes", "mood")) == "good"


def test_silence_towards_a_bot_takes_the_branch_of_no_known_intent() -> None:
    talk = action(
        "ConnectParticipantWithLexBot",
        {"LexV2Bot": {"AliasArn": "b"}},
        NextAction="end",
        Errors=[error(), error("NoMatchingCondition", "other")],
    )
    assert settle(session_of(talk), fx.Timeout()).next_action == "other"


def test_old_bots_are_not_pretended() -> None:
    taken = instantly(session_of(action("ConnectParticipantWithLexBot", {"LexBot": {"Name": "old"}})))
    assert taken.next_action == "failed"


@pytest.mark.parametrize(
    ("operator", "operand", "value", "holds"),
    [
        ("Equals", "true", "true", True),
        ("Equals", "true", "True", False),
        ("TextStartsWith", "+1", "+1555", True),
        ("TextEndsWith", "55", "+1555", True),
        ("TextContains", "15", "+1555", True),
        ("TextContains", "9", "+1555", False),
        ("NumberGreaterThan", "3", "10", True),
        ("NumberGreaterOrEqualTo", "10", "10.0", True),
        ("NumberLessThan", "3", "10", False),
        ("NumberLessOrEqualTo", "10", "10", True),
        ("NumberLessThan", "3", "few", False),
        ("SoundsLike", "10", "10", False),
    ],
)
def test_attribute_is_compared(operator: str, operand: str, value: str, holds: bool) -> None:
    compare = action(
        "Compare",
        {"ComparisonValue": "$.Attributes.x"},
        NextAction="other",
        Conditions=[when(operand, "end", operator)],
        Errors=[error("NoMatchingCondition", "other")],
    )
    session = session_of(compare, contact=ContactState("c", attributes={"x": value}))
    assert instantly(session).next_action == ("end" if holds else "other")


def test_attribute_that_is_not_there_equals_nothing() -> None:
    compare = action(
        "Compare",
        {"ComparisonValue": "$.Attributes.x"},
        Conditions=[when("")],
        Errors=[error("NoMatchingCondition", "other")],
    )
    assert instantly(session_of(compare)).branch == "NoMatchingCondition"


def test_first_condition_that_holds_is_taken() -> None:
    conditions = [when("5", "end", "NumberGreaterThan"), when("1", "other", "NumberGreaterThan")]
    compare = action("Compare", {"ComparisonValue": "$.Attributes.x"}, Conditions=conditions)
    assert instantly(session_of(compare, contact=ContactState("c", attributes={"x": "3"}))).branch == "1"


def test_loop_goes_round_as_often_as_it_says_and_then_starts_over() -> None:
    again = action("Loop", {"LoopCount": "2"}, Conditions=[when("ContinueLooping", "say"), when("DoneLooping", "say")])
    say = {**action("MessageParticipant", {"Text": "again"}, NextAction="it"), "Identifier": "say"}
    session = session_of(again, say)
    session.start()
    for _ in range(5):
        session.resume(fx.Done())
    branches = [taken.branch for taken in session.trace if taken.action_id == "it"]
    assert branches == ["ContinueLooping", "ContinueLooping", "DoneLooping"] * 2


def test_loop_of_none_is_done_at_once() -> None:
    again = action("Loop", {"LoopCount": "0"}, Conditions=[when("ContinueLooping"), when("DoneLooping", "other")])
    assert instantly(session_of(again)).branch == "DoneLooping"


def test_attributes_are_set_from_references_once_the_host_agrees() -> None:
    contact = ContactState("c", external={"id": "7"})
    parameters = {
        "Attributes": {"customer": "$.External.id", "none": "$.External.none"},
        "TargetContact": "Current",
    }
    session = session_of(action("UpdateContactAttributes", parameters), contact=contact)
    assert session.start() == fx.SetAttributes({"customer": "7", "none": ""})
    assert contact.attributes == {}
    session.resume(fx.Done())
    assert contact.attributes == {"customer": "7", "none": ""}


def test_attributes_of_a_related_contact_leave_this_one_alone() -> None:
    contact = ContactState("c")
    parameters = {"Attributes": {"a": "1"}, "TargetContact": "Related"}
    settle(session_of(action("UpdateContactAttributes", parameters), contact=contact), fx.Done())
    assert contact.attributes == {}


def test_more_attributes_than_a_contact_holds_are_refused() -> None:
    contact = ContactState("c", attributes={"a": "x" * 32_000})
    session = session_of(action("UpdateContactAttributes", {"Attributes": {"b": "x" * 1000}}), contact=contact)
    assert instantly(session).next_action == "failed"


def test_instruction_that_the_host_refuses_changes_nothing() -> None:
    contact = ContactState("c")
    taken = settle(
        session_of(action("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "X"}), contact=contact),
        fx.Failed("no such voice"),
    )
    assert (contact.voice, taken.next_action) == ("Joanna", "failed")


@pytest.mark.parametrize(
    ("type_name", "parameters", "effect", "field", "value"),
    [
        (
            "UpdateContactTextToSpeechVoice",
            {"TextToSpeechVoice": "Amy", "TextToSpeechEngine": "neural", "TextToSpeechStyle": "None"},
            fx.SetVoice("Amy", "neural", "None"),
            "voice",
            "Amy",
        ),
        (
            "UpdateContactData",
            {"LanguageCode": "ko-KR"},
            fx.SetContactData({"LanguageCode": "ko-KR"}),
            "language_code",
            "ko-KR",
        ),
        (
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": ["Agent"], "IVRRecordingBehavior": "Enabled"}},
            fx.SetRecording(True, ("Agent",), True),
            "recording",
            ("Agent",),
        ),
        (
            "UpdateContactRecordingBehavior",
            {"RecordingBehavior": {"RecordedParticipants": []}},
            fx.SetRecording(False),
            "recording",
            (),
        ),
        (
            "UpdateContactEventHooks",
            {"EventHooks": {"CustomerQueue": "arn:f"}},
            fx.SetHook("CustomerQueue", "arn:f"),
            "hooks",
            {"CustomerQueue": "arn:f"},
        ),
        (
            "UpdateFlowLoggingBehavior",
            {"FlowLoggingBehavior": "Enabled"},
            fx.SetLogging(True),
            "flow_logging",
            True,
        ),
        ("UpdateContactRoutingBehavior", {"QueuePriority": "1"}, fx.SetRouting(1), "priority", 1),
        (
            "UpdateContactRoutingBehavior",
            {"QueueTimeAdjustmentSeconds": "600"},
            fx.SetRouting(None, 600),
            "age_adjust_seconds",
            600,
        ),
        (
            "UpdateContactCallbackNumber",
            {"CallbackNumber": "$.CustomerEndpoint.Address"},
            fx.SetCallbackNumber("+15550100"),
            "callback_number",
            "+15550100",
        ),
    ],
)
def test_setting_is_asked_for_and_kept(
    type_name: str, parameters: dict[str, Any], effect: Effect, field: str, value: Any
) -> None:
    contact = ContactState("c", customer_address="+15550100")
    session = session_of(action(type_name, parameters), contact=contact)
    assert session.start() == effect
    assert session.resume(fx.Done()) == fx.End("ended")
    assert getattr(contact, field) == value


@pytest.mark.parametrize(
    ("type_name", "parameters"),
    [
        ("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "a", "CustomerHold": "b"}}),
        ("UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": ""}}),
        ("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "$.Attributes.none"}),
        ("UpdateContactTargetQueue", {}),
        ("UpdateContactTargetQueue", {"QueueId": "q", "AgentId": "a"}),
        ("UpdateContactRoutingBehavior", {"QueuePriority": "0"}),
        ("TransferContactToQueue", {}),
        ("Loop", {"LoopCount": "101"}),
        ("Wait", {}),
        ("InvokeLambdaFunction", {"LambdaFunctionARN": ""}),
        ("InvokeLambdaFunction", {"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "9"}),
        ("TransferToFlow", {"ContactFlowId": "nowhere"}),
        ("InvokeFlowModule", {"FlowModuleId": "nowhere"}),
    ],
)
def test_parameters_that_the_language_excludes_take_the_error_branch(
    type_name: str, parameters: dict[str, Any]
) -> None:
    assert instantly(session_of(action(type_name, parameters))).next_action == "failed"


def test_bad_callback_number_takes_its_own_branch() -> None:
    taken = action(
        "UpdateContactCallbackNumber",
        {"CallbackNumber": "$.StoredCustomerInput"},
        NextAction="end",
        Errors=[error("InvalidCallbackNumber", "other")],
    )
    assert instantly(session_of(taken, contact=ContactState("c", stored_input="Timeout"))).next_action == "other"


def test_target_queue_gets_the_name_that_the_host_knows() -> None:
    contact = ContactState("c")
    session = session_of(action("UpdateContactTargetQueue", {"QueueId": "q-1"}), contact=contact)
    assert session.start() == fx.SetTargetQueue("q-1")
    session.resume(fx.QueueSelected("arn:q-1", "orders"))
    assert contact.lookup(("Queue", "Name")) == "orders"
    assert contact.lookup(("Queue", "ARN")) == "arn:q-1"


@pytest.mark.parametrize(
    ("result", "branch"),
    [
        (fx.Queued(), "Terminal"),
        (fx.QueueFull(), "QueueAtCapacity"),
        (fx.Failed("?"), "NoMatchingError"),
    ],
)
def test_contact_is_queued_or_refused(result: fx.Result, branch: str) -> None:
    contact = ContactState("c", queue_arn="arn:q", priority=2, age_adjust_seconds=60)
    transfer = action("TransferContactToQueue", Errors=[error("QueueAtCapacity", "other"), error()])
    session = session_of(transfer, contact=contact)
    assert session.start() == fx.QueueContact("arn:q", 2, None, 60)
    session.resume(result)
    assert step(session).branch == branch
    assert contact.queued is (branch == "Terminal")


def test_contact_in_a_queue_is_not_queued_again() -> None:
    contact = ContactState("c", queue_arn="arn:q", queued=True)
    assert instantly(session_of(action("TransferContactToQueue"), contact=contact)).next_action == "failed"


@pytest.mark.parametrize(("is_open", "branch"), [(True, "True"), (False, "False")])
def test_hours_are_compared(is_open: bool, branch: str) -> None:
    check = action("CheckHoursOfOperation", {}, Conditions=[when("True"), when("False", "other")], Errors=[error()])
    session = session_of(check, contact=ContactState("c", queue_arn="arn:q"))
    assert session.start() == fx.CheckHours(None, "arn:q")
    session.resume(fx.InHours(is_open))
    assert step(session).branch == branch


def test_metric_of_the_current_queue_is_compared() -> None:
    check = action(
        "CheckMetricData",
        {"MetricType": "NumberOfAgentsAvailable"},
        Conditions=[when("0", "end", "NumberGreaterThan")],
        Errors=[error("NoMatchingCondition", "other"), error()],
    )
    session = session_of(check, contact=ContactState("c", queue_arn="arn:q"))
    assert session.start() == fx.CheckMetrics("NumberOfAgentsAvailable", "arn:q")
    session.resume(fx.MetricValue(0))
    assert step(session).next_action == "other"


def test_metrics_can_be_referred_to() -> None:
    contact = ContactState("c")
    session = session_of(action("GetMetricData", {"QueueId": "q", "QueueChannel": "Voice"}), contact=contact)
    assert session.start() == fx.GetMetrics("q", None, "Voice")
    session.resume(fx.Metrics({"Queue": {"Size": 3}}))
    assert contact.lookup(("Metrics", "Queue", "Size")) == 3


LAMBDA = {"LambdaFunctionARN": "arn:f", "LambdaInvocationAttributes": {"phone": "$.CustomerEndpoint.Address"}}


def test_function_gets_resolved_parameters_and_answers_into_external() -> None:
    contact = ContactState("c", customer_address="+15550100", external={"old": "1"})
    session = session_of(action("InvokeLambdaFunction", LAMBDA), contact=contact)
    assert session.start() == fx.InvokeFunction("arn:f", {"phone": "+15550100"}, 3)
    session.resume(fx.FunctionResult({"name": "Ada"}))
    assert contact.external == {"name": "Ada"}
    assert step(session).results == {"name": "Ada"}


@pytest.mark.parametrize(
    "result",
    [
        fx.FunctionFailed("boom"),
        fx.FunctionFailed("8 s", "timeout"),
        fx.FunctionResult(None),
        fx.FunctionResult(["a"]),
        fx.FunctionResult({"nested": {"a": "b"}}),
        fx.FunctionResult({"count": 3}),
        fx.FunctionResult({"long": "x" * 33_000}),
    ],
)
def test_answer_that_a_flow_cannot_take_leaves_nothing_behind(result: fx.Result) -> None:
    contact = ContactState("c", external={"old": "1"})
    taken = settle(session_of(action("InvokeLambdaFunction", LAMBDA), contact=contact), result)
    assert taken.next_action == "failed"
    assert contact.external == {}


def test_function_that_answers_json_may_nest() -> None:
    contact = ContactState("c")
    parameters = {**LAMBDA, "ResponseValidation": {"ResponseType": "JSON"}}
    settle(
        session_of(action("InvokeLambdaFunction", parameters), contact=contact),
        fx.FunctionResult({"a": {"b": 3}}),
    )
    assert contact.lookup(("External", "a", "b")) == 3


def test_function_that_nobody_waits_for_is_started_only() -> None:
    session = session_of(action("InvokeLambdaFunction", {**LAMBDA, "InvocationType": "ASYNCHRONOUS"}))
    effect = session.start()
    assert isinstance(effect, fx.InvokeFunction)
    assert effect.asynchronous
    assert session.resume(fx.Done()) == fx.End("ended")


@pytest.mark.parametrize(
    ("result", "branch"),
    [(fx.Done(), "WaitCompleted"), (fx.EventOccurred("CustomerReturned"), "CustomerReturned")],
)
def test_wait_ends_by_time_or_event(result: fx.Result, branch: str) -> None:
    pause = action(
        "Wait",
        {"TimeLimitSeconds": "900", "Events": ["CustomerReturned"]},
        Conditions=[when("WaitCompleted"), when("CustomerReturned", "other")],
    )
    session = session_of(pause)
    assert session.start() == fx.Wait(900, ("CustomerReturned",))
    session.resume(result)
    assert step(session).branch == branch


def test_callers_are_distributed_by_percentage_the_same_way_each_time() -> None:
    share = action(
        "DistributeByPercentage",
        Conditions=[when("31", "other", "NumberLessThan")],
        Errors=[error("NoMatchingCondition", "end")],
    )
    chosen = [instantly(session_of(share, contact=ContactState(f"c{n}"))).next_action for n in range(1000)]
    again = [instantly(session_of(share, contact=ContactState(f"c{n}"))).next_action for n in range(1000)]
    assert chosen == again
    assert 250 < chosen.count("other") < 350


def test_flow_goes_on_in_another_flow() -> None:
    other = flow_of({**action("MessageParticipant", {"Text": "there"}), "Identifier": "there"})
    session = session_of(action("TransferToFlow", {"ContactFlowId": "arn:other"}), flows={"arn:other": other})
    effect = session.start()
    assert isinstance(effect, fx.Say)
    session.resume(fx.Done())
    assert [(taken.flow_id, taken.action_id) for taken in session.trace] == [
        ("flow", "it"),
        ("arn:other", "there"),
        ("arn:other", "end"),
    ]


def test_module_returns_to_the_flow_that_invoked_it() -> None:
    module = flow_of(
        {**action("MessageParticipant", {"Text": "module"}, NextAction="back"), "Identifier": "say"},
        {**END, "Identifier": "back", "Type": "EndFlowModuleExecution"},
    )
    session = session_of(action("InvokeFlowModule", {"FlowModuleId": "m"}), flows={"m": module})
    session.start()
    assert session.resume(fx.Done()) == fx.End("ended")
    assert [(taken.flow_id, taken.action_id) for taken in session.trace] == [
        ("flow", "it"),
        ("m", "say"),
        ("m", "back"),
        ("flow", "it"),
        ("flow", "end"),
    ]


def test_flow_attributes_can_be_referred_to() -> None:
    contact = ContactState("c")
    parameters = {"FlowAttributes": {"a": {"Value": "1"}, "b": "2"}}
    instantly(session_of(action("UpdateFlowAttributes", parameters), contact=contact))
    assert [contact.lookup(("FlowAttributes", name)) for name in "ab"] == ["1", "2"]


def test_action_that_is_not_implemented_says_so_and_takes_its_error_branch() -> None:
    taken = instantly(session_of(action("ShowView", {"ViewResource": {"Id": "v"}})))
    assert (taken.next_action, taken.results["reason"]) == ("failed", "ShowView is not implemented")
