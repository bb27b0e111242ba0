"""Small loopback HTTP servers, with the settings that keep a warm call below a millisecond."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class HttpRequest:
    """A request as it came: target with query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class HttpAnswer:
    """An answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackServer:
    """A threaded HTTP server on 127.0.0.1, at a free port.

    Parameters
    ----------
    answer
        Answers a request, in the connection's thread; None drops the connection.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpAnswer | None]) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(answer))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent: a killed process resets its connections."""


def _handler(answer: Callable[[HttpRequest], HttpAnswer | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle_any(self) -> None:
            if self.headers.get("Expect") == "100-continue":
                self.wfile.flush()
            body = self._read_chunks() if "chunked" in self.headers.get("Transfer-Encoding", "") else self._read_body()
            headers = {name.lower(): value for name, value in self.headers.items()}
            result = answer(HttpRequest(self.command, self.path, headers, body))
            if result is None:
                self.close_connection = True
                return
            self.send_response(result.status)
            for name, value in result.headers.items():
                self.send_header(name, value)
            if not any(name.lower() == "content-length" for name in result.headers):
                self.send_header("Content-Length", str(len(result.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(result.body)
            self.wfile.flush()

        def _read_body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def _read_chunks(self) -> bytes:
            pieces: list[bytes] = []
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """Stay silent."""

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

    return Handler
