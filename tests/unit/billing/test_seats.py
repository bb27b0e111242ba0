"""Services paid by the seat: dated, with their sources, and compared fairly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trunkline.billing.forecast import forecast_bill
from trunkline.billing.prices import load_prices
from trunkline.billing.seats import compare_seats, load_seat_plans, platform_cost


def test_every_plan_tells_its_page_and_the_day_on_which_it_said_so():
    for plan in load_seat_plans():
        assert plan.source.startswith("https://")
        assert date.fromisoformat(plan.read) <= date(2026, 12, 31)
        assert plan.price > 0


def test_seats_cost_their_price_each(center, volume):
    for compared in compare_seats(volume(), center, load_prices(), 8):
        assert compared.monthly == 8 * compared.plan.price


def test_both_cost_the_same_at_the_break_even(center, volume):
    for compared in compare_seats(volume(), center, load_prices(), 8):
        at = volume(calls_per_day=compared.break_even)
        assert float(platform_cost(forecast_bill(at, center, load_prices()))) == pytest.approx(
            float(compared.monthly), rel=1e-6
        )


def test_break_even_does_not_depend_on_the_volume_that_is_asked_for(center, volume):
    few, many = (compare_seats(volume(calls_per_day=calls), center, load_prices(), 8)[0] for calls in (1, 5000))
    assert float(few.break_even) == pytest.approx(float(many.break_even), rel=1e-6)


def test_without_transcription_paying_by_use_stays_cheaper_for_longer(center, volume):
    for compared in compare_seats(volume(), center, load_prices(), 8):
        assert compared.break_even_untranscribed > compared.break_even


def test_carriers_are_on_neither_side(center, volume):
    forecast = forecast_bill(volume(), center, load_prices())
    dear = load_prices({"did_minute": 9, "number_month": 900})
    assert platform_cost(forecast_bill(volume(), center, dear)) == platform_cost(forecast) < forecast.total


def test_seats_that_cost_less_than_what_idles_have_no_break_even(center, volume):
    dear = load_prices({"shard_month": 100_000})
    assert {compared.break_even for compared in compare_seats(volume(), center, dear, 1)} == {None}


def test_prices_in_another_currency_are_not_compared(center, volume):
    assert compare_seats(volume(), center, replace(load_prices(), currency="EUR"), 8) == []


def test_cheapest_plan_comes_first():
    prices = [plan.price for plan in load_seat_plans()]
    assert prices == sorted(prices)
    assert isinstance(prices[0], Decimal)
