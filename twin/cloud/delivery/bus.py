"""EventBridge: buses, rules, their targets, and dead letters of what cannot be delivered.

Latency between an event and its delivery is 0.2 to 0.6 s of virtual time, drawn from the seed, so
that two events close together may arrive in either order, as AWS warns.

**Source**: EventBridge user guide, "Using dead-letter queues to process undelivered events".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.delivery.cron import parse_schedule
from twin.cloud.delivery.inputs import make_input
from twin.cloud.delivery.messages import DestinationSender
from twin.cloud.delivery.patterns import compile_pattern
from twin.cloud.delivery.targets import EVENTS, DeliveryError, TargetCaller
from twin.cloud.errors import PatternError
from twin.cloud.moments import iso_seconds
from twin.contracts import ServiceError

FASTEST_SECONDS = 0.2
SLOWEST_SECONDS = 0.6


@dataclass
class Rule:
    """A rule and its targets."""

    name: str
    arn: str
    bus: str
    matches: Callable[[Mapping[str, Any]], bool] | None
    targets: Sequence[Mapping[str, Any]]
    enabled: bool = True


class EventBus:
    """Every event bus of the account.

    Parameters
    ----------
    clock, random, new_id
        Time, latency and event ids.
    account, region
        Members of each event.
    targets
        Delivers.
    sender
        Sends dead letters.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        random: Random,
        new_id: Callable[[str], str],
        account: str,
        region: str,
        targets: TargetCaller,
        sender: DestinationSender,
    ) -> None:
        self._clock = clock
        self._random = random
        self._new_id = new_id
        self._account = account
        self._region = region
        self._targets = targets
        self._sender = sender
        self.rules: dict[str, Rule] = {}
        self.observers: list[Callable[[Mapping[str, Any]], None]] = []

    def add_rule(
        self,
        *,
        name: str,
        arn: str,
        bus: str,
        pattern: Mapping[str, Any] | None,
        schedule: str | None,
        targets: Sequence[Mapping[str, Any]],
        enabled: bool,
    ) -> None:
        """Make a rule known; a scheduled one begins to tick."""
        rule = Rule(name, arn, bus, compile_pattern(pattern) if pattern else None, targets, enabled)
        self.rules[arn] = rule
        if schedule is not None:
            self._tick(rule, parse_schedule(schedule), first=True)

    def publish(
        self,
        source: str,
        detail_type: str,
        detail: Mapping[str, Any],
        resources: Sequence[str] = (),
        bus: str = "default",
    ) -> str:
        """Put an event on a bus at this moment; answer its id."""
        event = {
            "version": "0",
            "id": self._new_id("event"),
            "detail-type": detail_type,
            "source": source,
            "account": self._account,
            "time": iso_seconds(self._clock.now()),
            "region": self._region,
            "resources": list(resources),
            "detail": json.loads(json.dumps(detail, default=str)),
        }
        for observer in self.observers:
            observer(event)
        for rule in self.rules.values():
            if rule.enabled and rule.bus == bus and rule.matches is not None and rule.matches(event):
                self._schedule(rule, event)
        return str(event["id"])

    def put_events(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer the operation PutEvents."""
        del caller
        entries = [self._put_entry(entry) for entry in parameters["Entries"]]
        return {"FailedEntryCount": sum("ErrorCode" in entry for entry in entries), "Entries": entries}

    def switch_rule(self, parameters: Mapping[str, Any], *, enabled: bool) -> dict[str, Any]:
        """Answer the operations EnableRule and DisableRule."""
        for rule in self.rules.values():
            if rule.name == parameters["Name"]:
                rule.enabled = enabled
                return {}
        raise ServiceError("ResourceNotFoundException", f"Rule {parameters['Name']} does not exist.")

    def _put_entry(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        try:
            detail = json.loads(entry.get("Detail", ""))
        except ValueError:
            return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
        if not isinstance(detail, dict):
            return {"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."}
        if not entry.get("Source") or not entry.get("DetailType"):
            return {"ErrorCode": "InvalidArgument", "ErrorMessage": "Parameter Source or DetailType is not valid."}
        bus = entry.get("EventBusName", "default").rsplit("/", 1)[-1]
        return {"EventId": self.publish(entry["Source"], entry["DetailType"], detail, entry.get("Resources", ()), bus)}

    def _schedule(self, rule: Rule, event: Mapping[str, Any]) -> None:
        for target in rule.targets:
            delay = self._random.uniform(FASTEST_SECONDS, SLOWEST_SECONDS)
            self._clock.call_later(delay, lambda target=target: self._deliver(rule, target, event))  # type: ignore[misc]

    def _deliver(self, rule: Rule, target: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        try:
            self._targets.call(target, make_input(event, target, rule.arn), rule.arn)
        except DeliveryError as error:
            queue = target.get("DeadLetterConfig", {}).get("Arn")
            if queue is None:
                self._sender.undelivered.append((target["Arn"], json.dumps(event), f"{error.code}: {error}"))
                return
            attributes = {
                "RULE_ARN": rule.arn,
                "TARGET_ARN": target["Arn"],
                "ERROR_CODE": error.code,
                "ERROR_MESSAGE": str(error),
                "RETRY_ATTEMPTS": "0",
            }
            self._send_dead_letter(rule, queue, event, attributes)

    def _send_dead_letter(
        self, rule: Rule, queue: str, event: Mapping[str, Any], attributes: Mapping[str, str]
    ) -> None:
        body = json.dumps(event, ensure_ascii=False)
        try:
            self._targets.check_queue(queue, rule.arn)
        except DeliveryError as error:
            self._sender.undelivered.append((queue, body, f"{attributes['ERROR_MESSAGE']}; dead letter: {error}"))
        else:
            self._sender.send(queue, body, EVENTS, attributes)

    def _tick(self, rule: Rule, following: Callable[[Any], Any], *, first: bool = False) -> None:
        if not first and rule.enabled:
            event = {
                "version": "0",
                "id": self._new_id("event"),
                "detail-type": "Scheduled Event",
                "source": "aws.events",
                "account": self._account,
                "time": iso_seconds(self._clock.now()),
                "region": self._region,
                "resources": [rule.arn],
                "detail": {},
            }
            self._schedule(rule, event)
        moment = following(self._clock.now())
        if moment is not None:
            self._clock.call_at(moment, lambda: self._tick(rule, following))


def read_pattern(value: Any) -> Mapping[str, Any] | None:
    """Return a rule's EventPattern, which templates give as an object or as JSON text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise PatternError(f"EventPattern is not JSON: {value[:80]!r}") from None
    return value  # type: ignore[no-any-return]
