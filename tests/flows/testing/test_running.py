"""Test cases that run: observations, instructions, assertions and control."""

import pytest

from contactflow.testing import HostDefaults, PhraseBot

from .cases import (
    BOT,
    BYE,
    HOURS,
    LAMBDA,
    QUEUE,
    SHOP,
    action,
    answers,
    ask,
    chain,
    check,
    content,
    do,
    end,
    flow,
    hear,
    instruct,
    observe,
    press,
    run,
    say,
    see,
    speak,
    start,
)

TRANSFER = {"QueueId": QUEUE}


def test_a_caller_who_presses_1_reaches_the_queue():
    result = run(
        chain(
            start(),
            hear("Welcome to the shop."),
            hear("For orders, press 1. For the status, press 2.", press("1")),
            see("TransferContactToQueue", TRANSFER, check("$.Queue.Name", "Equals", QUEUE), end()),
        )
    )
    assert result.passed
    assert result.met == (
        "start",
        "Welcome to the shop.",
        "For orders, press 1. For the status, press 2.",
        "TransferContactToQueue",
    )
    assert result.ended == "end_test"


def test_what_was_heard_instead_is_told_with_its_action():
    result = run(chain(start(), hear("For orders, press 1", press("9")), hear("Your order 7 is here.")))
    assert not result.passed
    [failure] = result.failures
    assert failure.observation == "Your order 7 is here."
    assert failure.expected == 'a message similar to "Your order 7 is here."'
    assert 'heard instead: "Sorry, I did not understand that."' in failure.found
    assert (failure.place.flow, failure.place.action_id) == ("shop", "sorry")
    assert result.met == ("start", "For orders, press 1")


def test_observations_after_one_that_was_not_met_are_not_blamed():
    result = run(chain(start(), hear("Never said."), hear("Never said either.")))
    assert [failure.observation for failure in result.failures] == ["Never said."]


def test_observations_side_by_side_all_have_to_be_met():
    result = run(content(hear("Welcome to the shop."), hear("Never said."), hear("Nor this.")))
    assert [failure.observation for failure in result.failures] == ["Never said.", "Nor this."]


def test_observations_that_nothing_leads_to_are_told():
    result = run(content(hear("Welcome to the shop."), hear("a", then="b"), hear("b", then="a")))
    assert not result.passed
    assert "NextObservations" in result.failures[0].mend


def test_one_message_does_not_meet_two_observations_in_a_row():
    result = run(chain(hear("Welcome to the shop.", name="once"), hear("Welcome to the shop.", name="twice")))
    assert [failure.observation for failure in result.failures] == ["twice"]


def test_inclusion_wants_the_very_words():
    assert run(content(hear("press 2", how="Inclusion"))).passed
    assert not run(content(hear("press two", how="Inclusion"))).passed


def test_similar_texts_may_differ_in_words_but_not_in_numbers():
    assert run(content(hear("Welcome to our shop.", name="w"))).passed is False
    assert run(content(hear("For orders press 1, for a status press 2"))).passed
    assert not run(content(hear("For orders, press 2. For the status, press 1."))).passed


def test_silence_takes_its_branch_in_virtual_time():
    result = run(content(hear("Sorry, I did not understand that.")))
    assert result.passed
    assert 5 < result.seconds < 20


def test_keys_pressed_before_a_message_are_lost_and_told():
    answered = answers({"number": "7"})
    result = run(chain(start(answered, {**press("2"), "Identifier": "early"}), hear("Your order 7 is here.")))
    assert not result.passed
    assert '"2" was lost' in result.failures[0].mend


def test_keys_pressed_after_the_message_before_a_menu_are_taken():
    greeting = flow(
        say("hello", "Hello.", "menu"),
        ask("menu", "Press 1.", {"1": "yes"}, "no"),
        say("yes", "Yes.", "bye"),
        say("no", "No.", "bye"),
        BYE,
    )
    assert run(chain(hear("Hello.", press("1")), hear("Yes.")), greeting).passed


