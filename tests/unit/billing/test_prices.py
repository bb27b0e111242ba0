"""One dated price list, which a centre or a file overrides."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from trunkline.billing.prices import CATEGORIES, STAGES, PriceError, load_prices, read_price_file
from trunkline.center.price_codes import PRICE_CODES


def test_schema_of_the_centre_knows_every_code_and_no_other():
    assert tuple(load_prices().prices) == PRICE_CODES


def test_every_price_has_a_category_and_every_stage_its_units():
    prices = load_prices()
    assert {price.category for price in prices.prices.values()} == set(CATEGORIES)
    assert tuple(prices.units) == STAGES
    assert {code for units in prices.units.values() for code in units} <= prices.prices.keys()


def test_voice_is_billed_at_the_default_tier():
    prices = load_prices()
    assert prices.price("voice_minute").amount == Decimal("0.038")
    assert prices.price("voice_minute_basic").amount == Decimal("0.018")


def test_override_changes_one_price_and_is_told():
    prices = load_prices({"voice_minute": 0.018})
    assert prices.price("voice_minute").amount == Decimal("0.018")
    assert prices.price("did_minute") == load_prices().price("did_minute")
    assert prices.overridden == ("voice_minute",)
    assert load_prices().overridden == ()


def test_unknown_code_names_the_nearest():
    with pytest.raises(PriceError, match="voice_minit; the nearest are voice_minute"):
        load_prices({"voice_minit": 1})
    with pytest.raises(PriceError, match="there are voice_minute, "):
        load_prices().price("zzzzzz")


@pytest.mark.parametrize("amount", [-0.01, "free", float("nan"), float("inf"), None, True])
def test_amount_that_is_no_price_is_refused(amount):
    with pytest.raises(PriceError, match=r"voice_minute is .*; give a number of 0 or more"):
        load_prices({"voice_minute": amount})


def test_file_overrides_what_it_names_exactly():
    prices = read_price_file('{"date": "2027-01", "prices": {"did_minute": 0.1}}', load_prices())
    assert prices.price("did_minute").amount == Decimal("0.1")
    assert (prices.date, prices.currency, prices.overridden) == ("2027-01", "USD", ("did_minute",))


def test_file_in_another_currency_gives_every_price():
    every = dict.fromkeys(PRICE_CODES, 1)
    assert read_price_file(json.dumps({"currency": "EUR", "prices": every}), load_prices()).currency == "EUR"
    del every["did_minute"]
    with pytest.raises(PriceError, match=r"is in EUR, but .*missing: did_minute"):
        read_price_file(json.dumps({"currency": "EUR", "prices": every}), load_prices())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "has no prices"),
        ('{"prices": {}}', "has no prices"),
        ('{"prices": {"did_minute": 1}, "currencies": "USD"}', "has the key currencies"),
        ('{"prices": {"did_minute": 1}, "currency": "dollars"}', "has the currency 'dollars'"),
        ('{"prices": {"did_minute": 1}, "currency": 7}', "has the currency 7"),
        ('{"prices": {"did_minutes": 1}}', "the nearest are did_minute"),
    ],
)
def test_file_of_another_form_is_refused_with_what_to_write(text, told):
    with pytest.raises(PriceError, match=told):
        read_price_file(text, load_prices())
