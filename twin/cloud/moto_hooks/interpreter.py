"""moto's state machine interpreter on virtual time and one thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.inline_iteration_component as inline_map
import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service as task_service
import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback as task_token
import moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task_factory as task_factory
import moto.stepfunctions.parser.asl.utils.boto_client as interpreter_client
import moto.stepfunctions.parser.utils as interpreter_utils
from moto.stepfunctions.parser.asl.component import eval_component
from moto.stepfunctions.parser.asl.component.common.error_name import custom_error_name
from moto.stepfunctions.parser.asl.component.common.path import result_path
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.component.program import program
from moto.stepfunctions.parser.asl.component.state import state
from moto.stepfunctions.parser.asl.component.state.exec import execute_state
from moto.stepfunctions.parser.asl.component.state.exec.state_map import state_map
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branch_worker, state_parallel
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval import states
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor
from moto.stepfunctions.parser.asl.utils import json_path
from moto.stepfunctions.parser.backend.execution import SyncExecution
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from twin.cloud.moments import iso_milliseconds
from twin.cloud.moto_hooks.copying import DataCopying
from twin.cloud.moto_hooks.http_task import Invoke, StateTaskServiceHttp
from twin.cloud.moto_hooks.nested import NestedExecutions
from twin.cloud.moto_hooks.stand_ins import CachedClients, InlineThreading, SleepingTime


@dataclass(frozen=True)
class ExecutionResult:
    """How an execution ended: status, output or error and cause, and how many states it entered."""

    status: str
    output: Any
    error: str | None
    cause: str | None
    transitions: int


_parse_definition = AmazonStateLanguageParser.parse
_new_key = map(str, count()).__next__  # for parts of programs: they outlive a twin, so its seed must not feed them
_COPYING = (string_expression, result_path, task_service, execute_state, state_map, state_parallel, states)


@lru_cache(maxsize=256)
def _make_program(definition: str) -> tuple[Any, Any]:
    """Return a state machine's program and syntax tree: slow to make, and the same for every twin of this process."""
    tree = _parse_definition(definition)[1]
    return Preprocessor().visit(tree), tree


class Interpreter:
    """moto's state machine interpreter, run by the twin's loop.

    Parameters
    ----------
    account, region
        Where the state machines are.
    """

    def __init__(self, account: str, region: str) -> None:
        self._account = account
        self._region = region
        self._saved: list[tuple[Any, str, Any]] = []

    def install(
        self,
        *,
        sleep: Callable[[float], None],
        event: Callable[[], Any],
        now: Callable[[], float],
        invoke_http: Invoke,
    ) -> None:
        """Put the interpreter on virtual time and one thread.

        Parameters
        ----------
        sleep
            Waits for virtual seconds.
        event
            Makes a flag like ``threading.Event`` that waits in virtual time.
        now
            Virtual seconds, for timeouts.
        invoke_http
            Answers HTTP Tasks.
        """
        threads = InlineThreading(now)
        self._replace(interpreter_client, "boto3", CachedClients())
        self._replace(WaitFunction, "_wait_interval", _wait_by(sleep))
        self._replace(retrier, "time", SleepingTime(sleep))
        self._replace(task_token, "time", SleepingTime(sleep))
        self._replace(callback, "Event", event)
        self._replace(execute_state, "Thread", threads.Thread)
        self._replace(state, "StateData", _state_data)
        for module in (program, execute_state, inline_map, branch_worker):
            self._replace(module, "threading", threads)
        self._replace(StateTaskServiceHttp, "invoke", staticmethod(invoke_http))
        self._replace(task_factory, "state_task_service_for", find_services(StateTaskServiceHttp))
        # moto takes every name that begins with "States." for one that is not allowed, States.Http.* too.
        self._replace(custom_error_name, "ILLEGAL_CUSTOM_ERROR_PREFIX", "States.\0")
        self._replace(AmazonStateLanguageParser, "parse", staticmethod(_make_program))
        self._replace(eval_component, "long_uid", _new_key)
        for module in _COPYING:
            self._replace(module, "copy", DataCopying())
        for module in (json_path, result_path):
            self._replace(module, "parse", lru_cache(maxsize=4096)(module.parse))

    def remove(self) -> None:
        """Give moto its own insides back."""
        while self._saved:
            owner, name, value = self._saved.pop()
            setattr(owner, name, value)

    def run(
        self, machine_arn: str, execution_arn: str, name: str, execution_input: str, started: Any
    ) -> ExecutionResult:
        """Run an execution to its end in the calling thread (pausing, where that is a fiber)."""
        backend = stepfunctions_parser_backends[self._account][self._region]
        machine: Any = backend.describe_state_machine(machine_arn)
        execution: Any = SyncExecution(
            name=name,
            sm_type=machine.sm_type,
            role_arn=machine.roleArn,
            exec_arn=execution_arn,
            account_id=self._account,
            region_name=self._region,
            state_machine=machine,
            start_date=started,
            cloud_watch_logging_session=None,
            input_data=execution_input,
            activity_store={},
        )
        machine.executions.append(execution)
        try:
            execution.start()
        finally:
            machine.executions.remove(execution)
            interpreter_utils.TMP_THREADS.clear()
        events = execution.exec_worker.env.event_manager._history_event_list
        entered = sum(1 for event in events if str(event["type"]).endswith("StateEntered"))
        status = execution.exec_status.value
        return ExecutionResult(status, execution.output, execution.error, execution.cause, entered)

    def _replace(self, owner: Any, name: str, value: Any) -> None:
        self._saved.append((owner, name, owner.__dict__[name]))
        setattr(owner, name, value)


def _state_data(EnteredTime: str, Name: str) -> dict[str, str]:  # noqa: N803 - the names of AWS's context object
    """Return ``$$.State`` with its moment as AWS writes it: milliseconds and a ``Z``."""
    return {"EnteredTime": iso_milliseconds(datetime.fromisoformat(EnteredTime)), "Name": Name}


def find_services(make_http: Callable[[], Any]) -> Callable[[str], Any]:
    """Return moto's services of task states, with those that it lacks or has wrong."""
    others = task_factory.__dict__["state_task_service_for"]
    ours: dict[str, Callable[[], Any]] = {"http": make_http, "states": NestedExecutions}

    def state_task_service_for(service_name: str) -> Any:
        return ours[service_name]() if service_name in ours else others(service_name)

    return state_task_service_for


def _wait_by(sleep: Callable[[float], None]) -> Callable[..., None]:
    def wait_interval(self: Any, env: Any, wait_seconds: float) -> None:
        del self, env
        sleep(wait_seconds)

    return wait_interval
