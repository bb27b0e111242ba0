"""What a contact adds to the interval counters. Pure: a change adds the new contact and takes back the old.

Two attributions, both by arrival: a queue counts a contact in the interval in which it entered the queue,
an agent in the interval in which it was answered. A contact that never entered a queue counts for the
centre itself, in the interval in which it began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment, interval_start

COUNTERS = (
    "contacts",
    "offered",
    "answered",
    "abandoned",
    "abandoned_short",
    "ended_in_menu",
    "ended_by_flow",
    "callbacks",
    "transferred",
    "answered_in_target",
    "abandoned_in_target",
    "wait_answered_seconds",
    "wait_abandoned_seconds",
    "talk_seconds",
    "hold_seconds",
    "after_contact_work_seconds",
    "survey_answers",
    "survey_satisfied",
    "survey_score_sum",
)
"""Counters of an interval that only ever add up."""

_COUNTED_METHODS = frozenset({"INBOUND", "TRANSFER", "QUEUE_TRANSFER", "API", "WEBRTC_API"})
_OUTCOME_COUNTERS = {
    "abandoned": "abandoned",
    "ended_in_menu": "ended_in_menu",
    "ended_by_flow": "ended_by_flow",
    "callback": "callbacks",
    "transferred": "transferred",
}


@dataclass(frozen=True, order=True)
class Key:
    """Where a count belongs: an interval of a queue, of an agent, or of the centre (name ``-``)."""

    start: datetime
    scope: str
    name: str

    @property
    def day(self) -> str:
        """UTC date: partition key of the metrics table."""
        return format_moment(self.start)[:10]

    @property
    def interval_key(self) -> str:
        """Sort key of the metrics table."""
        return f"{format_moment(self.start)}#{self.scope}#{self.name}"


@dataclass(frozen=True)
class Tally:
    """What one contact counts under one key.

    Attributes
    ----------
    counts
        Counter names to amounts, zeros left out.
    wait_seconds
        The contact's wait, for the longest wait of a queue's interval; 0 elsewhere.
    """

    counts: Mapping[str, int]
    wait_seconds: int = 0


@dataclass(frozen=True)
class Targets:
    """What the counts are held against.

    Attributes
    ----------
    service_seconds
        Queue names to the seconds of their service target; within a queue that is not among them
        nothing counts as in time.
    short_abandon_seconds
        A caller who hangs up within this many seconds of queueing abandoned shortly.
    """

    service_seconds: Mapping[str, int]
    short_abandon_seconds: int

    @classmethod
    def of_center(cls, document: Mapping[str, Any]) -> Targets:
        """Read the targets from the centre's document."""
        return cls(
            {name: queue["service_target"]["seconds"] for name, queue in document["queues"].items()},
            document["metrics"]["short_abandon_seconds"],
        )


def tally_contact(contact: Contact | None, targets: Targets) -> dict[Key, Tally]:
    """Return everything that a contact counts, by key.

    Parameters
    ----------
    contact
        ``None`` counts nothing, and so do contacts that nobody called in with: outbound calls,
        callbacks (counted apart) and supervisors who listen in.
    targets
        Service targets and the threshold of short abandons.

    Returns
    -------
    dict
        Keys to tallies.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (contacts queued, contacts
    handled, contacts abandoned, service level).
    """
    if contact is None or contact.initiation_method not in _COUNTED_METHODS:
        return {}
    if contact.queue is None or contact.enqueued_at is None:
        tallies = {Key(interval_start(contact.initiated_at), "center", "-"): _tally_unqueued(contact)}
    else:
        key = Key(interval_start(contact.enqueued_at), "queue", contact.queue)
        tallies = {key: _tally_queued(contact, contact.queue, targets)}
    if contact.agent is not None and contact.answered_at is not None:
        key = Key(interval_start(contact.answered_at), "agent", contact.agent)
        tallies[key] = Tally(_present(_handling(contact, targets) | {"contacts": 1}))
    return tallies


def _tally_unqueued(contact: Contact) -> Tally:
    return Tally(_present({"contacts": 1, **_ending(contact), **_survey(contact)}))


def _tally_queued(contact: Contact, queue: str, targets: Targets) -> Tally:
    counts = {"contacts": 1, "offered": 1, **_ending(contact), **_survey(contact)}
    wait = contact.wait_seconds or 0
    if contact.outcome == "answered":
        counts |= _handling(contact, targets)
    if contact.outcome == "abandoned":
        counts["abandoned_short"] = int(wait <= targets.short_abandon_seconds)
        counts["abandoned_in_target"] = int(_in_target(wait, queue, targets))
        counts["wait_abandoned_seconds"] = wait
    return Tally(_present(counts), wait)


def _ending(contact: Contact) -> dict[str, int]:
    counter = _OUTCOME_COUNTERS.get(contact.outcome or "")
    return {counter: 1} if counter else {}


def _handling(contact: Contact, targets: Targets) -> dict[str, int]:
    wait = contact.wait_seconds or 0
    return {
        "answered": 1,
        "answered_in_target": int(_in_target(wait, contact.queue or "", targets)),
        "wait_answered_seconds": wait,
        "talk_seconds": contact.talk_seconds or 0,
        "hold_seconds": contact.hold_seconds or 0,
        "after_contact_work_seconds": contact.after_contact_seconds or 0,
        **_survey(contact),
    }


def _survey(contact: Contact) -> dict[str, int]:
    score = contact.survey_score
    if score is None:
        return {}
    return {"survey_answers": 1, "survey_satisfied": int(score >= 4), "survey_score_sum": score}


def _in_target(wait_seconds: int, queue: str, targets: Targets) -> bool:
    return wait_seconds <= targets.service_seconds.get(queue, -1)


def _present(counts: Mapping[str, int]) -> Counter[str]:
    return Counter({name: count for name, count in counts.items() if count})
