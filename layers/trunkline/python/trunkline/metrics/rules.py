"""What contacts and agents' states add to the interval counters.

Pure: a change adds the new one and takes back the old.

Two attributions are kept apart. By arrival: a queue counts a contact in the interval in which it entered the
queue, an agent in the interval of the answer; a contact that never entered a queue counts for the centre
itself, in the interval in which it began. By work: an agent's seconds on contacts belong to the intervals
in which they were worked (counters ``worked_...``).

Counts of another channel than voice stand apart: their name ends in ``/CHAT`` or the like. So figures of a
queue, of a channel and of the centre are all sums over tallies, and each contact is counted once. An agent's
states and offers have no channel: they stand with voice.

**Source**: docs/metrics.md; Amazon Connect administrator guide, "Metrics definitions".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from trunkline.contact.agent_states import AVAILABLE, AgentEntry, AgentOffer
from trunkline.contact.model import CountedContact
from trunkline.contact.moments import INTERVAL, INTERVAL_SECONDS, interval_start
from trunkline.metrics.keys import Key
from trunkline.metrics.spans import seconds_left, split_by_interval
from trunkline.metrics.tally import Counters, Tally
from trunkline.metrics.targets import Targets

Counted = TypeVar("Counted", bound=Counters)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_TRANSFERS = frozenset({"TRANSFER", "QUEUE_TRANSFER"})
_GIVEN_UP = frozenset({"abandoned", "ended_in_menu", "ended_by_flow"})
_OFFERED_METHODS = _TRANSFERS | {"INBOUND", "API", "WEBRTC_API"}


class Totals(dict[Key, Counted]):
    """Counts by key; a key that is met for the first time begins with nothing."""

    def __init__(self, nothing: Callable[[], Counted]) -> None:
        super().__init__()
        self._nothing = nothing
        self._start = self._end = _LONG_AGO

    def __missing__(self, key: tuple[datetime, str, str]) -> Counted:
        """Begin a key, which may be a plain tuple: that is equal to a ``Key``, and made several times faster."""
        counts = self[Key(*key)] = self._nothing()
        return counts

    def of(self, moment: datetime, scope: str, name: str) -> Counted:
        """Return the counts of the interval in which a moment lies: often that of the moment before."""
        if not self._start <= moment < self._end:
            self._start = interval_start(moment)
            self._end = self._start + INTERVAL
        return self[self._start, scope, name]  # type: ignore[index]


def tally_contact(contact: CountedContact | None, targets: Targets) -> dict[Key, Tally]:
    """Return everything that one contact counts, by key; ``None`` counts nothing.

    The targets that a contact was stored with hold before ``targets``.
    """
    totals = Totals(Tally)
    if contact is not None:
        count_contact(contact, targets.of_contact(contact), totals)
    return dict(totals)


def count_contact(contact: CountedContact, targets: Targets, totals: Totals[Counted]) -> None:
    """Add everything that a contact counts to the totals.

    Parameters
    ----------
    contact
        Outbound calls count nothing, and neither do supervisors who listen in.
    targets
        Service targets and the threshold of short abandons.
    totals
        Counts by key.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (contacts queued, contacts
    handled, contacts abandoned, service level, callback attempts).
    """
    method, outcome = contact.initiation_method, contact.outcome
    suffix = "" if contact.channel == "VOICE" else f"/{contact.channel}"
    handled: list[Counted] = []
    if method == "CALLBACK":
        _count_callback(contact, totals, suffix)
    elif method not in _OFFERED_METHODS:
        return
    elif contact.queue is None or contact.enqueued_at is None:
        counts = totals.of(contact.initiated_at, "center", "-" + suffix)
        counts.contacts += 1
        _count_ending(contact, counts)
        counts.add_score(contact.survey_score)
    else:
        counts = totals.of(contact.enqueued_at, "queue", contact.queue + suffix)
        counts.contacts += 1
        counts.offered += 1
        if method in _TRANSFERS:
            counts.transfers_in += 1
        if contact.wait_seconds is not None:
            counts.add_wait(contact.wait_seconds)
        if outcome == "answered":
            handled.append(counts)
        else:
            _count_ending(contact, counts)
            if outcome == "abandoned":
                _count_abandoned(contact, counts, targets)
            counts.add_score(contact.survey_score)
    if contact.agent is not None and contact.answered_at is not None:
        name = contact.agent + suffix
        counts = totals.of(contact.answered_at, "agent", name)
        counts.contacts += 1
        handled.append(counts)
        _count_work(contact, contact.answered_at, counts, name, totals)
    if handled:
        _count_handling(contact, handled, targets)


def tally_agent(entry: AgentEntry | None) -> dict[Key, Tally]:
    """Return everything that an agent's closed state, or an offer, counts, by key; ``None`` counts nothing.

    Examples
    --------
    >>> from trunkline.contact.agent_states import AgentState
    >>> from trunkline.contact.moments import parse_moment
    >>> since, until = parse_moment("2026-11-21T05:23:00Z"), parse_moment("2026-11-21T06:15:00Z")
    >>> state = AgentState(username="mina", agent_id="a1", state="Lunch", since=since, until=until)
    >>> [(f"{key.start:%H:%M}", tally.unavailable_seconds // 60) for key, tally in tally_agent(state).items()]
    [('05:15', 7), ('05:30', 15), ('05:45', 15), ('06:00', 15)]

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Metrics definitions" (online time, agent non-response without
    customer abandons).
    """
    totals = Totals(Tally)
    match entry:
        case None:
            pass
        case AgentOffer(outcome="missed"):
            totals.of(entry.at, "agent", entry.username).offers_missed += 1
        case AgentOffer():
            totals.of(entry.at, "agent", entry.username).offers_abandoned += 1
        case _:
            for moment, seconds in split_by_interval(entry.since, entry.seconds):
                counts = totals.of(moment, "agent", entry.username)
                if entry.state == AVAILABLE:
                    counts.available_seconds += seconds
                else:
                    counts.unavailable_seconds += seconds
    return dict(totals)


def _count_abandoned(contact: CountedContact, counts: Counters, targets: Targets) -> None:
    wait = contact.wait_seconds or 0
    counts.wait_abandoned_seconds += wait
    if wait <= targets.short_abandon_seconds:
        counts.abandoned_short += 1
    if wait <= targets.of_queue(contact.queue):
        counts.abandoned_in_target += 1


def _count_callback(contact: CountedContact, totals: Totals[Counted], suffix: str) -> None:
    """Count a callback in the interval of its request: apart from what was offered.

    It is one contact from the request to the end of its last attempt, initiated when it is requested. One that goes
    on in another contact is not given up: that contact tells how it ended.

    **Source**: Amazon Connect administrator guide, "About queued callbacks in metrics" and "What counts as a failed
    callback attempt" (an offer that no agent accepts is no attempt).
    """
    scope, name = ("queue", contact.queue) if contact.queue else ("center", "-")
    counts = totals.of(contact.initiated_at, scope, name + suffix)
    counts.callbacks_attempted += 1
    if contact.answered_at is not None:
        wait_seconds = int((contact.answered_at - contact.initiated_at).total_seconds())
        counts.callbacks_connected += 1
        counts.callback_wait_seconds += max(0, wait_seconds)
    elif contact.outcome in _GIVEN_UP:
        counts.callbacks_given_up += 1


def _count_handling(contact: CountedContact, handled: Sequence[Counters], targets: Targets) -> None:
    """Count an answered contact for its queue and its agent."""
    wait, talk = contact.wait_seconds or 0, contact.talk_seconds or 0
    hold, after_contact = contact.hold_seconds or 0, contact.after_contact_seconds or 0
    handle = talk + hold + after_contact
    in_target = wait <= targets.of_queue(contact.queue)
    for counts in handled:
        counts.answered += 1
        counts.answered_in_target += in_target
        counts.wait_answered_seconds += wait
        counts.talk_seconds += talk
        counts.after_contact_work_seconds += after_contact
        counts.add_handle(handle)
        if hold:
            counts.hold_seconds += hold
        if contact.holds:
            counts.held += 1
        if contact.transferred:
            counts.transfers_out += 1
        if contact.survey_score is not None:
            counts.add_score(contact.survey_score)


def _count_work(contact: CountedContact, start: datetime, counts: Counters, name: str, totals: Totals[Counted]) -> None:
    """Count an agent's seconds in the intervals in which they were worked; most are in that of the answer."""
    on_contact = (contact.talk_seconds or 0) + (contact.hold_seconds or 0)
    after_contact = contact.after_contact_seconds or 0
    left = seconds_left(start)
    while on_contact + after_contact > left:
        worked = min(on_contact, left)
        counts.worked_contact_seconds += worked
        counts.worked_after_contact_seconds += left - worked
        on_contact -= worked
        after_contact -= left - worked
        start += timedelta(seconds=left)
        left = INTERVAL_SECONDS
        counts = totals.of(start, "agent", name)
    counts.worked_contact_seconds += on_contact
    counts.worked_after_contact_seconds += after_contact


def _count_ending(contact: CountedContact, counts: Counters) -> None:
    match contact.outcome:
        case "abandoned":
            counts.abandoned += 1
        case "ended_in_menu":
            counts.ended_in_menu += 1
        case "ended_by_flow":
            counts.ended_by_flow += 1
        case "callback":
            counts.callbacks += 1
        case "transferred":
            counts.transferred += 1
