"""The bill of a volume that is yet to come."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.contact.samples import contact
from trunkline.billing.contact_bill import bill_contact
from trunkline.billing.fixed import count_fixed, open_share
from trunkline.billing.forecast import compare_settings, describe_forecast, forecast_bill
from trunkline.billing.prices import CATEGORIES, PriceError, load_prices
from trunkline.billing.volume import VolumeError


def amounts(forecast, code):
    return sum(entry.line.amount for entry in forecast.entries if entry.line.code == code)


def test_telephony_is_every_minute_of_every_call(center, volume):
    forecast = forecast_bill(volume(days=30, answered_percent=90), center, load_prices())
    minutes = 6000 * (0.9 * 6 + 0.1 * 1)
    assert float(amounts(forecast, "voice_minute")) == pytest.approx(minutes * 0.038)
    assert float(amounts(forecast, "did_minute")) == pytest.approx(minutes * 0.0022)


def test_transcription_is_the_talk_of_answered_calls(center, volume):
    forecast = forecast_bill(volume(days=30), center, load_prices())
    assert float(amounts(forecast, "transcription_minute")) == pytest.approx(6000 * 0.9 * 5 * 0.024)


def test_storage_is_what_lies_there_when_as_much_is_deleted_as_comes(center, volume):
    forecast = forecast_bill(volume(days=30.4375, retention_days=90), center, load_prices())
    (line,) = [
        entry.line for entry in forecast.entries if (entry.what, entry.line.price.category) == ("recordings", "storage")
    ]
    assert float(line.quantity) == pytest.approx(200 * 0.9 * 300 * 32_000 * 90 / 2**30)


def test_orchestration_is_the_units_that_a_bill_of_a_contact_counts(center, volume):
    """A forecast in which every call is answered costs as many units as the contact's own bill, each."""
    forecast = forecast_bill(volume(calls_per_day=1, days=1, answered_percent=100), center, load_prices())
    parts = {
        "contact": contact().to_values(),
        "recording": {"bytes": 1, "seconds": 1, "transcription_job": "job"},
        "analysis": {"analysis_key": "k"},
    }
    lines = {line["code"]: line["quantity"] for line in bill_contact(parts, center, load_prices())["lines"]}
    for code in ("write_unit", "read_unit", "lambda_request", "s3_put", "express_request", "kinesis_put_unit"):
        counted = sum(entry.line.quantity for entry in forecast.entries if entry.line.code == code)
        assert float(counted) == pytest.approx(lines[code])


def test_fixed_costs_do_not_follow_the_volume_and_all_else_does(center, volume):
    one = forecast_bill(volume(), center, load_prices()).by_category()
    ten = forecast_bill(volume(calls_per_day=2000), center, load_prices()).by_category()
    assert one["fixed"] == ten["fixed"] > 0
    for category in ("telephony", "transcription", "orchestration"):
        assert float(ten[category]) == pytest.approx(10 * float(one[category]))


def test_agents_time_stands_apart(center, volume):
    forecast = forecast_bill(volume(days=30), center, load_prices())
    assert float(forecast.agent_time) == pytest.approx(6000 * 0.9 * 5 / 60 * 27.5)
    assert forecast.total == sum(forecast.by_category().values())


def test_agents_paid_in_another_currency_are_left_out(center, volume):
    korean = {**center, "costs": {"currency": "KRW", "agent_hour": 30000, "prices": {}}}
    assert forecast_bill(volume(), korean, load_prices()).agents == ()


def test_centre_that_records_nothing_stores_and_transcribes_nothing(center, volume):
    forecast = forecast_bill(replace(volume(), recorded=False), center, load_prices())
    assert forecast.by_category()["transcription"] == 0
    assert {entry.what for entry in forecast.entries if entry.line.price.category == "storage"} == {
        "contact records",
        "contacts",
        "metrics",
    }


