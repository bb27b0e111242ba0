"""Finding what answers a request in moto: looked for once for each operation, not in every request.

moto holds each request against the URLs of all its services, and makes those of S3 anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import moto.backend_index
import moto.backends
from botocore.awsrequest import AWSResponse
from moto.core.base_backend import BackendDict
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.request import normalize_request
from werkzeug.exceptions import HTTPException

Handler = Callable[[Any, str, Any], tuple[int, Any, Any]]
Routes = tuple[tuple[re.Pattern[str], Handler], ...]


class KnownRoutes:
    """Lets moto remember which of its services an operation belongs to."""

    def __init__(self) -> None:
        self._saved: Any = None

    def install(self) -> None:
        """Answer requests of botocore by the routes that are known."""
        self._saved = BotocoreStubber.__call__
        setattr(BotocoreStubber, "__call__", _answer)  # noqa: B010 - mypy knows it as a method

    def remove(self) -> None:
        """Give moto its own insides back."""
        setattr(BotocoreStubber, "__call__", self._saved)  # noqa: B010 - as above


_routes: dict[str, Routes] = {}


def _answer(stubber: BotocoreStubber, event_name: str, request: Any, **_: Any) -> AWSResponse | None:
    if not stubber.enabled:
        return None
    url = request.url.partition("?")[0]
    if event_name not in _routes:
        _routes[event_name] = _find_routes(url)
    handler = next((handler for pattern, handler in _routes[event_name] if pattern.match(url)), None)
    answer = stubber.process_request(request) if handler is None else _handle(handler, normalize_request(request))
    if answer is None:
        return None
    status, headers, body = answer
    return AWSResponse(request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]


def _find_routes(url: str) -> Routes:
    """Return the routes of the first service that has one for ``url``; none where moto has none."""
    for service, pattern in moto.backend_index.backend_url_patterns:
        if pattern.match(url):
            routes = _routes_of(service)
            if any(route.match(url) for route, _ in routes):
                return routes
    return ()


@cache
def _routes_of(service: str) -> Routes:
    backends: Any = moto.backends.get_backend(service)  # type: ignore[call-overload]
    if isinstance(backends, BackendDict):
        regions = backends[DEFAULT_ACCOUNT_ID]
        backend = regions["us-east-1" if "us-east-1" in regions else "aws"]
    else:
        backend = backends["global"]
    return tuple((re.compile(url), handler) for url, handler in backend.urls.items())


def _handle(handler: Handler, request: Any) -> tuple[int, Any, Any]:
    try:
        return handler(request, request.raw_url, request.headers)
    except HTTPException as error:
        return error.code, error.get_headers(), error.get_body()  # type: ignore[return-value]
