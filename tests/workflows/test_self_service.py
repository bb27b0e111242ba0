"""``self_service``: a question is answered, or the caller goes on to people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.workflows.conftest import Workshop, substitute
from tests.workflows.faults import Faults

PHONE = "+15555550101"
KNOWN: dict[str, Any] = {
    "phone": {"S": PHONE},
    "order_number": {"S": "R-1042"},
    "order_status": {"M": {"en": {"S": "left our warehouse yesterday"}, "ko": {"S": "어제 창고에서 출고되었습니다"}}},
    "balance": {"S": "125.40"},
}


@dataclass(frozen=True)
class Question:
    """A caller's question, the way it takes through the workflow, and the answer."""

    topic: str
    language: str
    path: tuple[str, ...]
    text: str
    phone: str = PHONE
    opening_hours: str = "We are open."


LOOKED_UP = ("ChooseTopic", "ReadCustomer", "ChooseAnswer")
QUESTIONS = {
    "order status in English": Question(
        "order_status",
        "en",
        (*LOOKED_UP, "AnswerOrderStatusInEnglish"),
        "Your order R-1042 left our warehouse yesterday.",
    ),
    "order status in Korean": Question(
        "order_status",
        "ko",
        (*LOOKED_UP, "AnswerOrderStatusInKorean"),
        "주문 번호 R-1042, 어제 창고에서 출고되었습니다.",
    ),
    "balance in English": Question(
        "account_balance",
        "en",
        (*LOOKED_UP, "AnswerBalanceInEnglish"),
        "The balance due on your account is 125.40 dollars.",
    ),
    "balance in Korean": Question(
        "account_balance",
        "ko",
        (*LOOKED_UP, "AnswerBalanceInKorean"),
        "고객님 계정의 미결제 금액은 125.40 달러입니다.",
    ),
    "another language is answered in English": Question(
        "account_balance",
        "es",
        (*LOOKED_UP, "AnswerBalanceInEnglish"),
        "The balance due on your account is 125.40 dollars.",
    ),
    "opening hours": Question(
        "opening_hours", "en", ("ChooseTopic", "HasOpeningHours", "AnswerOpeningHours"), "We are open."
    ),
    "no opening hours": Question(
        "opening_hours", "en", ("ChooseTopic", "HasOpeningHours", "NotAnswered"), "", opening_hours=""
    ),
    "unknown topic": Question("weather", "en", ("ChooseTopic", "NotAnswered"), ""),
    "unknown customer": Question("order_status", "en", (*LOOKED_UP, "NotAnswered"), "", phone="+15555550199"),
    "withheld number": Question("account_balance", "en", (*LOOKED_UP, "NotAnswered"), "", phone="withheld"),
}


def ask(question: Question) -> dict[str, str]:
    return {
        "topic": question.topic,
        "language": question.language,
        "phone": question.phone,
        "opening_hours": question.opening_hours,
    }


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_question_takes_its_way_and_gets_its_answer(workshop: Workshop, question: Question) -> None:
    workshop.dynamodb.put_item(TableName="customers", Item=KNOWN)
    ended = workshop.run("self_service", ask(question))
    assert ended.path == question.path
    assert ended.output == {"answered": bool(question.text), "text": question.text}


def test_customer_without_an_order_goes_on_to_people(workshop: Workshop) -> None:
    workshop.dynamodb.put_item(TableName="customers", Item={"phone": {"S": PHONE}})
    ended = workshop.run("self_service", ask(QUESTIONS["order status in English"]))
    assert ended.output == {"answered": False, "text": ""}


def test_throttled_table_is_asked_once_more(workshop: Workshop, faults: Faults) -> None:
    workshop.dynamodb.put_item(TableName="customers", Item=KNOWN)
    faults.add("GetItem", "ThrottlingException")
    ended = workshop.run("self_service", ask(QUESTIONS["balance in English"]))
    assert ended.output["answered"] is True
    assert len(workshop.slept) == 1


def test_table_that_stays_unreadable_does_not_fail_the_call(workshop: Workshop, faults: Faults) -> None:
    faults.add("GetItem", "ThrottlingException", times=5)
    ended = workshop.run("self_service", ask(QUESTIONS["balance in English"]))
    assert ended.status == "SUCCEEDED"
    assert ended.path == ("ChooseTopic", "ReadCustomer", "NotAnswered")


def test_denied_role_does_not_fail_the_call_and_is_not_tried_again(workshop: Workshop, faults: Faults) -> None:
    faults.add("GetItem", "AccessDeniedException", times=5)
    ended = workshop.run("self_service", ask(QUESTIONS["balance in English"]))
    assert ended.output == {"answered": False, "text": ""}
    assert faults.raised == ["GetItem:AccessDeniedException"]


def test_every_state_is_visited_by_a_question(workshop: Workshop) -> None:
    definition = json.loads(substitute("self_service", workshop.substitutions))
    assert {state for question in QUESTIONS.values() for state in question.path} == set(definition["States"])