def test_keys_pressed_ahead_serve_the_next_menu():
    two = flow(
        ask("first", "First, press 1.", {"1": "second"}, "bye"),
        ask("second", "Then press 2.", {"2": "yes"}, "bye"),
        say("yes", "Yes.", "bye"),
        BYE,
    )
    assert run(chain(hear("First, press 1.", press("12")), hear("Then press 2."), hear("Yes.")), two).passed


STORE = flow(
    action(
        "number",
        "GetParticipantInput",
        {
            "Text": "Enter the number.",
            "StoreInput": "True",
            "InputTimeLimitSeconds": "5",
            "InputValidation": {"CustomValidation": {"MaximumLength": "8"}},
            "DTMFConfiguration": {"InputTerminationSequence": "#"},
        },
        "said",
        errors={"NoMatchingError": "bye"},
    ),
    say("said", "You entered $.StoredCustomerInput now.", "bye"),
    BYE,
)


@pytest.mark.parametrize(("keys", "stored"), [("1234#", "1234"), ("12345678", "12345678"), ("12", "12")])
def test_several_keys_are_stored_up_to_their_end(keys, stored):
    assert run(chain(hear("Enter the number.", press(keys)), hear(f"You entered {stored} now.")), STORE).passed


def test_a_caller_who_hangs_up_ends_the_call():
    result = run(chain(hear("Welcome to the shop.", instruct({"Type": "Disconnect"})), hear("For orders, press 1")))
    assert not result.passed
    assert result.ended == "hung_up"
    assert "then the caller hung up" in result.failures[0].found


def test_ending_the_test_ends_the_call():
    result = run(content(hear("Welcome to the shop.", end())))
    assert result.passed
    assert result.trace[-1].action_id == "hello"


def test_observations_that_look_when_the_test_ends_fail():
    assert not run(content(hear("Welcome to the shop.", end()), hear("For orders, press 1"))).passed


def test_the_end_of_the_test_can_be_observed():
    completed = observe("over", {"Type": "TestCompleted"}, check("$.Attributes.choice", "Equals", "orders"))
    reached = chain(
        start(), hear("For orders, press 1", press("1")), see("TransferContactToQueue", TRANSFER, end()), completed
    )
    assert run(reached).passed
    assert not run(chain(start(), hear("Welcome to the shop.", end()), completed)).passed


@pytest.mark.parametrize(
    ("operator", "operand", "holds"),
    [
        ("Equals", "12.5", True),
        ("Equals", "12.50", False),
        ("TextStartsWith", "12", True),
        ("TextStartsWith", "5", False),
        ("TextEndsWith", ".5", True),
        ("TextEndsWith", "1", False),
        ("TextContains", "2.", True),
        ("TextContains", "3", False),
        ("NumberGreaterThan", "12", True),
        ("NumberGreaterThan", "12.5", False),
        ("NumberGreaterOrEqualTo", "12.5", True),
        ("NumberGreaterOrEqualTo", "13", False),
        ("NumberLessThan", "13", True),
        ("NumberLessThan", "12.5", False),
        ("NumberLessOrEqualTo", "12.5", True),
        ("NumberLessOrEqualTo", "12", False),
        ("NumberLessThan", "many", False),
        ("Exists", None, True),
    ],
)
def test_every_operator_compares(operator, operand, holds):
    wanted = check("$.Attributes.weight", operator, operand)
    result = run(chain(hear("For orders, press 1", press("1")), see("TransferContactToQueue", TRANSFER, wanted, end())))
    assert result.passed is holds


def test_a_failed_assertion_tells_what_was_there():
    wanted = check("$.Attributes.choice", "Equals", "billing", name="right-choice")
    result = run(chain(hear("For orders, press 1", press("1")), see("TransferContactToQueue", TRANSFER, wanted)))
    [failure] = result.failures
    assert (failure.kind, failure.action) == ("assertion", "right-choice")
    assert result.ended == "failed"
    assert failure.expected == "$.Attributes.choice Equals 'billing'"
    assert failure.found == "'orders'"
    assert failure.place.action_id == "queue"


