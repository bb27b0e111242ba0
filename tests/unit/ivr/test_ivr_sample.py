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
from trunkline.ivr.inputs import check_digits, read_rule
from trunkline.ivr.topics import Question, find_topic, say_answer
from trunkline.ivr.verification import is_right_pin
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


def test_sample_questions_can_be_answered_in_every_language(center: dict[str, Any]) -> None:
    customers = yaml.safe_load((PROJECT / "scenarios" / "customers.yaml").read_text(encoding="utf-8"))["customers"]
    scenario = yaml.safe_load((PROJECT / "scenarios" / "redline.yaml").read_text(encoding="utf-8"))
    found = {
        "customer": [one for one in customers if "pin_hash" in one],
        "endpoint": [one["body"] for rules in scenario["endpoints"].values() for one in rules if "body" in one],
        "hours": [{}],
    }
    for key in center["ivr"]["answers"]:
        for language in center["languages"]:
            question = Question(find_topic(center, key), language)
            assert found[question.topic.source]
            assert all(say_answer(question, data, center) for data in found[question.topic.source])


def test_sample_order_numbers_have_their_check_digit(center: dict[str, Any]) -> None:
    rule = read_rule(center, "order_number")
    assert rule is not None
    scenario = (PROJECT / "scenarios" / "redline.yaml").read_text(encoding="utf-8")
    numbers = re.findall(r"/v1/orders/(\d+)", scenario)
    assert len(numbers) >= 4
    assert all(check_digits(rule, number).valid for number in numbers)


def test_sample_pins_are_the_ones_beside_their_hashes() -> None:
    text = (PROJECT / "scenarios" / "customers.yaml").read_text(encoding="utf-8")
    pins = re.findall(r"pin_hash: (\S+) +# PIN (\d{4})", text)
    assert len(pins) >= 3
    assert all(is_right_pin(pin, pin_hash) for pin_hash, pin in pins)


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
