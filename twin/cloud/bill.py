"""From counted usage to dollars: per call and service, and a month's fixed cost.

**Source**: AWS pricing pages as of the date in ``prices.json``, on demand, without free tier.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from twin.cloud.errors import CloudError
from twin.contracts import Resource

DEFAULT_PRICES = Path(__file__).with_name("prices.json")
ORCHESTRATION = "orchestration"


@dataclass(frozen=True)
class Price:
    """What a quantity of an item costs."""

    service: str
    item: str
    dollars: Decimal
    per: Decimal
    category: str


@dataclass(frozen=True)
class PriceList:
    """Prices of a region at a date.

    Attributes
    ----------
    items
        By (service, item).
    fixed
        Dollars a month by resource type: what it is, and its price.
    metric
        Dollars a month for each custom metric.
    """

    date: str
    currency: str
    items: Mapping[tuple[str, str], Price]
    fixed: Mapping[str, tuple[str, Decimal]]
    metric: Decimal


@dataclass(frozen=True)
class BillLine:
    """One item of a bill, as metered, in dollars."""

    service: str
    item: str
    category: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Bill:
    """What a number of calls cost.

    Attributes
    ----------
    calls
        How many calls share the cost, at least 1.
    """

    lines: tuple[BillLine, ...]
    calls: int
    prices_date: str
    currency: str

    def per_call(self, category: str | None = None) -> Decimal:
        """Return dollars a call, of one category or of all."""
        chosen = (line.amount for line in self.lines if category in {None, line.category})
        return sum(chosen, Decimal()) / self.calls

    def by_service(self, category: str | None = None) -> dict[str, Decimal]:
        """Return dollars a call by service."""
        totals: dict[str, Decimal] = {}
        for line in self.lines:
            if category in {None, line.category}:
                totals[line.service] = totals.get(line.service, Decimal()) + line.amount / self.calls
        return totals

    def to_dict(self) -> dict[str, Any]:
        """Return the bill per call as JSON data: totals, categories, and lines with their counts."""
        categories = sorted({line.category for line in self.lines})
        return {
            "currency": self.currency,
            "prices_date": self.prices_date,
            "calls": self.calls,
            "total": _number(self.per_call()),
            "categories": {category: _number(self.per_call(category)) for category in categories},
            "lines": [
                {
                    "service": line.service,
                    "item": line.item,
                    "category": line.category,
                    "quantity": _number(line.quantity / self.calls),
                    "amount": _number(line.amount / self.calls),
                }
                for line in self.lines
            ],
        }


def load_prices(path: Path = DEFAULT_PRICES) -> PriceList:
    """Read a price list; the one that comes with the twin unless another is given."""
    document = json.loads(path.read_text(encoding="utf-8"))
    items = [
        Price(entry["service"], entry["item"], Decimal(entry["price"]), Decimal(entry["per"]), entry["category"])
        for entry in document["items"]
    ]
    return PriceList(
        date=document["date"],
        currency=document["currency"],
        items={(price.service, price.item): price for price in items},
        fixed={entry["type"]: (entry["item"], Decimal(entry["price"])) for entry in document["fixed"]},
        metric=Decimal(document["metric"]),
    )


def make_bill(usage: Mapping[tuple[str, str], float], calls: int, prices: PriceList | None = None) -> Bill:
    """Price counted usage.

    Parameters
    ----------
    usage
        Quantities by (service, item), as ``LocalCloud.usage`` gives them.
    calls
        How many calls share the cost; 0 counts as 1.
    prices
        Another price list than the twin's own.

    Raises
    ------
    CloudError
        When something was counted that has no price: a bill never leaves out a line.
    """
    prices = prices or load_prices()
    lines = tuple(_line(prices, service, item, quantity) for (service, item), quantity in sorted(usage.items()))
    return Bill(lines, max(calls, 1), prices.date, prices.currency)


def fixed_costs(resources: Iterable[Resource], metric_months: float, prices: PriceList | None = None) -> list[BillLine]:
    """Return what a month costs beside what calls use.

    Parameters
    ----------
    resources
        Everything that was loaded. An alarm counts once for each metric that it watches.
    metric_months
        Custom metrics, each counted for the share of hours in which it has data: that is how CloudWatch
        charges for them.

    Notes
    -----
    **Source**: CloudWatch pricing, "Custom metrics ... prorated by the hour", "Metric math alarms".
    """
    prices = prices or load_prices()
    counts: dict[str, int] = {}
    for resource in resources:
        counts[resource.type] = counts.get(resource.type, 0) + _charged_count(resource)
    lines = [
        BillLine(name.split("::")[1].lower(), f"{item} months", "fixed", Decimal(counts[name]), counts[name] * price)
        for name, (item, price) in prices.fixed.items()
        if name in counts
    ]
    if metric_months:
        quantity = Decimal(str(round(metric_months, 4)))
        lines.append(BillLine("cloudwatch", "metric months", "fixed", quantity, quantity * prices.metric))
    return lines


def _charged_count(resource: Resource) -> int:
    if resource.type != "AWS::CloudWatch::Alarm":
        return 1
    return sum("MetricStat" in entry for entry in resource.properties.get("Metrics", ())) or 1


def _line(prices: PriceList, service: str, item: str, quantity: float) -> BillLine:
    price = prices.items.get((service, item))
    if price is None:
        raise CloudError(f"no price for {item!r} of {service!r}; add it to twin/cloud/prices.json")
    counted = Decimal(str(quantity))
    return BillLine(service, item, price.category, counted, counted * price.dollars / price.per)


def _number(value: Decimal) -> float:
    return float(round(value, 10))
