"""The bill of a span of days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from trunkline.billing.period import bill_period
from trunkline.billing.prices import PriceList
from trunkline.console.access import BadRequestError
from trunkline.contact.moments import day_bounds
from trunkline.contact.store import ContactStore

_MOST_DAYS = 31
_MOST_CONTACTS = 50_000


def show_bill(
    contacts: ContactStore, center: Mapping[str, Any], prices: PriceList, since: date, until: date
) -> dict[str, Any]:
    """Show what the days from ``since`` to ``until`` cost, by queue and department.

    Raises
    ------
    BadRequestError
        If the days are too many, none, or have too many contacts.
    """
    days = (until - since).days + 1
    if not 1 <= days <= _MOST_DAYS:
        raise BadRequestError(f"from, to: give 1 to {_MOST_DAYS} days, the first one first")
    zone = center["time_zone"]
    start, end = day_bounds(since, zone)[0], day_bounds(until, zone)[1]
    page = contacts.list_between(start, end, limit=_MOST_CONTACTS)
    if page.resume_at is not None:
        raise BadRequestError(f"from, to: more than {_MOST_CONTACTS} contacts; give fewer days")
    bill = bill_period(page.contacts, center, prices, days=days)
    return {"from": since.isoformat(), "to": until.isoformat(), **bill}
