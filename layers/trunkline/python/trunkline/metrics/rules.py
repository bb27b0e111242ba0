"""What a contact adds to the interval counters. Pure: a change adds the new contact and takes back the old.

Two attributions are kept apart. By arrival: a queue counts a contact in the interval in which it entered the
queue, an agent in the interval of the answer; a contact that never entered a queue counts for the centre
itself, in the interval in which it began. By work: an agent's seconds on contacts belong to the intervals
in which they were worked (counters ``worked_...``).

Counts of another channel than voice stand apart: their name ends in ``/CHAT`` or the like. So figures of a
queue, of a channel and of the centre are all sums over tallies, and each contact is counted once.

**Source**: docs/metrics.md; Amazon Connect administrator guide, "Metrics definitions".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from trunkline.contact.model import Contact
from trunkline.contact.moments import INTERVAL, format_moment, interval_start
from trunkline.metrics.spans import split_by_interval
from trunkline.metrics.tally import Tally

_INTERVAL_SECONDS = int(INTERVAL.total_seconds())
_TRANSFERS = frozenset({"TRANSFER", "QUEUE_TRANSFER"})
_OFFERED_METHODS = _TRANSFERS | {"INBOUND", "API", "WEBRTC_API"}


class Key(NamedTuple):
    """Where a count belongs: an interval of a queue, of an agent, or of the centre (member ``-``).

    Attributes
    ----------
    scope
        ``queue``, ``agent`` or ``center``.
    name
        The queue, agent or ``-``; where the channel is not voice, followed by ``/`` and the channel.
    """

    start: datetime
    scope: str
    name: str

    @property
    def member(self) -> str:
        """The queue, the agent, or ``-``."""
        return self.name.partition("/")[0]

    @property
    def channel(self) -> str:
        """The channel, such as ``VOICE``."""
        return self.name.partition("/")[2] or "VOICE"

    @property
    def day(self) -> str:
        """UTC date: partition key of the metrics table."""
        return format_moment(self.start)[:10]

    @property
    def interval_key(self) -> str:
        """Sort key of the metrics table."""
        return f"{format_moment(self.start)}#{self.scope}#{self.name}"


@dataclass(frozen=True)
class Targets:
    """What the counts are held against.

    Attributes
    ----------
    service_seconds
        Queue names to the seconds of their service target.
    short_abandon_seconds
        A caller who hangs up within this many seconds of queueing abandoned shortly.
    other_seconds
        Service target of queues that are not among them; -1: in those, nothing counts as in time.
    """

    service_seconds: Mapping[str, int]
    short_abandon_seconds: int
    other_seconds: int = -1

    def of_queue(self, queue: str | None) -> int:
        """Return the seconds of a queue's service target."""
        return self.service_seconds.get(queue or "", self.other_seconds)

    @classmethod
    def of_center(cls, document: Mapping[str, Any]) -> Targets:
        """Read the targets from the centre's document."""
        return cls(
            {name: queue["service_target"]["seconds"] for name, queue in document["queues"].items()},
            document["metrics"]["short_abandon_seconds"],
        )


def tally_contact(contact: Contact | None, targets: Targets) -> dict[Key, Tally]:
    """Return everything that one contact counts, by key; ``None`` counts nothing."""
    totals: defaultdict[Key, Tally] = defaultdict(Tally)
    if contact is not None:
        count_contact(contact, targets, totals)
    return dict(totals)


def count_contact(contact: Contact, targets: Targets, totals: defaultdict[Key, Tally], times: int = 1) -> None:
    """Add everything that a contact counts to the totals, or take it back.

    Parameters
    ----------
    contact
        Outbound calls count nothing, and neither do supervisors who listen in.
    targets
        Service targets and the threshold of short abandons.
    totals
        Tallies by key.
    times
        1 to add, -1 to take back. The longest wait is only ever raised: who takes back asks
        ``Tally.loses_longest``.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (contacts queued, contacts
    handled, contacts abandoned, service level, callback attempts).
    """
    method = contact.initiation_method
    suffix = "" if contact.channel == "VOICE" else f"/{contact.channel}"
    queue, enqueued_at = contact.queue, contact.enqueued_at
    if method == "CALLBACK":
        _count_callback(contact, totals, suffix, times)
    elif method not in _OFFERED_METHODS:
        return
    elif queue is None or enqueued_at is None:
        tally = totals[Key(interval_start(contact.initiated_at), "center", f"-{suffix}")]
        tally.contacts += times
        _count_ending(contact, tally, times)
        _count_survey(contact, tally, times)
    else:
        tally = totals[Key(interval_start(enqueued_at), "queue", queue + suffix)]
        tally.contacts += times
        tally.offered += times
        tally.transfers_in += times * (method in _TRANSFERS)
        _count_queued(contact, queue, tally, targets, times)
    if contact.agent is not None and contact.answered_at is not None:
        _count_agent(contact, contact.agent + suffix, contact.answered_at, targets, totals, times)


