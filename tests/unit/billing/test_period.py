"""The bill of a span by queue and department."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.contact.samples import abandoned_record, contact, menu_record
from trunkline.billing.contact_bill import bill_contact
from trunkline.billing.period import bill_period
from trunkline.billing.prices import load_prices
from trunkline.contact.record import parse_contact_record

PROJECTED = ("contact_id", "initiated_at", "queue", "agent", "outcome", "wait_seconds", "talk_seconds", "language")
PROJECTED += ("customer", "enqueued_at", "channel")


def row(values, *more):
    return {name: values[name] for name in (*PROJECTED, *more) if name in values}


def answered(queue="orders", **changes):
    return {**contact().to_values(), "queue": queue, **changes}


def lines(bill):
    return {line["code"]: line for line in bill["lines"]}


def bill(rows, center, **changes):
    return bill_period(rows, {**center, **changes}, load_prices(), days=1)


def test_sums_of_queues_departments_and_lines_are_one_total(center):
    rows = [row(answered(queue)) for queue in ("orders", "technical", "muscle_cars", "orders")]
    rows.append(row(parse_contact_record(menu_record()).to_values()))
    told = bill(rows, center)
    assert told["contacts"] == 5
    assert set(told["queues"]) == {"orders", "technical", "muscle_cars", "-"}
    assert set(told["departments"]) == {"Sales", "Service", "-"}
    assert told["departments"]["Service"]["contacts"] == 2
    for groups in (told["queues"], told["departments"]):
        assert sum(one["total"] for one in groups.values()) + told["fixed"] == pytest.approx(told["total"])
    assert sum(line["amount"] for line in told["lines"]) == pytest.approx(told["total"])
    assert sum(told["categories"].values()) == pytest.approx(told["total"])


def test_row_that_tells_everything_costs_what_the_bill_of_its_contact_says(center):
    values = contact().to_values()
    whole = {**values, "recording_seconds": 260}
    recording = {"bytes": 260 * 32_000, "seconds": 260, "transcription_job": "job"}
    parts = {"contact": values, "recording": recording, "analysis": {"analysis_key": "k"}}
    told = bill([whole], center)
    assert told["queues"]["orders"]["total"] == pytest.approx(bill_contact(parts, center, load_prices())["total"])
    assert (told["estimated"], told["estimates"]) == (False, [])


def test_what_the_index_does_not_project_is_estimated_and_said_so(center):
    told = bill([row(answered())], center)
    assert told["estimated"] is True
    assert [text.split(";")[0].split(" ")[0] for text in told["estimates"]] == ["time", "every"]
    assert lines(told)["voice_minute"]["quantity"] == pytest.approx((70 + 12 + 240) / 60)
    assert lines(told)["transcription_minute"]["quantity"] == pytest.approx(240 / 60)
    assert lines(told)["agent_hour"]["quantity"] == pytest.approx(240 / 3600)


def test_call_that_ended_in_the_menu_is_taken_at_the_shortest_length(center):
    told = bill([row(parse_contact_record(menu_record()).to_values())], center)
    assert lines(told)["voice_minute"]["quantity"] == pytest.approx(1 / 6)
    assert any("shortest" in text for text in told["estimates"])


def test_abandoned_call_pays_no_agent_no_recording_and_fewer_units(center):
    told = bill([row(parse_contact_record(abandoned_record()).to_values())], center)
    assert not {"agent_hour", "transcription_minute", "storage_gb_month"} & lines(told).keys()
    assert lines(told)["write_unit"]["quantity"] == 7


def test_centre_that_does_not_record_transcribes_nothing(center):
    told = bill([row(answered())], center, recording={**center["recording"], "enabled": False})
    assert "transcription_minute" not in lines(told)


def test_chat_costs_no_minutes(center):
    told = bill([row(answered(channel="CHAT"))], center)
    assert not {"voice_minute", "did_minute", "transcription_minute"} & lines(told).keys()


def test_span_without_contacts_costs_its_part_of_what_is_fixed(center):
    told = bill_period([], center, load_prices(), days=Decimal("30.4375"))
    assert (told["contacts"], told["queues"], told["estimated"]) == (0, {}, False)
    assert told["total"] == told["fixed"] == pytest.approx(32.59, abs=0.01)
    half = bill_period([], center, load_prices(), days=Decimal("30.4375") / 2)
    assert half["fixed"] == pytest.approx(told["fixed"] / 2)


def test_queue_that_the_centre_no_longer_has_belongs_to_no_department(center):
    told = bill([row(answered("tyres"))], center)
    assert set(told["queues"]) == {"tyres"}
    assert set(told["departments"]) == {"-"}
