"""Who calls, and what the flow is told about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from trunkline.live.announcement import Announcement

RECENT_SECONDS = 7 * 86_400
"""How far back a contact counts as recent."""


@dataclass(frozen=True)
class Customer:
    """A customer as the Customers table knows them.

    Parameters
    ----------
    phone
        Number in E.164 form.
    customer_id, name
        Identity.
    language
        Code of the preferred language; empty where none is known.
    vip
        Whether the customer goes to the front of the queue.
    open_matters
        Orders, claims or complaints that are not settled; ``None`` where the team keeps no such figure.
    recent_contacts
        Contacts of the last seven days; ``None`` where the team keeps no such list.
    """

    phone: str
    customer_id: str
    name: str = ""
    language: str = ""
    vip: bool = False
    open_matters: int | None = None
    recent_contacts: int | None = None


def read_customer(values: Mapping[str, Any], now_epoch_seconds: float) -> Customer:
    """Return the customer that an item of the Customers table tells of.

    Parameters
    ----------
    values
        Attributes as plain values. ``open_matters`` is a number or a list of matters, ``recent_contacts`` a
        list of moments in ISO 8601; the team's own systems keep both.
    now_epoch_seconds
        This moment.
    """
    return Customer(
        phone=str(values["phone"]),
        customer_id=str(values.get("customer_id", "")),
        name=str(values.get("name", "")),
        language=str(values.get("language", "")),
        vip=values.get("vip") is True,
        open_matters=_count_matters(values.get("open_matters")),
        recent_contacts=_count_recent(values.get("recent_contacts"), now_epoch_seconds),
    )


def describe_caller(
    customer: Customer | None, announcement: Announcement | None, languages: Collection[str]
) -> Mapping[str, object]:
    """Return what ``identify_caller`` answers to the flow.

    Parameters
    ----------
    customer
        The customer, or ``None`` for an unknown caller.
    announcement
        What every caller hears now, or ``None``.
    languages
        Codes of the languages that the centre speaks; another preference counts as unknown.

    Examples
    --------
    >>> describe_caller(None, None, ["en"])["known"]
    False
    """
    known = customer or Customer(phone="", customer_id="")
    language = known.language if known.language in languages else ""
    return {
        "known": customer is not None,
        "customer_id": known.customer_id,
        "customer_name": known.name,
        "language": language,
        "vip": known.vip,
        "open_matters": known.open_matters,
        "recent_contacts": known.recent_contacts,
        **describe_announcement(announcement, language),
    }


def describe_announcement(announcement: Announcement | None, language: str, heard: str = "") -> dict[str, object]:
    """Return what the flow is told of the announcement.

    ``announced`` is false where the caller heard it already, except while the centre is closed: that ends every call.

    Parameters
    ----------
    announcement
        What every caller hears now, or ``None``.
    language
        Code of the caller's language.
    heard
        ``announcement_id`` of the one that this caller heard last.
    """
    spoken = announcement or Announcement("")
    announced = announcement is not None and (announcement.closed or announcement.announcement_id != heard)
    return {
        "announced": announced,
        "announcement": spoken.speak(language) if announced else "",
        "announcement_id": spoken.announcement_id,
        "closed": spoken.closed,
    }


def _count_matters(kept: object) -> int | None:
    if isinstance(kept, list):
        return len(kept)
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept >= 0 else None


def _count_recent(kept: object, now_epoch_seconds: float) -> int | None:
    if not isinstance(kept, list):
        return None
    return sum(now_epoch_seconds - RECENT_SECONDS <= moment <= now_epoch_seconds for moment in _read_moments(kept))


def _read_moments(kept: Iterable[object]) -> Iterable[float]:
    for text in kept:
        try:
            moment = datetime.fromisoformat(str(text))
        except ValueError:
            continue
        yield (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
