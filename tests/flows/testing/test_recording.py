"""Cases written from a call: they pass when they are run again, and fail when the flows change."""

import json

import pytest

from contactflow.model import Flow
from contactflow.testing import (
    FunctionAnswered,
    Heard,
    Held,
    HoursChecked,
    HungUp,
    Pressed,
    QueueEntered,
    Said,
    TestCase,
    run_case,
    write_case,
)

from .cases import HOURS, LAMBDA, QUEUE, SHOP
from .test_running import KNOWING, LISTEN

HELLO, MENU = Heard("Welcome to the shop."), Heard("For orders, press 1. For the status, press 2.")


def rerun(case, flow=SHOP, host=None):
    return run_case(TestCase.parse(json.dumps(case)), {"shop": flow}, host=host)


CALLS = {
    "queued": [
        HoursChecked(HOURS, True),
        HELLO,
        MENU,
        Pressed("1"),
        QueueEntered(QUEUE, QUEUE),
        Held("$.Attributes.choice", "orders"),
    ],
    "full": [HELLO, MENU, Pressed("1"), QueueEntered(QUEUE, full=True), Heard("All lines are busy.")],
    "closed": [HELLO, HoursChecked(HOURS, False), Heard("The shop is closed now.")],
    "answered": [HELLO, MENU, Pressed("2"), FunctionAnswered(LAMBDA, {"number": "7"}), Heard("Your order 7 is here.")],
    "failed": [HELLO, MENU, Pressed("2"), FunctionAnswered(LAMBDA), Heard("The status is not known now.")],
    "late": [
        HELLO,
        MENU,
        Pressed("2"),
        FunctionAnswered(LAMBDA, timed_out=True),
        Heard("The status is not known now."),
    ],
    "silent": [HELLO, MENU, Heard("Sorry, I did not understand that.")],
    "hung up": [HELLO, MENU, HungUp()],
}


@pytest.mark.parametrize("events", CALLS.values(), ids=CALLS)
def test_a_written_case_passes_on_the_same_flows(events):
    result = rerun(write_case(events, name="call"))
    assert result.passed, result.failures


def test_a_written_case_fails_when_a_text_changes():
    changed = json.loads(json.dumps(SHOP.serialise()).replace("Welcome to the shop.", "Good morning."))
    assert not rerun(write_case(CALLS["queued"], name="call"), Flow.parse(changed)).passed


def test_spoken_words_are_written():
    events = [Heard("What can I do for you?"), Said("I want to buy a part"), Heard("Orders it is.")]
    assert rerun(write_case(events, name="call"), LISTEN, KNOWING).passed


def test_secret_keys_are_not_written():
    written = json.dumps(write_case([MENU, Pressed("4711#", secret=True)], name="pin"))
    assert "4711" not in written
    assert "0000#" in written


def test_a_written_case_never_goes_on_in_a_queue():
    events = [MENU, Pressed("1"), QueueEntered(QUEUE, "orders"), Heard("Please wait."), Pressed("1")]
    observations = write_case(events, name="call")["Content"]["Observations"]
    assert observations[-1]["Event"]["Properties"]["ActionType"] == "TransferContactToQueue"
    assert observations[-1]["Actions"][-1]["Parameters"]["Command"] == {"Type": "EndTest"}


def test_known_hours_take_the_place_of_those_that_were_asked():
    case = write_case([HoursChecked(HOURS, False), HELLO], name="call", never_open="never")
    [action] = case["Content"]["Observations"][0]["Actions"]
    strategy = action["Parameters"]["Behavior"]["Properties"]["Strategy"]
    assert strategy == {"Type": "SubstituteResource", "SubstituteArn": "never"}


def test_entry_and_attributes_are_written():
    case = TestCase.parse(write_case([HELLO], name="a", description="b", flow_id="shop", attributes={"x": "y"}))
    assert (case.name, case.description, case.entry.flow_id, case.attributes) == ("a", "b", "shop", {"x": "y"})


def test_identifiers_are_unique():
    case = write_case([HELLO, MENU, Pressed("1"), Held("$.A", "1"), HELLO, Pressed("2"), Said("x")], name="call")
    observations = case["Content"]["Observations"]
    identifiers = [one["Identifier"] for one in observations]
    identifiers += [action["Identifier"] for one in observations for action in one["Actions"]]
    identifiers += [one["Event"]["Identifier"] for one in observations]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize(
    ("heard", "properties"),
    [
        (Heard("<speak>Hi</speak>"), {"SSML": "<speak>Hi</speak>"}),
        (Heard(prompt_id="p1"), {"PromptId": "p1"}),
    ],
)
def test_messages_are_written_as_they_are(heard, properties):
    observation = write_case([heard], name="call")["Content"]["Observations"][1]
    assert observation["Event"]["Properties"] == {**properties, "MatchingCriteria": {"Type": "Similarity"}}
