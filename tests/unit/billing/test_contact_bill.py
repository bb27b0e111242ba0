"""A bill adds up, and lists only what was used."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.contact.samples import abandoned_record, center_document, contact
from trunkline.billing.contact_bill import bill_contact
from trunkline.billing.prices import load_prices
from trunkline.contact.record import parse_contact_record

RECORDING = {"bytes": 3_840_044, "seconds": 240, "transcription_job": "job"}


@pytest.fixture(scope="module")
def center():
    return center_document()


def lines(bill):
    return {line["code"]: line for line in bill["lines"]}


def test_answered_recorded_transcribed_call(center):
    parts = {"contact": contact().to_values(), "recording": RECORDING, "analysis": {"analysis_key": "k"}}
    bill = bill_contact(parts, center, load_prices())
    by_code = lines(bill)
    assert by_code["voice_minute"]["quantity"] == 5.7
    assert by_code["voice_minute"]["amount"] == pytest.approx(5.7 * 0.038)
    assert by_code["did_minute"]["amount"] == pytest.approx(5.7 * 0.0022)
    assert by_code["transcription_minute"]["amount"] == pytest.approx(4 * 0.024)
    assert by_code["storage_gb_month"]["quantity"] == pytest.approx(3_840_044 / 2**30 * 90 / 30.4375, rel=1e-5)
    assert by_code["agent_hour"]["amount"] == pytest.approx(300 / 3600 * 27.5)
    assert by_code["write_unit"]["quantity"] == 12
    assert bill["total"] == pytest.approx(sum(line["amount"] for line in bill["lines"]))
    assert (bill["currency"], bill["prices_date"]) == ("USD", "2026-10")


def test_orchestration_stays_under_a_twentieth_of_a_thousandth_dollar(center):
    parts = {"contact": contact().to_values(), "recording": RECORDING, "analysis": {"analysis_key": "k"}}
    outside = {"voice_minute", "did_minute", "transcription_minute", "storage_gb_month", "agent_hour"}
    bill = bill_contact(parts, center, load_prices())
    orchestration = sum(line["amount"] for line in bill["lines"] if line["code"] not in outside)
    assert 0.00001 < orchestration < 0.00005


def test_abandoned_call_pays_no_agent_and_no_transcription(center):
    parts = {"contact": parse_contact_record(abandoned_record()).to_values()}
    by_code = lines(bill_contact(parts, center, load_prices()))
    assert not {"agent_hour", "transcription_minute", "storage_gb_month"} & by_code.keys()
    assert by_code["write_unit"]["quantity"] == 7


def test_transcription_that_failed_is_not_charged(center):
    parts = {"contact": contact().to_values(), "recording": RECORDING, "failure": {"stage": "transcribe"}}
    assert "transcription_minute" not in lines(bill_contact(parts, center, load_prices()))


def test_shortest_call_is_charged_ten_seconds(center):
    call = parse_contact_record(abandoned_record(DisconnectTimestamp="2026-11-21T18:14:31Z")).to_values()
    assert lines(bill_contact({"contact": call}, center, load_prices()))["voice_minute"]["quantity"] == pytest.approx(
        1 / 6
    )


def test_toll_free_number_has_its_own_price(center):
    center = {**center, "numbers": {"main": {"type": "TOLL_FREE"}}}
    by_code = lines(bill_contact({"contact": contact().to_values()}, center, load_prices()))
    assert by_code["toll_free_minute"]["unit_price"] == 0.012
    assert "did_minute" not in by_code


def test_wage_in_another_currency_is_left_out(center):
    center = {**center, "costs": {"currency": "KRW", "agent_hour": 30000}}
    assert "agent_hour" not in lines(bill_contact({"contact": contact().to_values()}, center, load_prices()))


def test_contact_without_a_record_yet_has_a_bill_all_the_same(center):
    bill = bill_contact({"recording": RECORDING}, center, load_prices())
    assert "voice_minute" not in lines(bill)


def test_every_unit_has_a_price():
    prices = load_prices()
    used = {code for units in prices.units.values() for code in units}
    assert used <= prices.prices.keys()
    assert all(price.amount > Decimal(0) for price in prices.prices.values())
