"""The tables, as reports read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.contact.store import ContactStore


@dataclass(frozen=True)
class ListedContacts:
    """Contacts as the index of the contacts table has them.

    Parameters
    ----------
    store
        The contacts table.
    """

    store: ContactStore

    def list_rows(self, start: datetime, end: datetime, most: int) -> Sequence[Mapping[str, Any]] | None:
        """List the contacts that began in a span, or return ``None`` where they are more than ``most``."""
        page = self.store.list_between(start, end, limit=most)
        return page.contacts if page.resume_at is None else None
