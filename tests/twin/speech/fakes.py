"""A cloud just large enough to transcribe in."""

from __future__ import annotations

import heapq
import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from botocore.exceptions import ClientError

from twin.contracts import ResourceProvider, ServiceProvider

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class FakeTimer:
    """A scheduled action; cancelling makes it do nothing."""

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action

    def cancel(self) -> None:
        self.action = lambda: None


class FakeClock:
    """Virtual time that moves when a test says so."""

    def __init__(self) -> None:
        self._now = START
        self._count = itertools.count()
        self._ahead: list[tuple[datetime, int, FakeTimer]] = []

    def now(self) -> datetime:
        return self._now

    def call_at(self, moment: datetime, action: Callable[[], None]) -> FakeTimer:
        timer = FakeTimer(action)
        heapq.heappush(self._ahead, (max(moment, self._now), next(self._count), timer))
        return timer

    def call_later(self, seconds: float, action: Callable[[], None]) -> FakeTimer:
        return self.call_at(self._now + timedelta(seconds=seconds), action)

    def run(self, seconds: float = 86400) -> None:
        end = self._now + timedelta(seconds=seconds)
        while self._ahead and self._ahead[0][0] <= end:
            self._now, _, timer = heapq.heappop(self._ahead)
            timer.action()
        self._now = end


@dataclass
class FakeS3:
    """Objects by bucket and key, and who may do what."""

    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)
    denied: set[tuple[str, str]] = field(default_factory=set)
    calls: list[tuple[str, str, str, str]] = field(default_factory=list)


class FakeS3Client:
    """The two S3 operations of transcription, made as one principal."""

    def __init__(self, s3: FakeS3, principal: str) -> None:
        self._s3 = s3
        self._principal = principal

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        self._authorise("GetObject", Bucket, Key)
        if (Bucket, Key) not in self._s3.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": "no such key"}}, "GetObject")
        return {"Body": io.BytesIO(self._s3.objects[Bucket, Key])}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, ContentType: str) -> dict[str, Any]:  # noqa: N803
        self._authorise("PutObject", Bucket, Key)
        self._s3.objects[Bucket, Key] = Body
        return {}

    def _authorise(self, operation: str, bucket: str, key: str) -> None:
        self._s3.calls.append((self._principal, operation, bucket, key))
        if (self._principal, operation) in self._s3.denied:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "Access Denied"}}, operation)


class FakeCloud:
    """Implements what speech needs of ``twin.contracts.Cloud``."""

    account = "111122223333"
    region = "us-west-2"

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.s3 = FakeS3()
        self.services: dict[str, ServiceProvider] = {}
        self.events: list[tuple[datetime, str, str, dict[str, Any]]] = []
        self.usage: list[tuple[str, str, float]] = []
        self._randoms: dict[str, Random] = {}

    def random(self, name: str) -> Random:
        return self._randoms.setdefault(name, Random(name))

    def new_id(self, name: str) -> str:
        return f"{self.random(name).getrandbits(128):032x}"

    def client(self, service: str, principal: str) -> Any:
        assert service == "s3"
        return FakeS3Client(self.s3, principal)

    def emit(self, source: str, detail_type: str, detail: Mapping[str, Any], resources: Sequence[str] = ()) -> None:
        self.events.append((self.clock.now(), source, detail_type, dict(detail)))

    def invoke(self, function_arn: str, payload: Any, *, timeout_seconds: float, principal: str) -> Any:
        raise AssertionError("speech invokes no function")

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        self.services[service] = provider

    def provide_resource(self, type_name: str, provider: ResourceProvider) -> None:
        raise AssertionError("speech provides no resource")

    def put_metric(self, namespace: str, name: str, dimensions: Mapping[str, str], value: float) -> None:
        raise AssertionError("speech puts no metric")

    def meter(self, service: str, item: str, quantity: float) -> None:
        self.usage.append((service, item, quantity))
