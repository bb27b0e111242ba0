"""What a centre writes into its queries: its time zone, its prices, what its agents cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from trunkline.history.queries import Value

_STAGES = ("every contact", "queued", "answered", "recorded", "transcribed")


def query_constants(center: Mapping[str, Any], price_list: Mapping[str, Any]) -> dict[str, Value]:
    """Return the constants of a centre by the names that queries have for them.

    Parameters
    ----------
    center
        The centre's document.
    price_list
        The published list (``billing/prices.json``): ``currency``, ``prices`` and the ``units`` of each stage that a
        contact may reach. The centre's own ``costs.prices`` go before it.

    Returns
    -------
    dict
        ``time_zone``, ``retention_days``, prices by code, ``inbound_minute``, ``agent_hour`` (0 where agents are
        paid in another currency than AWS) and ``stage_...``: what orchestration costs at each stage.
    """
    costs, published = center["costs"], price_list["prices"]
    own = {code: Decimal(str(amount)) for code, amount in costs.get("prices", {}).items()}
    prices = {code: Decimal(str(price["price"])) for code, price in published.items()} | own
    kinds = {number["type"] for number in center["numbers"].values()}
    stages = {
        f"stage_{stage.replace(' ', '_')}": sum(
            (prices[code] * Decimal(str(amount)) for code, amount in price_list["units"][stage].items()), Decimal(0)
        )
        for stage in _STAGES
    }
    same_currency = costs["currency"] == price_list["currency"]
    return {
        "time_zone": center["time_zone"],
        "retention_days": center["recording"]["retention_days"],
        "agent_hour": Decimal(str(costs["agent_hour"])) if same_currency else Decimal(0),
        "inbound_minute": prices["toll_free_minute" if kinds == {"TOLL_FREE"} else "did_minute"],
        **prices,
        **stages,
    }
