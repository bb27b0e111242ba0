"""What Amazon Connect tells CloudWatch: each minute while something happens, and nothing when all is quiet."""

from __future__ import annotations

from tests.twin.connect.centre import Centre, open_centre
from tests.twin.connect.test_calls import dial, staff

HOUR = 3600


def told(centre: Centre, name: str) -> list[tuple[int, float]]:
    """Minutes of the first hour to values."""
    start = centre.cloud.metrics[0][0].replace(minute=0, second=0)
    return [
        (int((at - start).total_seconds()) // 60, value)
        for at, namespace, metric, _, value in centre.cloud.metrics
        if (namespace, metric) == ("AWS/Connect", name)
    ]


def test_waiting_contacts_and_the_longest_wait_are_told_by_queue_until_nobody_waits() -> None:
    centre = open_centre()
    dial(centre, patience=150)
    centre.cloud.clock.run(HOUR)
    assert told(centre, "QueueSize") == [(1, 1), (2, 1), (3, 0), (4, 0)]
    assert told(centre, "LongestQueueWaitTime") == [(1, 56), (2, 116), (3, 150), (4, 0)]
    *_, (_, _, _, dimensions, _) = [one for one in centre.cloud.metrics if one[2] == "QueueSize"]
    instance = centre.network.registry.instance().arn.rsplit("/", 1)[-1]
    assert dimensions == {"InstanceId": instance, "MetricGroup": "Queue", "QueueName": "orders"}


def test_wait_that_ends_within_the_minute_is_told() -> None:
    centre = open_centre()
    staff(centre, ring=7)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    assert told(centre, "LongestQueueWaitTime")[0] == (1, 7)


def test_calls_on_the_line_are_told_once_more_when_the_last_has_ended() -> None:
    centre = open_centre()
    staff(centre, ring=4, after=30)
    dial(centre, talk=100)
    centre.cloud.clock.run(HOUR)
    assert told(centre, "ConcurrentCalls") == [(1, 1), (2, 0)]


def test_call_that_an_agent_does_not_take_in_time_was_missed_and_one_whose_caller_left_was_not() -> None:
    centre = open_centre()
    staff(centre, ring=60)
    dial(centre, patience=28)
    centre.cloud.clock.run(HOUR)
    assert sum(value for _, value in told(centre, "MissedCalls")) == 1


def test_quiet_centre_tells_nothing() -> None:
    centre = open_centre()
    staff(centre)
    centre.cloud.clock.run(HOUR)
    assert centre.cloud.metrics == []
