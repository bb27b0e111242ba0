"""``trunkline flow call``: a flow on the telephone, in a terminal."""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.errors import UsageError
from cli.flow import build_flow_app
from cli.flow.callers import ScriptedCaller, TypingCaller, is_word, read_script
from cli.flow.phone import Phone
from cli.flow.telephone import known_type

TOWING = "+12065550123"
UUID = "4f7bfe49-a7af-4a0a-a1ad-87c19de19351"


def one(identifier: str, kind: str, parameters: dict[str, Any], following: str | None, **ways: str) -> dict[str, Any]:
    """Return an action; ways are ``on_<key>`` conditions and error types."""
    if following is None:
        return {"Identifier": identifier, "Type": kind, "Parameters": parameters, "Transitions": {}}
    conditions = [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [name.removeprefix("on_")]}}
        for name, target in ways.items()
        if name.startswith("on_")
    ]
    errors = {"NoMatchingError": "bye", **{name: to for name, to in ways.items() if not name.startswith("on_")}}
    branches = [{"ErrorType": name, "NextAction": to} for name, to in errors.items()]
    transitions = {"NextAction": following, "Conditions": conditions, "Errors": branches}
    return {"Identifier": identifier, "Type": kind, "Parameters": parameters, "Transitions": transitions}


SECRET = {"EncryptionKeyId": "k", "Key": "PEM"}
CALL = [
    one("hello", "MessageParticipant", {"SSML": "<speak>Hi <break/> $.Attributes.name</speak>"}, "dip"),
    one("dip", "InvokeLambdaFunction", {"LambdaFunctionARN": "arn:aws:lambda:x:1:function:dip:live"}, "hours"),
    one("hours", "CheckHoursOfOperation", {}, "menu", on_True="menu", on_False="closed"),
    one("closed", "MessageParticipant", {"Text": "We are closed."}, "bye"),
    one(
        "menu",
        "GetParticipantInput",
        {"Text": "Press a key."},
        "bye",
        on_1="bot",
        on_2="pin",
        on_3=UUID,
        on_4="towing",
        on_5="queue",
        InputTimeLimitExceeded="menu",
        NoMatchingCondition="menu",
    ),
    one("bot", "ConnectParticipantWithLexBot", {"LexV2Bot": {"AliasArn": "b"}}, "bye", on_Order="ordered"),
    one("ordered", "MessageParticipant", {"Text": "Part $.Lex.Slots.part"}, "bye"),
    one("pin", "GetParticipantInput", {"Text": "PIN?", "StoreInput": "True", "InputEncryption": SECRET}, "kept"),
    one("kept", "UpdateContactAttributes", {"Attributes": {"kept": "$.StoredCustomerInput"}}, "bye"),
    one(UUID, "ShowView", {"ViewResource": {"Id": "v"}}, "bye"),
    one(
        "towing", "TransferParticipantToThirdParty", {"ThirdPartyPhoneNumber": "+12065550123"}, "bye", CallFailed="menu"
    ),
    one("queue", "UpdateContactTargetQueue", {"QueueId": "${queue.orders}"}, "hook"),
    one("hook", "UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "arn:wait"}}, "transfer"),
    one("transfer", "TransferContactToQueue", {}, "bye"),
    one("bye", "DisconnectParticipant", {}, None),
]
NOTES = {"hook": {"parameters": {"EventHooks": {"CustomerQueue": {"displayName": "Waiting"}}}}}
WAIT = [
    one(
        "music",
        "MessageParticipantIteratively",
        {"Messages": [{"PromptId": "arn:x/prompt/music"}], "InterruptFrequencySeconds": "30"},
        "music",
        on_MessagesInterrupted="offer",
    ),
    one(
        "offer", "GetParticipantInput", {"Text": "1 for a callback"}, "music", on_1="back", NoMatchingCondition="music"
    ),
    one(
        "back",
        "CreateCallbackContact",
        {"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "60"},
        "bye",
    ),
    one("bye", "DisconnectParticipant", {}, None),
]


def write(folder: Path, name: str, actions: list[dict[str, Any]], kind: str = "contactFlow", **notes: Any) -> Path:
    metadata = {"name": name, "type": kind, "ActionMetadata": notes}
    document = {
        "Version": "2019-10-30",
        "StartAction": actions[0]["Identifier"],
        "Metadata": metadata,
        "Actions": actions,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def flows(tmp_path: Path) -> tuple[str, str]:
    first = write(tmp_path, "Main", CALL, **NOTES)
    return str(first), str(write(tmp_path, "Waiting", WAIT, "customerQueue"))


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(build_flow_app(("call", "lint")), ["call", *arguments], input=typed)


def told(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def texts(document: dict[str, Any], kind: str) -> list[str]:
    return [event["text"] for event in document["events"] if event["kind"] == kind]


def test_caller_hears_the_flow_and_sees_its_path(flows: tuple[str, str]) -> None:
    result = run(flows[0], "--keys", "1,Order:part=brake", "--attribute", "name=Ada", "--function", 'dip={"a": "1"}')
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "♪ Hi Ada" in lines
    assert 'ƒ dip answers {"a": "1"}' in lines
    assert "♪ Part brake" in lines
    assert "■ The flow hangs up." in lines
    path = [line.split()[0] for line in lines[lines.index("The path: 7 actions") + 1 :]]
    assert path == ["hello", "dip", "hours", "menu", "bot", "ordered", "bye"]


def test_json_tells_the_same_as_data(flows: tuple[str, str]) -> None:
    document = told(flows[0], "--keys", "1,Order:part=brake", "--function", 'dip={"a": "1"}')
    assert (document["flow"], document["ending"], document["queue"]) == ("Main", "flow", None)
    assert [(step["action"], step["branch"], step["next"]) for step in document["path"][-3:]] == [
        ("bot", "Order", "ordered"),
        ("ordered", "NextAction", "bye"),
        ("bye", "Terminal", None),
    ]
    assert texts(document, "caller") == ["presses 1", "means Order:part=brake"]


def test_function_without_an_answer_fails_as_the_flow_would_see_it(flows: tuple[str, str]) -> None:
    document = told(flows[0], "--keys", "h")
    assert texts(document, "fails") == [
        "dip: The function failed (error): no answer was given for it: --function dip='{...}' (NoMatchingError → bye)"
    ]


@pytest.mark.parametrize("kind", ["error", "timeout", "denied"])
def test_function_may_be_told_to_fail(flows: tuple[str, str], kind: str) -> None:
    document = told(flows[0], "--function", f"dip={kind}")
    assert f"({kind})" in texts(document, "fails")[0]


def test_answers_of_functions_are_read_from_a_file(flows: tuple[str, str], tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text('{"dip": {"a": "1"}}', encoding="utf-8")
    assert texts(told(flows[0], "--functions", str(answers), "--hours", "closed"), "says")[-1] == "We are closed."


def test_action_that_is_not_implemented_is_named(flows: tuple[str, str]) -> None:
    document = told(flows[0], "--keys", "3", "--function", "dip={}")
    assert texts(document, "fails") == ["4f7bfe49: ShowView is not implemented (NoMatchingError → bye)"]


def test_encrypted_keys_are_never_shown(flows: tuple[str, str]) -> None:
    result = run(flows[0], "--keys", "2,4711#", "--function", "dip={}", "--format", "json")
    assert "4711" not in result.stdout
    assert json.loads(result.stdout)["attributes"] == {"kept": "encrypted:4-digits"}


@pytest.mark.parametrize(
    ("keys", "heard"),
    [
        ("4", "+12065550123 answers"),
        ("4,t", "Nobody answers"),
        ("4,f,h", "The call fails"),
    ],
)
def test_outside_call_goes_as_the_script_says(flows: tuple[str, str], keys: str, heard: str) -> None:
    assert heard in texts(told(flows[0], "--keys", keys, "--function", "dip={}"), "goes")


def test_call_goes_on_in_the_queue_s_flow_by_the_name_that_the_console_noted(flows: tuple[str, str]) -> None:
    document = told(*flows, "--keys", "5,t,1", "--function", "dip={}")
    assert texts(document, "flow") == ["Main (CONTACT_FLOW)", "Waiting (CUSTOMER_QUEUE)"]
    assert "+12065550100 will be called back from the queue orders" in texts(document, "goes")
    assert document["queue"] == "orders"


def test_folder_s_call_begins_where_no_other_flow_leads(flows: tuple[str, str], tmp_path: Path) -> None:
    inner = one("hook", "UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": "arn:main"}}, "bye")
    write(tmp_path, "Another", [inner, CALL[-1]], hook={"parameters": {"EventHooks": {"CustomerQueue": {}}}})
    assert told(str(tmp_path), "--keys", "h", "--function", "dip={}")["flow"] == "Another"
    assert told(str(tmp_path), "--flow", "Main", "--keys", "h", "--function", "dip={}")["flow"] == "Main"
    (tmp_path / "Another.json").unlink()
    assert told(str(tmp_path), "--keys", "5", "--function", "dip={}")["ending"] == "dequeued"


def test_agent_answers_a_caller_who_has_nothing_more_to_do(flows: tuple[str, str]) -> None:
    document = told(*flows, "--keys", "5", "--function", "dip={}")
    assert document["ending"] == "dequeued"


def test_silent_caller_hangs_up_in_the_end(flows: tuple[str, str]) -> None:
    document = told(flows[0], "--function", "dip={}")
    assert document["ending"] == "hung_up"
    assert texts(document, "caller")[-1] == "hangs up"


def test_caller_types_at_the_prompt_until_it_means_something(flows: tuple[str, str]) -> None:
    result = run(flows[0], "--function", "dip={}", "-q", typed="?!\n\n5\n")
    assert result.exit_code == 0
    assert "Type keys (0-9, *, #)" in result.stdout
    assert "▸ says nothing" in result.stdout
    assert "■ The caller waits in the queue." in result.stdout
    assert "The path" not in result.stdout


def test_end_of_what_is_typed_hangs_up(flows: tuple[str, str]) -> None:
    assert "■ The caller has hung up." in run(flows[0], "--function", "dip={}", typed="").stdout


def test_flow_that_breaks_off_ends_with_1(tmp_path: Path) -> None:
    path = write(tmp_path, "Broken", [one("a", "MessageParticipant", {"Text": "a"}, "gone")])
    result = run(str(path), "--keys", "1")
    assert result.exit_code == 1
    assert "breaks off" in result.stdout


def test_flow_that_talks_for_ever_is_left(tmp_path: Path) -> None:
    path = write(tmp_path, "Round", [one("a", "MessageParticipant", {"Text": "a"}, "a")])
    assert told(str(path))["ending"] == "hung_up"


def test_flow_that_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text("no", encoding="utf-8")
    assert run(str(path)).exit_code == 2
    assert run(str(tmp_path / "gone.json")).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--keys", "1,?!"), "'?!' is nothing that a caller can do"),
        (("--function", "dip"), "has no name or no ="),
        (("--flow", "Nowhere"), "there is no such flow"),
        (("--functions", "gone.json"), "gone.json"),
    ],
)
def test_request_that_makes_no_sense_says_how_to_mend_it(
    flows: tuple[str, str], arguments: tuple[str, ...], problem: str
) -> None:
    result = run(flows[0], *arguments)
    assert result.exit_code != 0
    assert problem in str(result.exception)


def test_script_is_words_between_commas() -> None:
    assert read_script("1, 42#,,h").words == deque(["1", "42#", "t", "h"])
    assert read_script("").words == deque()
    assert [is_word(word) for word in ("1", "*#", "Order", "Order:a=b", "1a", "Or der", "")] == [True] * 4 + [False] * 3


def test_typed_wait_is_one_of_the_choices() -> None:
    lines = iter(["x", ""])
    told_lines: list[str] = []
    caller = TypingCaller(lambda _: next(lines), told_lines.append)
    assert caller.wait("?", ("t", "a"), "a") == "t"
    assert told_lines == ["Type t, a, or h to hang up."]


def test_phone_answers_every_effect_of_the_interpreter() -> None:
    from contactflow.run import effects as fx
    from tests.flows.test_run_bad_input import EVERY_EFFECT
    from tests.flows.test_run_bad_input import run as run_flow

    heard: list[Any] = []

    class Ear:
        def hear(self, event: Any) -> None:
            heard.append(event)

    phone = Phone(ScriptedCaller(deque(["1", "42#", "1234#", "Order"])), Ear(), {"f": {"a": "1"}, "arn:f": {"a": "1"}})
    effects, _ = run_flow(EVERY_EFFECT, phone.answer)
    assert isinstance(effects[-1], fx.End)
    assert all(event.text for event in heard)


def test_types_that_a_session_takes_are_known() -> None:
    assert known_type("CUSTOMER_QUEUE") == "CUSTOMER_QUEUE"
    assert known_type("MODULE") is None


def test_call_ends_with_2_where_a_flow_that_it_might_go_on_to_cannot_be_read(tmp_path: Path) -> None:
    flow, other = tmp_path / "flow.json", tmp_path / "other.json"
    hello = one("hello", "MessageParticipant", {"Text": "Hello."}, "bye")
    bye = one("bye", "DisconnectParticipant", {}, None)
    flow.write_text(json.dumps({"Version": "2019-10-30", "StartAction": "hello", "Actions": [hello, bye]}))
    other.write_text("{")
    result = CliRunner().invoke(build_flow_app(["call"]), ["call", str(flow), str(other), "--keys", ""])
    assert result.exit_code == 2
    assert "Hello." in result.stdout
    assert str(other) in result.stderr


@pytest.mark.parametrize("answers", ["[]", '"text"', "{", "null"])
def test_answers_that_are_no_object_are_refused_before_the_call(tmp_path: Path, answers: str) -> None:
    flow, file = tmp_path / "flow.json", tmp_path / "answers.json"
    bye = one("bye", "DisconnectParticipant", {}, None)
    flow.write_text(json.dumps({"Version": "2019-10-30", "StartAction": "bye", "Actions": [bye]}))
    file.write_text(answers)
    result = CliRunner().invoke(build_flow_app(["call"]), ["call", str(flow), "--functions", str(file)])
    assert isinstance(result.exception, UsageError)
    assert result.stdout == ""
