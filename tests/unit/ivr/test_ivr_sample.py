"""The sample centre and its customers fit what the functions read."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from tests.workflows.functions import PROJECT
from trunkline.center import load_center
from trunkline.conversations.analysis import analyse_transcript
from trunkline.conversations.transcript import Transcript, Word
from trunkline.ivr.hours import speak_opening_hours
from trunkline.ivr.self_service import TOPICS, ask_question
from trunkline.routing.rules import choose_queue, list_members


@pytest.fixture(scope="module")
def center() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(load_center(PROJECT / "callcenter.yaml").model_dump_json(by_alias=True))
    return document


def test_sample_opening_hours_are_spoken(center: dict[str, Any]) -> None:
    assert speak_opening_hours(center, "en") == (
        "We are open Monday to Friday from 7 AM to 8 PM; Saturday from 8 AM to 4 PM."
    )


def test_sample_queues_have_members(center: dict[str, Any]) -> None:
    assert all(list_members(queue, center) for queue in center["queues"])
    assert choose_queue("nowhere", center)[0] == "orders"


def test_sample_topics_are_known_to_self_service(center: dict[str, Any]) -> None:
    options = [option for menu in center["ivr"]["menus"].values() for option in menu["options"].values()]
    assert {option["answer"] for option in options if option.get("answer")} <= TOPICS
    assert ask_question("order_status", "fr", "", center)["language"] == "en"


def test_sample_categories_are_found(center: dict[str, Any]) -> None:
    said = Transcript("ko-KR", (Word("customer", "환불해 주세요", 0, 1, 1.0),))
    assert analyse_transcript(said, center).categories == ("refund",)


def test_sample_customers_are_whole_and_fictional() -> None:
    text = (PROJECT / "scenarios" / "customers.yaml").read_text(encoding="utf-8")
    customers = yaml.safe_load(text)["customers"]
    phones = [customer["phone"] for customer in customers]
    assert len(set(phones)) == len(customers) == 40
    assert all(re.fullmatch(r"\+155555501\d\d|\+8210555501\d\d", phone) for phone in phones)
    assert any(customer["vip"] for customer in customers)
    for customer in customers:
        assert re.fullmatch(r"\d+\.\d\d", customer["balance"])
        assert ("order_number" in customer) == ("order_status" in customer)
        assert set(customer.get("order_status", {"en": "", "ko": ""})) == {"en", "ko"}
