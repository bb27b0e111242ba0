"""One function's process: the real runtime client against a Runtime API of ours.

**Source**: Lambda developer guide, "Using the Lambda runtime API".
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twin.cloud.functions.bootstrap import END_MARK
from twin.cloud.functions.http import HttpAnswer, HttpRequest, LoopbackServer
from twin.cloud.functions.model import Function, Invocation, runtime_environment
from twin.cloud.functions.paths import divide_layers

_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
_OUTPUT_SECONDS = 2.0


@dataclass(frozen=True)
class ProcessEvent:
    """What a process tells: ``ready``, ``result``, ``error``, ``init_error`` or ``exit``."""

    kind: str
    process: FunctionProcess
    request_id: str = ""
    payload: str = ""


class FunctionProcess:
    """A running function; killed when it times out or the cloud closes.

    Parameters
    ----------
    function
        What to run.
    region
        Region that the handler sees.
    environment
        More variables: credentials and endpoints.
    now
        Gives the virtual time in seconds.
    tell
        Takes what the process tells, from other threads.
    """

    def __init__(
        self,
        function: Function,
        *,
        region: str,
        environment: dict[str, str],
        now: Callable[[], float],
        tell: Callable[[ProcessEvent], None],
    ) -> None:
        self.function = function
        self._now = now
        self._tell = tell
        self._next: queue.Queue[Invocation | None] = queue.Queue()
        self._lines: list[str] = []
        self._ended: queue.Queue[str] = queue.Queue()
        self._server = LoopbackServer(self._serve)
        self._process = self._spawn(region, environment)
        self._reader = threading.Thread(target=self._read_output, daemon=True)
        self._reader.start()

    def send(self, invocation: Invocation) -> None:
        """Hand the process its next invocation."""
        self._lines.clear()
        self._next.put(invocation)

    def take_lines(self, request_id: str) -> tuple[str, ...]:
        """Return what the handler printed, up to the end of an invocation or of the process."""
        try:
            while request_id and self._ended.get(timeout=_OUTPUT_SECONDS) != request_id:
                pass
        except queue.Empty:
            pass
        lines, self._lines = self._lines, []
        return tuple(line for line in lines if line)

    def close(self) -> None:
        """Kill the process and stop its Runtime API."""
        self._next.put(None)
        self._process.kill()
        self._process.wait()
        self._reader.join(_OUTPUT_SECONDS)
        self._server.close()

    def _spawn(self, region: str, extra: dict[str, str]) -> subprocess.Popen[str]:
        first, last = divide_layers(self.function.layers)
        variables = {
            **runtime_environment(self.function, region),
            "AWS_LAMBDA_RUNTIME_API": self._server.address,
            "PYTHONUNBUFFERED": "1",
            "PYTHONHASHSEED": "0",
            "TWIN_PATH_FIRST": os.pathsep.join([str(self.function.code), *first]),
            "TWIN_PATH_LAST": os.pathsep.join(last),
            "TWIN_NOW": str(self._now()),
            **extra,
        }
        return subprocess.Popen(  # noqa: S603 - our own bootstrap
            [sys.executable, str(_BOOTSTRAP)],
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=self.function.code,
        )

    def _read_output(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            text = line.rstrip("\n")
            if text.startswith(END_MARK):
                self._ended.put(text.removeprefix(END_MARK))
            else:
                self._lines.append(text)
        self._process.wait()
        self._tell(ProcessEvent("exit", self))

    def _serve(self, request: HttpRequest) -> HttpAnswer | None:
        path = request.target.removeprefix("/2018-06-01/runtime/")
        if path == "invocation/next":
            return self._serve_next()
        kind = "result" if path.endswith("/response") else "error"
        if path == "init/error":
            kind = "init_error"
        request_id = path.split("/")[1] if path.startswith("invocation/") else ""
        self._tell(ProcessEvent(kind, self, request_id, request.body.decode("utf-8", "replace")))
        return HttpAnswer(202, b'{"status":"OK"}', {"Content-Type": "application/json"})

    def _serve_next(self) -> HttpAnswer | None:
        self._tell(ProcessEvent("ready", self))
        invocation = self._next.get()
        if invocation is None:
            return None
        now = self._now()
        headers: dict[str, Any] = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
            "Lambda-Runtime-Deadline-Ms": str(int((now + invocation.limit_seconds) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": self.function.arn,
            "Lambda-Runtime-Trace-Id": f"Root=1-00000000-{invocation.request_id.replace('-', '')[:24]};TwinNow={now}",
        }
        return HttpAnswer(200, invocation.payload.encode(), headers)
