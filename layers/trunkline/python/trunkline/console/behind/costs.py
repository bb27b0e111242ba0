"""Contacts with what they cost, behind the cost per contact. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from trunkline.billing.period import NOWHERE, ContactCost, bill_period, cost_contacts
from trunkline.billing.prices import PriceList
from trunkline.console.access import Caller
from trunkline.console.behind.finding import Finding, Row
from trunkline.console.contacts import show_row
from trunkline.console.questions import Question
from trunkline.contact.moments import format_moment

MOST_COSTED = 5_000
_DIGITS = 6
"""Of sums: a bill's lines are rounded to the hundred-millionth."""


def find_costs(
    question: Question,
    contacts: Sequence[Mapping[str, Any]],
    center: Mapping[str, Any],
    prices: PriceList,
    caller: Caller,
    *,
    end: datetime,
    days: Decimal,
) -> Finding:
    """Find what each contact costs, the costliest first.

    Parameters
    ----------
    contacts
        All of the span, as reports list them; of these at most ``MOST_COSTED`` are costed one by one.
    end, days
        Where the span ends as far as it has gone, and its length.
    """
    bill = bill_period(contacts, center, prices, days=days)
    whole = (question.scope, question.member) == ("center", "")
    fixed = bill["fixed"] if whole else 0
    group = bill if whole else _group_of(bill, question)
    mine = [row for row in contacts if question.covers_member(*_place(row))]
    costs = sorted(cost_contacts(mine[:MOST_COSTED], center, prices), key=lambda cost: cost.total, reverse=True)
    of_contacts = float(sum((cost.total for cost in costs), Decimal(0)))
    shared: list[Row] = [{"name": "fixed", "counts": {"cost_fixed": round(fixed, _DIGITS)}}] if fixed else []
    return Finding(
        value=group["total"] / group["contacts"] if group["contacts"] else None,
        counters=_name_counters(group["total"] - fixed, fixed, group["contacts"]),
        counted=_name_counters(of_contacts, fixed, len(costs)),
        lists={"contacts": [_show(cost, caller) for cost in costs], "shared": shared},
        unread=len(mine) > len(costs),
        notes={
            "end": format_moment(end),
            "currency": bill["currency"],
            "prices_date": bill["prices_date"],
            "estimated": sorted({name for cost in costs for name in cost.estimated}),
        },
    )


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    return ("queue", str(row["queue"])) if "queue" in row else ("center", NOWHERE)


def _group_of(bill: Mapping[str, Any], question: Question) -> Mapping[str, Any]:
    groups = bill["departments"] if question.scope == "department" else bill["queues"]
    group: Mapping[str, Any] = groups.get(question.member, {"contacts": 0, "total": 0})
    return group


def _name_counters(of_contacts: float, fixed: float, contacts: int) -> dict[str, float]:
    costs = {"cost_of_contacts": round(of_contacts, _DIGITS), "cost_fixed": round(fixed, _DIGITS)}
    return {**costs, "contacts": contacts}


def _show(cost: ContactCost, caller: Caller) -> Row:
    return {
        **show_row(cost.row, caller),
        "categories": {name: float(round(amount, 8)) for name, amount in cost.categories.items()},
        "estimated": list(cost.estimated),
        "counts": {"contacts": 1, "cost_of_contacts": float(round(cost.total, 8))},
    }
