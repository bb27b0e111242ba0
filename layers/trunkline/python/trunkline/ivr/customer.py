"""Who calls, and what the flow is told about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


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
    """

    phone: str
    customer_id: str
    name: str = ""
    language: str = ""
    vip: bool = False


def describe_caller(customer: Customer | None, announcement: str, languages: Collection[str]) -> Mapping[str, object]:
    """Return what ``identify_caller`` answers to the flow.

    Parameters
    ----------
    customer
        The customer, or ``None`` for an unknown caller.
    announcement
        Sentence that every caller hears now; empty where there is none.
    languages
        Codes of the languages that the centre speaks; another preference counts as unknown.

    Examples
    --------
    >>> describe_caller(None, "", ["en"])["known"]
    False
    """
    known = customer or Customer(phone="", customer_id="")
    return {
        "known": customer is not None,
        "customer_id": known.customer_id,
        "customer_name": known.name,
        "language": known.language if known.language in languages else "",
        "vip": known.vip,
        "announced": bool(announcement),
        "announcement": announcement,
    }
