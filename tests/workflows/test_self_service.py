"""``self_service``: a question is looked up, or the caller goes on to people."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine

from tests.workflows.conftest import Ended, Workshop, substitute
from tests.workflows.faults import Faults
from tests.workflows.outside import URL, key_in_secret
from trunkline.ivr.verification import hash_pin
from twin.cloud.outside import OutsideAnswer

PHONE = "+15555550101"
NOBODY = "+15555550199"
PIN = "4821"
KNOWN: dict[str, Any] = {
    "phone": {"S": PHONE},
    "customer_id": {"S": "C-1"},
    "balance": {"S": "125.40"},
    "pin_hash": {"S": hash_pin(PIN)},
}
ITEM = {"customer_id": {"S": "C-1"}, "balance": {"S": "125.40"}}
NOT_ANSWERED = {"answered": False, "verified": ""}
ORDER = {"number": "10017", "status": {"en": "left"}}


def asked(source: str, **more: Any) -> dict[str, Any]:
    """Return the workflow's input."""
    return {
        "source": source,
        "verify": False,
        "verified": "",
        "phone": PHONE,
        "secret": "",
        "fields": "#0, #1",
        "names": {"#0": "customer_id", "#1": "balance"},
        "url": f"{URL}/orders/10017",
        "timeout_seconds": 2,
        "retries": 1,
        **more,
    }


def in_secret(pin: str, **more: Any) -> dict[str, Any]:
    return asked("customer", verify=True, secret=key_in_secret(pin), **more)


@dataclass(frozen=True)
class Way:
    """A question, the endpoint's answers, the way through the workflow, and what comes of it."""

    asks: dict[str, Any]
    path: tuple[str, ...]
    output: dict[str, Any]
    answers: tuple[OutsideAnswer, ...] = field(default=())


READ = ("MayAnybodyKnow", "ChooseSource", "ReadCustomer", "IsCustomer")
CALLED = ("MayAnybodyKnow", "ChooseSource", "CallEndpoint")
AGAIN = ("MayTryAgain", "CountRetry", "KeepCount", "CallEndpoint")
PROVED = ("MayAnybodyKnow", "VerifyCaller", "IsVerified")
OK = OutsideAnswer(body=json.dumps(ORDER))
FOUND = {"answered": True, "verified": "", "data": ORDER}
WAYS = {
    "opening hours": Way(
        asked("hours"),
        ("MayAnybodyKnow", "ChooseSource", "AnswerWithoutLookup"),
        {"answered": True, "verified": "", "data": {}},
    ),
    "customer": Way(asked("customer"), (*READ, "AnswerFromCustomer"), {"answered": True, "verified": "", "item": ITEM}),
    "unknown number": Way(asked("customer", phone=NOBODY), (*READ, "NotAnswered"), NOT_ANSWERED),
    "unknown source": Way(asked("oracle"), ("MayAnybodyKnow", "ChooseSource", "NotAnswered"), NOT_ANSWERED),
    "right pin": Way(
        in_secret(PIN),
        (*PROVED, "RememberProof", *READ[1:], "AnswerFromCustomer"),
        {"answered": True, "verified": "true", "item": ITEM},
    ),
    "wrong pin": Way(in_secret("1111"), (*PROVED, "NotVerified"), {"answered": False, "verified": "false"}),
    "pin of an unknown number": Way(
        in_secret(PIN, phone=NOBODY), (*PROVED, "NotVerified"), {"answered": False, "verified": "false"}
    ),
    "digits that cannot be decrypted": Way(
        asked("customer", verify=True, secret="c2VjcmV0"),
        ("MayAnybodyKnow", "VerifyCaller", "NotAnswered"),
        NOT_ANSWERED,
    ),
    "verified before in this call": Way(
        asked("customer", verified="true"),
        (*READ, "AnswerFromCustomer"),
        {"answered": True, "verified": "true", "item": ITEM},
    ),
    "endpoint": Way(asked("endpoint"), (*CALLED, "AnswerFromEndpoint"), FOUND, (OK,)),
    "endpoint that is slow once": Way(
        asked("endpoint"), (*CALLED, *AGAIN, "AnswerFromEndpoint"), FOUND, (OutsideAnswer(delay_seconds=3), OK)
    ),
    "endpoint that fails once": Way(
        asked("endpoint"), (*CALLED, *AGAIN, "AnswerFromEndpoint"), FOUND, (OutsideAnswer(500), OK)
    ),
    "endpoint that stays slow": Way(
        asked("endpoint"),
        (*CALLED, *AGAIN, "MayTryAgain", "NotAnswered"),
        NOT_ANSWERED,
        (OutsideAnswer(delay_seconds=3),),
    ),
    "endpoint that stays broken": Way(
        asked("endpoint", retries=2),
        (*CALLED, *AGAIN, *AGAIN, "MayTryAgain", "NotAnswered"),
        NOT_ANSWERED,
        (OutsideAnswer(503),),
    ),
    "endpoint that may not be asked again": Way(
        asked("endpoint", retries=0), (*CALLED, "MayTryAgain", "NotAnswered"), NOT_ANSWERED, (OutsideAnswer(500),)
    ),
    "endpoint that does not know it": Way(
        asked("endpoint"), (*CALLED, "NotAnswered"), NOT_ANSWERED, (OutsideAnswer(404),)
    ),
    "endpoint that refuses the key": Way(
        asked("endpoint"), (*CALLED, "NotAnswered"), NOT_ANSWERED, (OutsideAnswer(401),)
    ),
    "endpoint that answers a picture": Way(
        asked("endpoint"), (*CALLED, "NotAnswered"), NOT_ANSWERED, (OutsideAnswer(content_type="image/png"),)
    ),
    "endpoint that answers no JSON": Way(
        asked("endpoint"),
        (*CALLED, "AnswerFromEndpoint"),
        {"answered": True, "verified": "", "data": "<html>"},
        (OutsideAnswer(body="<html>", content_type="text/html"),),
    ),
    "host that nobody knows": Way(asked("endpoint"), (*CALLED, *AGAIN, "MayTryAgain", "NotAnswered"), NOT_ANSWERED),
}