def test_all_assertions_of_an_observation_are_told():
    wanted = [check("$.Attributes.choice", "Equals", one, name=one) for one in ("a", "b")]
    result = run(chain(hear("For orders, press 1", press("1")), see("TransferContactToQueue", TRANSFER, *wanted)))
    assert [failure.action for failure in result.failures] == ["a", "b"]


def test_nothing_does_not_exist():
    assert not run(content(hear("Welcome to the shop.", check("$.Attributes.choice", "Exists")))).passed


def test_values_are_logged_by_their_labels():
    log = do(
        "TestControl",
        {
            "Command": {
                "Type": "LogData",
                "Properties": {"Expressions": {"who": "$.CustomerEndpoint.Address", "what": "$.Attributes.none"}},
            }
        },
    )
    document = {
        "EntryPoint": {"Type": "VOICE_CALL", "VoiceCallEntryPointParameters": {"SourcePhoneNumber": "+12065550111"}},
        "Content": content(hear("Welcome to the shop.", log, end())),
    }
    assert run(document).logged == {"who": "+12065550111", "what": ""}


def test_attributes_stand_from_the_start():
    greeting = flow(say("hello", "Hello $.Attributes.name.", "bye"), BYE)
    document = {
        "InitializationData": {"Attributes": {"name": "Ada"}, "SegmentAttributes": {}},
        "Content": content(hear("Hello $.Attributes.name."), hear("Hello Ada.", name="plain")),
    }
    assert run(document, greeting).passed


def message(properties):
    return content(observe("m", {"Type": "MessageReceived", "Properties": properties}))


RECORDED = flow(
    action("prompt", "MessageParticipant", {"PromptId": "arn:aws:connect:us-east-1:1:instance/i/prompt/p1"}, "media"),
    action(
        "media",
        "MessageParticipant",
        {"Media": {"Uri": "s3://b/a.wav", "SourceType": "S3", "MediaType": "Audio"}},
        "ssml",
    ),
    action("ssml", "MessageParticipant", {"SSML": "<speak>Good <emphasis>morning</emphasis></speak>"}, "bye"),
    BYE,
)


@pytest.mark.parametrize(
    ("properties", "passes"),
    [
        ({"PromptId": "p1"}, True),
        ({"PromptId": "arn:aws:connect:us-east-1:1:instance/i/prompt/p1"}, True),
        ({"PromptId": "p2"}, False),
        ({"Media": {"Uri": "s3://b/a.wav", "SourceType": "S3", "MediaType": "Audio"}}, True),
        ({"Media": {"Uri": "s3://b/b.wav"}}, False),
        ({"SSML": "<speak>Good morning</speak>"}, True),
        ({"Text": "good morning"}, True),
        ({}, True),
    ],
)
def test_messages_are_told_apart_by_every_property(properties, passes):
    assert run(message(properties), RECORDED).passed is passes


@pytest.mark.parametrize(
    ("usage", "passes"),
    [
        ({"Type": "Exactly", "Times": 2}, True),
        ({"Type": "Exactly", "Times": 4}, False),
        ({"Type": "AtLeast", "Times": 3}, True),
        ({"Type": "AtLeast", "Times": 4}, False),
        ({"Type": "AtMost", "Times": 3}, True),
        ({"Type": "AtMost", "Times": 2}, False),
        ({"Type": "Always"}, True),
    ],
)
def test_an_event_has_to_occur_as_often_as_said(usage, passes):
    thrice = flow(say("a", "Again.", "b"), say("b", "Again.", "c"), say("c", "Again.", "bye"), BYE)
    assert run(content({**hear("Again."), "Usage": usage}), thrice).passed is passes


def test_what_follows_an_observation_begins_to_look_once_it_occurred_often_enough():
    flows = flow(say("a", "Again.", "b"), say("b", "Again.", "c"), say("c", "Done.", "bye"), BYE)
    twice = {**hear("Again."), "Usage": {"Type": "Exactly", "Times": 2}}
    assert run(chain(twice, hear("Done.")), flows).passed


