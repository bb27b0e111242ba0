"""Lambda as a service: who may invoke what, what it costs, retries and failure destinations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.duration import gigabyte_seconds
from twin.cloud.functions.model import AsyncSettings, Function, Invocation, Outcome, Runner
from twin.cloud.iam import Access
from twin.cloud.logs import LogStore
from twin.cloud.meter import Meter
from twin.cloud.metrics import MetricName, MetricStore
from twin.cloud.moments import iso_milliseconds
from twin.cloud.policies import PolicyStore
from twin.cloud.principals import is_service
from twin.contracts import FunctionFailedError, ServiceError

ASYNC_DELAY_SECONDS = 0.05
RETRY_DELAYS_SECONDS = (60.0, 120.0)
LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024
Sender = Callable[[str, str, str, Mapping[str, str]], None]


@dataclass(frozen=True)
class LostEvent:
    """An asynchronous event that failed for good and had nowhere to go."""

    at: datetime
    target: str
    cause: str
    event: Any


class FunctionService:
    """Every function of the cloud.

    Parameters
    ----------
    clock, policies, logs, metrics, meter
        Rooms of the cloud that functions use.
    new_id
        Gives request ids.
    send
        Sends a message: destination ARN, body, principal, attributes.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        policies: PolicyStore,
        logs: LogStore,
        metrics: MetricStore,
        meter: Meter,
        new_id: Callable[[str], str],
        send: Sender,
    ) -> None:
        self._clock = clock
        self._policies = policies
        self._logs = logs
        self._metrics = metrics
        self._meter = meter
        self._new_id = new_id
        self._send = send
        self._functions: dict[str, Function] = {}
        self._settings: dict[str, AsyncSettings] = {}
        self._may_log: dict[str, bool] = {}
        self.runner: Runner | None = None
        self.lost: list[LostEvent] = []
        self.invocations: dict[str, int] = {}
        self.failures: dict[str, int] = {}

    def add(self, function: Function) -> None:
        """Make a function known."""
        self._functions[function.arn] = function

    def set_async(self, arn: str, settings: AsyncSettings) -> None:
        """Say how asynchronous invocations of a function are retried."""
        self._settings[self.find(arn).arn] = settings

    def find(self, name: str) -> Function:
        """Return a function by name or ARN, with or without a qualifier.

        Raises
        ------
        ServiceError
            ResourceNotFoundException.
        """
        plain = ":".join(name.split(":")[:7])
        found = self._functions.get(plain) or next((f for f in self._functions.values() if f.name == name), None)
        if found is None:
            raise ServiceError("ResourceNotFoundException", f"Function not found: {name}", 404)
        return found

    def allows(self, arn: str, principal: str, source_arn: str) -> bool:
        """Hold an invocation by an AWS service against the function's resource policy."""
        function = self.find(arn)
        account = function.arn.split(":")[4]
        context = {"aws:sourcearn": source_arn, "aws:sourceaccount": account}
        access = Access("lambda:InvokeFunction", (function.arn,), {k: v for k, v in context.items() if v})
        return self._policies.permits(principal, access, function.arn)

    def invoke(self, arn: str, payload: Any, *, limit_seconds: float | None = None) -> Outcome:
        """Run a function now; the caller has been authorised."""
        function = self.find(arn)
        text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, default=_json_default)
        if len(text) > LARGEST_PAYLOAD_BYTES:
            raise ServiceError("RequestEntityTooLargeException", f"{len(text)} byte payload is too large", 413)
        if not function.runs_python or function.code is None:
            cause = f"{function.name} has the runtime {function.runtime}; the twin runs Python handlers only"
            return Outcome(json.dumps({"errorMessage": cause, "errorType": "Twin.Runtime"}), 0.0, (), "error", cause)
        limit = min(function.timeout_seconds, limit_seconds or function.timeout_seconds)
        invocation = Invocation(function, text, self._new_id(f"request:{function.name}"), limit)
        assert self.runner is not None
        outcome = self.runner.run(invocation)
        self._account(function, invocation, outcome)
        return outcome

    def invoke_or_raise(
        self, arn: str, payload: Any, *, timeout_seconds: float, principal: str, source_arn: str
    ) -> Any:
        """Invoke for an AWS service such as Connect; answer the result.

        Raises
        ------
        FunctionFailedError
            When the function raises, is denied or takes too long.
        """
        function = self.find(arn)
        if is_service(principal) and not self.allows(arn, principal, source_arn):
            cause = f"{principal} may not invoke it: {self._policies.denials[-1].message()}"
            raise FunctionFailedError(function.name, "denied", cause)
        outcome = self.invoke(arn, payload, limit_seconds=timeout_seconds)
        if outcome.failure is not None:
            raise FunctionFailedError(function.name, outcome.failure, outcome.cause)
        return json.loads(outcome.payload)

    def invoke_async(self, arn: str, payload: Any) -> None:
        """Accept an event for later; the caller has been authorised."""
        text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, default=_json_default)
        function = self.find(arn)
        self._clock.call_later(ASYNC_DELAY_SECONDS, lambda: self._attempt(function, text, 1))

    def _attempt(self, function: Function, text: str, attempt: int) -> None:
        outcome = self.invoke(function.arn, text)
        if outcome.failure is None:
            return
        settings = self._settings.get(function.arn, AsyncSettings())
        if attempt <= settings.retries:
            delay = RETRY_DELAYS_SECONDS[min(attempt, len(RETRY_DELAYS_SECONDS)) - 1]
            self._clock.call_later(delay, lambda: self._attempt(function, text, attempt + 1))
            return
        self._give_up(function, text, outcome, attempt, settings)

    def _give_up(self, function: Function, text: str, outcome: Outcome, attempt: int, settings: AsyncSettings) -> None:
        if settings.on_failure_arn:
            record = failure_record(self._clock.now(), function, text, outcome, attempt, self._new_id("destination"))
            self._send(settings.on_failure_arn, json.dumps(record, ensure_ascii=False), function.role, {})
        if function.dead_letter_arn:
            attributes = {"RequestID": self._new_id("dead letter"), "ErrorCode": "200", "ErrorMessage": outcome.cause}
            self._send(function.dead_letter_arn, text, function.role, attributes)
        if not settings.on_failure_arn and not function.dead_letter_arn:
            self.lost.append(LostEvent(self._clock.now(), function.arn, outcome.cause, json.loads(text)))

    def _account(self, function: Function, invocation: Invocation, outcome: Outcome) -> None:
        self._meter.add("lambda", "requests", 1)
        self._meter.add("lambda", "GB-seconds", gigabyte_seconds(outcome.seconds, function.memory_mb))
        self.invocations[function.name] = self.invocations.get(function.name, 0) + 1
        if outcome.failure is not None:
            self.failures[function.name] = self.failures.get(function.name, 0) + 1
            self._metrics.put_one(self._clock.now(), function_metric("Errors", function), 1)
        if not self._logs_allowed(function):
            return
        lines = outcome.lines
        if function.logs_platform:
            lines = _with_platform_lines(function, invocation.request_id, outcome)
        if lines:
            self._logs.write(function.log_group, "twin", lines)
        now = self._clock.now()
        for line in outcome.lines:
            self._metrics.read_line(now, line)

    def note_age(self, arn: str, seconds: float) -> None:
        """Keep how old the last record of a batch was when the function took it."""
        self._metrics.put_one(self._clock.now(), function_metric("IteratorAge", self.find(arn)), 1000 * seconds)

    def _logs_allowed(self, function: Function) -> bool:
        if function.arn not in self._may_log:
            prefix = ":".join(["arn:aws:logs", *function.arn.split(":")[3:5]])
            group = f"{prefix}:log-group:{function.log_group}"
            actions = ("logs:CreateLogStream", "logs:PutLogEvents")
            accesses = [Access(action, (f"{group}:*", f"{group}:log-stream:twin", group)) for action in actions]
            answers = [self._policies.allows(function.role, access) for access in accesses]
            self._may_log[function.arn] = all(answers)
        return self._may_log[function.arn]