def test_call_that_is_all_menu_is_neither_recorded_nor_paid_to_agents(center, volume):
    forecast = forecast_bill(volume(menu_minutes=6), center, load_prices())
    assert forecast.by_category()["transcription"] == 0
    assert forecast.agents == ()


def test_centre_with_toll_free_numbers_pays_toll_free_minutes(center, volume):
    free = {**center, "numbers": {"main": {"type": "TOLL_FREE"}}}
    forecast = forecast_bill(volume(), free, load_prices())
    assert amounts(forecast, "toll_free_minute") > 0
    assert amounts(forecast, "did_minute") == 0


def test_price_that_is_missing_is_an_error_and_not_left_out(center, volume):
    prices = load_prices()
    without = replace(prices, prices={code: prices.prices[code] for code in prices.prices if code != "did_minute"})
    with pytest.raises(PriceError, match="did_minute"):
        forecast_bill(volume(), center, without)


def test_setting_changes_what_the_forecast_with_it_costs(center, volume):
    changes = {change.setting: change.monthly for change in compare_settings(volume(), center, load_prices())}
    assert list(changes.values()) == sorted(changes.values())
    half = forecast_bill(volume(retention_days=45), center, load_prices()).total
    whole = forecast_bill(volume(), center, load_prices()).total
    assert changes["recording.retention_days: 45"] == half - whole < 0
    assert changes["recording.enabled: false"] < changes["without transcription"] < 0


def test_setting_that_changes_nothing_is_not_told(center, volume):
    silent = replace(volume(), recorded=False)
    told = [change.setting for change in compare_settings(silent, center, load_prices({"voice_minute": 0.018}))]
    assert told == ["what CloudWatch gives every account free of charge"]


def test_description_adds_up(center, volume):
    told = describe_forecast(forecast_bill(volume(), center, load_prices()))
    assert tuple(told["categories"]) == CATEGORIES
    assert sum(each["monthly"] for each in told["categories"].values()) == pytest.approx(told["total"])
    assert sum(each["share"] for each in told["categories"].values()) == pytest.approx(1, abs=1e-5)
    assert sum(line["amount"] for line in told["lines"]) == pytest.approx(told["total"])
    assert told["per_call"] * told["calls"] == pytest.approx(told["total"], rel=1e-4)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"calls_per_day": 0}, "calls per day is 0; give above 0"),
        ({"calls_per_day": -5}, "calls per day is -5"),
        ({"calls_per_day": "NaN"}, "calls per day is NaN; give a number"),
        ({"calls_per_day": "Infinity"}, "calls per day is Infinity"),
        ({"minutes": 0}, "minutes is 0"),
        ({"minutes": "NaN"}, "minutes is NaN"),
        ({"menu_minutes": 7}, "menu minutes is 7; give 0 to 6"),
        ({"days": 32}, "days is 32; give above 0, at most 31"),
        ({"answered_percent": 101}, "answered percent is 101"),
        ({"retention_days": 0}, "retention days is 0"),
    ],
)
def test_volume_that_cannot_be_says_what_it_may_be(volume, changes, told):
    with pytest.raises(VolumeError, match=told):
        volume(**changes)


def test_menu_takes_a_minute_or_half_of_a_shorter_call(volume):
    assert volume().menu_minutes == 1
    assert volume(minutes=1).menu_minutes == Decimal("0.5")


def test_contacts_are_kept_at_least_as_long_as_recordings(volume):
    assert volume(retention_days=3000).contact_retention_days == 3000


def test_custom_metrics_are_paid_for_the_hours_in_which_the_centre_is_open(center):
    assert open_share(center) == Decimal(73) / 168
    assert float(count_fixed(center)["metric_month"]) == pytest.approx(33 * 73 / 168 + 2 / 24)


def test_centre_that_never_closes_is_open_all_week(center):
    hours = {"always": {"open": [{"days": ["mon"] * 7, "from": "00:00", "to": "00:00"}]}}
    assert open_share({**center, "hours": hours}) == 1
