"""What the linter makes of a flow's ways: loops, failures, constants."""

from __future__ import annotations

from contactflow.lint import choose_rules, lint_flow
from tests.flows.lint.building import ask, compare, do, flow, invoke, put, say, transfer


def find(rule: str, *actions, type: str = "", **options) -> list[tuple[str | None, str]]:  # noqa: A002
    found = lint_flow(flow(*actions, type=type), rules=choose_rules([rule]), **options)
    return [(finding.action, finding.severity) for finding in found]


def test_loop_left_only_where_an_action_fails_has_no_way_out() -> None:
    news = do("news", "MessageParticipant", {"Text": "News"}, "weather", fails="end")
    assert find("endless-loop", news, say("weather", "Weather", then="news")) == [("news", "error")]


def test_callers_who_wait_in_a_queue_may_go_round() -> None:
    waiting = (say("news", "News", then="weather"), say("weather", "Weather", then="news"))
    assert find("endless-loop", *waiting, type="customerQueue") == []


def test_transfer_that_succeeds_is_a_way_out() -> None:
    assert find("endless-loop", transfer(full="sorry"), say("sorry", "All lines are busy", then="transfer")) == []


def test_function_tried_again_for_ever_is_found() -> None:
    assert find("unbounded-retry", invoke(fails="function")) == [("function", "warning")]


def test_function_tried_again_and_counted_is_right() -> None:
    count = do("count", "Loop", {"LoopCount": "2"}, "end", {"ContinueLooping": "function", "DoneLooping": "end"})
    assert find("unbounded-retry", invoke(fails="count"), count) == []


def test_silence_that_a_comparison_may_end_is_right() -> None:
    menu, asked = ask("menu", silent="asked"), compare("asked", "$.Attributes.tries", {"3": "end"}, otherwise="menu")
    assert find("unbounded-retry", menu, asked) == []


def test_settings_may_fail_without_harm() -> None:
    voice = do("voice", "UpdateContactTextToSpeechVoice", {"TextToSpeechVoice": "Joanna"}, "hello", fails="hello")
    assert find("swallowed-error", voice, say("hello", "Hello")) == []


def test_queue_that_cannot_be_set_must_not_be_transferred_to() -> None:
    queue = do("queue", "UpdateContactTargetQueue", {"QueueId": "${queue.orders}"}, "transfer", fails="transfer")
    assert find("swallowed-error", queue, transfer()) == [("queue", "warning")]


def test_callback_that_cannot_be_created_is_told() -> None:
    callback = do("callback", "CreateCallbackContact", {}, "end", fails="end")
    assert find("swallowed-error", callback) == [("callback", "warning")]


def test_attribute_that_claims_success_either_way_is_found() -> None:
    actions = (invoke("pause", then="set", fails="set"), put("set", {"paused": "true"}))
    assert find("swallowed-error", *actions) == [("pause", "warning")]


def test_function_whose_outcome_nobody_asks_for_is_noted_only_where_the_call_goes_on() -> None:
    assert find("swallowed-error", invoke(then="bye", fails="bye"), say("bye", "Goodbye")) == []
    assert find("swallowed-error", invoke(then="transfer", fails="transfer"), transfer()) == [("function", "note")]


def test_later_function_makes_the_earlier_result_irrelevant() -> None:
    hear = do("hear", "MessageParticipant", {"Text": "$.External.text"}, "end", fails="end")
    actions = (invoke("first", then="second", fails="second"), invoke("second", then="hear", fails="end"), hear)
    assert find("swallowed-error", *actions) == [("first", "note")]


def test_constant_attribute_decides_a_comparison_ahead_of_time() -> None:
    check = compare("check", "$.Attributes.tier", {"gold": "end", "silver": "sorry"})
    gold = do("set", "UpdateContactAttributes", {"Attributes": {"tier": "gold"}}, "check", fails="end")
    assert find("never-matching-condition", gold, check, say("sorry", "Sorry")) == [("check", "warning")]


def test_function_may_change_attributes_unseen() -> None:
    check = compare("check", "$.Attributes.tier", {"gold": "end", "silver": "sorry"})
    gold = do("set", "UpdateContactAttributes", {"Attributes": {"tier": "gold"}}, "function", fails="end")
    actions = (gold, invoke(then="check", fails="check"), check, say("sorry", "Sorry"))
    assert find("never-matching-condition", *actions) == []