def function_metric(name: str, function: Function) -> MetricName:
    """Return one of the metrics that Lambda itself sends of a function.

    Notes
    -----
    **Source**: Lambda developer guide, "Using CloudWatch metrics with Lambda".
    """
    return MetricName("AWS/Lambda", name, (("FunctionName", function.name),))


def failure_record(
    now: datetime, function: Function, text: str, outcome: Outcome, attempts: int, request_id: str
) -> dict[str, Any]:
    """Return the record that Lambda sends to an on-failure destination.

    Notes
    -----
    **Source**: Lambda developer guide, "Capturing records of Lambda asynchronous invocations".
    """
    return {
        "version": "1.0",
        "timestamp": iso_milliseconds(now),
        "requestContext": {
            "requestId": request_id,
            "functionArn": f"{function.arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": json.loads(text),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": json.loads(outcome.payload),
    }


def _json_default(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} is not JSON serialisable")


def _with_platform_lines(function: Function, request: str, outcome: Outcome) -> tuple[str, ...]:
    milliseconds = outcome.seconds * 1000
    report = (
        f"REPORT RequestId: {request}\tDuration: {milliseconds:.2f} ms\t"
        f"Billed Duration: {-(-milliseconds // 1):.0f} ms\tMemory Size: {function.memory_mb} MB"
    )
    return f"START RequestId: {request} Version: $LATEST", *outcome.lines, f"END RequestId: {request}", report
