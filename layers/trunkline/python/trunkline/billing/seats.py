"""The same month with services that are paid by the seat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from trunkline.billing.forecast import Forecast, forecast_bill
from trunkline.billing.prices import PriceList
from trunkline.billing.volume import Volume

_CARRIER = ("did_minute", "toll_free_minute", "number_month")
"""What every service charges apart, for numbers and the calls to them."""


@dataclass(frozen=True)
class SeatPlan:
    """The published list price of a seat.

    Attributes
    ----------
    price
        Dollars a seat and month.
    source, read
        Page of the provider, and the date on which it said so.
    """

    provider: str
    plan: str
    price: Decimal
    terms: str
    includes: str
    source: str
    read: str


@dataclass(frozen=True)
class SeatComparison:
    """A month of a plan beside the forecast's; carrier minutes and numbers are on neither side.

    Attributes
    ----------
    monthly
        Seats times their price.
    break_even
        Calls a day at which both cost the same: with fewer, paying by use is cheaper. ``None`` where seats are
        cheaper at any volume.
    break_even_untranscribed
        The same without transcription, which no plan of the list says it includes for every call.
    """

    plan: SeatPlan
    seats: int
    monthly: Decimal
    break_even: Decimal | None
    break_even_untranscribed: Decimal | None


@cache
def load_seat_plans() -> tuple[SeatPlan, ...]:
    """Read the plans that are deployed with the code, the cheapest first."""
    document = json.loads(Path(__file__).with_name("seats.json").read_text(encoding="utf-8"))
    plans = [SeatPlan(**{**plan, "price": Decimal(plan["price"])}) for plan in document["plans"]]
    return tuple(sorted(plans, key=lambda plan: plan.price))


def platform_cost(forecast: Forecast) -> Decimal:
    """Return a forecast's month without what any service charges apart: carrier minutes and numbers."""
    carrier = sum((entry.line.amount for entry in forecast.entries if entry.line.code in _CARRIER), Decimal(0))
    return forecast.total - carrier


def compare_seats(volume: Volume, center: Mapping[str, Any], prices: PriceList, seats: int) -> list[SeatComparison]:
    """Compare a month with every plan.

    Parameters
    ----------
    volume, center, prices
        As for :func:`~trunkline.billing.forecast.forecast_bill`.
    seats
        People who need one.

    Returns
    -------
    list
        Empty where the price list is in another currency than the plans.

    Notes
    -----
    The bill is a straight line in calls a day: two forecasts give its slope.
    """
    if prices.currency != "USD":
        return []
    whole = _straight_line(volume, center, prices)
    untranscribed = _straight_line(replace(volume, transcribed=False), center, prices)
    return [
        SeatComparison(
            plan, seats, plan.price * seats, whole.meet(plan.price * seats), untranscribed.meet(plan.price * seats)
        )
        for plan in load_seat_plans()
    ]


@dataclass(frozen=True)
class _StraightLine:
    """A month's cost as a function of calls a day: ``idle + slope * calls``."""

    idle: Decimal
    slope: Decimal

    def meet(self, monthly: Decimal) -> Decimal | None:
        """Return the calls a day at which the month costs so much, if any do."""
        return (monthly - self.idle) / self.slope if self.slope and monthly > self.idle else None


def _straight_line(volume: Volume, center: Mapping[str, Any], prices: PriceList) -> _StraightLine:
    once = platform_cost(forecast_bill(volume, center, prices))
    twice = platform_cost(forecast_bill(replace(volume, calls_per_day=2 * volume.calls_per_day), center, prices))
    slope = (twice - once) / volume.calls_per_day
    return _StraightLine(once - slope * volume.calls_per_day, slope)


def describe_seats(compared: SeatComparison) -> dict[str, Any]:
    """Return a comparison as JSON-compatible values (docs/costs.md)."""
    plan = compared.plan
    return {
        "provider": plan.provider,
        "plan": plan.plan,
        "price": float(plan.price),
        "terms": plan.terms,
        "includes": plan.includes,
        "source": plan.source,
        "read": plan.read,
        "seats": compared.seats,
        "monthly": float(compared.monthly),
        "break_even_calls_per_day": _rounded(compared.break_even),
        "break_even_calls_per_day_untranscribed": _rounded(compared.break_even_untranscribed),
    }


def _rounded(calls: Decimal | None) -> float | None:
    return None if calls is None else float(round(calls, 1))
