"""Stand-ins for the cloud and the studio: a heap clock, and clients that remember what they were told."""

from __future__ import annotations

import heapq
import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from twin.contracts import (
    Created,
    FunctionFailedError,
    Resource,
    ResourceProvider,
    ServiceProvider,
    Speaker,
    Utterance,
)

ENDLESS = timedelta(days=3)
START = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


class HeapTimer:
    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class HeapClock:
    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._heap: list[tuple[datetime, int, HeapTimer]] = []
        self._order = itertools.count()

    def now(self) -> datetime:
        return self._now

    def call_at(self, moment: datetime, action: Callable[[], None]) -> HeapTimer:
        timer = HeapTimer(action)
        heapq.heappush(self._heap, (max(moment, self._now), next(self._order), timer))
        return timer

    def call_later(self, seconds: float, action: Callable[[], None]) -> HeapTimer:
        return self.call_at(self._now + timedelta(seconds=seconds), action)

    def run(self, seconds: float | None = None) -> None:
        """Run everything, which must end within some days, or everything within ``seconds``."""
        end = self._now + (ENDLESS if seconds is None else timedelta(seconds=seconds))
        while self._heap and self._heap[0][0] <= end:
            moment, _, timer = heapq.heappop(self._heap)
            if not timer.cancelled:
                self._now = moment
                timer.action()
        if seconds is not None:
            self._now = end
        else:
            assert not self._heap, f"something is still going on after {ENDLESS}"


class AlreadyExistsError(Exception):
    pass


class RecordingClient:
    """Any boto3 client: every operation is remembered and answered with nothing."""

    class exceptions:  # noqa: N801
        ResourceAlreadyExistsException = AlreadyExistsError

    def __init__(self, service: str, calls: list[tuple[str, str, dict[str, Any]]]) -> None:
        self._service = service
        self._calls = calls

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        def call(**parameters: Any) -> dict[str, Any]:
            self._calls.append((self._service, operation, parameters))
            return {}

        return call


class FakeCloud:
    account = "111122223333"
    region = "us-east-1"

    def __init__(self, seed: int = 1, start: datetime = START) -> None:
        self.clock = HeapClock(start)
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.events: list[dict[str, Any]] = []
        self.invocations: list[tuple[str, dict[str, Any]]] = []
        self.functions: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self.metrics: list[tuple[datetime, str, str, dict[str, str], float]] = []
        self.metered: Counter[tuple[str, str]] = Counter()
        self.services: dict[str, ServiceProvider] = {}
        self.resources: dict[str, ResourceProvider] = {}
        self._seed = seed
        self._streams: dict[str, Random] = {}

    def random(self, name: str) -> Random:
        return self._streams.setdefault(name, Random(f"{self._seed}:{name}"))

    def new_id(self, name: str) -> str:
        return str(UUID(int=self.random(f"id:{name}").getrandbits(128), version=4))

    def client(self, service: str, principal: str) -> Any:
        assert principal == "connect.amazonaws.com"
        return RecordingClient(service, self.calls)

    def emit(self, source: str, detail_type: str, detail: Mapping[str, Any], resources: Sequence[str] = ()) -> None:
        assert source == "aws.connect"
        assert detail_type == "Amazon Connect Contact Event"
        json.dumps(detail)
        self.events.append(dict(detail))

    def invoke(self, function_arn: str, payload: Any, *, timeout_seconds: float, principal: str) -> Any:
        assert principal == "connect.amazonaws.com"
        assert timeout_seconds <= 8
        self.invocations.append((function_arn, payload))
        if function_arn not in self.functions:
            raise FunctionFailedError(function_arn, "denied", "no such function")
        return self.functions[function_arn](payload)

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        self.services[service] = provider

    def provide_resource(self, type_name: str, provider: ResourceProvider) -> None:
        self.resources[type_name] = provider

    def put_metric(self, namespace: str, name: str, dimensions: Mapping[str, str], value: float) -> None:
        self.metrics.append((self.clock.now(), namespace, name, dict(dimensions), value))

    def meter(self, service: str, item: str, quantity: float) -> None:
        self.metered[service, item] += quantity  # type: ignore[assignment]

    def create(self, type_name: str, **properties: Any) -> Created:
        logical = f"{type_name.rsplit('::', 1)[-1]}{len(properties)}"
        return self.resources[type_name](Resource(logical, type_name, properties, "test"))

    def calls_of(self, service: str, operation: str) -> list[dict[str, Any]]:
        return [parameters for s, o, parameters in self.calls if (s, o) == (service, operation)]

    def contact_records(self) -> list[dict[str, Any]]:
        return [json.loads(call["Record"]["Data"]) for call in self.calls_of("firehose", "put_record")]

    def agent_events(self) -> list[dict[str, Any]]:
        puts = self.calls_of("kinesis", "put_records")
        return [json.loads(record["Data"]) for put in puts for record in put["Records"]]

    def flow_log_events(self) -> list[dict[str, Any]]:
        puts = self.calls_of("logs", "put_log_events")
        return [json.loads(event["message"]) for put in puts for event in put["logEvents"]]


class FakeStudio:
    """Fifteen characters take a second."""

    def __init__(self) -> None:
        self.remembered: dict[tuple[str, str], tuple[Utterance, ...]] = {}

    def seconds(self, text: str, language: str, speaker: Speaker) -> float:
        return len(text) / 15

    def recording(self, utterances: Sequence[Utterance], seconds: float) -> bytes:
        return f"RIFF {len(utterances)} {seconds}".encode()

    def remember(self, bucket: str, key: str, utterances: Sequence[Utterance]) -> None:
        self.remembered[bucket, key] = tuple(utterances)
