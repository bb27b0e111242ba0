"""What is counted under one key: of one contact, of a change, or of a whole interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from trunkline.metrics.sketch import Sketch, bucket_of


class Tally(msgspec.Struct):
    """Counters, two sketches, and the longest wait.

    Attributes
    ----------
    transferred
        Left the queue unanswered for another one or a number; ``transfers_out`` counts answered ones.
    held
        Answered contacts that were put on hold.
    callbacks
        Left the queue by accepting a callback; those that then came are ``callbacks_attempted``.
    waits, handles
        Queue times, and handle times, as sketches of seconds by bucket.
    longest_wait_seconds
        Longest queue time: the one part that no subtraction can take back.
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
    callback_wait_seconds: int = 0
    worked_contact_seconds: int = 0
    worked_after_contact_seconds: int = 0
    waits: dict[int, int] = {}
    handles: dict[int, int] = {}
    longest_wait_seconds: int = 0

    def add_wait(self, seconds: int, times: int = 1) -> None:
        """Add a queue time, or take it back."""
        bucket = bucket_of(seconds)
        self.waits[bucket] = self.waits.get(bucket, 0) + times
        if times > 0 and seconds > self.longest_wait_seconds:
            self.longest_wait_seconds = seconds

    def add_handle(self, seconds: int, times: int = 1) -> None:
        """Add a handle time, or take it back."""
        bucket = bucket_of(seconds)
        self.handles[bucket] = self.handles.get(bucket, 0) + times

    def add(self, other: Tally, times: int = 1) -> None:
        """Add another tally, or take it back; the longest wait is only ever raised."""
        for name in COUNTERS:
            setattr(self, name, getattr(self, name) + times * getattr(other, name))
        for mine, its in ((self.waits, other.waits), (self.handles, other.handles)):
            for bucket, count in its.items():
                mine[bucket] = mine.get(bucket, 0) + times * count
        if times > 0:
            self.longest_wait_seconds = max(self.longest_wait_seconds, other.longest_wait_seconds)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Tally:
        """Read a counter item; its key and its marks are left alone."""
        known = {name: values[name] for name in (*COUNTERS, "longest_wait_seconds") if name in values}
        waits = Sketch.decode(values.get("wait_sketch", b"")).counts
        return cls(**known, waits=waits, handles=Sketch.decode(values.get("handle_sketch", b"")).counts)

    def counts(self) -> dict[str, int]:
        """Return the counters that are not zero, by name."""
        return {name: count for name in COUNTERS if (count := getattr(self, name))}


COUNTERS = tuple(name for name in Tally.__struct_fields__ if name not in {"waits", "handles", "longest_wait_seconds"})
"""Counters of an interval that only ever add up."""
