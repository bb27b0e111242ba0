"""Step Functions: executions on moto's interpreter, in virtual time and under the machine's role.

**Source**: Step Functions API reference (StartExecution, StartSyncExecution, DescribeExecution);
developer guide, "Choosing workflow type".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from twin.cloud.clock import VirtualClock
from twin.cloud.duration import STATE_SECONDS, Stopwatch, express_gigabyte_seconds
from twin.cloud.executions import Execution, StateMachine
from twin.cloud.fibers import Fiber, current_fiber
from twin.cloud.http_task import HttpTasks
from twin.cloud.meter import Meter
from twin.cloud.metrics import MetricName, MetricStore
from twin.cloud.moto_hooks import ExecutionResult, Interpreter
from twin.cloud.principals import acting_as
from twin.contracts import ServiceError

START_DELAY_SECONDS = 0.03
LARGEST_INPUT_BYTES = 256 * 1024


class WorkflowService:
    """Every state machine of the cloud.

    Parameters
    ----------
    clock, meter, interpreter
        Rooms of the cloud.
    new_id
        Gives execution names.
    handler_watch
        Gives the stopwatch of the running handler, if one runs.
    http_tasks
        Answers HTTP Tasks.
    metrics
        Takes the metrics that Step Functions sends.
    """

    def __init__(
        self,
        *,
        clock: VirtualClock,
        meter: Meter,
        interpreter: Interpreter,
        new_id: Callable[[str], str],
        handler_watch: Callable[[], Stopwatch | None],
        http_tasks: HttpTasks,
        metrics: MetricStore,
    ) -> None:
        self._clock = clock
        self._metrics = metrics
        self._meter = meter
        self._interpreter = interpreter
        self._new_id = new_id
        self._handler_watch = handler_watch
        self._http_tasks = http_tasks
        self._machines: dict[str, StateMachine] = {}
        self._running: list[Execution] = []
        self.executions: list[Execution] = []
        self.failures: dict[str, int] = {}

    def expire(self, now: datetime) -> None:
        """Forget executions that ended: Standard ones after 90 days, Express ones, which AWS does not keep, soon.

        **Source**: AWS Step Functions developer guide, "Service quotas" (execution history retention time); "Choosing
        workflow type" (Express: nothing is kept but what goes to CloudWatch Logs).
        """
        self.executions = [one for one in self.executions if not one.is_over(now)]

    def add(self, machine: StateMachine) -> None:
        """Make a state machine known."""
        self._machines[machine.arn] = machine

    def sleep(self, seconds: float) -> None:
        """Wait in virtual time: with the loop in an execution of its own, else on the caller's watch."""
        watch, fiber = self._handler_watch(), current_fiber()
        if watch is not None:
            watch.add_seconds(seconds)
        elif fiber is not None and seconds > 0:
            execution = self._running.pop() if self._running else None
            fiber.pause(seconds)
            if execution is not None:
                self._running.append(execution)

    def wait(self, seconds: float) -> None:
        """Let a task take virtual time: with the loop where nobody waits, else on the execution's own watch."""
        if self._handler_watch() is None and current_fiber() is not None:
            self.sleep(seconds)
        elif self.watch is not None:
            self.watch.add_seconds(seconds)

    def invoke_http(self, parameters: Mapping[str, Any], *, machine_arn: str, timeout_seconds: float) -> dict[str, Any]:
        """Answer an HTTP Task under the role of its state machine."""
        role = self._machines[machine_arn].role
        return self._http_tasks.invoke(parameters, machine_arn=machine_arn, role=role, timeout_seconds=timeout_seconds)

    @property
    def watch(self) -> Stopwatch | None:
        """The stopwatch of the execution that runs at this instant."""
        return self._running[-1].watch if self._running else None

    def start(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer StartExecution: run later, in a fiber."""
        del caller
        execution = self._new(parameters)
        self._clock.call_later(START_DELAY_SECONDS, lambda: self._start(execution))
        return {"executionArn": execution.arn, "startDate": execution.started}

    def start_sync(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer StartSyncExecution: run now, answer the result."""
        del caller
        execution = self._new(parameters)
        if not execution.machine.express:
            raise ServiceError("StateMachineTypeNotSupported", "This operation is not supported by STANDARD machines.")
        seconds = self._run(execution)
        watch = self._handler_watch()
        if watch is not None:
            watch.add_seconds(seconds)
        return self._sync_answer(execution, seconds)

    def describe(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer DescribeExecution."""
        del caller
        execution = next((e for e in self.executions if e.arn == parameters["executionArn"]), None)
        if execution is None:
            raise ServiceError("ExecutionDoesNotExist", f"Execution Does Not Exist: '{parameters['executionArn']}'")
        return execution.describe()

    def list_executions(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer ListExecutions, newest first."""
        del caller
        arn, status = parameters.get("stateMachineArn"), parameters.get("statusFilter")
        found = [e for e in self.executions if e.machine.arn == arn and status in {None, e.status}]
        keys = ("executionArn", "stateMachineArn", "name", "status", "startDate", "stopDate")
        described = [{key: value for key, value in e.describe().items() if key in keys} for e in reversed(found)]
        return {"executions": described}

    def _start(self, execution: Execution) -> None:
        def run() -> None:
            self._run(execution)

        Fiber(self._clock, run).start()

    def _new(self, parameters: Mapping[str, Any]) -> Execution:
        arn = parameters["stateMachineArn"]
        machine = self._machines.get(":".join(arn.split(":")[:7]))
        if machine is None:
            raise ServiceError("StateMachineDoesNotExist", f"State Machine Does Not Exist: '{arn}'")
        name = parameters.get("name") or self._new_id("execution")
        text = parameters.get("input", "{}")
        try:
            json.loads(text)
        except ValueError as error:
            raise ServiceError("InvalidExecutionInput", f"Invalid State Machine Execution Input: '{error}'") from None
        if len(text.encode()) > LARGEST_INPUT_BYTES:
            raise ServiceError("ValidationException", f"input is longer than {LARGEST_INPUT_BYTES} bytes")
        kind = "express" if machine.express else "execution"
        run = f":{self._new_id('express run')}" if machine.express else ""
        execution_arn = arn.replace(":stateMachine:", f":{kind}:") + f":{name}{run}"
        execution = Execution(execution_arn, name, machine, text, self._clock.now())
        self.executions.append(execution)
        self._count("ExecutionsStarted", machine)
        return execution

    def _run(self, execution: Execution) -> float:
        begin = self._clock.timestamp()
        machine = execution.machine
        self._running.append(execution)
        try:
            with acting_as(machine.role):
                execution.result = self._interpreter.run(
                    machine.arn, execution.arn, execution.name, execution.input, execution.started
                )
        finally:
            self._running.pop()
        execution.stopped = self._clock.now()
        seconds = execution.watch.seconds + STATE_SECONDS * execution.result.transitions
        seconds += self._clock.timestamp() - begin
        if seconds > machine.limit_seconds:
            transitions, seconds = execution.result.transitions, machine.limit_seconds
            execution.result = ExecutionResult("TIMED_OUT", None, "States.Timeout", None, transitions)
        self._account(execution, execution.result, seconds)
        return seconds

    def _account(self, execution: Execution, result: ExecutionResult, seconds: float) -> None:
        if execution.machine.express:
            self._meter.add("stepfunctions", "Express requests", 1)
            self._meter.add("stepfunctions", "Express GB-seconds", express_gigabyte_seconds(seconds))
        else:
            self._meter.add("stepfunctions", "Standard transitions", result.transitions + 1)
        if result.status != "SUCCEEDED":
            self.failures[execution.machine.name] = self.failures.get(execution.machine.name, 0) + 1
            self._count("ExecutionsFailed", execution.machine)

    def _count(self, name: str, machine: StateMachine) -> None:
        """Count for one of the metrics that Step Functions itself sends.

        **Source**: Step Functions developer guide, "Monitoring Step Functions metrics using Amazon CloudWatch".
        """
        self._metrics.put_one(self._clock.now(), MetricName("AWS/States", name, (("StateMachineArn", machine.arn),)), 1)

    def _sync_answer(self, execution: Execution, seconds: float) -> dict[str, Any]:
        milliseconds = round(seconds * 1000)
        billed = max(-(-milliseconds // 100) * 100, 100)
        details = {"billedDurationInMilliseconds": billed, "billedMemoryUsedInMB": 64}
        return {**execution.describe(), "billingDetails": details}
