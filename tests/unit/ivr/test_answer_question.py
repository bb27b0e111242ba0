"""``answer_question``: what it asks the workflow, what it says, and what it does when that fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from tests.workflows.functions import CENTER, flow_event, load_module

Handler = Callable[[Any, Any], dict[str, str]]
URL = "https://orders.example/v1"
ANSWERS = {
    "order_status": {
        "asks": "order_number",
        "source": "endpoint",
        "path": "/orders/{digits}",
        "found": {"en": "Your order {number} {status}.", "ko": "주문 번호 {number}, {status}."},
    },
    "opening_hours": {"source": "hours", "found": None, "verify": None},
    "secret_hours": {"source": "hours", "verify": "pin"},
    "account_balance": {"verify": "pin", "source": "customer", "found": {"en": "You owe {balance} dollars."}},
    "my_orders": {"source": "endpoint", "path": "/of/{phone}/{language}", "found": {"en": "You have {count}."}},
    "leak": {"source": "customer", "found": {"en": "Your PIN is {pin_hash}."}},
}
INPUTS = {"order_number": {"min_digits": 5, "max_digits": 8, "check_digit": "luhn"}, "pin": {"encrypted": True}}
SAMPLE = {
    **CENTER,
    "ivr": {**CENTER["ivr"], "answers": ANSWERS, "inputs": INPUTS},
    "self_service": {"endpoint": {"url": URL, "timeout_seconds": 3, "retries": 1}},
}
ORDER = {"number": "10017", "status": {"en": "left yesterday", "ko": "어제 출고되었습니다"}}


class FakeStates:
    """Step Functions that answer one thing."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def start_sync_execution(self, **request: Any) -> dict[str, Any]:
        self.asked.append(json.loads(request["input"]))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def succeeded(**output: Any) -> dict[str, Any]:
    return {"status": "SUCCEEDED", "output": json.dumps({"answered": True, "verified": "", **output})}


def load(folder: Path, answer: dict[str, Any] | Exception, center: Any = SAMPLE) -> tuple[Handler, FakeStates]:
    module: Any = load_module("answer_question", folder, {"SELF_SERVICE_ARN": "arn:self-service"}, center)
    states = FakeStates(answer)
    module.SELF_SERVICE = replace(module.SELF_SERVICE, client=states)
    return module.handler, states


def not_answered(verified: str = "") -> dict[str, str]:
    return {"answered": "false", "text": "", "verified": verified}


def test_endpoint_is_asked_for_the_digits_and_its_answer_is_put_into_words(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(data=ORDER))
    told = handler(flow_event(topic="order_status", language="ko", digits="10017#"), None)
    assert told == {"answered": "true", "text": "주문 번호 1 0 0 1 7, 어제 출고되었습니다.", "verified": ""}
    (asked,) = states.asked
    assert (asked["url"], asked["timeout_seconds"], asked["retries"]) == (f"{URL}/orders/10017", 3, 1)


def test_caller_of_another_language_is_answered_in_the_first_one(tmp_path: Path) -> None:
    handler, _ = load(tmp_path, succeeded(data=ORDER))
    told = handler(flow_event(topic="order_status", language="fr", digits="10017"), None)
    assert told["text"] == "Your order 1 0 0 1 7 left yesterday."


@pytest.mark.parametrize("digits", ["", "1001", "10018", "Timeout", "10017/../admin", "1" * 40])
def test_digits_that_do_not_fit_are_never_sent_to_the_endpoint(tmp_path: Path, digits: str) -> None:
    handler, states = load(tmp_path, succeeded(data=ORDER))
    assert handler(flow_event(topic="order_status", language="en", digits=digits), None) == not_answered()
    assert states.asked == []


def test_number_in_a_path_is_quoted_and_a_withheld_one_asks_nothing(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(data={"count": 2}))
    told = handler(flow_event(topic="my_orders", language="en"), None)
    assert told["text"] == "You have 2."
    assert states.asked[0]["url"] == f"{URL}/of/%2B15555550101/en"
    assert handler(flow_event(None, topic="my_orders", language="en"), None) == not_answered()


def test_hours_that_anybody_may_know_need_no_workflow(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded())
    told = handler(flow_event(topic="opening_hours", language="en"), None)
    assert told["text"].startswith("We are open Monday to Friday")
    assert states.asked == []


def test_proof_is_asked_for_where_a_topic_wants_it_whatever_its_source(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(verified="true", data={}))
    assert handler(flow_event(topic="secret_hours", language="en"), None) == not_answered()
    assert states.asked == []
    told = handler(flow_event(topic="secret_hours", language="en", secret="c2VjcmV0"), None)
    assert (told["verified"], told["answered"]) == ("true", "true")


def test_customer_is_read_as_far_as_the_answer_says(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(verified="true", item={"balance": {"S": "1240.00"}}))
    told = handler(flow_event(topic="account_balance", language="en", secret="c2VjcmV0"), None)
    assert told == {"answered": "true", "text": "You owe 1240 dollars.", "verified": "true"}
    (asked,) = states.asked
    assert asked["names"] == {"#0": "customer_id", "#1": "balance"}
    assert (asked["verify"], asked["secret"], asked["phone"]) == (True, "c2VjcmV0", "+15555550101")


def test_caller_verified_before_is_not_verified_again(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(verified="true", item={"balance": {"N": "79.95"}}))
    told = handler(flow_event(topic="account_balance", language="en", verified="true"), None)
    assert told["text"] == "You owe 79.95 dollars."
    assert states.asked[0]["verify"] is False


