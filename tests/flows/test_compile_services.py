"""What callers experience of announcements, self-service, transfers and voicemail, by a compiled IVR."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contactflow.compile import (
    DocumentError,
    Menu,
    MissingResourceError,
    Option,
    Recorded,
    Ssml,
    ToAnswer,
    ToMenu,
    ToQueue,
    ToTransfer,
    ToVoicemail,
    compile_ivr,
)
from contactflow.model import Flow
from contactflow.run import effects as fx
from tests.flows.sample import (
    DOCUMENT,
    MAIN,
    NUMBER,
    PIN,
    RESOURCES,
    SERVICES,
    TECHNICAL,
    Host,
    both,
    compiled,
    identified,
    routed,
)

FLOWS = compiled(SERVICES)
QUIET = {"announced": "false", "announcement": "", "announcement_id": "", "closed": "false"}
NEWS = {"announced": "true", "announcement": "A storm is near.", "announcement_id": "a-1", "closed": "false"}
VALID = {"valid": "true", "reason": "", "spoken": "1 2 3"}
INVALID = {"valid": "false", "reason": "check_digit", "spoken": ""}
ANSWER = {"answered": "true", "text": "It left yesterday.", "verified": ""}
WRONG = {"answered": "false", "text": "", "verified": "false"}
GOOD_DAY: dict[str, Any] = {
    "identify_caller": identified(),
    "route_call": lambda parameters: routed(parameters["queue"]),
    "check_announcement": QUIET,
    "check_input": VALID,
    "answer_question": ANSWER,
}


def call(keys: list[str | None], flows: dict[str, Flow] = FLOWS, **options: Any) -> Host:
    functions = {**GOOD_DAY, **options.pop("functions", {})}
    modules = {"arn:module:announcement": flows["announcement"]} if "announcement" in flows else {}
    host = Host(flows["inbound"], keys=keys, functions=functions, flows=modules, **options)
    host.run()
    return host


def asked(host: Host, function: str) -> list[dict[str, Any]]:
    return [dict(e.parameters) for e in host.asked(fx.InvokeFunction) if e.arn == f"arn:function:{function}"]


def test_ordinary_call_asks_for_no_announcement_again() -> None:
    assert asked(call(["1"]), "check_announcement") == []


def test_announcement_that_is_there_at_the_start_is_heard_once_before_the_menu() -> None:
    host = call(["1"], functions={"identify_caller": identified(announcement="x"), "check_announcement": NEWS})
    assert host.said[2:] == ["A storm is near.", "main menu (en)"]
    assert host.contact.attributes["announcement_heard"] == "a-1"


def test_announcement_set_during_the_call_is_heard_at_the_next_menu() -> None:
    host = call(["3", "1"], functions={"check_announcement": NEWS})
    assert host.said[2:] == ["main menu (en)", "A storm is near.", "technical menu (en)"]
    assert asked(host, "check_announcement") == [{"heard": None, "language": "en"}]


def test_announcement_that_was_heard_is_told_to_the_function() -> None:
    host = call(["4", "123", "1", "3", "1"], functions={"check_announcement": NEWS})
    assert [parameters["heard"] for parameters in asked(host, "check_announcement")] == [None, "a-1"]


def test_emergency_closure_ends_the_call_at_the_next_menu() -> None:
    host = call(["3"], functions={"check_announcement": {**NEWS, "closed": "true"}})
    assert host.said[-1] == "A storm is near."
    assert host.effects[-1] == fx.Disconnect("flow")


@pytest.mark.parametrize("failure", [fx.FunctionFailed("down"), fx.Failed("no such function")])
def test_call_goes_on_where_nobody_knows_of_announcements(failure: fx.Result) -> None:
    assert call(["3", "1"], functions={"check_announcement": failure}).effects[-1] == fx.End("queued")


def test_ivr_without_announcements_has_no_module() -> None:
    flows = compiled(replace(SERVICES, announcements=False))
    assert "announcement" not in flows
    assert not [action for action in flows["inbound"].actions if action.type == "InvokeFlowModule"]
    assert call(["3", "1"], flows).said[2:] == ["main menu (en)", "technical menu (en)"]


def test_digits_are_checked_confirmed_kept_and_answered() -> None:
    host = call(["4", "123", "1", "1"])
    assert host.said[2:7] == [
        "main menu (en)",
        "number (en)",
        "confirm 1 2 3 (en)",
        "It left yesterday.",
        "main menu (en)",
    ]
    assert asked(host, "check_input") == [{"input": "number", "digits": "123"}]
    assert asked(host, "answer_question") == [{"topic": "order_status", "language": "en", "digits": "123"}]
    assert host.contact.attributes["input_number"] == "123"


def test_digits_are_collected_as_long_as_the_input_says() -> None:
    collect = call(["4", "123", "1", "1"]).asked(fx.Collect)[1]
    assert (collect.max_digits, collect.timeout_seconds, collect.terminator, collect.store) == (8, 6, "#", True)
    assert collect.encryption is None


def test_digits_that_are_refused_are_asked_for_again_and_then_lead_to_people() -> None:
    host = call(["4", "1", "2", "3"], functions={"check_input": INVALID})
    assert host.said[3:] == ["number (en)", "no number (en)"] * 3
    assert host.contact.attributes["menu_path"] == "main>otherwise"
    assert "input_number" not in host.contact.attributes


def test_silence_at_an_input_counts_as_refused_digits() -> None:
    replies = iter([INVALID, VALID])
    host = call(["4", None, "123", "1", "1"], functions={"check_input": lambda parameters: next(replies)})
    assert [parameters["digits"] for parameters in asked(host, "check_input")] == ["Timeout", "123"]
    assert host.said.count("It left yesterday.") == 1


@pytest.mark.parametrize("correction", ["2", "9", None])
def test_digits_that_are_not_confirmed_are_asked_for_again(correction: str | None) -> None:
    host = call(["4", "123", correction, "456", "1", "1"])
    assert host.said.count("number (en)") == 2
    assert asked(host, "answer_question")[0]["digits"] == "456"


@pytest.mark.parametrize("function", ["check_input", "answer_question"])
def test_caller_reaches_people_where_self_service_is_down(function: str) -> None:
    host = call(["4", "123", "1"], functions={function: fx.FunctionFailed("down")})
    assert host.effects[-1] == fx.End("queued")


def test_input_without_confirmation_is_answered_at_once() -> None:
    flows = compiled(replace(SERVICES, inputs=(replace(NUMBER, confirm=None), PIN)))
    assert call(["4", "123", "1"], flows).said[3:5] == ["number (en)", "It left yesterday."]


def test_input_without_words_of_its_own_says_invalid_choice() -> None:
    flows = compiled(replace(SERVICES, inputs=(replace(NUMBER, invalid=None), PIN)))
    assert "invalid (en)" in call(["4", "1", "2", "3"], flows, functions={"check_input": INVALID}).said


def test_secret_is_encrypted_before_the_flow_sees_it_and_never_kept() -> None:
    host = call(["5", "4711", "1"], functions={"answer_question": {**ANSWER, "verified": "true"}})
    collect = host.asked(fx.Collect)[1]
    assert collect.encryption == fx.InputEncryption("key-1", "certificate")
    assert asked(host, "answer_question")[0] == {
        "topic": "balance",
        "language": "en",
        "secret": "secret(4711)",
        "verified": None,
    }
    assert not [name for name in host.contact.attributes if name.startswith("input_")]
    assert "4711" not in str(host.contact.attributes)


def test_caller_who_is_verified_is_not_asked_again() -> None:
    host = call(["5", "4711", "5", "1"], functions={"answer_question": {**ANSWER, "verified": "true"}})
    assert host.said.count("pin (en)") == 1
    assert [parameters["verified"] for parameters in asked(host, "answer_question")] == [None, "true"]
    assert host.contact.attributes["verified"] == "true"


def test_wrong_secret_is_asked_for_again_until_it_is_right() -> None:
    replies = iter([WRONG, {**ANSWER, "verified": "true"}])
    host = call(["5", "1111", "4711", "1"], functions={"answer_question": lambda parameters: next(replies)})
    assert host.said[3:7] == ["pin (en)", "wrong pin (en)", "pin (en)", "It left yesterday."]


def test_locked_caller_is_told_so_and_reaches_people() -> None:
    locked = {**WRONG, "verified": "locked"}
    replies = iter([WRONG, WRONG, locked])
    host = call(["5", "1", "2", "3"], functions={"answer_question": lambda parameters: next(replies)})
    assert host.said[-1] == "locked pin (en)"
    assert host.contact.attributes["menu_path"] == "main>otherwise"
    assert "verified" not in host.contact.attributes


def test_secret_is_not_tried_for_ever_even_where_the_function_never_locks() -> None:
    host = call(["5", *["1"] * 20], functions={"answer_question": WRONG})
    assert host.said.count("pin (en)") == 4
    assert host.effects[-1] == fx.End("queued")


def test_silence_at_a_secret_is_no_attempt() -> None:
    host = call(["5", None, "4711", "1"], functions={"answer_question": {**ANSWER, "verified": "true"}})
    assert len(asked(host, "answer_question")) == 1
    assert host.said[3:6] == ["pin (en)", "invalid (en)", "pin (en)"]


def test_verified_caller_whose_question_has_no_answer_reaches_people() -> None:
    host = call(["5", "4711"], functions={"answer_question": {**WRONG, "verified": "true"}})
    assert host.effects[-1] == fx.End("queued")
    assert host.contact.attributes["verified"] == "true"


def test_question_may_ask_and_verify() -> None:
    answers = (replace(SERVICES.answers[0], verify="pin"), SERVICES.answers[1])
    host = call(["4", "123", "1", "4711", "1"], compiled(replace(SERVICES, answers=answers)))
    assert host.said[3:6] == ["number (en)", "confirm 1 2 3 (en)", "pin (en)"]
    assert asked(host, "answer_question")[0]["digits"] == "123"


def test_options_with_the_same_ways_out_share_the_answer() -> None:
    menu = SERVICES.menus[0]
    twice = replace(
        SERVICES, menus=(replace(menu, options=(*menu.options, Option("0", ToAnswer("balance")))), TECHNICAL)
    )
    ids = [action.identifier for action in compiled(twice)["inbound"].actions]
    assert len([name for name in ids if name.endswith("-proved")]) == 1
    assert call(["0", "4711", "1"], compiled(twice)).contact.attributes["menu_path"] == "main>1"


def test_same_question_in_another_menu_falls_back_to_that_menu_s_otherwise() -> None:
    technical = replace(TECHNICAL, options=(*TECHNICAL.options, Option("4", ToAnswer("balance"))))
    flows = compiled(replace(SERVICES, menus=(SERVICES.menus[0], technical)))
    host = call(["3", "4", "4711"], flows, functions={"answer_question": {**WRONG, "verified": ""}})
    assert host.asked(fx.QueueContact)[0].queue_arn == "arn:queue:technical"


def test_option_may_say_something_and_repeat_the_menu() -> None:
    assert call(["6", "1"]).said[2:] == ["main menu (en)", "address (en)", "main menu (en)"]


def test_caller_is_connected_with_somebody_outside() -> None:
    host = call(["7"])
    assert host.said[-1] == "towing (en)"
    transfer = host.asked(fx.TransferToThirdParty)[0]
    assert (transfer.number, transfer.timeout_seconds, transfer.continues) == ("+12065550123", 25.0, True)
    assert host.effects[-1] == fx.Disconnect("flow")
    assert (host.contact.attributes["transfer"], host.contact.attributes["menu_path"]) == ("towing", "main>7")


@pytest.mark.parametrize("failure", [fx.Timeout(), fx.CallFailed("busy"), fx.Failed("not allowed")])
def test_caller_whom_nobody_outside_answers_reaches_the_otherwise_queue(failure: fx.Result) -> None:
    host = call(["7"], answer=lambda effect: failure if isinstance(effect, fx.TransferToThirdParty) else None)
    assert host.asked(fx.QueueContact)[0].queue_arn == "arn:queue:orders"


def test_message_is_recorded_and_marked_with_its_queue() -> None:
    host = call(["8", "#"])
    assert host.asked(fx.SetRecording) == [fx.SetRecording(False, (), ivr=True)]
    collect = host.asked(fx.Collect)[-1]
    assert (collect.prompt.text, collect.timeout_seconds, collect.max_digits) == ("leave message (en)", 90, 1)
    assert host.said[-1] == "message thanks (en)"
    assert host.effects[-1] == fx.Disconnect("flow")
    assert host.contact.attributes["voicemail"] == "technical"
    assert host.contact.attributes["menu_path"] == "main>8"


def test_message_ends_with_its_longest_time() -> None:
    assert call(["8", None]).said[-1] == "message thanks (en)"


@pytest.mark.parametrize(
    ("target", "last", "attribute"),
    [
        (ToVoicemail("orders"), "message thanks (en)", ("voicemail", "orders")),
        (ToTransfer("towing"), "towing (en)", ("transfer", "towing")),
        (ToAnswer("balance"), "It left yesterday.", ("menu_path", "closed")),
        (ToAnswer("opening_hours"), "It left yesterday.", ("menu_path", "closed")),
    ],
)
def test_closed_centre_may_go_on_otherwise_than_hanging_up(target: Any, last: str, attribute: tuple[str, str]) -> None:
    host = call(["4711"], compiled(replace(SERVICES, after_closed=target)), is_open=False)
    assert host.said[2] == "closed (en)"
    assert host.said[-1] == last
    assert host.effects[-1] == fx.Disconnect("flow")
    assert host.contact.attributes[attribute[0]] == attribute[1]


def test_question_that_has_no_answer_after_closing_does_not_open_the_menu() -> None:
    host = call(
        [],
        compiled(replace(SERVICES, after_closed=ToAnswer("hours"))),
        is_open=False,
        functions={"answer_question": WRONG},
    )
    assert host.said[2:] == ["closed (en)", "unavailable (en)"]


def test_menu_that_may_not_be_interrupted_is_played_to_its_end_first() -> None:
    flows = compiled(replace(SERVICES, menus=(replace(SERVICES.menus[0], interruptible=False), TECHNICAL)))
    host = call([None, "1"], flows)
    assert host.said.count("main menu (en)") == 2
    prompts = [effect.prompt for effect in host.asked(fx.Collect)]
    assert [prompt.ssml for prompt in prompts] == ['<speak><break time="100ms"/></speak>'] * 2
    plain = [effect for effect in host.asked(fx.Say) if effect.text == "main menu (en)"]
    assert not any(effect.interruptible for effect in plain)


def test_listening_menu_that_may_not_be_interrupted_tells_the_bot() -> None:
    menu = replace(SERVICES.menus[0], speech=True, interruptible=False)
    flows = compiled(replace(SERVICES, menus=(menu, TECHNICAL)), replace(RESOURCES, bot_alias="arn:bot"))
    said_1 = fx.Intent("main_1")
    host = call([], flows, answer=lambda effect: said_1 if isinstance(effect, fx.Converse) else None)
    assert host.asked(fx.Converse)[0].session_attributes["x-amz-lex:allow-interrupt:*:*"] == "false"


def test_text_may_be_markup_or_a_recording() -> None:
    greeting = {"en": Ssml("<speak>Welcome</speak>"), "ko": Recorded("hello")}
    known = compiled(replace(SERVICES, greeting=greeting, unavailable={"en": Recorded("hello"), "ko": "x"}))
    host = call(["1"], known, queued=fx.QueueFull())
    assert host.said[0] == "<speak>Welcome</speak>"
    assert host.said[-1] == "arn:prompt:hello"


def test_ivr_without_services_has_no_action_of_theirs() -> None:
    types = {action.type for flow in compiled().values() for action in flow.actions}
    assert types.isdisjoint(
        {"TransferParticipantToThirdParty", "CreateCallbackContact", "UpdateContactCallbackNumber", "GetMetricData"}
    )
    assert not [name for name in compiled()["inbound"].by_identifier if "voicemail" in name or "input" in name]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"inputs": ()}, "ivr.answers.order_status.asks"),
        ({"inputs": (NUMBER, replace(PIN, encrypted=False))}, "ivr.answers.balance.verify"),
        ({"inputs": (replace(NUMBER, encrypted=True), PIN)}, "ivr.answers.order_status.asks"),
        ({"verification": None}, "ivr.verification"),
        ({"transfers": ()}, "ivr.menus.main.options.7"),
        ({"voicemail": None}, "ivr.voicemail"),
        ({"inputs": (replace(NUMBER, prompt={"en": "x"}), PIN)}, "ivr.inputs.number.prompt.ko"),
        ({"greeting": {"en": Ssml(""), "ko": "x"}}, "ivr.greeting.en"),
        ({"after_closed": ToTransfer("nobody")}, "ivr.after_closed"),
    ],
)
def test_service_that_is_not_whole_is_refused_with_its_key_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        compile_ivr(replace(SERVICES, **changes), RESOURCES)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"input_key": None}, "ivr.inputs.pin"),
        ({"prompts": {}}, "ivr.greeting.en"),
        ({"modules": {}}, "ivr"),
        (
            {"functions": {k: v for k, v in RESOURCES.functions.items() if k != "check_input"}},
            "ivr.answers.order_status.asks",
        ),
        ({"functions": {k: v for k, v in RESOURCES.functions.items() if k != "check_announcement"}}, "ivr"),
    ],
)
def test_missing_resource_of_a_service_is_named_where_it_is_needed(changes: dict[str, Any], path: str) -> None:
    document = replace(SERVICES, greeting={"en": Recorded("hello"), "ko": Recorded("hello")})
    with pytest.raises(MissingResourceError) as caught:
        compile_ivr(document, replace(RESOURCES, **changes))
    assert caught.value.path == path


def test_two_names_that_come_to_one_action_are_refused() -> None:
    answer = Menu("answer", both("m"), (Option("1", ToQueue("orders")),), ToQueue("orders"))
    main = replace(MAIN, options=(Option("1", ToMenu("answer")), Option("2", ToAnswer("otherwise"))))
    with pytest.raises(DocumentError, match="Rename one of them"):
        compile_ivr(replace(DOCUMENT, menus=(main, answer)), RESOURCES)
