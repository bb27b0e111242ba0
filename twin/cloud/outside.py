"""The world outside of AWS, as far as the account talks to it: hosts that answer, offline.

Nothing leaves the machine: a host that nobody serves cannot be reached.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit


@dataclass(frozen=True)
class OutsideRequest:
    """A request that leaves the account; header names in lower case."""

    method: str
    host: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class OutsideAnswer:
    """What a host answers.

    Attributes
    ----------
    status
        HTTP status.
    body
        Text; JSON where the content type says so.
    content_type
        Such as ``application/json``.
    delay_seconds
        Virtual seconds until it is there.
    """

    status: int = 200
    body: str = ""
    content_type: str = "application/json"
    delay_seconds: float = 0.05

    @property
    def reason(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase


class UnreachableError(Exception):
    """No connection to a host: its name is not known, or it does not answer at all."""


OutsideHost = Callable[[OutsideRequest], OutsideAnswer]


class OutsideWorld:
    """Hosts by name.

    Examples
    --------
    >>> world = OutsideWorld()
    >>> world.serve("orders.example", lambda request: OutsideAnswer(body='{"status": "sent"}'))
    >>> world.send(OutsideRequest("GET", "orders.example", "/1")).body
    '{"status": "sent"}'
    """

    def __init__(self) -> None:
        self._hosts: dict[str, OutsideHost] = {}
        self.requests: list[OutsideRequest] = []

    def serve(self, host: str, answer: OutsideHost) -> None:
        """Let ``answer`` speak for a host from now on."""
        self._hosts[host.lower()] = answer

    def send(self, request: OutsideRequest) -> OutsideAnswer:
        """Return what a host answers.

        Raises
        ------
        UnreachableError
            When nobody serves it, or it lets the connection fail.
        """
        self.requests.append(request)
        host = self._hosts.get(request.host.lower())
        if host is None:
            raise UnreachableError(f"{request.host}: unknown host; serve it with LocalCloud.outside.serve")
        return host(request)


def make_request(method: str, url: str, headers: Mapping[str, str], body: str = "") -> OutsideRequest:
    """Return the request for a URL."""
    parts = urlsplit(url)
    lowered = {name.lower(): value for name, value in headers.items()}
    return OutsideRequest(method, parts.netloc, parts.path or "/", parts.query, lowered, body)
