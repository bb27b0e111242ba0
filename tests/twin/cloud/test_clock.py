from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from twin.cloud import LocalCloud
from twin.cloud.clock import VirtualClock
from twin.cloud.fibers import Fiber, FiberEvent

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_actions_run_in_order_of_moment_then_of_scheduling() -> None:
    clock, seen = VirtualClock(START), []
    clock.call_later(2, lambda: seen.append("c"))
    clock.call_later(1, lambda: seen.append("a"))
    clock.call_later(1, lambda: seen.append("b"))
    clock.call_later(1, lambda: seen.append("x")).cancel()
    assert clock.run_until_idle()
    assert seen == ["a", "b", "c"]
    assert clock.now() == START + timedelta(seconds=2)


def test_run_until_stops_at_its_moment() -> None:
    clock, seen = VirtualClock(START), []
    clock.call_later(10, lambda: seen.append("late"))
    clock.run_until(START + timedelta(seconds=5))
    assert seen == []
    assert clock.now() == START + timedelta(seconds=5)
    assert clock.next_moment() == START + timedelta(seconds=10)


def test_clock_refuses_a_start_without_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        VirtualClock(START.replace(tzinfo=None))


def test_process_sees_virtual_time_while_monotonic_time_stays_real(cloud: LocalCloud) -> None:
    before = time.monotonic()
    cloud.run_until(datetime(2027, 1, 1, tzinfo=UTC))
    assert datetime.now(UTC) == datetime(2027, 1, 1, tzinfo=UTC)
    assert time.time() == datetime(2027, 1, 1, tzinfo=UTC).timestamp()
    time.sleep(0.01)
    assert 0.01 <= time.monotonic() - before < 60


def test_paced_running_follows_real_time_and_takes_work_from_threads() -> None:
    clock, seen = VirtualClock(START), []
    clock.call_later(100, lambda: seen.append("due"))
    timer = threading.Timer(0.02, lambda: clock.call_soon_threadsafe(lambda: seen.append("posted")))
    timer.start()
    begin = time.monotonic()
    clock.run_paced(1000, until=lambda: len(seen) == 2)
    assert sorted(seen) == ["due", "posted"]
    assert 0.09 < time.monotonic() - begin < 5


def test_fiber_pauses_in_virtual_time() -> None:
    clock, seen = VirtualClock(START), []

    def work() -> None:
        seen.append(("begin", clock.timestamp() - START.timestamp()))
        fiber.pause(30)
        seen.append(("end", clock.timestamp() - START.timestamp()))

    fiber = Fiber(clock, work)
    clock.call_later(10, fiber.start)
    clock.call_later(20, lambda: seen.append(("other", clock.timestamp() - START.timestamp())))
    clock.run_until_idle()
    assert seen == [("begin", 10.0), ("other", 20.0), ("end", 40.0)]


@pytest.mark.parametrize(("set_after", "result", "seconds"), [(5, True, 5.0), (50, False, 10.0)])
def test_event_is_awaited_in_virtual_time(set_after: float, result: bool, seconds: float) -> None:
    clock = VirtualClock(START)
    event = FiberEvent(clock)
    seen: list[tuple[bool, float]] = []
    fiber = Fiber(clock, lambda: seen.append((event.wait(10), clock.timestamp() - START.timestamp())))
    clock.call_later(0, fiber.start)
    clock.call_later(set_after, event.set)
    clock.run_until_idle()
    assert seen == [(result, seconds)]


def test_what_a_fiber_raises_reaches_the_loop() -> None:
    clock = VirtualClock(START)

    def work() -> None:
        raise ValueError("broken")

    clock.call_later(1, lambda: Fiber(clock, work).start())
    with pytest.raises(ValueError, match="broken"):
        clock.run_until_idle()


def test_same_seed_gives_the_same_identifiers() -> None:
    def draw(seed: int) -> list[str]:
        import random
        import uuid

        with LocalCloud(seed=seed, start=START) as cloud:
            return [cloud.new_id("a"), cloud.new_id("b"), str(uuid.uuid4()), str(random.random())]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)