def test_starting_actions_are_observed_with_their_resources():
    assert run(content(see("CheckHoursOfOperation", {"HoursOfOperationId": HOURS}))).passed
    assert not run(content(see("CheckHoursOfOperation", {"HoursOfOperationId": "others"}))).passed
    result = run(
        chain(hear("For orders, press 1", press("2")), see("InvokeLambdaFunction", {"LambdaFunctionARN": "x"}))
    )
    assert f'there was instead: "InvokeLambdaFunction {LAMBDA}"' in result.failures[0].found


def test_what_a_function_answered_can_be_asserted_once_its_completion_was_observed():
    completed = see(
        "InvokeLambdaFunction",
        {"LambdaFunctionARN": LAMBDA},
        check("$.External.number", "Equals", "7"),
        event="FlowActionCompleted",
    )
    assert run(chain(start(answers({"number": "7"})), hear("For orders, press 1", press("2")), completed)).passed
    told = hear("Your order 7 is here.", check("$.External.number", "Equals", "7"))
    result = run(chain(start(answers({"number": "7"})), hear("For orders, press 1", press("2")), told))
    assert result.failures[0].found == "nothing"
    assert "FlowActionCompleted" in result.failures[0].mend


def test_an_action_that_failed_has_not_completed():
    completed = see("InvokeLambdaFunction", {"LambdaFunctionARN": LAMBDA}, event="FlowActionCompleted")
    result = run(chain(start(answers(error="NoMatchingError")), hear("For orders, press 1", press("2")), completed))
    assert not result.passed


LISTEN = flow(
    action(
        "bot",
        "ConnectParticipantWithLexBot",
        {"Text": "What can I do for you?", "LexV2Bot": {"AliasArn": BOT}},
        "no",
        {"Orders": "yes", "key_1": "yes"},
        {"NoMatchingCondition": "no", "NoMatchingError": "failed"},
    ),
    say("yes", "Orders it is.", "bye"),
    say("no", "I did not understand.", "bye"),
    say("failed", "The bot is not there.", "bye"),
    BYE,
)
KNOWING = HostDefaults(bot=PhraseBot({"buy a part": "Orders"}, {"1": "key_1"}))


@pytest.mark.parametrize(
    ("input_", "reply"),
    [
        (speak("I would like to buy a part"), "Orders it is."),
        (press("1"), "Orders it is."),
        (speak("Good morning"), "I did not understand."),
        (press("7"), "I did not understand."),
    ],
)
def test_a_bot_understands_words_and_keys(input_, reply):
    assert run(chain(hear("What can I do for you?", input_), hear(reply)), LISTEN, KNOWING).passed


def test_a_caller_who_says_nothing_to_a_bot_is_not_understood():
    assert run(content(hear("I did not understand.")), LISTEN, KNOWING).passed


def test_a_bot_that_is_not_there_is_told():
    result = run(chain(hear("What can I do for you?", speak("orders")), hear("Orders it is.")), LISTEN)
    assert f"The bot {BOT} is not there offline" in result.failures[0].mend


def test_an_endless_flow_ends_the_case():
    circle = flow(say("a", "Round", "b"), say("b", "and round.", "a"))
    result = run(content(hear("Never said.")), circle)
    assert result.ended == "time_limit"
    assert result.seconds == 300


def test_an_unknown_entry_is_told():
    document = {
        "EntryPoint": {"Type": "VOICE_CALL", "VoiceCallEntryPointParameters": {"FlowId": "gone"}},
        "Content": content(start()),
    }
    result = run(document)
    assert (result.passed, result.ended) == (False, "not_started")
    assert result.failures[0].mend == "Use one of shop."


def test_nothing_of_a_run_stays_for_the_next():
    case = chain(hear("For orders, press 1", press("1")), see("TransferContactToQueue", TRANSFER, end()))
    assert run(case).heard == run(case).heard
    assert run(case, SHOP).passed
