"""Every place where the twin reaches into moto's insides; tests hold each against moto's code.

Written for moto 5.2.5. When a contract test of this module fails, moto has changed: read the
named module of moto and mend the hook here, nowhere else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import boto3
import moto.backend_index
import moto.stepfunctions.parser.asl.component.common.retry.retrier_decl as retrier
import moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.inline_iteration_component as inline_map
import moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback as task_token
import moto.stepfunctions.parser.asl.utils.boto_client as interpreter_client
import moto.stepfunctions.parser.utils as interpreter_utils
from moto import mock_aws
from moto.core.config import default_user_config
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends
from moto.stepfunctions.parser.asl.component.common.path import result_path
from moto.stepfunctions.parser.asl.component.program import program
from moto.stepfunctions.parser.asl.component.state.exec import execute_state
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import branch_worker
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.utils import json_path
from moto.stepfunctions.parser.backend.execution import SyncExecution
from moto.stepfunctions.parser.models import stepfunctions_parser_backends


class MotoSession:
    """moto, started with a seed and the interpreter on; one at a time in a process."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._mock: Any = None

    def start(self) -> None:
        """Start moto empty."""
        core = {**default_user_config["core"], "reset_boto3_session": False}
        config: Any = {"stepfunctions": {"execute_state_machine": True}, "core": core}
        self._mock = mock_aws(config=config)
        self._mock.start()
        mock_random.seed(self._seed)

    def object_bytes(self, account: str, bucket: str, key: str) -> int:
        """Return the size of a stored object."""
        stored = s3_backends[account]["aws"].get_object(bucket, key)
        return int(stored.size) if stored is not None else 0

    def stop(self) -> None:
        """Drop all of moto's state."""
        if self._mock is not None:
            self._mock.stop()
            self._mock = None


@lru_cache(maxsize=1)
def _backends() -> frozenset[str]:
    return frozenset(service for service, _ in moto.backend_index.backend_url_patterns)


def is_offered(service: str) -> bool:
    """Return whether moto offers the service, by its boto3 name."""
    return service.replace("-", "") in _backends() or service in _backends()


@lru_cache(maxsize=1)
def reserved_words() -> frozenset[str]:
    """Return DynamoDB's reserved words, in upper case."""
    return frozenset(word.upper() for word in ReservedKeywords.get_reserved_keywords())


@dataclass(frozen=True)
class ExecutionResult:
    """How an execution ended: status, output or error and cause, and how many states it entered."""

    status: str
    output: Any
    error: str | None
    cause: str | None
    transitions: int


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

    def install(self, *, sleep: Callable[[float], None], event: Callable[[], Any], now: Callable[[], float]) -> None:
        """Put the interpreter on virtual time and one thread.

        Parameters
        ----------
        sleep
            Waits for virtual seconds.
        event
            Makes a flag like ``threading.Event`` that waits in virtual time.
        now
            Virtual seconds, for timeouts.
        """
        threads = _InlineThreading(now)
        self._replace(interpreter_client, "boto3", _CachedClients())
        self._replace(WaitFunction, "_wait_interval", _wait_by(sleep))
        self._replace(retrier, "time", _Sleep(sleep))
        self._replace(task_token, "time", _Sleep(sleep))
        self._replace(callback, "Event", event)
        self._replace(execute_state, "Thread", threads.Thread)
        for module in (program, execute_state, inline_map, branch_worker):
            self._replace(module, "threading", threads)
        parse = lru_cache(maxsize=256)(AmazonStateLanguageParser.parse)
        self._replace(AmazonStateLanguageParser, "parse", staticmethod(parse))
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
        events = execution.exec_worker.env.event_manager.get_event_history()
        entered = sum(1 for event in events if str(event["type"]).endswith("StateEntered"))
        status = execution.exec_status.value
        return ExecutionResult(status, execution.output, execution.error, execution.cause, entered)

    def _replace(self, owner: Any, name: str, value: Any) -> None:
        self._saved.append((owner, name, owner.__dict__[name]))
        setattr(owner, name, value)


def _wait_by(sleep: Callable[[float], None]) -> Callable[..., None]:
    def wait_interval(self: Any, env: Any, wait_seconds: float) -> None:
        del self, env
        sleep(wait_seconds)

    return wait_interval


class _Sleep:
    """Stands in for the module ``time`` where the interpreter only sleeps."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self.sleep = sleep


class _InlineThreading:
    """Stands in for the module ``threading``: threads run to their end when started."""

    def __init__(self, now: Callable[[], float]) -> None:
        class Thread:
            """Runs at once; seems alive afterwards only when it took longer than it was joined for."""

            native_id = 0

            def __init__(self, target: Callable[..., None], args: tuple[Any, ...] = (), **_: Any) -> None:
                self._work: Callable[[], None] | None = lambda: target(*args)
                self._seconds = 0.0
                self._late = False

            def start(self) -> None:
                begin = now()
                work, self._work = self._work, None
                assert work is not None
                work()
                self._seconds = now() - begin

            def join(self, timeout: float | None = None) -> None:
                self._late = timeout is not None and self._seconds > timeout

            def is_alive(self) -> bool:
                return self._late

        class Event(threading.Event):
            """A flag that was raised by an inline thread within the time, or was not."""

            def __init__(self) -> None:
                super().__init__()
                self._begin = now()

            def wait(self, timeout: float | None = None) -> bool:
                return self.is_set() and (timeout is None or now() - self._begin <= timeout)

        self.Thread = Thread
        self.Event = Event

    def __getattr__(self, name: str) -> Any:
        return getattr(threading, name)


class _CachedClients:
    """Stands in for the module ``boto3``: making a client takes longer than a state does."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str], Any] = {}
        self._make: Any = boto3.client

    def client(self, service_name: str, region_name: str, **kwargs: Any) -> Any:
        """Return the client of a service, made at its first use."""
        key = (service_name, region_name)
        if key not in self._clients:
            self._clients[key] = self._make(service_name, region_name=region_name, **kwargs)
        return self._clients[key]


@dataclass(frozen=True)
class WireCall:
    """An API call that came as an HTTP request."""

    service: str
    operation: str
    parameters: dict[str, Any]
    protocol: str
    model: Any


def read_wire(service: str, method: str, target: str, headers: Mapping[str, str], body: bytes) -> WireCall:
    """Read an API call from an HTTP request of the AWS SDK, by moto's parsers."""
    request = Request.from_primitives(method, f"http://127.0.0.1{target}", dict(headers), body)
    service_model = get_service_model(service)
    action = request.headers.get("x-amz-target", "").split(".")[-1] or request.values.get("Action", "")
    protocol = determine_request_protocol(service_model, request.content_type)
    uri_parameters: dict[str, Any] = {}
    if action:
        model = service_model.operation_model(action)
    else:
        model, uri_parameters = get_service_router(service).match(request)
    parsed = PROTOCOL_PARSERS[protocol](model).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": body,
            "url_path": request.path,
            "url_params": uri_parameters,
        }
    )
    return WireCall(service, str(model.name), _without_none(parsed), protocol, model)


def write_wire(call: WireCall, result: Mapping[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body that carry ``result``, by moto's serialisers."""
    serialiser = get_serializer_class(call.service, call.protocol)(call.model)
    answer = serialiser.serialize(result)
    body = answer["body"]
    headers = {str(name): str(value) for name, value in answer["headers"].items()}
    return int(answer["status_code"]), headers, body.encode() if isinstance(body, str) else bytes(body)


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_none(member) for name, member in value.items() if member is not None}
    return [_without_none(member) for member in value] if isinstance(value, list) else value
