"""The language itself: references, operators, loops, bots, and where actions may stand."""

from __future__ import annotations

from typing import Any

import pytest

from contactflow.model.catalogue import ACTION_TYPES
from contactflow.model.placement import ALLOWED_IN
from contactflow.model.references import Template
from contactflow.run import ContactState
from contactflow.run import effects as fx
from contactflow.run.actions import HANDLERS
from tests.flows.test_actions import BOT, action, error, instantly, session_of, settle, step, when

CONTACT = ContactState(
    "c-1",
    instance_arn="arn:aws:connect:eu-central-1:111122223333:instance/i",
    attributes={"two words": "2", "a-b_c": "3", "이름": "지우"},
    external={"a": {"b": [{"c": "deep"}, "second"]}, "yes": True, "none": None, "rate": 1.5},
    loops={"cars": {"Index": 1, "Element": {"year": 1969}, "Elements": ["x"]}},
    segment_attributes={"connect:Subtype": "connect:Telephony"},
    namespaces={"Customer": {"FirstName": "Ada"}, "Media": {"Sip": {"Headers": {"P-Charge-Info": "x"}}}},
    queue_arn="q",
    queue_caller_id="+15550199",
    agent={"FirstName": "Kim"},
    tags={"team": "blue"},
)


@pytest.mark.parametrize(
    ("reference", "value"),
    [
        ("$.AwsRegion", "eu-central-1"),
        ("$['AwsRegion']", "eu-central-1"),
        ("$.Attributes.['two words']", "2"),
        ("$.Attributes['two words']", "2"),
        ("$.Attributes.a-b_c", "3"),
        ("$.Attributes.이름", "지우"),
        ("$.External.a.b[0].c", "deep"),
        ("$.External.a.b[1]", "second"),
        ("$.External.a.b[2]", None),
        ("$.External.a.b.c", None),
        ("$.External.a.b[0].c.d", None),
        ("$.LambdaInvocation.ResultData.a.b[1]", "second"),
        ("$.Loop.cars.Index", 1),
        ("$.Loop.cars.Element.year", 1969),
        ("$.SegmentAttributes['connect:Subtype']", "connect:Telephony"),
        ("$.Customer.FirstName", "Ada"),
        ("$.Media.Sip.Headers.P-Charge-Info", "x"),
        ("$.Queue.OutboundCallerId.Address", "+15550199"),
        ("$.Agent.FirstName", "Kim"),
        ("$.Tags.team", "blue"),
        ("$.Case.case_id", None),
        ("first `$.External.a.b[1]`, then", "first second, then"),
        ("$.External.yes and $.External.rate and $.External.none.", "true and 1.5 and ."),
        ("$.External.rate달러", "1.5달러"),
        ("all: $.External.a", 'all: {"b": [{"c": "deep"}, "second"]}'),
        ("$ 5, $5 and $.", "$ 5, $5 and $."),
    ],
)
def test_reference_reaches_what_the_documentation_says(reference: str, value: Any) -> None:
    assert Template(reference).resolve(CONTACT) == value


def compare(operator: str, operand: str, value: str) -> str | None:
    check = action(
        "Compare",
        {"ComparisonValue": "$.Attributes.x"},
        NextAction="other",
        Conditions=[when(operand, "end", operator)],
    )
    contact = ContactState("c", attributes={"x": value, "code": "4711", "limit": "10"})
    return instantly(session_of(check, contact=contact)).next_action


