"""A Lambda Runtime API on the loopback interface, with the few AWS answers that a first invocation needs."""

from __future__ import annotations

import json
import queue
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self

_ANSWERS: dict[str, dict[str, Any]] = {
    "GetItem": {},
    "Query": {"Items": [], "Count": 0},
    "StartSyncExecution": {
        "executionArn": "arn",
        "startDate": 0,
        "stopDate": 0,
        "status": "SUCCEEDED",
        "output": '{"answered": true, "text": "Tomorrow."}',
    },
}


class RuntimeApi:
    """Offers events to awslambdaric and takes its responses.

    Sockets have ``TCP_NODELAY`` and answers are written in one piece: otherwise each one would wait
    40 ms for a delayed acknowledgement.
    """

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._responses: queue.SimpleQueue[tuple[float, Any]] = queue.SimpleQueue()
        api = self

        class Handler(_Handler):
            offered = api._events
            answered = api._responses

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to serve."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def offer(self, event: dict[str, Any]) -> None:
        """Let the next process that asks have ``event``."""
        self._events.put(event)

    def wait_for_response(self, timeout_seconds: float) -> tuple[float, Any]:
        """Return when the response came (``time.perf_counter``), and the response or error."""
        return self._responses.get(timeout=timeout_seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    offered: queue.SimpleQueue[dict[str, Any]]
    answered: queue.SimpleQueue[tuple[float, Any]]
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        try:
            event = self.offered.get_nowait()
        except queue.Empty:
            self.close_connection = self.rfile.read(1) == b""
            return
        deadline = int(time.time() * 1000) + 8000
        self._answer(
            200,
            event,
            {
                "Lambda-Runtime-Aws-Request-Id": "r-1",
                "Lambda-Runtime-Deadline-Ms": str(deadline),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:cold",
            },
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.headers.get("X-Amz-Target", "")
        if target:
            self._answer(200, _ANSWERS[target.rsplit(".", 1)[-1]], {})
            return
        self.answered.put((time.perf_counter(), json.loads(body)))
        self._answer(202, {}, {})

    def _answer(self, status: int, document: dict[str, Any], headers: dict[str, str]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the base class's name
        """Write no log: the terminal is for the table."""