@pytest.mark.parametrize("outcome", ["false", "locked"])
def test_caller_who_is_not_verified_is_told_nothing(tmp_path: Path, outcome: str) -> None:
    handler, _ = load(tmp_path, succeeded(answered=False, verified=outcome))
    told = handler(flow_event(topic="account_balance", language="en", secret="c2VjcmV0"), None)
    assert told == not_answered(outcome)


@pytest.mark.parametrize("outcome", ["", "false", "locked"])
def test_answer_that_comes_without_proof_is_not_told(tmp_path: Path, outcome: str) -> None:
    handler, _ = load(tmp_path, succeeded(verified=outcome, item={"balance": {"S": "1240.00"}}))
    told = handler(flow_event(topic="account_balance", language="en", secret="c2VjcmV0"), None)
    assert told == not_answered(outcome)


@pytest.mark.parametrize("forged", ["True", "TRUE", "1", "yes", "locked", "true,false"])
def test_only_the_very_word_counts_as_verified_before(tmp_path: Path, forged: str) -> None:
    handler, states = load(tmp_path, succeeded(verified="true", item={"balance": {"S": "1240.00"}}))
    told = handler(flow_event(topic="account_balance", language="en", verified=forged), None)
    assert told == not_answered()
    assert states.asked == []


def test_digits_keyed_for_something_else_are_no_secret_to_hand_on(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(verified="true", item={"balance": {"S": "79.95"}}))
    handler(flow_event(topic="account_balance", language="en", secret="10017", verified="true"), None)
    assert states.asked[0]["secret"] == ""


def test_field_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    answers = {"who": {"source": "customer", "found": {"en": "You are {customer_id}, {customer_id}."}}}
    center = {**SAMPLE, "ivr": {**SAMPLE["ivr"], "answers": answers}}
    handler, states = load(tmp_path, succeeded(item={"customer_id": {"S": "C-1"}}), center)
    assert handler(flow_event(topic="who", language="en"), None)["text"] == "You are C-1, C-1."
    assert states.asked[0]["names"] == {"#0": "customer_id"}


def test_what_keeps_a_pin_is_never_read_nor_said(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded(item={"pin_hash": {"S": "scrypt$..."}, "customer_id": {"S": "C-1"}}))
    states.asked.clear()
    handler(flow_event(topic="leak", language="en"), None)
    assert states.asked[0]["names"] == {"#0": "customer_id"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": "10017"},
        {"number": "10017", "status": None},
        {"number": "10017", "status": ["left"]},
        {"number": "10017", "status": {"ko": "출고"}},
        {"number": "10017", "status": {"en": {"deep": "er"}}},
        {"number": True, "status": "left"},
        {"number": "10017", "status": "  "},
        {"number": "10017", "status": "x" * 33_000},
        ["10017", "left"],
        "<html>",
        None,
    ],
    ids=[
        "empty",
        "missing",
        "null",
        "list",
        "language",
        "nested",
        "bool",
        "blank",
        "33 KB",
        "array",
        "page",
        "no data",
    ],
)
def test_answer_that_fills_no_sentence_leaves_the_question_open(tmp_path: Path, data: Any) -> None:
    handler, _ = load(tmp_path, succeeded(data=data))
    assert handler(flow_event(topic="order_status", language="en", digits="10017"), None) == not_answered()


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "FAILED", "error": "States.Runtime", "cause": "broken"},
        {"status": "TIMED_OUT"},
        {"status": "SUCCEEDED", "output": "no JSON"},
        {"status": "SUCCEEDED", "output": "{}"},
        {"status": "SUCCEEDED", "output": "[]"},
        ReadTimeoutError(endpoint_url="https://sync-states"),
    ],
    ids=["failed", "timed out", "no JSON", "no answer", "array", "unreachable"],
)
def test_workflow_that_does_not_answer_leaves_the_question_open(
    tmp_path: Path, answer: dict[str, Any] | Exception
) -> None:
    handler, _ = load(tmp_path, answer)
    assert handler(flow_event(topic="order_status", language="en", digits="10017"), None) == not_answered()


@pytest.mark.parametrize("topic", ["weather", "", "x" * 40_000])
def test_unknown_topic_does_not_start_the_workflow(tmp_path: Path, topic: str) -> None:
    handler, states = load(tmp_path, {"status": "SUCCEEDED"})
    assert handler(flow_event(topic=topic), None) == not_answered()
    assert states.asked == []


def test_secret_longer_than_any_is_refused(tmp_path: Path) -> None:
    handler, states = load(tmp_path, succeeded())
    event = flow_event(topic="account_balance", language="en", secret="x" * 33_000)
    assert handler(event, None) == not_answered()
    assert states.asked == []


def test_centre_without_questions_answers_none(tmp_path: Path) -> None:
    handler, _ = load(tmp_path, succeeded(), {**CENTER, "ivr": {"answers": None}})
    assert handler(flow_event(topic="order_status"), None) == not_answered()


def test_neither_digits_nor_secret_nor_number_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    handler, _ = load(tmp_path, ReadTimeoutError(endpoint_url="https://sync-states"))
    handler(flow_event(topic="order_status", language="en", digits="10017"), None)
    handler(flow_event(topic="order_status", language="en", digits="10018"), None)
    handler(flow_event(topic="account_balance", language="en", secret="c2VjcmV0"), None)
    quoting = "The JSONPath '$.x' could not be found in the input '{\"phone\": \"+15555550101\"}'"
    handler, _ = load(tmp_path, {"status": "FAILED", "error": "States.Runtime", "cause": quoting})
    handler(flow_event(topic="order_status", language="en", digits="10017"), None)
    assert "States.Runtime" in caplog.text
    for private in ("10017", "10018", "c2VjcmV0", "+15555550101"):
        assert private not in caplog.text