def _count_queued(contact: Contact, queue: str, tally: Tally, targets: Targets, times: int) -> None:
    wait = contact.wait_seconds
    if wait is not None:
        tally.add_wait(wait, times)
    if contact.outcome == "answered":
        _count_handling(contact, tally, targets, times)
    else:
        _count_ending(contact, tally, times)
        if contact.outcome == "abandoned":
            wait = wait or 0
            tally.abandoned_short += times * (wait <= targets.short_abandon_seconds)
            tally.abandoned_in_target += times * (wait <= targets.of_queue(queue))
            tally.wait_abandoned_seconds += times * wait
    _count_survey(contact, tally, times)


def _count_callback(contact: Contact, totals: defaultdict[Key, Tally], suffix: str, times: int) -> None:
    """Count a callback in the interval of its request: apart from what was offered."""
    scope, name = ("queue", contact.queue) if contact.queue else ("center", "-")
    tally = totals[Key(interval_start(contact.initiated_at), scope, name + suffix)]
    tally.callbacks_attempted += times
    if contact.answered_at is not None:
        wait_seconds = int((contact.answered_at - contact.initiated_at).total_seconds())
        tally.callbacks_connected += times
        tally.callback_wait_seconds += times * max(0, wait_seconds)


def _count_agent(
    contact: Contact, name: str, answered_at: datetime, targets: Targets, totals: defaultdict[Key, Tally], times: int
) -> None:
    """Count what the agent handled, in the interval of the answer, and the work, in those in which it was done."""
    start = interval_start(answered_at)
    tally = totals[Key(start, "agent", name)]
    tally.contacts += times
    _count_handling(contact, tally, targets, times)
    _count_survey(contact, tally, times)
    on_contact = (contact.talk_seconds or 0) + (contact.hold_seconds or 0)
    after_contact = contact.after_contact_seconds or 0
    passed = answered_at.minute % 15 * 60 + answered_at.second
    if passed + on_contact + after_contact <= _INTERVAL_SECONDS:
        tally.worked_contact_seconds += times * on_contact
        tally.worked_after_contact_seconds += times * after_contact
        return
    talked_until = answered_at + timedelta(seconds=on_contact)
    for interval, seconds in split_by_interval(answered_at, talked_until):
        totals[Key(interval, "agent", name)].worked_contact_seconds += times * seconds
    for interval, seconds in split_by_interval(talked_until, talked_until + timedelta(seconds=after_contact)):
        totals[Key(interval, "agent", name)].worked_after_contact_seconds += times * seconds


def _count_handling(contact: Contact, tally: Tally, targets: Targets, times: int) -> None:
    wait = contact.wait_seconds or 0
    talk, hold = contact.talk_seconds or 0, contact.hold_seconds or 0
    after_contact = contact.after_contact_seconds or 0
    tally.answered += times
    tally.answered_in_target += times * (wait <= targets.of_queue(contact.queue))
    tally.wait_answered_seconds += times * wait
    tally.talk_seconds += times * talk
    tally.hold_seconds += times * hold
    tally.held += times * bool(contact.holds)
    tally.after_contact_work_seconds += times * after_contact
    tally.transfers_out += times * contact.transferred
    tally.add_handle(talk + hold + after_contact, times)


def _count_ending(contact: Contact, tally: Tally, times: int) -> None:
    match contact.outcome:
        case "abandoned":
            tally.abandoned += times
        case "ended_in_menu":
            tally.ended_in_menu += times
        case "ended_by_flow":
            tally.ended_by_flow += times
        case "callback":
            tally.callbacks += times
        case "transferred":
            tally.transferred += times


def _count_survey(contact: Contact, tally: Tally, times: int) -> None:
    score = contact.survey_score
    if score is not None:
        tally.survey_answers += times
        tally.survey_satisfied += times * (score >= 4)
        tally.survey_score_sum += times * score
