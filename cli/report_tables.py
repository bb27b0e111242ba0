"""A stack's tables as what reports are composed from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.metrics_tables import TableNames, open_stores
from trunkline.billing.prices import load_prices
from trunkline.contact.store import ContactStore
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.reports.reading import Sources
from trunkline.reports.stores import ListedContacts


def open_tables(center: Mapping[str, Any], stack: str) -> Sources:
    """Open the tables of a deployed stack.

    Raises
    ------
    UsageError
        If they cannot be found.
    """
    kept_days = int(center["recording"]["contact_retention_days"])
    stores = open_stores(stack, TableNames(), kept_days)
    dynamodb = stores.metrics.dynamodb
    return Sources(
        center=center,
        counters=stores.metrics,
        resolution=ResolutionStore(dynamodb, stores.metrics.table, kept_days),
        states=stores.agents,
        contacts=ListedContacts(ContactStore(dynamodb, stores.contacts.table)),
        prices=load_prices(center["costs"]["prices"]),
    )
