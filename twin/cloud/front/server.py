"""The front's HTTP server: loopback only, and only for requests that name the loopback host."""

from __future__ import annotations

import ipaddress
import logging
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from twin.cloud.front.exchange import Answer, Request
from twin.cloud.front.pages import Pages

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud

_LOG = logging.getLogger(__name__)
LARGEST_BODY_BYTES = 6 * 1024 * 1024
ANSWER_WITHIN_SECONDS = 60.0
_SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'"
    ),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away: a stack trace would stand in the middle of the board."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Front:
    """Serves the cloud's HTTP APIs, its site and its objects to a browser on this machine.

    Requests are answered in the loop's thread, so that the cloud stays single-threaded: while the
    loop runs paced, between its actions; otherwise within :meth:`serve_until`.

    Parameters
    ----------
    cloud
        What is served.
    site
        Folder of the built site; without one, the bucket that the template deploys a site to.
    host, port
        Where to listen; the host must be a loopback address, port 0 takes a free one.

    Raises
    ------
    ValueError
        When ``host`` is not a loopback address.
    """

    def __init__(self, cloud: LocalCloud, *, site: Path | None = None, host: str = "127.0.0.1", port: int = 0) -> None:
        if not _is_loopback(host):
            raise ValueError(f"the front serves this machine only: {host} is no loopback address; use 127.0.0.1")
        self._cloud = cloud
        self._pages = Pages(cloud, site)
        self._server = _Server((host, port), _handler(self._answer))
        self._thread = threading.Thread(target=self._server.serve_forever, name="front", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Address to open in a browser."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/"

    def serve_until(self, done: Callable[[], bool]) -> None:
        """Answer requests while the cloud's time stands still, until ``done()`` holds."""
        while not done():
            self._cloud.clock.wait_posted(0.1)
            self._cloud.clock.run_posted()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self, request: Request) -> Answer:
        if not _names_loopback(request.headers.get("host", "")):
            return Answer.of_json(421, {"message": "this server answers for the loopback host only"})
        done = threading.Event()
        answers: list[Answer] = []

        def work() -> None:
            try:
                answers.append(self._pages.answer(request))
            except Exception:
                _LOG.exception("%s %s failed", request.method, request.path)
            finally:
                done.set()

        self._cloud.clock.call_soon_threadsafe(work)
        if not done.wait(ANSWER_WITHIN_SECONDS):
            return Answer.of_json(503, {"message": "the twin is busy or stands still; try again while it runs"})
        return answers[0] if answers else Answer.of_json(500, {"message": "Internal Server Error"})


def _handler(answer: Callable[[Request], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "twin"
        sys_version = ""
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if length > LARGEST_BODY_BYTES or length < 0:
                self._send(Answer.of_json(413, {"message": "Request Entity Too Large"}))
                self.close_connection = True
                return
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(answer(Request(self.command, parts.path, parts.query, headers, self.rfile.read(length))))

        def _send(self, result: Answer) -> None:
            self.send_response(result.status)
            for name, value in {**_SECURITY_HEADERS, **result.headers}.items():
                if name != "content-length":
                    self.send_header(name, value)
            self.send_header("content-length", str(len(result.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(result.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            """Stay silent: the terminal shows the board."""

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = handle_any  # noqa: N815

    return Handler


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _names_loopback(host_header: str) -> bool:
    host = host_header.rsplit(":", 1)[0] if not host_header.endswith("]") else host_header
    return _is_loopback(host.strip("[]"))