@pytest.mark.parametrize(
    ("operator", "operand", "value", "holds"),
    [
        ("Equals", "green", "Green", False),
        ("TextContains", "green", "Green", False),
        ("Equals", "$.Attributes.code", "4711", True),
        ("Equals", "$.Attributes.code", "4712", False),
        ("Equals", "$.Attributes.gone", "", False),
        ("Equals", "$.Attributes.gone", "None", False),
        ("NumberLessThan", "$.Attributes.limit", "9", True),
        ("NumberLessThan", "$.Attributes.limit", "11", False),
        ("NumberGreaterThan", "-1", "0", True),
        ("NumberGreaterThan", "9", "10", True),
        ("NumberLessOrEqualTo", "1e3", "1000", True),
        ("NumberLessThan", "5", "", False),
    ],
)
def test_condition_holds_as_documented(operator: str, operand: str, value: str, holds: bool) -> None:
    assert compare(operator, operand, value) == ("end" if holds else "other")


def test_branch_by_a_reference_is_named_as_it_is_written() -> None:
    check = action("Compare", {"ComparisonValue": "4711"}, Conditions=[when("$.Attributes.code")])
    contact = ContactState("c", attributes={"code": "4711"})
    assert instantly(session_of(check, contact=contact)).branch == "$.Attributes.code"


def rounds(parameters: dict[str, Any], contact: ContactState) -> list[str]:
    again = action("Loop", parameters, Conditions=[when("ContinueLooping", "say"), when("DoneLooping")])
    say = {
        **action("MessageParticipant", {"Text": "$.Loop.cars.Index: $.Loop.cars.Element"}, NextAction="it"),
        "Identifier": "say",
    }
    session = session_of(again, say, contact=contact)
    effect, heard = session.start(), []
    while isinstance(effect, fx.Say):
        heard.append(effect.text or "")
        effect = session.resume(fx.Done())
    assert effect == fx.End("ended")
    return heard


def test_loop_goes_over_the_elements_of_an_array() -> None:
    contact = ContactState("c", external={"cars": ["Mustang", "Camaro"]})
    parameters = {"LoopName": "cars", "LoopArray": "$.External.cars"}
    assert rounds(parameters, contact) == ["0: Mustang", "1: Camaro"]


def test_loop_goes_over_json_text_of_an_array() -> None:
    contact = ContactState("c", attributes={"cars": '["Mustang", 1969]'})
    assert rounds({"LoopName": "cars", "LoopArray": "$.Attributes.cars"}, contact) == ["0: Mustang", "1: 1969"]


def test_named_loop_counts_its_rounds_from_zero() -> None:
    assert rounds({"LoopName": "cars", "LoopCount": "2"}, ContactState("c")) == ["0: ", "1: "]


@pytest.mark.parametrize(
    "parameters", [{}, {"LoopName": "cars"}, {"LoopArray": [1]}, {"LoopName": "cars", "LoopArray": "[no json"}]
)
def test_loop_over_nothing_takes_the_error_branch(parameters: dict[str, Any]) -> None:
    again = action("Loop", parameters, Conditions=[when("ContinueLooping"), when("DoneLooping")], Errors=[error()])
    assert instantly(session_of(again)).next_action == "failed"


def test_everything_that_a_bot_understood_can_be_referred_to() -> None:
    contact = ContactState("c", attributes={"bot": "arn:bot"})
    session = session_of(action("ConnectParticipantWithLexBot", BOT, Conditions=[when("Order")]), contact=contact)
    session.start()
    session.resume(
        fx.Intent(
            "Order",
            {"Part": "brake"},
            confidence=0.9,
            alternatives=(fx.AlternativeIntent("Fraud", 0.7, {"Card": "x"}),),
            sentiment=fx.Sentiment("NEGATIVE", {"Negative": 0.8}),
        )
    )
    found = [
        contact.lookup(("Lex", *path))
        for path in [
            ("IntentConfidence", "Score"),
            ("AlternativeIntents", "Fraud", "IntentConfidence", "Score"),
            ("AlternativeIntents", "Fraud", "Slots", "Card"),
            ("SentimentResponse", "Label"),
            ("SentimentResponse", "Scores", "Negative"),
            ("DialogState",),
        ]
    ]
    assert found == ["0.9", "0.7", "x", "NEGATIVE", 0.8, "Fulfilled"]


