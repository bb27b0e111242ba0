"""Running handlers in this process: fast, deterministic, with each function's own environment."""

from __future__ import annotations

import ctypes
import json
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from twin.cloud.duration import Stopwatch, handler_seconds
from twin.cloud.functions.model import Function, Invocation, Outcome, error_payload, runtime_environment
from twin.cloud.functions.modules import FunctionModules
from twin.cloud.functions.output import OutputSwitch
from twin.cloud.principals import running_handler

_SHORTEST_GUARD_SECONDS = 5.0


class HandlerTimeoutError(BaseException):
    """Ends a handler whose time is up; not an ``Exception``, so that handlers do not catch it."""


@dataclass(frozen=True)
class HandlerContext:
    """Lambda's context object.

    Notes
    -----
    **Source**: Lambda developer guide, "Using the Lambda context object to retrieve Python function
    information".
    """

    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: int
    aws_request_id: str
    log_group_name: str
    watch: Stopwatch
    function_version: str = "$LATEST"
    log_stream_name: str = "twin"
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Return the virtual milliseconds left."""
        return int(self.watch.remaining_seconds * 1000)


@dataclass
class _Loaded:
    modules: FunctionModules
    environment: dict[bytes, bytes]
    handler: Callable[[Any, Any], Any] | None = None


@dataclass
class _Running:
    thread: int
    watch: Stopwatch
    real_deadline: float


class InProcessRunner:
    """Runs handlers in the loop's thread.

    Sleeping inside a handler takes virtual time only. A handler that computes for longer than its
    timeout in real time is stopped by a guard.

    Parameters
    ----------
    region
        Region that handlers see.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self._loaded: dict[str, _Loaded] = {}
        self._running: list[_Running] = []
        self._output = OutputSwitch()
        self._real_sleep = time.sleep
        self._guard: threading.Thread | None = None
        self._closed = threading.Event()
        setattr(time, "sleep", self._sleep)  # noqa: B010 - typeshed knows time.sleep as a function

    def run(self, invocation: Invocation) -> Outcome:
        """Run a handler once, in this thread."""
        function = invocation.function
        watch = Stopwatch(invocation.limit_seconds)
        loaded = self._loaded.get(function.arn) or self._load(function)
        self._output.begin()
        try:
            with self._inside(function, loaded, watch):
                result = self._call(loaded, invocation, watch)
        except HandlerTimeoutError:
            return _timed_out(invocation, self._output.end())
        except Exception as error:
            return _failed(invocation, error, watch, self._output.end())
        lines = self._output.end()
        watch.add_seconds(handler_seconds(len(invocation.payload) + len(result), function.memory_mb))
        if watch.exceeded:
            return _timed_out(invocation, lines)
        return Outcome(result, watch.seconds, lines)

    @property
    def watch(self) -> Stopwatch | None:
        """The stopwatch of the innermost running handler."""
        return self._running[-1].watch if self._running else None

    def close(self) -> None:
        """Forget all modules and give the process its ``time.sleep`` back."""
        self._closed.set()
        setattr(time, "sleep", self._real_sleep)  # noqa: B010 - as above
        self._loaded.clear()

    def _load(self, function: Function) -> _Loaded:
        variables = runtime_environment(function, self._region)
        encoded = {os.fsencode(name): os.fsencode(value) for name, value in variables.items()}
        loaded = _Loaded(FunctionModules(function), encoded)
        self._loaded[function.arn] = loaded
        return loaded

    def _call(self, loaded: _Loaded, invocation: Invocation, watch: Stopwatch) -> str:
        function = invocation.function
        if loaded.handler is None:
            loaded.handler = loaded.modules.load(function.handler)
        context = HandlerContext(
            function.name, function.arn, function.memory_mb, invocation.request_id, function.log_group, watch
        )
        self._running[-1].real_deadline = time.monotonic() + max(invocation.limit_seconds, _SHORTEST_GUARD_SECONDS)
        return json.dumps(loaded.handler(json.loads(invocation.payload), context), ensure_ascii=False)

    @contextmanager
    def _inside(self, function: Function, loaded: _Loaded, watch: Stopwatch) -> Iterator[None]:
        saved = os.environ._data  # type: ignore[attr-defined]
        os.environ._data = loaded.environment  # type: ignore[attr-defined]
        self._running.append(_Running(threading.get_ident(), watch, float("inf")))
        self._start_guard()
        try:
            with loaded.modules.present(), running_handler(function.role):
                yield
        finally:
            self._running.pop()
            os.environ._data = saved  # type: ignore[attr-defined]

    def _sleep(self, seconds: float) -> None:
        running = self._running[-1] if self._running else None
        if running is None or running.thread != threading.get_ident():
            self._real_sleep(seconds)
            return
        running.watch.add_seconds(seconds)
        if running.watch.exceeded:
            raise HandlerTimeoutError

    def _start_guard(self) -> None:
        if self._guard is None:
            self._guard = threading.Thread(target=self._watch_real_time, name="handler-guard", daemon=True)
            self._guard.start()

    def _watch_real_time(self) -> None:
        while not self._closed.wait(0.5):
            running = self._running[-1] if self._running else None
            if running is not None and time.monotonic() > running.real_deadline:
                running.real_deadline = float("inf")
                raised = ctypes.py_object(HandlerTimeoutError)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(running.thread), raised)


def _timed_out(invocation: Invocation, lines: tuple[str, ...]) -> Outcome:
    message = f"{invocation.request_id} Task timed out after {invocation.limit_seconds:.2f} seconds"
    payload = error_payload("Sandbox.Timedout", message, invocation.request_id)
    return Outcome(json.dumps(payload), invocation.limit_seconds, (*lines, message), "timeout", message)


def _failed(invocation: Invocation, error: Exception, watch: Stopwatch, lines: tuple[str, ...]) -> Outcome:
    kind, message = type(error).__name__, str(error)
    if isinstance(error, ImportError | SyntaxError):
        message = f"Unable to import module '{invocation.function.handler.rpartition('.')[0]}': {message}"
        kind = "Runtime.ImportModuleError"
    trace = traceback.format_tb(error.__traceback__)
    payload = error_payload(kind, message, invocation.request_id, trace[-5:])
    cause = f"{kind}: {message}"
    shown = (*lines, f"[ERROR] {cause}", *"".join(trace).splitlines())
    seconds = watch.seconds + handler_seconds(len(invocation.payload), invocation.function.memory_mb)
    return Outcome(json.dumps(payload, ensure_ascii=False), seconds, shown, "error", cause)
