"""What Amazon Connect itself tells CloudWatch: once a minute, and only while something happens.

**Source**: Amazon Connect administrator guide, "Monitoring your instance using CloudWatch": namespace ``AWS/Connect``,
``QueueSize`` and ``LongestQueueWaitTime`` by queue, ``ConcurrentCalls`` and ``MissedCalls`` of the instance; no data is
sent where there is no activity.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta

from twin.connect.board import NetworkEvent
from twin.connect.contacts import Contacts
from twin.connect.desks import Desks
from twin.connect.moments import SecondClock, seconds_between
from twin.connect.registry import Registry, id_of
from twin.contracts import Cloud

NAMESPACE = "AWS/Connect"
_MINUTE_SECONDS = 60
_NOT_ON_THE_LINE = frozenset({"scheduled", "after"})
_LEAVES_QUEUE = frozenset({"connected_to_agent", "disconnected"})


class InstanceMetrics:
    """Watches the instance, and puts its metrics each minute until all is quiet again."""

    def __init__(self, cloud: Cloud, registry: Registry, clock: SecondClock, contacts: Contacts, desks: Desks) -> None:
        self._cloud = cloud
        self._registry = registry
        self._clock = clock
        self._contacts = contacts
        self._desks = desks
        self._longest: Counter[str] = Counter()
        self._shown: set[str] = set()
        self._was_busy = False
        self._missed = 0
        self._ticking = False

    def observe(self, event: NetworkEvent) -> None:
        """Take note of an event; called with every one of the network."""
        if event.kind == "agent":
            self._missed += self._just_missed(event)
            return
        if event.kind in _LEAVES_QUEUE and event.queue is not None and event.contact_id is not None:
            self._note_wait(event.contact_id, event.queue)
        if not self._ticking:
            self._schedule()

    def _schedule(self) -> None:
        self._ticking = True
        minute = self._clock.now().astimezone(UTC).replace(second=0) + timedelta(minutes=1)
        self._clock.at(minute, self._tick)

    def _just_missed(self, event: NetworkEvent) -> int:
        if event.agent is None or not event.text.endswith("missed"):
            return 0
        held = self._desks.desk(event.agent).view().contacts
        return sum(one.state == "MISSED" and one.since == event.at for one in held)

    def _note_wait(self, contact_id: str, queue: str) -> None:
        facts = self._contacts.facts(contact_id)
        if facts is None or facts.enqueued_at is None or facts.dequeued_at is None:
            return
        if seconds_between(facts.dequeued_at, self._clock.now()) < _MINUTE_SECONDS:
            waited = seconds_between(facts.enqueued_at, facts.dequeued_at)
            self._longest[queue] = max(self._longest[queue], waited)

    def _tick(self) -> None:
        self._ticking = False
        now = self._clock.now()
        sizes: Counter[str] = Counter()
        on_the_line = 0
        for call in self._contacts.calls():
            on_the_line += not call.over and call.phase not in _NOT_ON_THE_LINE
            if call.waiting and call.queue_name is not None and call.facts.enqueued_at is not None:
                sizes[call.queue_name] += 1
                waited = seconds_between(call.facts.enqueued_at, now)
                self._longest[call.queue_name] = max(self._longest[call.queue_name], waited)
        self._put_queues(sizes)
        if on_the_line or self._missed or self._was_busy:
            self._put("ConcurrentCalls", on_the_line)
            self._put("MissedCalls", self._missed)
        self._shown, self._was_busy = {*sizes, *self._longest}, bool(on_the_line)
        self._longest.clear()
        self._missed = 0
        if self._shown or self._was_busy:
            self._schedule()

    def _put_queues(self, sizes: Counter[str]) -> None:
        """Put what waits in each queue that has, or had a minute ago, somebody waiting."""
        for queue in sorted({*sizes, *self._longest, *self._shown}):
            self._put("QueueSize", sizes[queue], queue)
            self._put("LongestQueueWaitTime", self._longest[queue], queue)

    def _put(self, name: str, value: int, queue: str = "") -> None:
        instance = id_of(self._registry.instance().arn)
        dimensions = {"InstanceId": instance, "MetricGroup": "Queue" if queue else "VoiceCalls"}
        if queue:
            dimensions["QueueName"] = queue
        self._cloud.put_metric(NAMESPACE, name, dimensions, value)
