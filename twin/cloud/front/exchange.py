"""Requests and answers of the front, and their form as Lambda events of an HTTP API.

**Source**: API Gateway developer guide, "Working with AWS Lambda proxy integrations for HTTP APIs"
(payload format version 2.0) and "Controlling access to HTTP APIs with JWT authorizers".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    """An HTTP request; header names in lower case, path without its query."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, status: int, document: Any) -> Answer:
        """Return an answer with a JSON body."""
        body = json.dumps(document, ensure_ascii=False).encode()
        return cls(status, body, {"content-type": "application/json", "cache-control": "no-store"})


def read_claims(authorization: str) -> dict[str, Any] | None:
    """Return the claims of a bearer token without verifying it; None when there is no readable one.

    The twin trusts whoever reaches the loopback interface: a role is chosen, nobody signs in. Lists
    become texts such as ``[agent supervisor]``, as API Gateway passes them on.
    """
    scheme, _, token = authorization.partition(" ")
    parts = token.strip().split(".")
    if scheme.lower() != "bearer" or len(parts) < 2:
        return None
    try:
        text = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        claims = json.loads(text)
    except ValueError:
        return None
    if not isinstance(claims, dict):
        return None
    return {name: _claim(value) for name, value in claims.items()}


def _claim(value: Any) -> str:
    if isinstance(value, list):
        return f"[{' '.join(str(member) for member in value)}]"
    return value if isinstance(value, str) else json.dumps(value)


def make_event(
    request: Request,
    *,
    route_key: str,
    path_parameters: Mapping[str, str],
    claims: Mapping[str, Any] | None,
    api_id: str,
    account: str,
    now: datetime,
    request_id: str,
) -> dict[str, Any]:
    """Return the Lambda event of a request, in payload format version 2.0."""
    context: dict[str, Any] = {
        "accountId": account,
        "apiId": api_id,
        "domainName": request.headers.get("host", ""),
        "domainPrefix": api_id,
        "http": _http(request),
        "requestId": request_id,
        "routeKey": route_key,
        "stage": "$default",
        "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now.timestamp() * 1000),
    }
    if claims is not None:
        context["authorizer"] = {"jwt": {"claims": dict(claims), "scopes": None}}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": dict(request.headers),
        "requestContext": context,
        "isBase64Encoded": False,
    }
    if query := _query(request):
        event["queryStringParameters"] = query
    if path_parameters:
        event["pathParameters"] = dict(path_parameters)
    if request.body:
        event["body"] = request.body.decode("utf-8", "replace")
    return event


def _http(request: Request) -> dict[str, str]:
    return {
        "method": request.method,
        "path": request.path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": request.headers.get("user-agent", ""),
    }


def _query(request: Request) -> dict[str, str]:
    """Return the query's parameters; values of the same name are joined with commas."""
    query: dict[str, str] = {}
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    return query


def read_result(result: Any) -> Answer:
    """Return the answer that a function's result means."""
    if not isinstance(result, dict) or "statusCode" not in result:
        return Answer.of_json(200, result)
    body = result.get("body") or ""
    content = base64.b64decode(body) if result.get("isBase64Encoded") else str(body).encode()
    headers = {str(name).lower(): str(value) for name, value in (result.get("headers") or {}).items()}
    return Answer(int(result["statusCode"]), content, {"content-type": "text/plain; charset=utf-8", **headers})
