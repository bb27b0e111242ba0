"""What is counted under one key: of one contact, of a change, or of a whole interval."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter

from trunkline.metrics.sketch import Sketch, bucket_of, quantiles_of

_SATISFIED = 4


@dataclass(slots=True)
class Counters:
    """Counters that only ever add up.

    Attributes
    ----------
    transferred
        Left the queue unanswered for another one or a number; ``transfers_out`` counts answered ones.
    held
        Answered contacts that were put on hold.
    callbacks
        Left the queue by accepting a callback; those that then came are ``callbacks_attempted``.
    callbacks_given_up
        Over without a conversation, and no other contact goes on with them.
    available_seconds, unavailable_seconds
        An agent's seconds in which contacts could come, and logged in but in which none could.
    offers_missed, offers_abandoned
        Contacts offered to an agent who did not accept in time, and whose customer hung up during the offer.
    """

    contacts: int = 0
    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    abandoned_short: int = 0
    ended_in_menu: int = 0
    ended_by_flow: int = 0
    callbacks: int = 0
    transferred: int = 0
    answered_in_target: int = 0
    abandoned_in_target: int = 0
    wait_answered_seconds: int = 0
    wait_abandoned_seconds: int = 0
    talk_seconds: int = 0
    hold_seconds: int = 0
    held: int = 0
    after_contact_work_seconds: int = 0
    survey_answers: int = 0
    survey_satisfied: int = 0
    survey_score_sum: int = 0
    transfers_in: int = 0
    transfers_out: int = 0
    callbacks_attempted: int = 0
    callbacks_connected: int = 0
    callbacks_given_up: int = 0
    callback_wait_seconds: int = 0
    worked_contact_seconds: int = 0
    worked_after_contact_seconds: int = 0
    available_seconds: int = 0
    unavailable_seconds: int = 0
    offers_missed: int = 0
    offers_abandoned: int = 0

    @property
    def longest_wait_seconds(self) -> int:
        """Longest queue time."""
        raise NotImplementedError

    def add_wait(self, seconds: int) -> None:
        """Add a queue time."""
        raise NotImplementedError

    def add_handle(self, seconds: int) -> None:
        """Add a handle time."""
        raise NotImplementedError

    def add_score(self, score: int | None) -> None:
        """Add the answer of a survey, 1 to 5; ``None`` is no answer."""
        if score is not None:
            self.survey_answers += 1
            self.survey_satisfied += score >= _SATISFIED
            self.survey_score_sum += score

    def wait_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the queue time, as its sketch has them."""
        raise NotImplementedError

    def handle_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the handle time, as its sketch has them."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Return the counters that are not zero, by name."""
        return {name: count for name, count in zip(COUNTERS, read_counters(self), strict=True) if count}


AGENT_COUNTERS = ("available_seconds", "unavailable_seconds", "offers_missed", "offers_abandoned")
"""Counters that agents alone have, from their states and offers."""

COUNTERS = tuple(each.name for each in fields(Counters))
"""Counters of an interval that only ever add up."""

read_counters = attrgetter(*COUNTERS)
"""Reads the counters of a tally, in the order of ``COUNTERS``."""


@dataclass(slots=True)
class Tally(Counters):
    """Counters and two sketches, which add up and subtract.

    Attributes
    ----------
    longest_wait_seconds
        Longest queue time: the one part that no subtraction can take back.
    waits, handles
        Queue times, and handle times, as sketches of seconds: buckets to counts.
    """

    longest_wait_seconds: int = 0
    waits: dict[int, int] = field(default_factory=dict)
    handles: dict[int, int] = field(default_factory=dict)

    def add_wait(self, seconds: int) -> None:
        """Add a queue time."""
        bucket = bucket_of(seconds)
        self.waits[bucket] = self.waits.get(bucket, 0) + 1
        self.longest_wait_seconds = max(self.longest_wait_seconds, seconds)

    def add_handle(self, seconds: int) -> None:
        """Add a handle time."""
        bucket = bucket_of(seconds)
        self.handles[bucket] = self.handles.get(bucket, 0) + 1

    def wait_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the queue time, as its sketch has them."""
        return Sketch(self.waits).quantiles(shares)

    def handle_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the handle time, as its sketch has them."""
        return Sketch(self.handles).quantiles(shares)

    def add(self, other: Tally, times: int = 1) -> None:
        """Add another tally, or take it back; the longest wait is only ever raised."""
        for name in COUNTERS:
            amount = getattr(other, name)
            if amount:
                setattr(self, name, getattr(self, name) + times * amount)
        for mine, its in ((self.waits, other.waits), (self.handles, other.handles)):
            for bucket, count in its.items():
                mine[bucket] = mine.get(bucket, 0) + times * count
        if times > 0:
            self.longest_wait_seconds = max(self.longest_wait_seconds, other.longest_wait_seconds)


@dataclass(slots=True)
class LeanTally(Counters):
    """Counters and the seconds themselves: half a tally's memory where intervals are many and contacts few."""

    waits: array[int] | None = None
    handles: array[int] | None = None

    @property
    def longest_wait_seconds(self) -> int:
        """Longest queue time."""
        return max(self.waits or (0,))

    def add_wait(self, seconds: int) -> None:
        """Add a queue time."""
        if self.waits is None:
            self.waits = array("i")
        self.waits.append(seconds)

    def add_handle(self, seconds: int) -> None:
        """Add a handle time."""
        if self.handles is None:
            self.handles = array("i")
        self.handles.append(seconds)

    def take_back(self, other: LeanTally) -> None:
        """Take back what was added before, counters and seconds."""
        for name, amount in other.counts().items():
            setattr(self, name, getattr(self, name) - amount)
        for mine, its in ((self.waits, other.waits), (self.handles, other.handles)):
            if mine is not None and its is not None:
                for seconds in its:
                    mine.remove(seconds)

    def wait_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the queue time, as its sketch has them."""
        return quantiles_of(self.waits or (), shares)

    def handle_quantiles(self, shares: Sequence[float]) -> list[float | None]:
        """Return quantiles of the handle time, as its sketch has them."""
        return quantiles_of(self.handles or (), shares)


def add_up_lean(tallies: Sequence[LeanTally]) -> Tally:
    """Return the sum of some tallies, with their sketches."""
    total = Tally(**{name: sum(map(attrgetter(name), tallies)) for name in COUNTERS})
    total.longest_wait_seconds = max((tally.longest_wait_seconds for tally in tallies), default=0)
    for tally in tallies:
        for sketch, seconds in ((total.waits, tally.waits), (total.handles, tally.handles)):
            for bucket in map(bucket_of, seconds or ()):
                sketch[bucket] = sketch.get(bucket, 0) + 1
    return total
