"""What callers of a compiled IVR experience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from contactflow.compile import Option, Survey, ToLanguage, ToQueue, compile_survey
from contactflow.model import Flow
from contactflow.run import ContactState, Effect
from contactflow.run import effects as fx
from tests.flows.sample import (
    DOCUMENT,
    MAIN,
    RESOURCES,
    STRANGER,
    TECHNICAL,
    Host,
    both,
    compiled,
    identified,
    routed,
)

FLOWS = compiled()
GOOD_DAY: dict[str, Any] = {
    "identify_caller": identified(),
    "route_call": lambda parameters: routed(parameters["queue"]),
    "answer_question": {"answered": "true", "text": "It left yesterday."},
    "check_announcement": {"announced": "false", "announcement": "", "announcement_id": "", "closed": "false"},
}
ENGLISH_OPENING = ["greeting (en)", "recorded (en)"]


def call(flow: Flow = FLOWS["inbound"], **options: Any) -> Host:
    options["functions"] = {**GOOD_DAY, **options.get("functions", {})}
    options.setdefault("flows", {"arn:module:announcement": FLOWS["announcement"]})
    host = Host(flow, **options)
    host.run()
    return host


def test_known_caller_who_presses_a_key_reaches_the_queue() -> None:
    host = call(keys=["1"])
    assert host.said == [*ENGLISH_OPENING, "main menu (en)"]
    assert host.effects[-1] == fx.End("queued")
    assert host.asked(fx.QueueContact) == [fx.QueueContact("arn:queue:orders", 5)]
    assert host.contact.attributes == {
        "language": "en",
        "customer_id": "c-7",
        "vip": "false",
        "queue_choice": "orders",
        "menu_path": "main>1",
        "routing_reasons": "fewest waiting",
        "expected_wait_seconds": "12",
    }


def test_call_is_logged_from_its_first_action_on() -> None:
    host = call(keys=["1"])
    assert [step.logged for step in host.session.trace] == [True] * len(host.session.trace)


def test_agent_and_customer_are_recorded_once_the_call_is_routed() -> None:
    assert call(keys=["1"]).asked(fx.SetRecording) == [fx.SetRecording(True, ("Agent", "Customer"))]


def test_centre_that_does_not_record_says_nothing_about_recording() -> None:
    host = call(compiled(replace(DOCUMENT, record_calls=False))["inbound"], keys=["1"])
    assert "recorded (en)" not in host.said
    assert host.asked(fx.SetRecording) == []
    assert host.effects[-1] == fx.End("queued")


def test_queue_and_disconnect_hooks_are_set_before_the_transfer() -> None:
    host = call(keys=["1"])
    assert host.contact.hooks == {
        "CustomerQueue": "arn:flow:queue_treatment",
        "CustomerRemaining": "arn:flow:survey",
    }
    assert host.path[-3:] == ["hook-queue_treatment", "hook-survey", "transfer"]


def test_caller_known_to_speak_korean_is_spoken_to_in_korean() -> None:
    host = call(functions={"identify_caller": identified(language="ko")}, keys=["3", "1"])
    assert host.said[2:] == ["recorded (ko)", "main menu (ko)", "technical menu (ko)"]
    prompts = [effect.prompt for effect in host.asked(fx.Collect)]
    assert {(prompt.voice, prompt.language_locale) for prompt in prompts} == {("Seoyeon", "ko-KR")}
    assert host.contact.attributes["menu_path"] == "main>technical>1"


def test_stranger_is_asked_for_the_language_each_line_in_its_own_voice() -> None:
    host = call(functions={"identify_caller": STRANGER}, keys=[None, "2", "1"])
    lines = [(effect.prompt.text, effect.prompt.voice) for effect in host.asked(fx.Collect)[:2]]
    assert lines == [("English 1", "Joanna"), ("Korean 2", "Seoyeon")]
    assert host.contact.attributes["language"] == "ko"
    assert host.said[-1] == "main menu (ko)"


def test_stranger_may_press_before_the_own_line_is_spoken() -> None:
    host = call(functions={"identify_caller": STRANGER}, keys=["2", "1"])
    assert "Korean 2" not in host.said
    assert host.contact.attributes["language"] == "ko"


@pytest.mark.parametrize("keys", [[None, None, "1"], ["7", "8", "1"]])
def test_stranger_who_chooses_no_language_is_spoken_to_in_the_first(keys: list[str | None]) -> None:
    host = call(functions={"identify_caller": STRANGER}, keys=keys)
    assert host.contact.attributes["language"] == "en"
    assert host.asked(fx.Collect)[-1].prompt.voice == "Joanna"


@pytest.mark.parametrize(
    "failure",
    [
        fx.FunctionFailed("too slow", "timeout"),
        fx.Failed("no such function"),
        fx.FunctionResult({"known": True}),
        fx.FunctionResult(["not", "an", "object"]),
        fx.FunctionResult({"announcement": "x" * 40_000}),
    ],
)
def test_call_goes_on_when_the_caller_cannot_be_identified(failure: fx.Result) -> None:
    host = call(functions={"identify_caller": failure}, keys=["1", "1"])
    assert host.effects[-1] == fx.End("queued")
    assert host.said == [*ENGLISH_OPENING, "English 1", "main menu (en)"]
    assert host.contact.attributes["vip"] == "false"


def test_closed_centre_says_so_and_hangs_up() -> None:
    host = call(is_open=False)
    assert host.said[-1] == "closed (en)"
    assert host.effects[-1] == fx.Disconnect("flow")
    assert host.asked(fx.CheckHours) == [fx.CheckHours("hours-1", None)]


def test_centre_whose_hours_cannot_be_checked_stays_open() -> None:
    host = call(keys=["1"], answer=lambda effect: fx.Failed("gone") if isinstance(effect, fx.CheckHours) else None)
    assert host.effects[-1] == fx.End("queued")


def test_silent_caller_hears_the_menu_again_and_then_reaches_the_otherwise_queue() -> None:
    host = call(keys=[])
    assert host.said.count("main menu (en)") == 1 + MAIN.retries
    assert "invalid (en)" not in host.said
    assert host.contact.attributes["queue_choice"] == "orders"
    assert host.contact.attributes["menu_path"] == "main>otherwise"


def test_wrong_keys_are_named_and_end_in_the_otherwise_queue() -> None:
    host = call(keys=["9", "8", "7"])
    assert host.said[2:] == ["main menu (en)", "invalid (en)"] * 3
    assert host.contact.attributes["menu_path"] == "main>otherwise"


def test_menu_without_retries_is_asked_once() -> None:
    flow = compiled(replace(DOCUMENT, menus=(replace(MAIN, retries=0), TECHNICAL)))["inbound"]
    assert call(flow, keys=[]).said.count("main menu (en)") == 1


def test_answer_is_spoken_and_the_entry_menu_follows() -> None:
    host = call(keys=["4", "1"])
    assert host.said[-3:] == ["main menu (en)", "It left yesterday.", "main menu (en)"]
    asked = [e for e in host.asked(fx.InvokeFunction) if e.arn == "arn:function:answer_question"]
    assert asked[0].parameters == {"topic": "order_status", "language": "en"}
    assert host.contact.attributes["menu_path"] == "main>1"


@pytest.mark.parametrize("answer", [{"answered": "false", "text": ""}, fx.FunctionFailed("broken")])
def test_question_without_answer_leads_to_the_otherwise_queue(answer: Any) -> None:
    host = call(functions={"answer_question": answer}, keys=["4"])
    assert host.asked(fx.QueueContact)[0].queue_arn == "arn:queue:orders"
    assert host.contact.attributes["menu_path"] == "main>otherwise"


def test_option_may_switch_the_language_and_repeat_the_menu() -> None:
    options = (*MAIN.options, Option("9", ToLanguage("ko")))
    flow = compiled(replace(DOCUMENT, menus=(replace(MAIN, options=options), TECHNICAL)))["inbound"]
    host = call(flow, keys=["9", "1"])
    assert host.said[-2:] == ["main menu (en)", "main menu (ko)"]
    assert host.contact.attributes["language"] == "ko"


def test_routing_decision_overrides_the_menu_s_queue_and_priority() -> None:
    host = call(functions={"route_call": routed("muscle_cars", "1")}, keys=["1"])
    assert host.asked(fx.SetRouting) == [fx.SetRouting(1)]
    assert host.asked(fx.QueueContact) == [fx.QueueContact("arn:queue:muscle_cars", 1)]


def test_routing_function_gets_choice_language_and_rank() -> None:
    host = call(functions={"identify_caller": identified(vip="true", language="ko")}, keys=["3", "2"])
    routing = host.asked(fx.InvokeFunction)[-1]
    assert routing.parameters == {"queue": "technical", "language": "ko", "vip": "true"}
    assert routing.timeout_seconds == 8


@pytest.mark.parametrize("decision", [fx.FunctionFailed("down"), routed("a queue that we do not have")])
def test_menu_s_queue_stands_when_the_routing_decision_is_no_use(decision: Any) -> None:
    host = call(functions={"route_call": decision}, keys=["3", "2"])
    assert host.asked(fx.QueueContact)[0].queue_arn == "arn:queue:technical"


@pytest.mark.parametrize("refusal", [fx.QueueFull(), fx.Failed("no queue flow")])
def test_caller_who_cannot_be_queued_is_told_so(refusal: fx.Result) -> None:
    host = call(keys=["1"], queued=refusal)
    assert host.said[-1] == "unavailable (en)"
    assert host.effects[-1] == fx.Disconnect("flow")


def test_caller_may_hang_up_at_every_step() -> None:
    whole = call(functions={"identify_caller": STRANGER}, keys=["1", "3", "9", "2"])
    for stop in range(len(whole.effects) - 1):
        seen: list[Effect] = []

        def hang_up(effect: Effect, seen: list[Effect] = seen, stop: int = stop) -> fx.Result | None:
            seen.append(effect)
            return fx.Hangup() if len(seen) == stop + 1 else None

        host = call(functions={"identify_caller": STRANGER}, keys=["1", "3", "9", "2"], answer=hang_up)
        assert host.effects[-1] == fx.End("hung_up")
        assert host.effects[:-1] == whole.effects[: stop + 1]
        assert host.session.trace[-1].branch == "HungUp"


@pytest.mark.parametrize("name", ["survey", "queue_treatment"])
def test_caller_may_hang_up_at_every_step_of_the_other_flows(name: str) -> None:
    whole = Host(FLOWS[name], keys=["4"], functions={"record_survey": VALID})
    whole.run()
    for stop in range(len(whole.effects) - 1):
        left = iter(range(stop, -1, -1))

        def hang_up(_effect: Effect, left: Iterator[int] = left) -> fx.Result | None:
            return None if next(left) else fx.Hangup()

        host = Host(FLOWS[name], keys=["4"], functions={"record_survey": VALID}, answer=hang_up)
        assert host.run() == fx.End("hung_up")
        assert host.effects[:-1] == whole.effects[: stop + 1]


def test_every_failure_of_an_instruction_leaves_the_caller_served() -> None:
    host = call(
        keys=["1"],
        answer=lambda effect: (
            fx.Failed("refused") if isinstance(effect, fx.SetVoice | fx.SetContactData | fx.SetHook) else None
        ),
    )
    assert host.effects[-1] == fx.End("queued")


def test_listening_menu_hands_over_to_the_bot() -> None:
    document = replace(DOCUMENT, menus=(replace(MAIN, speech=True), TECHNICAL))
    flow = compiled(document, replace(RESOURCES, bot_alias="arn:bot"))["inbound"]
    replies = iter([fx.Timeout(), fx.Intent("FallbackIntent"), fx.Intent("main_1")])
    host = call(flow, answer=lambda effect: next(replies) if isinstance(effect, fx.Converse) else None)
    conversation = host.asked(fx.Converse)[0]
    assert conversation.bot_alias_arn == "arn:bot"
    assert conversation.language_locale == "en-US"
    assert conversation.prompt.interruptible
    assert host.contact.attributes["menu_path"] == "main>1"
    assert host.contact.lex["IntentName"] == "main_1"


@pytest.mark.parametrize(
    ("heard", "choice"),
    [(fx.Intent("key_3"), "technical"), (fx.Intent("main_3"), "technical"), (fx.Digits("3"), "orders")],
)
def test_listening_menu_takes_the_keys_that_the_bot_knows(heard: fx.Result, choice: str) -> None:
    document = replace(DOCUMENT, menus=(replace(MAIN, speech=True, retries=0), TECHNICAL))
    flow = compiled(document, replace(RESOURCES, bot_alias="arn:bot"))["inbound"]
    host = call(flow, answer=lambda effect: heard if isinstance(effect, fx.Converse) else None)
    assert host.contact.attributes["queue_choice"] == choice


def test_waiting_caller_hears_the_message_and_silence_in_turn() -> None:
    contact = ContactState("c", attributes={"language": "ko"})
    host = Host(FLOWS["queue_treatment"], contact=contact)
    assert host.run() == fx.End("dequeued")
    loop = host.asked(fx.PlayLoop)[0]
    assert [message.text for message in loop.messages] == ["wait (ko)", None]
    assert loop.messages[1].ssml == "<speak>" + '<break time="10s"/>' * 3 + "</speak>"
    assert {message.voice for message in loop.messages} == {"Seoyeon"}


def survey(keys: list[str | None], answers: list[Any], language: str = "en", flow: Flow = FLOWS["survey"]) -> Host:
    replies = iter(answers)
    host = Host(
        flow,
        contact=ContactState("c", attributes={"language": language}, initiation_method="DISCONNECT"),
        keys=keys,
        functions={"record_survey": lambda parameters: next(replies)},
    )
    assert host.run() == fx.Disconnect("flow")
    return host


VALID = {"valid": "true", "survey_score": "4"}
INVALID = {"valid": "false", "survey_score": ""}


def test_survey_answer_is_stored_and_thanked_for() -> None:
    host = survey(["4"], [VALID], "ko")
    assert host.said == ["survey (ko)", "thanks (ko)"]
    assert host.contact.attributes["survey_score"] == "4"
    assert host.asked(fx.InvokeFunction)[0].parameters == {"digits": "4"}


def test_survey_is_asked_again_after_a_key_that_means_nothing() -> None:
    host = survey(["9", "4"], [INVALID, VALID])
    assert host.said == ["survey (en)", "invalid (en)", "survey (en)", "thanks (en)"]


def test_survey_gives_up_on_a_caller_who_keeps_pressing_wrong_keys() -> None:
    host = survey(["9", "8"], [INVALID, INVALID])
    assert "survey_score" not in host.contact.attributes


def test_survey_lets_a_silent_caller_go() -> None:
    host = survey([None], [])
    assert host.said == ["survey (en)"]
    assert host.asked(fx.InvokeFunction) == []


def test_survey_thanks_even_where_the_answer_cannot_be_stored() -> None:
    host = survey(["4"], [fx.FunctionFailed("down")])
    assert host.said[-1] == "thanks (en)"


@pytest.mark.parametrize(
    ("key", "answer"), [("1", "yes"), ("2", "no"), ("7", None), (None, None)], ids=["yes", "no", "other", "silence"]
)
def test_survey_asks_whether_the_matter_is_resolved_and_thanks_for_any_answer(
    key: str | None, answer: str | None
) -> None:
    document = replace(DOCUMENT, survey=Survey(both("survey"), both("thanks"), both("resolved?")))
    host = survey(["4", key], [VALID], "ko", compile_survey(document, RESOURCES).parse())
    assert host.said == ["survey (ko)", "resolved? (ko)", "thanks (ko)"]
    assert host.contact.attributes["survey_score"] == "4"
    assert host.contact.attributes.get("survey_resolved") == answer


def test_otherwise_of_a_menu_may_be_another_queue_than_its_options() -> None:
    flow = compiled(replace(DOCUMENT, menus=(replace(MAIN, otherwise=ToQueue("technical")), TECHNICAL)))["inbound"]
    assert call(flow).asked(fx.QueueContact)[0].queue_arn == "arn:queue:technical"
