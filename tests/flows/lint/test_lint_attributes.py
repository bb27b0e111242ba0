"""What the linter makes of attributes, secrets and languages."""

from __future__ import annotations

import pytest

from contactflow.lint import choose_rules, lint_flow
from tests.flows.lint.building import ask, collect, compare, do, flow, invoke, put, say


def find(rule: str, *actions, type: str = "", **options) -> list[tuple[str | None, str]]:  # noqa: A002
    found = lint_flow(flow(*actions, type=type), rules=choose_rules([rule]), **options)
    return [(finding.action, finding.severity) for finding in found]


HELLO = say("hello", "Hello $.Attributes.firstName")


def test_attribute_that_another_flow_may_set_is_only_noted() -> None:
    assert find("unset-attribute", HELLO) == [("hello", "note")]


def test_attribute_that_no_flow_of_a_complete_set_sets_is_certain() -> None:
    assert find("unset-attribute", HELLO, complete=True) == [("hello", "warning")]


def test_attribute_that_another_flow_sets_is_right() -> None:
    other = flow(put("set", {"firstName": "$.External.name"}))
    assert find("unset-attribute", HELLO, flows={"other": other}) == []


def test_module_may_take_attributes_for_granted() -> None:
    returning = do("return", "EndFlowModuleExecution")
    assert find("unset-attribute", say("hello", "Hello $.Attributes.firstName", then="return"), returning) == []


def test_name_that_differs_in_case_from_one_that_is_set_is_found() -> None:
    found = lint_flow(
        flow(put("set", {"firstname": "Ada"}, then="hello"), HELLO), rules=choose_rules(["unset-attribute"])
    )
    assert [(finding.severity, finding.mend) for finding in found] == [
        ("warning", "Did you mean $.Attributes.firstname?")
    ]


def test_names_known_only_when_the_flow_runs_are_not_judged() -> None:
    assert find("unset-attribute", put("set", {"$.External.key": "Ada"}, then="hello"), HELLO) == []


def test_flow_attribute_of_another_flow_is_never_there() -> None:
    assert find("unset-attribute", say("hello", "Hello $.FlowAttributes.name")) == [("hello", "warning")]


def test_result_of_a_function_that_no_way_comes_to_is_noted() -> None:
    hear = do("hear", "MessageParticipant", {"Text": "$.External.text"}, "end", fails="end")
    assert find("unset-attribute", hear) == [("hear", "note")]
    check = compare("check", "$.Channel", {"VOICE": "function"}, otherwise="hear")
    assert find("unset-attribute", check, invoke(then="hear", fails="end"), hear) == []


def test_entry_of_a_complete_set_of_flows_has_no_function_before_it() -> None:
    hear = do("hear", "MessageParticipant", {"Text": "$.External.text"}, "end", fails="end")
    entry = flow(hear, type="contactFlow")
    leads_there = flow(do("go", "TransferToFlow", {"ContactFlowId": "entry"}, "end", fails="end"), type="contactFlow")
    rules = choose_rules(["unset-attribute"])
    assert [one.severity for one in lint_flow(entry, flows={"entry": entry}, complete=True, rules=rules)] == ["warning"]
    assert lint_flow(entry, flows={"entry": entry, "other": leads_there}, complete=True, rules=rules) == []


def test_path_of_another_spelling_is_corrected() -> None:
    found = lint_flow(flow(say("hello", "You are in $.Queue.Arn")), rules=choose_rules(["unknown-reference"]))
    assert [finding.mend for finding in found] == ["Did you mean ARN?"]


@pytest.mark.parametrize(
    "text",
    [
        "Please enter your sixteen digit card number, followed by pound",
        "<speak>Please key in your <emphasis>PIN</emphasis></speak>",
        "Enter the three digit security code",
        "카드 번호 열여섯 자리를 눌러 주세요",
        "Bitte geben Sie Ihre Kartennummer ein",
    ],
)
def test_secrets_are_known_by_the_words_of_the_question(text: str) -> None:
    assert find("unencrypted-sensitive-input", collect(text=text)) == [("collect", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "Please enter your order number. Have your card at hand.",
        "Enter your zip code",
        "Enter the number on your gift card",
        "Enter the verification code that we have just texted to you",
        "Please pin down the date of your visit, as month and day",
    ],
)
def test_other_questions_are_no_secrets(text: str) -> None:
    assert find("unencrypted-sensitive-input", collect(text=text)) == []


