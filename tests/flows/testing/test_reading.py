"""Test cases as text: what is read, and what is refused, with where and how to mend it."""

import json

import pytest

from contactflow.testing import TestCase, TestCaseError, is_test_case
from contactflow.testing.language import HangUp, MessageReceived, PressKeys, SayWords

from .cases import check, content, do, end, hear, instruct, observe, override, press, speak, start, substitute


def broken(document):
    with pytest.raises(TestCaseError) as caught:
        TestCase.parse(document)
    assert caught.value.path.startswith("$")
    return caught.value


@pytest.mark.parametrize("version", ["2019-10-30", "2025-06-21"])
def test_both_versions_are_read(version):
    assert TestCase.parse({**content(start(end())), "Version": version}).observations


def test_other_versions_are_refused_with_the_one_to_use():
    error = broken({**content(start()), "Version": "2030-01-01"})
    assert (error.path, error.mend) == ("$.Version", "Use 2019-10-30.")


def test_what_create_test_case_takes_is_read():
    document = {
        "Name": "orders",
        "Description": "about orders",
        "EntryPoint": {
            "Type": "VOICE_CALL",
            "VoiceCallEntryPointParameters": {"FlowId": "inbound", "SourcePhoneNumber": "+15550111"},
        },
        "InitializationData": json.dumps({"Attributes": {"language": "ko"}, "SegmentAttributes": {}}),
        "Content": json.dumps(content(start(end()))),
    }
    case = TestCase.parse(json.dumps(document))
    assert (case.name, case.description, case.entry.flow_id) == ("orders", "about orders", "inbound")
    assert case.entry.source_number == "+15550111"
    assert case.attributes == {"language": "ko"}


def test_what_describe_test_case_answers_is_read():
    assert TestCase.parse({"TestCase": {"Name": "one", "Content": content(start())}}).name == "one"


def test_a_chat_comes_in_at_its_flow():
    entry = {"Type": "CHAT", "ChatEntryPointParameters": {"FlowId": "chat"}}
    case = TestCase.parse({"EntryPoint": entry, "Content": content(start())})
    assert (case.entry.flow_id, case.entry.channel) == ("chat", "CHAT")


def test_attributes_may_stand_alone():
    case = TestCase.parse({"InitializationData": {"vip": "true"}, "Content": content(start())})
    assert case.attributes == {"vip": "true"}


def test_observations_that_no_other_leads_to_start():
    case = TestCase.parse(content(start(then="a"), hear("a", then="b"), hear("b"), hear("alone")))
    assert case.starting == ("start", "alone")


def test_observations_in_a_circle_start_with_the_first():
    assert TestCase.parse(content(hear("a", then="b"), hear("b", then="a"))).starting == ("a",)


@pytest.mark.parametrize(
    ("where", "criteria"),
    [("Properties", {"Type": "Inclusion"}), ("Properties", "Inclusion"), ("Event", "Inclusion")],
)
def test_matching_criteria_are_read_in_every_documented_form(where, criteria):
    one = hear("hello")
    del one["Event"]["Properties"]["MatchingCriteria"]
    target = one["Event"]["Properties"] if where == "Properties" else one["Event"]
    target["MatchingCriteria"] = criteria
    event = TestCase.parse(content(one)).observations["hello"].event
    assert isinstance(event, MessageReceived)
    assert event.criterion == "Inclusion"


def test_actions_run_in_the_order_of_their_transitions():
    first = do("TestControl", {"Command": {"Type": "EndTest"}}, "one", then="three")
    second = do("TestControl", {"Command": {"Type": "EndTest"}}, "two")
    third = do("TestControl", {"Command": {"Type": "EndTest"}}, "three")
    actions = TestCase.parse(content(start(first, second, third))).observations["start"].actions
    assert [one.identifier for one in actions] == ["one", "three", "two"]


@pytest.mark.parametrize(
    ("instruction", "command"),
    [
        (press("12#"), PressKeys("12#")),
        (press(7), PressKeys("7")),
        (instruct({"Type": "Disconnect"}), HangUp()),
    ],
)
def test_instructions_are_read(instruction, command):
    assert TestCase.parse(content(start(instruction))).observations["start"].actions[0].command == command


@pytest.mark.parametrize("properties", [{"Text": "hello"}, {"SSML": "<speak>hello</speak>"}, {"Value": "hello"}])
@pytest.mark.parametrize("kind", ["TextUtterance", "Utterance"])
def test_words_are_read(kind, properties):
    command = TestCase.parse(content(start(instruct({"Type": kind, "Properties": properties})))).observations["start"]
    assert isinstance(command.actions[0].command, SayWords)


