"""Threads that take turns with the loop, so that blocking code waits in virtual time.

moto's state machine interpreter is blocking code. It runs in a thread of its own, but only ever
while the loop's thread stands still: one baton, handed over at each pause. The order of all work
is therefore the loop's, and the same in every run.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable

from twin.cloud.clock import VirtualClock
from twin.contracts import Timer

_local = threading.local()


class Fiber:
    """Blocking code that can pause for virtual time.

    Parameters
    ----------
    clock
        The loop that the code takes turns with.
    target
        What to run, in a copy of the present context.
    """

    def __init__(self, clock: VirtualClock, target: Callable[[], None]) -> None:
        self._clock = clock
        self._mine = threading.Semaphore(0)
        self._theirs = threading.Semaphore(0)
        self._failure: BaseException | None = None
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=lambda: context.run(self._run, target), daemon=True)

    def start(self) -> None:
        """Run until the first pause or the end."""
        self._thread.start()
        self._await_turn()

    def pause(self, seconds: float) -> None:
        """Let the loop go on; come back after ``seconds`` of virtual time. Called inside the fiber."""
        self._clock.call_later(seconds, self.resume)
        self.hand_over()

    def hand_over(self) -> None:
        """Let the loop go on until somebody calls :meth:`resume`. Called inside the fiber."""
        self._theirs.release()
        self._mine.acquire()

    def resume(self) -> None:
        """Run until the next pause or the end. Called by the loop."""
        self._mine.release()
        self._await_turn()

    def _run(self, target: Callable[[], None]) -> None:
        _local.fiber = self
        try:
            target()
        except BaseException as error:
            self._failure = error
        finally:
            self._theirs.release()

    def _await_turn(self) -> None:
        self._theirs.acquire()
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure


def current_fiber() -> Fiber | None:
    """Return the fiber that this code runs in, if any."""
    return getattr(_local, "fiber", None)


class FiberEvent:
    """A flag like :class:`threading.Event` whose waiting takes virtual time."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._set = False
        self._waiting: list[Callable[[], None]] = []

    def is_set(self) -> bool:
        """Return whether the flag is up."""
        return self._set

    def set(self) -> None:
        """Raise the flag; those who wait go on at this moment, in order."""
        self._set = True
        waiting, self._waiting = self._waiting, []
        for wake in waiting:
            self._clock.call_later(0, wake)

    def clear(self) -> None:
        """Lower the flag."""
        self._set = False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the flag, at most ``timeout`` virtual seconds; True when it is up."""
        fiber = current_fiber()
        if self._set or fiber is None:
            return self._set
        woken = _Waking(fiber)
        self._waiting.append(woken)
        if timeout is not None:
            woken.timer = self._clock.call_later(timeout, woken)
        fiber.hand_over()
        return self._set


class _Waking:
    """Resumes a fiber once, whether by the flag or by the timeout."""

    def __init__(self, fiber: Fiber) -> None:
        self._fiber: Fiber | None = fiber
        self.timer: Timer | None = None

    def __call__(self) -> None:
        fiber, self._fiber = self._fiber, None
        if fiber is None:
            return
        if self.timer is not None:
            self.timer.cancel()
        fiber.resume()