@pytest.fixture
def self_service(workshop: Workshop) -> Workshop:
    workshop.dynamodb.put_item(TableName="customers", Item=KNOWN)
    return workshop


def ask(workshop: Workshop, question: dict[str, Any]) -> Ended:
    return workshop.run("self_service", question)


def counted(workshop: Workshop) -> str | None:
    item = workshop.dynamodb.get_item(TableName="customers", Key={"phone": {"S": PHONE}})["Item"]
    return item.get("pin_attempts", {}).get("N")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_question_takes_its_way_and_is_looked_up(self_service: Workshop, way: Way) -> None:
    if way.answers:
        self_service.outside.answer(*way.answers)
    ended = ask(self_service, way.asks)
    assert ended.path == way.path
    assert ended.output == way.output


def test_every_state_is_visited_by_a_question(workshop: Workshop) -> None:
    definition = json.loads(substitute("self_service", workshop.substitutions))
    assert {state for way in WAYS.values() for state in way.path} == set(definition["States"])


def test_endpoint_is_asked_with_its_key_and_for_json(self_service: Workshop) -> None:
    self_service.outside.answer(OK)
    ask(self_service, asked("endpoint"))
    (request,) = self_service.outside.requests
    assert (request.method, request.host, request.path) == ("GET", "orders.example", "/v1/orders/10017")
    assert (request.headers["x-api-key"], request.headers["accept"]) == ("k-1", "application/json")


def test_only_what_the_answer_says_is_read_of_a_customer(self_service: Workshop, faults: Faults) -> None:
    ask(self_service, asked("customer"))
    assert faults.sent("GetItem")["ExpressionAttributeNames"] == {"#0": "customer_id", "#1": "balance"}


def test_third_wrong_pin_locks_even_the_right_one_until_the_time_is_over(self_service: Workshop) -> None:
    with time_machine.travel("2026-11-21T18:00:00Z", tick=True) as clock:
        told = [ask(self_service, in_secret(pin)).output["verified"] for pin in ("1111", "1112", "1113", PIN)]
        assert told == ["false", "false", "locked", "locked"]
        clock.shift(14 * 60)
        assert ask(self_service, in_secret(PIN)).output["verified"] == "locked"
        clock.shift(2 * 60)
        assert ask(self_service, in_secret(PIN)).output["verified"] == "true"
    assert counted(self_service) is None


def test_right_pin_forgets_the_wrong_ones_before_it(self_service: Workshop) -> None:
    for pin in ("1111", "1112", PIN, "1113"):
        ended = ask(self_service, in_secret(pin))
    assert ended.output["verified"] == "false"
    assert counted(self_service) == "1"


def test_attempt_that_lambda_refused_to_run_is_made_once_more(self_service: Workshop, faults: Faults) -> None:
    faults.add("Invoke", "TooManyRequestsException")
    assert ask(self_service, in_secret(PIN)).output["verified"] == "true"
    assert len(self_service.slept) == 1


def test_attempt_whose_outcome_is_unknown_is_not_made_again(self_service: Workshop, faults: Faults) -> None:
    faults.add("UpdateItem", "InternalServerError", times=9)
    ended = ask(self_service, in_secret(PIN))
    assert ended.output == NOT_ANSWERED
    assert [name for name, _ in faults.requests].count("Invoke") == 1


def test_throttled_table_is_asked_once_more(self_service: Workshop, faults: Faults) -> None:
    faults.add("GetItem", "ThrottlingException")
    assert ask(self_service, asked("customer")).output["answered"] is True
    assert len(self_service.slept) == 1


def test_table_that_stays_unreadable_does_not_fail_the_call(self_service: Workshop, faults: Faults) -> None:
    faults.add("GetItem", "ThrottlingException", times=5)
    ended = ask(self_service, asked("customer"))
    assert ended.status == "SUCCEEDED"
    assert ended.output == NOT_ANSWERED


def test_denied_role_does_not_fail_the_call_and_is_not_tried_again(self_service: Workshop, faults: Faults) -> None:
    faults.add("GetItem", "AccessDeniedException", times=5)
    assert ask(self_service, asked("customer")).output == NOT_ANSWERED
    assert faults.raised == ["GetItem:AccessDeniedException"]
