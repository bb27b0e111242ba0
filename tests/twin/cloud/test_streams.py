from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.streams import ShardPoller, StreamRecord, StreamSettings
from twin.cloud.functions.model import Outcome

START = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = StreamSettings(
    "arn:f", "arn:aws:dynamodb:us-east-1:1:table/t/stream/1", batch_size=4, retries=2, partial=True
)


class FakeFunctions:
    """Answers each batch by a rule; keeps what it was given."""

    def __init__(self, rule: Callable[[list[int]], Any]) -> None:
        self.rule = rule
        self.batches: list[list[int]] = []
        self.events: list[dict[str, Any]] = []

    def note_age(self, arn: str, seconds: float) -> None:
        """Nothing here watches how old the records are."""

    def invoke(self, arn: str, payload: Any) -> Outcome:
        numbers = [record["n"] for record in payload["Records"]]
        self.batches.append(numbers)
        self.events.append(payload)
        try:
            return Outcome(json.dumps(self.rule(numbers)), 0.0)
        except ValueError as error:
            return Outcome("{}", 0.0, (), "error", str(error))


class Shard:
    def __init__(self, settings: StreamSettings, rule: Callable[[list[int]], Any]) -> None:
        self.clock = VirtualClock(START)
        self.functions = FakeFunctions(rule)
        self.dead: list[tuple[list[int], str]] = []
        self.poller = ShardPoller(self.clock, self.functions, settings, "shard-1", self.give_up)  # type: ignore[arg-type]

    def give_up(self, settings: Any, shard: str, records: Any, outcome: Outcome, attempts: int) -> None:
        self.dead.append(([record.event["n"] for record in records], outcome.cause))

    def put(self, *numbers: int) -> None:
        for number in numbers:
            self.poller.add(StreamRecord(str(number), self.clock.timestamp(), {"n": number}))


def poison(numbers: list[int]) -> Any:
    if 3 in numbers:
        raise ValueError("3 is poison")
    return {}


def test_records_come_in_order_in_batches_no_larger_than_asked() -> None:
    shard = Shard(SETTINGS, lambda _: {})
    shard.put(1, 2, 3, 4, 5, 6)
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[1, 2, 3, 4], [5, 6]]


def test_batching_window_waits_for_more() -> None:
    shard = Shard(replace(SETTINGS, window_seconds=10), lambda _: {})
    shard.put(1)
    shard.clock.call_later(5, lambda: shard.put(2))
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[1, 2]]
    assert shard.clock.timestamp() - START.timestamp() == 10


def test_bisecting_isolates_the_poison_and_leaves_others_unharmed() -> None:
    shard = Shard(replace(SETTINGS, bisect=True), poison)
    shard.put(1, 2, 3, 4)
    shard.clock.run_until_idle()
    assert shard.dead == [([3], "3 is poison")]
    assert [1, 2] in shard.functions.batches
    assert [4] in shard.functions.batches


def test_without_bisecting_the_whole_batch_is_given_up() -> None:
    shard = Shard(SETTINGS, poison)
    shard.put(1, 2, 3, 4, 5)
    shard.clock.run_until_idle()
    assert shard.dead == [([1, 2, 3, 4], "3 is poison")]
    assert shard.functions.batches == [[1, 2, 3, 4]] * 3 + [[5]]


def test_partial_failure_continues_after_what_succeeded() -> None:
    seen: list[int] = []

    def rule(numbers: list[int]) -> Any:
        seen.append(len(numbers))
        return {"batchItemFailures": [{"itemIdentifier": "3"}]} if len(seen) == 1 else {}

    shard = Shard(SETTINGS, rule)
    shard.put(1, 2, 3, 4)
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[1, 2, 3, 4], [3, 4]]
    assert shard.dead == []


def test_partial_failure_with_bisecting_gives_up_only_the_poison() -> None:
    def rule(numbers: list[int]) -> Any:
        return {"batchItemFailures": [{"itemIdentifier": "3"}]} if 3 in numbers else {}

    shard = Shard(replace(SETTINGS, bisect=True), rule)
    shard.put(1, 2, 3, 4)
    shard.clock.run_until_idle()
    assert [records for records, _ in shard.dead] == [[3]]
    assert shard.functions.batches[-1] == [4]


def test_unknown_failure_identifier_fails_the_whole_batch() -> None:
    answers = iter([{"batchItemFailures": [{"itemIdentifier": "nonsense"}]}, {}])
    shard = Shard(SETTINGS, lambda _: next(answers))
    shard.put(1, 2)
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[1, 2], [1, 2]]


def test_retries_back_off_and_block_the_shard() -> None:
    failures = iter([True, True, False, False])

    def rule(numbers: list[int]) -> Any:
        if next(failures):
            raise ValueError("not yet")
        return {}

    shard = Shard(SETTINGS, rule)
    shard.put(1)
    shard.clock.call_later(0.5, lambda: shard.put(2))
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[1], [1], [1], [2]]
    assert shard.clock.timestamp() - START.timestamp() >= 3


def test_endless_retries_end_when_the_record_expires() -> None:
    shard = Shard(replace(SETTINGS, retries=-1, age_seconds=60), poison)
    shard.put(3)
    shard.clock.run_until_idle()
    assert shard.dead == [([3], "3 is poison")]


def test_filtered_records_never_reach_the_function() -> None:
    shard = Shard(replace(SETTINGS, accepts=lambda event: event["n"] % 2 == 0), lambda _: {})
    shard.put(1, 2, 3, 4)
    shard.clock.run_until_idle()
    assert shard.functions.batches == [[2, 4]]


def test_tumbling_window_carries_state_and_ends_with_a_final_invocation() -> None:
    shard = Shard(replace(SETTINGS, tumbling_seconds=60), lambda numbers: {"state": {"sum": sum(numbers)}})
    shard.put(1, 2)
    shard.clock.call_later(70, lambda: shard.put(3))
    shard.clock.run_until_idle()
    events = shard.functions.events
    assert [event["isFinalInvokeForWindow"] for event in events] == [False, True, False, True]
    assert events[1]["state"] == {"sum": 3}
    assert events[0]["window"] == {"start": "2026-01-01T00:00:00Z", "end": "2026-01-01T00:01:00Z"}
    assert events[2]["state"] == {}
    assert events[0]["shardId"] == "shard-1"


@pytest.mark.parametrize("bisect", [True, False])
def test_nothing_is_lost_or_repeated_when_all_succeed(bisect: bool) -> None:
    shard = Shard(replace(SETTINGS, bisect=bisect), lambda _: {})
    shard.put(*range(50))
    shard.clock.run_until_idle()
    assert [number for batch in shard.functions.batches for number in batch] == list(range(50))