OBSERVATION = "$.Observations[0]"


@pytest.mark.parametrize(
    ("document", "path", "word"),
    [
        ("{", "$", "JSON"),
        ("[]", "$", "a list"),
        ({"Actions": []}, "$", "neither Observations"),
        (content(), "$.Observations", "nothing to observe"),
        (content(start(), start()), "$.Observations[1].Identifier", "twice"),
        (content(start(then="gone")), f"{OBSERVATION}.Transitions.NextObservations", "no observation 'gone'"),
        (content({"Identifier": "a"}), OBSERVATION, "Event is missing"),
        (content(observe("a", {"Type": "FlowEnded"})), f"{OBSERVATION}.Event.Type", "'FlowEnded'"),
        (content(observe("a", {"Type": "TestInitiated", "Actor": "Agent"})), f"{OBSERVATION}.Event.Actor", "system"),
        (
            content(observe("a", {"Type": "MessageReceived", "Properties": {"Text": "a", "SSML": "b"}})),
            f"{OBSERVATION}.Event.Properties.SSML",
            "together",
        ),
        (
            content(observe("a", {"Type": "FlowActionStarted", "Properties": {"ActionType": "Compare"}})),
            f"{OBSERVATION}.Event.Properties.ActionType",
            "'Compare'",
        ),
        (content(start(press("x"))), f"{OBSERVATION}.Actions[0].Parameters.Instruction.Properties.Value", "keys"),
        (content(start(press(""))), f"{OBSERVATION}.Actions[0].Parameters.Instruction.Properties.Value", "keys"),
        (content(start(check("Queue", "Equals", "a"))), f"{OBSERVATION}.Actions[0].Parameters.Namespace", "reference"),
        (content(start(check("$.Queue.Name", "Is", "a"))), f"{OBSERVATION}.Actions[0].Parameters.Operator", "'Is'"),
        (content(start(check("$.Queue.Name", "Equals"))), f"{OBSERVATION}.Actions[0].Parameters.Operand", "missing"),
        (content(start(do("Wait", {}))), f"{OBSERVATION}.Actions[0].Type", "'Wait'"),
        (content(start(do("TestControl", {}))), f"{OBSERVATION}.Actions[0].Parameters", "Command is missing"),
        (content(start(end(), end())), f"{OBSERVATION}.Actions[1].Identifier", "twice"),
        (
            content(start(do("Assert", {"Namespace": "$.A", "Operator": "Exists"}, then="gone"))),
            f"{OBSERVATION}.Actions",
            "no action 'gone'",
        ),
        (
            content(start(override("InvokeLambdaFunction", {}, substitute("b")))),
            f"{OBSERVATION}.Actions[0].Parameters.Behavior.Properties.ActionParameters",
            "LambdaFunctionARN is missing",
        ),
        ({**content(start()), "InitializationData": "{"}, "$", "JSON"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(document, path, word):
    error = broken(document)
    assert error.path == path
    assert word in error.what


def test_an_answer_that_is_no_json_text_is_refused():
    strategy = {"Type": "MockResponse", "Response": {"Type": "ExecutionResult", "ExecutionResult": {"LoadedData": {}}}}
    error = broken(content(start(override("InvokeLambdaFunction", {"LambdaFunctionARN": "a"}, strategy))))
    assert error.path.endswith("ExecutionResult.LoadedData")


@pytest.mark.parametrize(
    ("usage", "numbers"),
    [
        ({"Type": "EXACTLY"}, (1, None, 1)),
        ({"Type": "Exactly", "Times": 3}, (3, None, 3)),
        ({"Type": "AtLeast", "Times": 2}, (2, None, 2)),
        ({"Type": "AtMost", "Times": 2}, (0, 2, None)),
        ({"Type": "Always"}, (0, None, None)),
        ({"Type": "ANY"}, (0, None, None)),
    ],
)
def test_usages_are_read_in_any_case(usage, numbers):
    one = TestCase.parse(content({**hear("a"), "Usage": usage})).observations["a"].usage
    assert (one.least, one.most, one.enough) == numbers


def test_an_unknown_usage_is_refused():
    assert broken(content({**hear("a"), "Usage": {"Type": "Sometimes"}})).path == f"{OBSERVATION}.Usage.Type"


def test_test_cases_are_told_from_flows():
    assert is_test_case(content(start()))
    assert is_test_case({"Content": json.dumps(content(start()))})
    assert not is_test_case({"Version": "2019-10-30", "StartAction": "a", "Actions": []})
    assert not is_test_case([])


def test_speaking_is_not_pressing():
    assert TestCase.parse(content(start(speak("hi")))).observations["start"].actions[0].command != PressKeys("hi")
