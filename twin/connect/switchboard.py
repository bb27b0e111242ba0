"""Drives the distribution of contacts over virtual time: who waits, who is free, what rings where."""

from __future__ import annotations

from collections.abc import Callable

from twin.connect.distribution import Distribution, Distributor, Offer, Profile
from twin.connect.moments import SecondClock
from twin.contracts import Timer


class Switchboard:
    """Asks the distributor whenever something changed or a moment has come that it waits for.

    Parameters
    ----------
    on_offer
        Told of each contact and agent that were paired.
    """

    def __init__(self, clock: SecondClock, on_offer: Callable[[Offer], None]) -> None:
        self._clock = clock
        self._on_offer = on_offer
        self._distributor: Distributor = Distribution()
        self._soon: Timer | None = None
        self._next: Timer | None = None

    def distribute_by(self, distributor: Distributor) -> None:
        """Distribute another way from now on; nobody may be waiting."""
        self._distributor = distributor

    def enqueue(self, contact_id: str, queue_arn: str, *, priority: int, age_seconds: float) -> None:
        """Let a contact wait."""
        now = self._clock.seconds()
        self._distributor.enqueue(contact_id, queue_arn, now, priority=priority, age_seconds=age_seconds)
        self._distribute_soon()

    def withdraw(self, contact_id: str) -> None:
        """Let a contact no longer wait."""
        self._distributor.withdraw(contact_id)

    def give_back(self, contact_id: str) -> None:
        """Return a contact that an agent missed to its place."""
        self._distributor.give_back(contact_id)
        self._distribute_soon()

    def position(self, contact_id: str) -> int | None:
        """Return a contact's place in its queue, from 1; None for one that does not wait."""
        return self._distributor.position(contact_id)

    def agent_ready(self, username: str, profile: Profile) -> None:
        """Let an agent take contacts."""
        self._distributor.agent_ready(username, profile, self._clock.seconds())
        self._distribute_soon()

    def agent_gone(self, username: str) -> None:
        """Let an agent take no more contacts."""
        self._distributor.agent_gone(username)

    def _distribute_soon(self) -> None:
        if self._soon is None:
            self._soon = self._clock.later(0, self._distribute)

    def _distribute(self) -> None:
        self._soon = None
        for offer in self._distributor.offers(self._clock.seconds()):
            self._on_offer(offer)
        if self._next is not None:
            self._next.cancel()
            self._next = None
        now = self._clock.seconds()
        moment = self._distributor.next_moment(now)
        if moment is not None:
            self._next = self._clock.later(moment - now, self._distribute)
