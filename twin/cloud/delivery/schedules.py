"""EventBridge Scheduler: schedules that call their targets in virtual time.

A schedule acts under the role of its target, which also sends what could not be delivered to the dead-letter
queue. It is not tried again: what keeps a call from succeeding here is still there a minute later.

**Source**: EventBridge Scheduler user guide, "Adding context attributes", "Configuring a schedule's dead-letter
queue".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.cron import NextMoment
from twin.cloud.delivery.messages import DestinationSender
from twin.cloud.delivery.targets import DeliveryError, TargetCaller
from twin.cloud.meter import Meter
from twin.cloud.moments import iso_seconds

SCHEDULER = "scheduler.amazonaws.com"
_ATTRIBUTE = re.compile(r"<aws\.scheduler\.([a-z-]+)>")


@dataclass(frozen=True)
class Schedule:
    """When to call which target.

    Attributes
    ----------
    arn
        The schedule's own.
    following
        Gives the first moment after another.
    target
        With ``Arn``, ``RoleArn``, ``Input`` and ``DeadLetterConfig``.
    """

    arn: str
    following: NextMoment
    target: Mapping[str, Any]


class Scheduler:
    """Every schedule of the account.

    Parameters
    ----------
    clock, meter, new_id
        Rooms of the cloud.
    targets
        Delivers.
    sender
        Sends dead letters.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        meter: Meter,
        new_id: Callable[[str], str],
        targets: TargetCaller,
        sender: DestinationSender,
    ) -> None:
        self._clock = clock
        self._meter = meter
        self._new_id = new_id
        self._targets = targets
        self._sender = sender

    def add(self, schedule: Schedule) -> None:
        """Let a schedule begin."""
        moment = schedule.following(self._clock.now())
        if moment is not None:
            self._clock.call_at(moment, lambda: self._fire(schedule))

    def _fire(self, schedule: Schedule) -> None:
        execution = self._new_id("schedule")
        known = {
            "schedule-arn": schedule.arn,
            "scheduled-time": iso_seconds(self._clock.now()),
            "execution-id": execution,
            "attempt-number": "1",
        }
        given = str(schedule.target.get("Input", "{}"))
        text = _ATTRIBUTE.sub(lambda match: known.get(match[1], match[0]), given)
        self._meter.add("scheduler", "invocations", 1)
        try:
            self._targets.call(schedule.target, text, schedule.arn, SCHEDULER)
        except DeliveryError as error:
            self._keep(schedule, text, execution, error)
        self.add(schedule)

    def _keep(self, schedule: Schedule, text: str, execution: str, error: DeliveryError) -> None:
        queue = schedule.target.get("DeadLetterConfig", {}).get("Arn")
        if queue is None:
            self._sender.undelivered.append((schedule.target["Arn"], text, f"{error.code}: {error}"))
            return
        attributes = {
            "ERROR_CODE": error.code,
            "ERROR_MESSAGE": str(error),
            "EXECUTION_ID": execution,
            "RETRY_ATTEMPTS": "0",
            "SCHEDULE_ARN": schedule.arn,
            "TARGET_ARN": str(schedule.target["Arn"]),
        }
        self._sender.send(queue, text, str(schedule.target["RoleArn"]), attributes)
