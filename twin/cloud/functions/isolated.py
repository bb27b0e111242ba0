"""Running each function in a process of its own, under the real Lambda runtime client."""

from __future__ import annotations

import json
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from twin.cloud.functions.endpoint import AwsEndpoint, read_credential
from twin.cloud.functions.http import HttpAnswer, HttpRequest, LoopbackServer
from twin.cloud.functions.model import Function, Invocation, Outcome, error_payload
from twin.cloud.functions.process import FunctionProcess, ProcessEvent

INIT_SECONDS = 60.0
_ANSWER_SECONDS = 120.0


@dataclass
class _AwsRequest:
    request: HttpRequest
    service: str
    role: str
    answer: queue.Queue[HttpAnswer]


class IsolatedRunner:
    """Runs handlers in processes; their AWS calls come back to the loop's thread.

    Timeouts are real seconds here, and durations are measured. A process that times out or dies is
    gone; the next invocation starts a new one.

    Parameters
    ----------
    region
        Region that handlers see.
    client
        Gives a boto3 client for a service and a principal.
    now
        Gives the virtual time in seconds.
    """

    def __init__(self, region: str, client: Callable[[str, str], Any], now: Callable[[], float]) -> None:
        self._region = region
        self._now = now
        self._endpoint = AwsEndpoint(client)
        self._inbox: queue.Queue[_AwsRequest | ProcessEvent] = queue.Queue()
        self._aside: list[ProcessEvent] = []
        self._processes: dict[str, FunctionProcess] = {}
        self._keys: dict[str, Function] = {}
        self._server = LoopbackServer(self._take_request)
        self.cold_starts = 0

    @property
    def endpoint_url(self) -> str:
        """The AWS endpoint that handlers call."""
        return f"http://{self._server.address}"

    def role_of(self, access_key: str) -> str | None:
        """Return the role that an access key stands for."""
        function = self._keys.get(access_key)
        return function.role if function is not None else None

    def run(self, invocation: Invocation) -> Outcome:
        """Run a handler once; answer the AWS calls that it makes meanwhile."""
        begin = time.monotonic()
        process = self._processes.get(invocation.function.arn)
        init_seconds = 0.0
        if process is None:
            process = self._start(invocation.function)
            event = self._await(process, ("ready", "init_error"), begin + INIT_SECONDS)
            init_seconds = time.monotonic() - begin
            if event is None or event.kind != "ready":
                return self._failed_init(process, invocation, event, init_seconds)
        process.send(invocation)
        begin = time.monotonic()
        event = self._await(process, ("result", "error"), begin + invocation.limit_seconds)
        seconds = time.monotonic() - begin
        if event is None:
            return self._timed_out(process, invocation, init_seconds)
        if event.kind == "exit":
            return self._crashed(process, invocation, seconds)
        lines = process.take_lines(invocation.request_id)
        if event.kind == "result":
            return Outcome(event.payload, seconds, lines, init_seconds=init_seconds)
        described = json.loads(event.payload)
        cause = f"{described.get('errorType')}: {described.get('errorMessage')}"
        return Outcome(event.payload, seconds, lines, "error", cause, init_seconds)

    def close(self) -> None:
        """Kill all processes."""
        for process in list(self._processes.values()):
            process.close()
        self._processes.clear()
        self._server.close()

    def _start(self, function: Function) -> FunctionProcess:
        self.cold_starts += 1
        key = f"ASIATWIN{self.cold_starts:012d}"
        self._keys[key] = function
        environment = {
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": "twin",
            "AWS_SESSION_TOKEN": "twin",
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
            "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_required",
        }
        process = FunctionProcess(
            function, region=self._region, environment=environment, now=self._now, tell=self._inbox.put
        )
        self._processes[function.arn] = process
        return process

    def _await(self, process: FunctionProcess, kinds: tuple[str, ...], deadline: float) -> ProcessEvent | None:
        """Answer AWS calls until ``process`` tells one of ``kinds``, ends, or its time is up."""
        while True:
            for event in self._aside:
                if event.process is process:
                    self._aside.remove(event)
                    if event.kind in {*kinds, "exit"}:
                        return event
                    break
            try:
                item = self._inbox.get(timeout=max(deadline - time.monotonic(), 0.0))
            except queue.Empty:
                return None
            if isinstance(item, _AwsRequest):
                item.answer.put(self._endpoint.answer(item.request, item.service, item.role))
            elif item.process is process and item.kind in {*kinds, "exit"}:
                return item
            elif item.process is not process and item.process in self._processes.values():
                self._aside.append(item)

    def _take_request(self, request: HttpRequest) -> HttpAnswer:
        credential = read_credential(request)
        role = self.role_of(credential[0]) if credential else None
        if credential is None or role is None:
            return HttpAnswer(403, b'{"__type":"UnrecognizedClientException","message":"unknown access key"}')
        item = _AwsRequest(request, credential[1], role, queue.Queue())
        self._inbox.put(item)
        try:
            return item.answer.get(timeout=_ANSWER_SECONDS)
        except queue.Empty:
            return HttpAnswer(503, b'{"__type":"ServiceUnavailable","message":"nobody runs the twin"}')

    def _drop(self, process: FunctionProcess) -> tuple[str, ...]:
        self._processes.pop(process.function.arn, None)
        process.close()
        self._aside = [event for event in self._aside if event.process is not process]
        return process.take_lines("")

    def _timed_out(self, process: FunctionProcess, invocation: Invocation, init_seconds: float) -> Outcome:
        lines = self._drop(process)
        message = f"{invocation.request_id} Task timed out after {invocation.limit_seconds:.2f} seconds"
        payload = json.dumps(error_payload("Sandbox.Timedout", message, invocation.request_id))
        return Outcome(payload, invocation.limit_seconds, (*lines, message), "timeout", message, init_seconds)

    def _crashed(self, process: FunctionProcess, invocation: Invocation, seconds: float) -> Outcome:
        lines = self._drop(process)
        message = f"RequestId: {invocation.request_id} Error: Runtime exited without providing a reason"
        payload = json.dumps(error_payload("Runtime.ExitError", message, invocation.request_id))
        return Outcome(payload, seconds, lines, "error", f"Runtime.ExitError: {message}")

    def _failed_init(
        self, process: FunctionProcess, invocation: Invocation, event: ProcessEvent | None, seconds: float
    ) -> Outcome:
        lines = self._drop(process)
        if event is None or event.kind == "exit":
            return self._crashed_init(invocation, lines, seconds)
        described = json.loads(event.payload)
        cause = f"{described.get('errorType')}: {described.get('errorMessage')}"
        return Outcome(event.payload, seconds, lines, "error", cause, seconds)

    def _crashed_init(self, invocation: Invocation, lines: tuple[str, ...], seconds: float) -> Outcome:
        message = f"the process of {invocation.function.name} ended, or did nothing, before its first request"
        payload = json.dumps(error_payload("Runtime.ExitError", message, invocation.request_id))
        return Outcome(payload, seconds, lines, "error", f"{message}: {' / '.join(lines[-3:])}", seconds)
