"""Virtual time: an event loop over a heap, and the process's clock that follows it."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine

MICROSECONDS = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER_US = 1 << 63


class ScheduledAction:
    """An action in the heap; cancelled ones are skipped when their turn comes."""

    __slots__ = ("action", "cancelled")

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        """Drop the action; nothing happens if it already ran."""
        self.cancelled = True


class VirtualClock:
    """A single-threaded event loop whose time moves only from action to action.

    While it is started, ``datetime.now()`` and ``time.time()`` of the whole process show virtual
    time; ``time.monotonic()``, ``time.perf_counter()`` and sleeping stay real.

    Parameters
    ----------
    start
        First virtual moment, aware.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError(f"the clock's start {start} has no time zone; give an aware datetime such as in UTC")
        self._now_us = _to_microseconds(start)
        self._heap: list[tuple[int, int, ScheduledAction]] = []
        self._order = itertools.count()
        self._posted: deque[Callable[[], None]] = deque()
        self._house: Callable[[], None] = lambda: None
        self._house_every_us = 0
        self._house_us = _NEVER_US
        self._wake = threading.Event()
        self._travel: time_machine.travel | None = None
        self._traveller: time_machine.Traveller | None = None

    def start(self) -> None:
        """Put the process's clock on virtual time."""
        self._travel = time_machine.travel(self._now_us / MICROSECONDS, tick=False)
        self._traveller = self._travel.start()

    def stop(self) -> None:
        """Give the process its real clock back."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = self._traveller = None

    def now(self) -> datetime:
        """Return the virtual moment, aware, in UTC."""
        return _EPOCH + timedelta(microseconds=self._now_us)

    def timestamp(self) -> float:
        """Return the virtual moment in seconds since 1970."""
        return self._now_us / MICROSECONDS

    def call_at(self, moment: datetime, action: Callable[[], None]) -> ScheduledAction:
        """Run ``action`` at ``moment`` (now, if that is past)."""
        return self._schedule(_to_microseconds(moment), action)

    def call_later(self, seconds: float, action: Callable[[], None]) -> ScheduledAction:
        """Run ``action`` after ``seconds`` of virtual time."""
        return self._schedule(self._now_us + round(seconds * MICROSECONDS), action)

    def call_soon_threadsafe(self, action: Callable[[], None]) -> None:
        """Run ``action`` in the loop's thread as soon as it gets to it; callable from any thread."""
        self._posted.append(action)
        self._wake.set()

    def keep_house(self, every: timedelta, action: Callable[[], None]) -> None:
        """Run ``action`` at each multiple of ``every`` since 1970 that time comes to.

        It runs before what is due at that moment, and nothing is scheduled for it: :meth:`run_until_idle`
        does not wait for it.
        """
        self._house, self._house_every_us = action, _duration(every)
        self._house_us = (self._now_us // self._house_every_us + 1) * self._house_every_us

    def next_moment(self) -> datetime | None:
        """Return when the next action is due, or None when nothing is scheduled."""
        self._drop_cancelled()
        return _EPOCH + timedelta(microseconds=self._heap[0][0]) if self._heap else None

    def run_next(self) -> bool:
        """Run the next action, moving time to it; False when there is none."""
        self.run_posted()
        self._drop_cancelled()
        if not self._heap:
            return False
        while self._heap[0][0] >= self._house_us:
            self._keep_house()
        due_us, _, scheduled = heapq.heappop(self._heap)
        self._move_to(due_us)
        scheduled.action()
        return True

    def run_until(self, moment: datetime) -> None:
        """Run everything due up to ``moment``, which then is now."""
        end_us = _to_microseconds(moment)
        self._run_due(end_us)
        while self._house_us <= end_us:
            self._keep_house()
            self._run_due(end_us)
        self._move_to(end_us)

    def run_until_idle(self, at_most: timedelta = timedelta(days=1)) -> bool:
        """Run until nothing is scheduled, at most ``at_most`` of virtual time; True when idle."""
        return self._run_due(self._now_us + _duration(at_most))

    def run_paced(self, speed: float, *, until: Callable[[], bool], longest_wait_seconds: float = 0.2) -> None:
        """Let virtual time follow real time, ``speed`` times as fast, until ``until()`` holds.

        Parameters
        ----------
        speed
            Virtual seconds per real second, above 0.
        until
            Asked between actions.
        longest_wait_seconds
            Real seconds after which ``until`` is asked again when nothing happens.
        """
        begin_us, begin_real = self._now_us, time.monotonic()
        while not until():
            self.run_posted()
            target_us = begin_us + round((time.monotonic() - begin_real) * speed * MICROSECONDS)
            self._drop_cancelled()
            if self._heap and self._heap[0][0] <= target_us:
                self.run_next()
                continue
            if target_us >= self._house_us:
                self._keep_house()
                continue
            self._move_to(target_us)
            ahead = (self._heap[0][0] - target_us) / MICROSECONDS / speed if self._heap else longest_wait_seconds
            self.wait_posted(min(ahead, longest_wait_seconds))

    def run_posted(self) -> bool:
        """Run what other threads posted; True when there was anything."""
        self._wake.clear()
        ran = False
        while self._posted:
            self._posted.popleft()()
            ran = True
        return ran

    def wait_posted(self, seconds: float) -> None:
        """Sleep at most ``seconds`` of real time, less when another thread posts something."""
        if not self._posted:
            self._wake.wait(max(seconds, 0.0))

    def _schedule(self, due_us: int, action: Callable[[], None]) -> ScheduledAction:
        scheduled = ScheduledAction(action)
        heapq.heappush(self._heap, (max(due_us, self._now_us), next(self._order), scheduled))
        return scheduled

    def _run_due(self, end_us: int) -> bool:
        while True:
            self.run_posted()
            self._drop_cancelled()
            if not self._heap:
                return True
            if self._heap[0][0] > end_us:
                return False
            self.run_next()

    def _keep_house(self) -> None:
        self._move_to(self._house_us)
        self._house_us += self._house_every_us
        self._house()

    def _drop_cancelled(self) -> None:
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)

    def _move_to(self, now_us: int) -> None:
        if now_us > self._now_us:
            self._now_us = now_us
            if self._traveller is not None:
                self._traveller.move_to(now_us / MICROSECONDS)


def _to_microseconds(moment: datetime) -> int:
    return _duration(moment - _EPOCH)


def _duration(span: timedelta) -> int:
    return (span.days * 86_400 + span.seconds) * MICROSECONDS + span.microseconds
