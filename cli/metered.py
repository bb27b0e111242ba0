"""The bill of a run, from what the twin metered."""

from __future__ import annotations

from typing import Any

from cli.session import Session
from twin.cloud.bill import make_bill

CATEGORIES = ("orchestration", "telephony", "transcription", "storage")


def bill_of(session: Session) -> dict[str, Any]:
    """Return dollars a contact by service and category, the metered counts, and what a month costs beside."""
    cloud = session.cloud
    bill = make_bill(cloud.usage(), len(session.network.ledger))
    return {
        "currency": bill.currency,
        "prices_date": bill.prices_date,
        "per_call": {service: float(round(amount, 9)) for service, amount in bill.by_service().items()},
        **{category: float(round(bill.per_call(category), 9)) for category in CATEGORIES},
        "lines": bill.to_dict()["lines"],
        "usage": {f"{line.service} {line.item}": float(round(line.quantity, 6)) for line in bill.lines},
        "fixed_monthly": [
            {"item": line.item, "service": line.service, "quantity": float(line.quantity), "amount": float(line.amount)}
            for line in cloud.fixed_costs()
        ],
    }
