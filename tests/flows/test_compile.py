from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from contactflow.compile import (
    CompiledFlow,
    DocumentError,
    InputKey,
    IvrDocument,
    IvrResources,
    Language,
    Menu,
    MissingResourceError,
    Offer,
    Option,
    ToAnswer,
    ToLanguage,
    ToMenu,
    ToQueue,
    compile_ivr,
)
from contactflow.model import FlowSizeError, check_identifier, check_size
from tests.flows.sample import DOCUMENT, MAIN, RESOURCES, SERVICES, TECHNICAL, both, compiled, waiting

SPEECH = replace(SERVICES.menus[0], speech=True)
SWITCHING = replace(MAIN, options=(*MAIN.options, Option("9", ToLanguage("ko")), Option("*", ToMenu("main"))))
LISTENING = replace(RESOURCES, bot_alias="arn:bot")


def variants() -> Iterator[tuple[IvrDocument, IvrResources]]:
    mains = (
        MAIN,
        SPEECH,
        SWITCHING,
        replace(MAIN, retries=0),
        replace(MAIN, otherwise=ToAnswer("opening_hours")),
    )
    languages = (DOCUMENT.languages, DOCUMENT.languages[:1])
    for main, spoken, asks, records, hours in product(mains, languages, (True, False), (True, False), ("h", None)):
        if main is SWITCHING and len(spoken) == 1:
            continue
        offers = (Offer("callback", 70, both("callback?"), "1"), Offer("voicemail", 100, both("voicemail?"), "2"))
        document = replace(
            waiting(position=both("{position}"), expected_wait=both("{minutes}"), offers=offers) if asks else SERVICES,
            menus=(main, TECHNICAL),
            languages=spoken,
            language_menu=DOCUMENT.language_menu if asks and len(spoken) > 1 else None,
            record_calls=records,
            survey=DOCUMENT.survey if asks else None,
        )
        yield document, replace(LISTENING if main is SPEECH else RESOURCES, hours=hours)


def targets(action: dict[str, Any]) -> list[str]:
    transitions = action["Transitions"]
    found = [transitions["NextAction"]] if "NextAction" in transitions else []
    branches = (*transitions.get("Conditions", ()), *transitions.get("Errors", ()))
    return found + [branch["NextAction"] for branch in branches]


def reachable(content: dict[str, Any]) -> set[str]:
    actions = {action["Identifier"]: action for action in content["Actions"]}
    found, waiting = {content["StartAction"]}, [content["StartAction"]]
    while waiting:
        for target in targets(actions[waiting.pop()]):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


@pytest.fixture(scope="module")
def all_flows() -> list[CompiledFlow]:
    return [flow for document, resources in variants() for flow in compile_ivr(document, resources)]


def test_no_flow_refers_to_a_missing_action_and_every_action_is_reachable(
    all_flows: list[CompiledFlow],
) -> None:
    assert len(all_flows) > 80
    for flow in all_flows:
        identifiers = [action["Identifier"] for action in flow.content["Actions"]]
        assert reachable(flow.content) == set(identifiers)
        assert len(identifiers) == len(set(identifiers))


def test_every_identifier_and_size_is_one_that_the_service_takes(all_flows: list[CompiledFlow]) -> None:
    for flow in all_flows:
        check_size(flow.content)
        for action in flow.content["Actions"]:
            check_identifier(action["Identifier"])


def test_every_action_that_can_fail_says_where_to_go_then(all_flows: list[CompiledFlow]) -> None:
    without_errors = {
        "UpdateFlowLoggingBehavior",
        "UpdateContactRecordingBehavior",
        "UpdateContactRoutingBehavior",
        "Loop",
        "DisconnectParticipant",
        "EndFlowExecution",
        "EndFlowModuleExecution",
    }
    catch_all = {"Compare": "NoMatchingCondition", "UpdateContactCallbackNumber": "InvalidCallbackNumber"}
    for flow in all_flows:
        for action in flow.content["Actions"]:
            errors = {branch["ErrorType"] for branch in action["Transitions"].get("Errors", ())}
            if action["Type"] in without_errors:
                assert not errors
            else:
                assert catch_all.get(action["Type"], "NoMatchingError") in errors, action["Identifier"]


def test_every_action_comes_from_a_key_path_and_has_a_place_of_its_own(all_flows: list[CompiledFlow]) -> None:
    for flow in all_flows:
        identifiers = {action["Identifier"] for action in flow.content["Actions"]}
        assert set(flow.sources) == identifiers
        drawn = flow.content["Metadata"]["ActionMetadata"]
        places = {(entry["position"]["x"], entry["position"]["y"]) for entry in drawn.values()}
        assert len(places) == len(drawn) == len(identifiers)


def test_source_map_leads_from_an_action_to_the_user_s_file() -> None:
    inbound = next(flow for flow in compile_ivr(DOCUMENT, RESOURCES) if flow.name == "inbound")
    assert inbound.sources["main-1"] == "ivr.menus.main.options.1"
    assert inbound.sources["menu-technical-ko"] == "ivr.menus.technical.prompt.ko"
    assert inbound.sources["queue-orders"] == "queues.orders"


def test_compiling_twice_gives_the_same_bytes() -> None:
    first, second = (json.dumps([f.content for f in compile_ivr(DOCUMENT, RESOURCES)]) for _ in range(2))
    assert first == second