def test_condition_after_a_wider_one_never_holds() -> None:
    for wider, narrow in (
        (("NumberGreaterThan", "0"), ("NumberGreaterThan", "5")),
        (("TextStartsWith", "+1"), ("Equals", "+12065550123")),
        (("TextContains", "a"), ("TextEndsWith", "ba")),
        (("NumberLessOrEqualTo", "5"), ("NumberLessThan", "5")),
    ):
        assert find("never-matching-condition", two_conditions(wider, narrow)) == [("check", "warning")], narrow
        assert find("never-matching-condition", two_conditions(narrow, wider)) == [], narrow


def two_conditions(*conditions: tuple[str, str]) -> dict[str, object]:
    check = compare("check", "$.Attributes.value", {})
    check["Transitions"]["Conditions"] = [
        {"NextAction": "end", "Condition": {"Operator": operator, "Operands": [operand]}}
        for operator, operand in conditions
    ]
    return check


def test_operators_that_do_not_exist_and_words_for_numbers_never_hold() -> None:
    for condition in (("EqualTo", "1"), ("NumberGreaterThan", "many")):
        assert find("never-matching-condition", two_conditions(condition)) == [("check", "warning")]


def test_resource_set_as_an_attribute_before_counts_as_unfilled() -> None:
    queue = do("queue", "UpdateContactTargetQueue", {"QueueId": "$.Attributes.queue"}, "end", fails="end")
    assert find("unfilled-placeholder", put("set", {"queue": "ENTER QUEUE HERE"}, then="queue"), queue) == [
        ("queue", "error")
    ]
    assert find("unfilled-placeholder", put("set", {"queue": "$.External.queue"}, then="queue"), queue) == []


def test_message_that_depends_on_a_value_needs_a_branch_for_its_failure() -> None:
    dynamic = do("hello", "MessageParticipant", {"PromptId": "$.External.prompt"}, "end")
    assert find("missing-error-branch", dynamic) == [("hello", "warning")]


def test_unreachable_actions_are_not_judged_further() -> None:
    found = lint_flow(flow(say("hello", "Hello"), invoke("lost", fails=None)))
    assert {finding.rule for finding in found} == {"unreachable-action"}


def test_very_long_flows_are_walked_without_recursion() -> None:
    actions = [say(f"hello-{number}", "Hello", f"hello-{number + 1}") for number in range(5000)]
    actions.append(say("hello-5000", "Hello", "hello-0"))
    assert find("endless-loop", *actions) == [("hello-0", "error")]


def test_ways_that_lead_nowhere_do_not_keep_other_rules_from_their_work() -> None:
    lost = do("function", "InvokeLambdaFunction", {"LambdaFunctionARN": "${f}"}, "gone", fails="gone")
    found = lint_flow(flow(say("hello", "<speak>", then="function"), lost))
    assert {"dangling-reference", "ssml-as-text", "ignored-timeout"} <= {finding.rule for finding in found}


def test_tokens_of_deployment_tools_are_no_words() -> None:
    for token in (
        "${queue.orders}",
        "{{queues.orders.arn}}",
        "%Queue Arn%",
        "!GetAtt Queue.Arn",
        "<<ARN:Orders Queue>>",
    ):
        queue = do("queue", "UpdateContactTargetQueue", {"QueueId": token}, "end", fails="end")
        assert find("unfilled-placeholder", queue) == [], token


def test_operand_that_is_read_when_the_call_comes_may_hold() -> None:
    starts, equals = ("TextStartsWith", "$"), ("Equals", "$.Attributes.expected")
    assert find("never-matching-condition", two_conditions(starts, equals)) == []
    gold = do("set", "UpdateContactAttributes", {"Attributes": {"value": "gold"}}, "check", fails="end")
    assert find("never-matching-condition", gold, two_conditions(equals)) == []


def test_operands_are_read_too() -> None:
    check = two_conditions(("Equals", "$.attributes.expected"))
    assert find("unknown-reference", check) == [("check", "warning")]