def test_bot_waits_as_long_as_its_session_attribute_says() -> None:
    attributes = {"x-amz-lex:audio:start-timeout-ms:*": "10000"}
    talk = action("ConnectParticipantWithLexBot", {"LexV2Bot": {"AliasArn": "b"}, "LexSessionAttributes": attributes})
    effect = session_of(talk).start()
    assert isinstance(effect, fx.Converse)
    assert effect.timeout_seconds == 10


@pytest.mark.parametrize(
    ("flow_type", "action_type"),
    [
        ("CUSTOMER_HOLD", "GetParticipantInput"),
        ("AGENT_WHISPER", "ConnectParticipantWithLexBot"),
        ("CUSTOMER_QUEUE", "TransferContactToQueue"),
        ("CONTACT_FLOW", "DequeueContactAndTransferToQueue"),
        ("CONTACT_FLOW", "MessageParticipantIteratively"),
        ("CUSTOMER_QUEUE", "TransferToFlow"),
    ],
)
def test_action_in_a_flow_of_the_wrong_type_takes_its_error_branch(flow_type: Any, action_type: str) -> None:
    taken = instantly(session_of(action(action_type), flow_type=flow_type))
    assert taken.next_action == "failed"
    assert taken.results["reason"] == f"{action_type} is not allowed in a flow of type {flow_type}"


def test_action_runs_where_it_may_stand() -> None:
    play = action("MessageParticipantIteratively", {"Messages": [{"Text": "wait"}]})
    assert isinstance(session_of(play, flow_type="CUSTOMER_QUEUE").start(), fx.PlayLoop)


def test_every_restricted_action_is_one_that_exists() -> None:
    assert set(ALLOWED_IN) <= set(ACTION_TYPES)


def test_every_action_that_runs_is_documented() -> None:
    assert set(HANDLERS) <= set(ACTION_TYPES)


@pytest.mark.parametrize("action_type", sorted(set(ACTION_TYPES) - set(HANDLERS)))
def test_documented_action_that_does_not_run_says_so_by_name(action_type: str) -> None:
    taken = instantly(session_of(action(action_type)))
    assert (taken.branch, taken.next_action) == ("NoMatchingError", "failed")
    assert taken.results["reason"] == f"{action_type} is not implemented"


def test_action_that_is_not_implemented_never_goes_on_as_if_it_were() -> None:
    session = session_of(action("UpdateContactMediaProcessing", {}, NextAction="end"))
    assert session.start() == fx.Disconnect("no_next_action")


@pytest.mark.parametrize(
    ("action_type", "parameters"),
    [
        ("UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Nobody"}),
        ("UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}),
        ("UpdateContactRoutingBehavior", {"QueuePriority": "1"}),
    ],
)
def test_setting_that_fails_without_a_branch_lets_the_flow_go_on(action_type: str, parameters: dict[str, Any]) -> None:
    taken = settle(session_of(action(action_type, parameters, NextAction="end")), fx.Failed("refused"))
    assert (taken.branch, taken.next_action) == ("NoMatchingError", "end")


def test_question_that_fails_without_a_branch_ends_the_call() -> None:
    session = session_of(action("CheckMetricData", {"MetricType": "NumberOfAgentsAvailable"}, NextAction="end"))
    session.start()
    assert session.resume(fx.Failed("down")) == fx.Disconnect("no_next_action")


def test_hook_on_an_event_that_a_contact_does_not_have_is_refused() -> None:
    taken = instantly(session_of(action("UpdateContactEventHooks", {"EventHooks": {"Birthday": "f"}})))
    assert taken.results["reason"] == "Birthday is no event of a contact"


def test_wait_of_more_than_seven_days_is_refused() -> None:
    pause = action("Wait", {"TimeLimitSeconds": "604801"}, Conditions=[when("WaitCompleted")], Errors=[error()])
    session = session_of(pause)
    session.start()
    assert step(session).next_action == "failed"
