"""Every alarm of the cloud: woken by data, evaluated each minute while there is any, heard by topics.

**Source**: Amazon CloudWatch user guide, "Alarm evaluation", "Notifying users on alarm changes"; Amazon SQS developer
guide, "Available CloudWatch metrics for Amazon SQS" (sent every five minutes while a queue is active).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from twin.cloud.actions import Place
from twin.cloud.alarms.definition import AlarmDefinition
from twin.cloud.alarms.evaluation import ALARM, INSUFFICIENT_DATA, judge
from twin.cloud.clock import VirtualClock
from twin.cloud.metrics import MetricName, MetricStore

_MINUTE = timedelta(minutes=1)
_LONG_PERIOD_SECONDS = 900
_SAMPLE_MINUTES = 5
PRINCIPAL = "cloudwatch.amazonaws.com"


@dataclass(frozen=True)
class AlarmChange:
    """An alarm that went from one state to another."""

    at: datetime
    alarm: str
    description: str
    old: str
    new: str
    reason: str


class AlarmService:
    """Evaluates alarms while their metrics have data; an alarm without any sleeps and costs nothing.

    CloudWatch looks each minute. The twin does too, but at alarms of long periods only every five minutes.

    Parameters
    ----------
    clock, store
        Virtual time, and the metrics.
    place
        Account and region, for messages.
    publish
        Publishes a text with a subject to a topic.
    depth
        Tells how many messages a queue holds.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        store: MetricStore,
        place: Place,
        publish: Callable[[str, str, str], None],
        depth: Callable[[str], int],
    ) -> None:
        self._clock = clock
        self._store = store
        self._place = place
        self._publish = publish
        self._depth = depth
        self._alarms: dict[str, AlarmDefinition] = {}
        self._watching: dict[MetricName, list[str]] = defaultdict(list)
        self._awake: set[str] = set()
        self._queues: dict[str, MetricName] = {}
        self._touched: set[str] = set()
        self._fresh: set[str] = set()
        self._ticking = False
        self.states: dict[str, str] = {}
        self.changes: list[AlarmChange] = []
        store.on_value = self._hear

    def add(self, alarm: AlarmDefinition) -> None:
        """Keep an alarm; its first state is what it makes of no data at all."""
        self._alarms[alarm.name] = alarm
        self.states[alarm.name] = INSUFFICIENT_DATA
        for metric in alarm.metrics:
            self._watching[metric].append(alarm.name)
            if (metric.namespace, metric.name) == ("AWS/SQS", "ApproximateNumberOfMessagesVisible"):
                self._queues[dict(metric.dimensions)["QueueName"]] = metric
        self._evaluate(alarm, self._clock.now())

    @property
    def fired(self) -> list[AlarmChange]:
        """Every change into ALARM, in order."""
        return [change for change in self.changes if change.new == ALARM]

    def queue_touched(self, name: str) -> None:
        """Look at a queue's depth at the next minute, if an alarm watches it."""
        if name in self._queues:
            self._touched.add(name)
            self._fresh.add(name)
            self._schedule()

    def _hear(self, metric: MetricName) -> None:
        watching = self._watching.get(metric)
        if watching:
            self._awake.update(watching)
            self._schedule()

    def _schedule(self) -> None:
        if not self._ticking:
            self._ticking = True
            minute = self._clock.now().replace(second=0, microsecond=0) + _MINUTE
            self._clock.call_at(minute, self._tick)

    def _tick(self) -> None:
        self._ticking = False
        now = self._clock.now()
        self._sample_queues(now)
        for name in sorted(self._awake):
            alarm = self._alarms[name]
            if alarm.period_seconds >= _LONG_PERIOD_SECONDS and now.minute % _SAMPLE_MINUTES:
                continue
            if not self._evaluate(alarm, now):
                self._awake.discard(name)
        if self._awake or self._touched:
            self._schedule()

    def _sample_queues(self, now: datetime) -> None:
        """Put the depth of queues that hold something: just before the minute, so that the minute counts it."""
        for name in sorted(self._touched if now.minute % _SAMPLE_MINUTES == 0 else self._fresh):
            depth = self._depth(name)
            self._store.put_one(now - timedelta(microseconds=1), self._queues[name], depth)
            if not depth:
                self._touched.discard(name)
        self._fresh.clear()

    def _evaluate(self, alarm: AlarmDefinition, now: datetime) -> bool:
        """Judge an alarm; tell whether there is data that the next minutes may judge otherwise."""
        before = self.states[alarm.name]
        judgement = judge(alarm, self._store, now, before)
        if judgement.state != before:
            change = AlarmChange(now, alarm.name, alarm.description, before, judgement.state, judgement.reason)
            self.states[alarm.name] = judgement.state
            self.changes.append(change)
            for topic in alarm.actions[judgement.state]:
                self._publish(topic, f'{judgement.state}: "{alarm.name}"', json.dumps(self._message(alarm, change)))
        return judgement.had_data

    def _message(self, alarm: AlarmDefinition, change: AlarmChange) -> dict[str, Any]:
        return {
            "AlarmName": alarm.name,
            "AlarmDescription": alarm.description,
            "AWSAccountId": self._place.account,
            "NewStateValue": change.new,
            "NewStateReason": change.reason,
            "StateChangeTime": change.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
            "Region": self._place.region,
            "AlarmArn": alarm.arn,
            "OldStateValue": change.old,
            "Trigger": alarm.trigger,
        }