def test_secret_is_known_by_the_message_before_and_by_the_attribute_after_the_question() -> None:
    question = collect(text=" ")
    assert find("unencrypted-sensitive-input", say("say", "Now your card number", then="collect"), question)
    taken = (collect(text="Go ahead", then="set"), put("set", {"cardNumber": "$.StoredCustomerInput"}))
    assert find("unencrypted-sensitive-input", *taken) == [("collect", "error")]


def test_menu_that_offers_to_pay_by_card_keeps_nothing() -> None:
    assert find("unencrypted-sensitive-input", ask(Text="To pay by credit card press 1")) == []


def test_secret_in_a_functions_parameters_is_a_warning() -> None:
    asked = collect(text="Enter your card number", then="function")
    charge = invoke(LambdaInvocationAttributes={"card": "$.StoredCustomerInput"})
    assert find("sensitive-input-stored", asked, charge, say("sorry", "Sorry")) == [("function", "warning")]


def test_input_that_replaced_the_secret_may_be_stored() -> None:
    actions = (
        collect(text="Enter your card number", then="order"),
        collect("order", then="set"),
        put("set", {"order": "$.StoredCustomerInput"}),
    )
    assert find("sensitive-input-stored", *actions) == []


def record(automated: dict[str, str], then: str = "collect") -> dict[str, object]:
    behavior = {"RecordedParticipants": ["Agent", "Customer"], **automated}
    return do("record", "UpdateContactRecordingBehavior", {"RecordingBehavior": behavior}, then)


def test_customer_recorded_without_a_word_on_the_automated_part_is_a_warning() -> None:
    question = collect(text="Enter your PIN")
    assert find("sensitive-input-recorded", record({}), question) == [("collect", "warning")]
    assert find("sensitive-input-recorded", record({"IVRRecordingBehavior": "Disabled"}), question) == []


def test_function_that_pauses_the_recording_counts() -> None:
    pause = invoke("pause", then="collect", LambdaFunctionARN="${function.suspend_contact_recording}")
    actions = (record({"IVRRecordingBehavior": "Enabled"}, "pause"), pause, say("sorry", "Sorry"))
    assert find("sensitive-input-recorded", *actions, collect(text="Enter your PIN")) == []


def greet(identifier: str, languages: str, otherwise: str, then: str = "end") -> list[dict[str, object]]:
    prompts = {code: f"{identifier}-{code}" for code in languages.split()}
    said = [say(name, "Hello", then=then) for name in prompts.values()]
    return [compare(identifier, "$.Attributes.language", prompts, otherwise=otherwise), *said]


def test_default_speaks_one_language_more_but_not_two() -> None:
    first = greet("first", "en ko fr", "end", then="second")
    assert find("missing-language", *first, *greet("second", "ko fr", "english"), say("english", "Hello")) == []
    assert find("missing-language", *first, *greet("second", "ko", "english"), say("english", "Hello")) == [
        ("second", "warning")
    ]


def test_language_that_skips_what_the_others_hear_is_found() -> None:
    actions = [compare("greet", "$.LanguageCode", {"en-US": "hello", "ko-KR": "menu"}), say("hello", "Hi", then="menu")]
    assert find("missing-language", *actions, ask("menu")) == [("greet", "warning")]


def test_comparison_that_asks_for_the_language_is_no_choice_of_prompt() -> None:
    actions = (
        *greet("greet", "en ko", "ask"),
        ask("ask", {"1": "set"}),
        put("set", {"language": "fr"}, then="greet"),
    )
    assert ("ask", "warning") not in find("missing-language", *actions)


def test_path_that_resembles_no_documented_one_is_only_noted() -> None:
    assert find("unknown-reference", say("hello", "Hello $.Newcomer.Name")) == [("hello", "note")]


def test_names_in_brackets_and_elements_of_arrays_are_read() -> None:
    said = say("hello", "You own `$.External.cars[0].year`, $.Attributes.['two words'] and $['Queue']['Nam']")
    found = lint_flow(flow(said), rules=choose_rules(["unknown-reference"]))
    assert [finding.mend for finding in found] == ["Did you mean Name?"]
