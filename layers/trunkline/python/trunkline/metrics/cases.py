"""Cases: contacts of one matter of a customer, joined by transfer and callback. Pure.

**Source**: Amazon Connect administrator guide, "Data model for contact records" (``PreviousContactId``,
``NextContactId``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from trunkline.contact.model import Contact

_DISPOSITION = "disposition"
_SURVEY = "survey_resolved"
_FROM_CUSTOMERS = frozenset({"INBOUND", "API", "WEBRTC_API", "TRANSFER", "QUEUE_TRANSFER", "CALLBACK"})


@dataclass(frozen=True, slots=True)
class CaseContact:
    """What of a contact decides whether its matter was resolved.

    Attributes
    ----------
    before, after
        Ids of the contacts that it followed, and that followed it.
    began, answered, ended
        In UTC; ``None`` where no agent answered.
    disposition, survey
        What agent and customer said of it, as they said it.
    """

    contact_id: str
    before: str | None
    after: str | None
    customer: str | None
    queue: str | None
    agent: str | None
    began: datetime
    answered: datetime | None
    ended: datetime
    disposition: str | None
    survey: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One matter of one customer.

    Attributes
    ----------
    customer
        The number, where any of its contacts tells it.
    contacts
        Ids of its contacts, in order.
    queues
        All that it passed through.
    last
        Its last answer; ``None`` where nobody answered.
    """

    contacts: tuple[str, ...]
    customer: str | None
    began: datetime
    ended: datetime
    queues: frozenset[str]
    last: CaseContact | None


def join_cases(contacts: Iterable[Contact]) -> Iterator[Case]:
    """Yield the cases that contacts, each in its newest version, belong to; outbound ones belong to none."""
    return _join(_read(contacts))


def _read(contacts: Iterable[Contact]) -> Iterator[CaseContact]:
    for each in contacts:
        if each.initiation_method in _FROM_CUSTOMERS:
            answered = each.answered_at if each.agent is not None else None
            yield CaseContact(
                each.contact_id,
                each.previous_contact_id,
                each.next_contact_id,
                each.customer,
                each.queue,
                each.agent,
                each.initiated_at,
                answered,
                each.disconnected_at or answered or each.enqueued_at or each.initiated_at,
                each.attributes.get(_DISPOSITION),
                each.attributes.get(_SURVEY),
            )


def _join(touches: Iterable[CaseContact]) -> Iterator[Case]:
    """Join contacts that follow each other by transfer or callback."""
    known = {touch.contact_id: touch for touch in touches}
    leader = {contact_id: contact_id for contact_id in known}

    def find(contact_id: str) -> str:
        while leader[contact_id] != contact_id:
            leader[contact_id] = contact_id = leader[leader[contact_id]]
        return contact_id

    for touch in known.values():
        for other in (touch.before, touch.after):
            if other in leader:
                leader[find(other)] = find(touch.contact_id)
    chains: dict[str, list[CaseContact]] = {}
    for touch in known.values():
        chains.setdefault(find(touch.contact_id), []).append(touch)
    for chain in chains.values():
        yield _make_case(chain)


def _make_case(chain: list[CaseContact]) -> Case:
    chain.sort(key=lambda touch: (touch.began, touch.contact_id))
    answers = [touch for touch in chain if touch.answered is not None]
    return Case(
        tuple(touch.contact_id for touch in chain),
        next((touch.customer for touch in chain if touch.customer), None),
        chain[0].began,
        max(touch.ended for touch in chain),
        frozenset(touch.queue for touch in chain if touch.queue is not None),
        max(answers, key=lambda touch: (touch.answered or touch.began, touch.contact_id)) if answers else None,
    )
