"""Virtual time in whole seconds: contact records know no finer, so neither does the network.

Every delay is a whole number of seconds from a whole second. What truly happened and what a record
says about it are then the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from twin.contracts import Clock, Timer


class SecondClock:
    """A clock that shows and schedules whole seconds only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Return the current virtual second, aware, in UTC."""
        return self._clock.now().replace(microsecond=0)

    def seconds(self) -> int:
        """Return the current virtual second since 1970."""
        return int(self.now().timestamp())

    def later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Run ``action`` after ``seconds``, rounded up to a whole second."""
        return self._clock.call_at(self.now() + timedelta(seconds=math.ceil(seconds)), action)

    def at(self, moment: datetime, action: Callable[[], None]) -> Timer:
        """Run ``action`` at the first whole second that is not before ``moment``."""
        whole = moment.astimezone(UTC)
        if whole.microsecond:
            whole = whole.replace(microsecond=0) + timedelta(seconds=1)
        return self._clock.call_at(whole, action)


def seconds_between(start: datetime, end: datetime) -> int:
    """Return the whole seconds from ``start`` to ``end``."""
    return int((end - start).total_seconds())


def record_time(moment: datetime) -> str:
    """Return ``yyyy-mm-ddThh:mm:ssZ``, as contact records write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def event_time(moment: datetime) -> str:
    """Return ``yyyy-mm-ddThh:mm:ss.sssZ``, as contact and agent events write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