def test_flows_come_with_their_service_types_and_the_inbound_flow_last() -> None:
    assert [(flow.name, flow.type) for flow in compile_ivr(DOCUMENT, RESOURCES)] == [
        ("announcement", "MODULE"),
        ("queue_treatment", "CUSTOMER_QUEUE"),
        ("survey", "CONTACT_FLOW"),
        ("inbound", "CONTACT_FLOW"),
    ]


class Token(str):
    """A deployment token: whoever looks into it breaks the deployment."""

    __slots__ = ()

    def _refuse(self, *_: object) -> Any:
        raise AssertionError("a token was looked into")

    __len__ = __getitem__ = __contains__ = __iter__ = __add__ = _refuse
    split = partition = startswith = _refuse  # type: ignore[assignment]


def test_arns_are_passed_on_without_being_looked_into() -> None:
    resources = IvrResources(
        functions={name: Token(f"{name}-token") for name in RESOURCES.functions},
        queues={key: Token(f"{key}-token") for key in RESOURCES.queues},
        hours=Token("hours-token"),
        flows={name: Token(f"{name}-token") for name in RESOURCES.flows},
        bot_alias=Token("bot-token"),
        prompts={"hold_music": Token("music-token")},
        modules={"announcement": Token("module-token")},
        input_key=InputKey(Token("key-token"), Token("certificate-token")),
    )
    flows = compile_ivr(replace(waiting(music="hold_music"), menus=(SPEECH, *SERVICES.menus[1:])), resources)
    parameters = {action["Identifier"]: action["Parameters"] for action in flows[-1].content["Actions"]}
    assert parameters["queue-orders"]["QueueId"] is resources.queues["orders"]
    assert parameters["identify-caller"]["LambdaFunctionARN"] is resources.functions["identify_caller"]


def test_function_is_invoked_with_the_longest_wait_and_a_flat_answer() -> None:
    action = compiled()["inbound"].by_identifier["identify-caller"]
    assert action.parameters == {
        "LambdaFunctionARN": "arn:function:identify_caller",
        "InvocationTimeLimitSeconds": "8",
        "InvocationType": "SYNCHRONOUS",
        "ResponseValidation": {"ResponseType": "STRING_MAP"},
    }


def test_hooks_are_set_one_an_action() -> None:
    hooks = [a.parameters for a in compiled()["inbound"].actions if a.type == "UpdateContactEventHooks"]
    assert hooks == [
        {"EventHooks": {"CustomerQueue": "arn:flow:queue_treatment"}},
        {"EventHooks": {"CustomerRemaining": "arn:flow:survey"}},
    ]


def test_single_language_needs_no_choice_of_texts() -> None:
    document = replace(DOCUMENT, languages=DOCUMENT.languages[:1], language_menu=None)
    types = [a.type for a in compiled(document)["inbound"].actions if a.identifier.startswith("menu-")]
    assert "Compare" not in types


def test_more_menus_than_a_flow_holds_are_refused() -> None:
    menus = [Menu(f"m{n}", both("m"), (Option("1", ToMenu(f"m{n + 1}")),), ToQueue("orders")) for n in range(40)]
    last = Menu("m40", both("m"), (Option("1", ToQueue("orders")),), ToQueue("orders"))
    with pytest.raises(FlowSizeError, match="actions"):
        compile_ivr(replace(DOCUMENT, entry="m0", menus=(*menus, last)), RESOURCES)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"languages": ()}, "languages"),
        ({"greeting": {"en": "hello"}}, "ivr.greeting.ko"),
        ({"closed": both("x" * 4000)}, "ivr.closed.en"),
        ({"entry": "nowhere"}, "ivr.entry"),
        ({"menus": (replace(MAIN, otherwise=ToMenu("gone")), TECHNICAL)}, "ivr.menus.main.otherwise"),
        (
            {"menus": (replace(MAIN, options=(Option("12", ToQueue("orders")),)),)},
            "ivr.menus.main.options.12",
        ),
        ({"menus": (replace(MAIN, options=()),)}, "ivr.menus.main.options"),
        ({"menus": (replace(MAIN, options=MAIN.options[:1]), TECHNICAL)}, "ivr.menus.technical"),
        (
            {"menus": (replace(MAIN, options=(*MAIN.options, MAIN.options[0])), TECHNICAL)},
            "ivr.menus.main.options",
        ),
        ({"menus": (replace(SWITCHING, otherwise=ToLanguage("fr")), TECHNICAL)}, "ivr.menus.main.otherwise"),
    ],
)
def test_description_that_is_not_whole_is_refused_with_its_key_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        compile_ivr(replace(DOCUMENT, **changes), RESOURCES)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"queues": {"orders": "arn"}}, "ivr.menus.technical.options.1"),
        ({"functions": {}}, "ivr.menus.main.options.4"),
        ({"flows": {}}, "ivr.queue_treatment"),
    ],
)
def test_missing_resource_is_named_where_it_is_needed(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(MissingResourceError) as caught:
        compile_ivr(DOCUMENT, replace(RESOURCES, **changes))
    assert caught.value.path == path


def test_listening_menu_needs_a_bot() -> None:
    with pytest.raises(MissingResourceError, match="no bot"):
        compile_ivr(replace(DOCUMENT, menus=(SPEECH, TECHNICAL)), RESOURCES)


def test_voice_engine_is_named_where_the_language_names_one() -> None:
    languages = (Language("en", "en-US", "Joanna", "neural"), DOCUMENT.languages[1])
    voice = compiled(replace(DOCUMENT, languages=languages))["inbound"].by_identifier["default-voice"]
    assert voice.parameters == {"TextToSpeechVoice": "Joanna", "TextToSpeechEngine": "neural"}
