"""The dated price list, and how a centre or a file overrides it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from pathlib import Path

CATEGORIES = ("telephony", "transcription", "orchestration", "storage", "fixed")
STAGES = ("every contact", "queued", "answered", "recorded", "transcribed")

_NEAR_NAMES = 3


class PriceError(ValueError):
    """A price list cannot be used; the message says which price and how to mend it."""


@dataclass(frozen=True)
class Price:
    """What one unit of something costs.

    Attributes
    ----------
    amount
        Price of one unit, in the currency of its list.
    category
        One of :data:`CATEGORIES`.
    """

    service: str
    unit: str
    amount: Decimal
    category: str


@dataclass(frozen=True)
class PriceList:
    """Prices of a day in a region, and the units that a contact uses at each stage.

    Attributes
    ----------
    prices
        By code.
    units
        Stages (:data:`STAGES`) to the units that orchestration uses there, by code: counted on a call from ring
        to analysis.
    overridden
        Codes whose price is not the published one, in order.
    """

    date: str
    region: str
    currency: str
    prices: Mapping[str, Price]
    units: Mapping[str, Mapping[str, Decimal]]
    overridden: tuple[str, ...] = ()

    def price(self, code: str) -> Price:
        """Return the price with this code.

        Raises
        ------
        PriceError
            If there is none; the message names the nearest ones.
        """
        try:
            return self.prices[code]
        except KeyError:
            raise PriceError(f"no price has the code {code}{_hint(code, self.prices)}") from None

    def override(self, amounts: Mapping[str, Decimal | float | str]) -> PriceList:
        """Return the list with other amounts for some codes.

        Parameters
        ----------
        amounts
            Code to the price of one unit, in the currency of this list; 0 or more.

        Raises
        ------
        PriceError
            If a code is unknown, or an amount is negative or no number.
        """
        changed = {code: replace(self.price(code), amount=_read_amount(code, amounts[code])) for code in amounts}
        return replace(
            self,
            prices={**self.prices, **changed},
            overridden=tuple(sorted({*self.overridden, *changed})),
        )


@cache
def _load_published() -> PriceList:
    document = json.loads(Path(__file__).with_name("prices.json").read_text(encoding="utf-8"))
    return PriceList(
        date=document["date"],
        region=document["region"],
        currency=document["currency"],
        prices={
            code: Price(each["service"], each["unit"], Decimal(each["price"]), each["category"])
            for code, each in document["prices"].items()
        },
        units={
            stage: {code: Decimal(amount) for code, amount in units.items()}
            for stage, units in document["units"].items()
        },
    )


def load_prices(overrides: Mapping[str, Decimal | float | str] | None = None) -> PriceList:
    """Read the price list that is deployed with the code, with ``overrides`` in place of its amounts.

    Raises
    ------
    PriceError
        As :meth:`PriceList.override`.
    """
    return _load_published().override(overrides) if overrides else _load_published()


def read_price_file(text: str, prices: PriceList) -> PriceList:
    """Override a price list from the text of a file.

    Parameters
    ----------
    text
        JSON: ``{"date": "2026-11", "currency": "USD", "prices": {code: number}}``. The date and the currency may
        be left out; a file in another currency gives every price.
    prices
        The list that it overrides.

    Raises
    ------
    PriceError
        If the text has another form, names an unknown code, or mixes two currencies.
    """
    try:
        document = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise PriceError(f'is not JSON ({error}); write {{"prices": {{code: number}}}}') from error
    amounts = document.get("prices") if isinstance(document, dict) else None
    if not isinstance(amounts, dict) or not amounts:
        raise PriceError('has no prices; write {"prices": {code: number}}')
    unknown = sorted(document.keys() - {"date", "currency", "prices"})
    if unknown:
        raise PriceError(f"has the key {unknown[0]}; known are date, currency and prices")
    currency = document.get("currency", prices.currency)
    if not re.fullmatch("[A-Z]{3}", str(currency)):
        raise PriceError(f"has the currency {currency!r}; write a code of three capital letters, such as USD")
    missing = [code for code in prices.prices if code not in amounts]
    if currency != prices.currency and missing:
        raise PriceError(
            f"is in {currency}, but the price list is in {prices.currency}: a bill in two currencies adds nothing up; "
            f"give every price in {currency} (missing: {', '.join(missing[:_NEAR_NAMES])}, …)"
        )
    changed = prices.override(amounts)
    return replace(changed, currency=str(currency), date=str(document.get("date", prices.date)))


def _read_amount(code: str, value: object) -> Decimal:
    try:
        amount = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise PriceError(f"the price {code} is {value!r}; give a number of 0 or more")
    return amount


def _hint(code: str, known: Mapping[str, Price]) -> str:
    near = get_close_matches(code, known, n=_NEAR_NAMES, cutoff=0.5)
    return f"; the nearest are {', '.join(near)}" if near else f"; there are {', '.join(known)}"
