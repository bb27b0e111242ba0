"""What stands in for functions, hours, queues and bots."""

import json

import pytest

from contactflow.testing import HostDefaults

from .cases import (
    BOT,
    HOURS,
    LAMBDA,
    QUEUE,
    answers,
    chain,
    check,
    content,
    end,
    flow,
    hear,
    invoke,
    mock,
    mock_error,
    override,
    press,
    run,
    say,
    see,
    speak,
    start,
    substitute,
)
from .test_running import LISTEN

STATUS = hear("For orders, press 1", press("2"))


def status_case(override_, told):
    return chain(start(override_), hear("For orders, press 1", press("2")), hear(told))


def test_a_function_answers_as_the_case_says():
    assert run(status_case(answers({"number": "7"}), "Your order 7 is here.")).passed


@pytest.mark.parametrize("error", ["NoMatchingError", "TimeLimitExceeded"])
def test_a_function_fails_as_the_case_says(error):
    assert run(status_case(answers(error=error), "The status is not known now.")).passed


def test_a_function_that_answers_too_late_fails():
    assert run(status_case(answers({"number": "7"}, delay=2), "Your order 7 is here.")).passed
    assert run(status_case(answers({"number": "7"}, delay=4), "The status is not known now.")).passed


@pytest.mark.parametrize("answer", [["a"], {"number": {"nested": "7"}}, {"number": "x" * 33_000}])
def test_an_answer_that_a_flow_cannot_take_fails(answer):
    assert run(status_case(answers(answer), "The status is not known now.")).passed


def test_a_function_without_an_override_fails_and_is_named():
    assert run(chain(hear("For orders, press 1", press("2")), hear("The status is not known now."))).passed
    result = run(chain(hear("For orders, press 1", press("2")), hear("Your order 7 is here.")))
    assert f"Give {LAMBDA} an answer with OverrideSystemBehavior" in result.failures[0].mend


def test_a_host_may_give_functions():
    host = HostDefaults(functions={LAMBDA: lambda parameters: {"number": "8"}})
    assert run(chain(hear("For orders, press 1", press("2")), hear("Your order 8 is here.")), host=host).passed


def test_a_function_that_raises_fails_as_in_the_cloud():
    def broken(parameters):
        raise KeyError("number")

    result = run(
        chain(hear("For orders, press 1", press("2")), hear("The status is not known now.")),
        host=HostDefaults(functions={LAMBDA: broken}),
    )
    assert result.passed


def test_another_function_takes_a_ones_place():
    stand_in = override("InvokeLambdaFunction", {"LambdaFunctionARN": LAMBDA}, substitute("arn:lambda:test"))
    host = HostDefaults(functions={"arn:lambda:test": lambda parameters: {"number": "9"}})
    assert run(status_case(stand_in, "Your order 9 is here."), host=host).passed


TWICE = flow(
    invoke("one", "say-one", "say-none"),
    say("say-one", "First $.External.number.", "two"),
    invoke("two", "say-two", "say-none"),
    say("say-two", "Second $.External.number.", "bye"),
    say("say-none", "None.", "bye"),
    {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
)


def test_overrides_are_used_once_each_in_order():
    both = start(answers({"number": "1"}, name="a"), answers({"number": "2"}, name="b"))
    assert run(chain(both, hear("First 1."), hear("Second 2.")), TWICE).passed
    once = start(answers({"number": "1"}))
    assert run(chain(once, hear("First 1."), hear("None.")), TWICE).passed


def test_an_override_made_as_a_function_starts_applies_to_it():
    starting = see("InvokeLambdaFunction", {"LambdaFunctionARN": LAMBDA}, answers({"number": "5"}))
    assert run(chain(starting, hear("First 5.")), TWICE).passed


def hours(strategy):
    return override("CheckHoursOfOperation", {"HoursOfOperationId": HOURS}, strategy)


@pytest.mark.parametrize(
    ("strategy", "told"),
    [
        (mock({"Value": "OutOfHours"}), "The shop is closed now."),
        (mock({"Value": "InHours"}), "For orders, press 1. For the status, press 2."),
        (mock_error("NoMatchingError"), "For orders, press 1. For the status, press 2."),
        (substitute("never"), "The shop is closed now."),
        (substitute("always"), "For orders, press 1. For the status, press 2."),
    ],
)
def test_hours_are_as_the_case_says(strategy, told):
    host = HostDefaults(hours={"never": False, "always": True})
    assert run(chain(start(hours(strategy)), hear(told)), host=host).passed


def test_hours_are_open_unless_the_host_says_otherwise():
    assert run(content(hear("The shop is closed now.")), host=HostDefaults(is_open=False)).passed
    assert not run(content(hear("The shop is closed now."))).passed


def queue(strategy):
    return start(override("TransferContactToQueue", {"QueueId": QUEUE}, strategy))


def test_a_queue_is_full_as_the_case_says():
    full = queue(mock_error("QueueAtCapacity"))
    assert run(chain(full, hear("For orders, press 1", press("1")), hear("All lines are busy."))).passed


def test_a_queue_fails_as_the_case_says():
    failing = queue(mock_error("NoMatchingError"))
    result = run(chain(failing, hear("For orders, press 1", press("1"))))
    assert result.ended == "disconnect"
    assert [step.branch for step in result.trace if step.action_id == "queue"] == ["NoMatchingError"]


def test_another_queue_takes_a_ones_place():
    completed = {
        "Identifier": "over",
        "Event": {"Type": "TestCompleted"},
        "Actions": [check("$.Queue.Name", "Equals", "spare")],
    }
    assert run(chain(queue(substitute("spare")), hear("For orders, press 1", press("1")), completed)).passed


def bot(strategy):
    return start(override("ConnectParticipantWithLexBot", {"LexV2Bot": {"AliasArn": BOT}}, strategy))


@pytest.mark.parametrize(
    "answer",
    [
        {"IntentName": "Orders", "Slots": {"number": "7"}},
        {"sessionState": {"intent": {"name": "Orders", "slots": {"number": {"value": {"interpretedValue": "7"}}}}}},
    ],
)
def test_a_bot_understands_as_the_case_says(answer):
    case = chain(
        bot(mock({"LoadedData": json.dumps(answer)})),
        see(
            "ConnectParticipantWithLexBot",
            {"LexV2Bot": {"AliasArn": BOT}},
            check("$.Lex.Slots.number", "Equals", "7"),
            event="FlowActionCompleted",
        ),
        hear("Orders it is."),
    )
    assert run(case, LISTEN).passed


def test_a_bot_fails_as_the_case_says():
    case = chain(
        bot(mock_error("NoMatchingError")), hear("What can I do for you?", speak("a")), hear("The bot is not there.")
    )
    assert run(case, LISTEN).passed


def test_an_override_for_another_resource_is_not_used():
    other = override("InvokeLambdaFunction", {"LambdaFunctionARN": "arn:other"}, mock({"LoadedData": "{}"}))
    result = run(
        chain(start(other), hear("For orders, press 1", press("2")), hear("The status is not known now.", end()))
    )
    assert result.passed


@pytest.mark.parametrize("answer", ["words", ["a"], {"sessionState": "over"}, {"sessionState": {"intent": ["Orders"]}}])
def test_a_bot_whose_answer_holds_no_intent_fails(answer):
    case = chain(
        bot(mock({"LoadedData": json.dumps(answer)})),
        hear("What can I do for you?", speak("a")),
        hear("The bot is not there."),
    )
    assert run(case, LISTEN).passed
