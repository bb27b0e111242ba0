"""Lines of a bill: quantities by price code become amounts that add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trunkline.billing.prices import Price, PriceList
from trunkline.contact.money import price_of

AGENT_HOUR = "agent_hour"
AGENT_TIME = "agent_time"

Quantities = Mapping[str, Decimal]
"""How much of what was used, by price code."""


@dataclass(frozen=True)
class Line:
    """One line of a bill."""

    code: str
    price: Price
    quantity: Decimal

    @property
    def amount(self) -> Decimal:
        """What the line costs, to the hundred-millionth of the currency unit."""
        return price_of(self.quantity, self.price.amount)

    def to_values(self) -> dict[str, Any]:
        """Return the line as JSON-compatible values."""
        return {
            "code": self.code,
            "service": self.price.service,
            "quantity": float(round(self.quantity, 9)),
            "unit": self.price.unit,
            "unit_price": float(self.price.amount),
            "amount": float(self.amount),
        }


def write_lines(quantities: Quantities, prices: PriceList) -> list[Line]:
    """Return a line for everything that was used, in the order of ``quantities``.

    Raises
    ------
    PriceError
        If something was used that has no price: a bill never leaves out a line.
    """
    return [Line(code, prices.price(code), quantities[code]) for code in quantities if quantities[code]]


def write_agent_line(seconds: Decimal | int, costs: Mapping[str, Any], prices: PriceList) -> list[Line]:
    """Return the line of agents' time, or none where they are paid in another currency than the bill's.

    Parameters
    ----------
    seconds
        Time that agents gave to contacts.
    costs
        ``costs`` of the centre's document.
    """
    if not seconds or costs["currency"] != prices.currency:
        return []
    wage = Price("Agent time", "hour", Decimal(str(costs[AGENT_HOUR])), AGENT_TIME)
    return [Line(AGENT_HOUR, wage, Decimal(seconds) / 3600)]


def add_quantities(*many: Quantities) -> dict[str, Decimal]:
    """Return the sums by code."""
    total: dict[str, Decimal] = {}
    for quantities in many:
        for code, amount in quantities.items():
            total[code] = total.get(code, Decimal(0)) + amount
    return total


def sum_lines(lines: Iterable[Line]) -> Decimal:
    """Return what the lines cost together."""
    return sum((line.amount for line in lines), Decimal(0))
