"""Which observations look for their event now, and which were met.

**Source**: Amazon Connect Administrator Guide, "Observe block" (active observations: those that no other leads
to from the start, the others once the one before has been met; an observation is inactive once it is met) and
"Run test cases" (each has to be met).
"""

from __future__ import annotations

from contactflow.testing.case import TestCase
from contactflow.testing.language import Observation


class Watched:
    """One observation during a run.

    Attributes
    ----------
    count
        How often its event has occurred.
    since
        Index in what was heard from which on it looked; None where it never has.
    """

    __slots__ = ("count", "observation", "since")

    def __init__(self, observation: Observation) -> None:
        self.observation = observation
        self.count = 0
        self.since: int | None = None

    @property
    def met(self) -> bool:
        """Whether its event has occurred often enough, and not too often."""
        return self.count >= self.observation.usage.least and not self.exceeded

    @property
    def exceeded(self) -> bool:
        """Whether its event has occurred too often."""
        most = self.observation.usage.most
        return most is not None and self.count > most


class Watch:
    """The observations of one run.

    Attributes
    ----------
    active
        Those that look now, in the order in which they began to.
    """

    __slots__ = ("_watched", "active")

    def __init__(self, case: TestCase) -> None:
        self._watched = {key: Watched(one) for key, one in case.observations.items()}
        self.active: list[Watched] = []
        for key in case.starting:
            self._activate(key, 0)

    @property
    def all(self) -> tuple[Watched, ...]:
        """Every observation, in the case's order."""
        return tuple(self._watched.values())

    def count(self, watched: Watched) -> bool:
        """Note that an observation's event occurred; return whether those that follow it begin to look."""
        watched.count += 1
        enough = watched.observation.usage.enough
        if watched.count == enough:
            self.active.remove(watched)
        return watched.count == (enough or 1)

    def follow(self, watched: Watched, now: int) -> None:
        """Let the observations look that follow one; ``now`` is how much has been heard."""
        for key in watched.observation.following:
            self._activate(key, now)

    def _activate(self, key: str, now: int) -> None:
        watched = self._watched[key]
        if watched.since is None:
            watched.since = now
            self.active.append(watched)
