"""HTTP APIs as templates describe them, and which route takes a request.

**Source**: API Gateway developer guide, "Create routes for HTTP APIs" and "Working with AWS Lambda
proxy integrations for HTTP APIs".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Integration:
    """What a route calls."""

    integration_id: str
    type: str
    uri: str
    payload_version: str

    @property
    def function_arn(self) -> str:
        """ARN of the Lambda function, whichever form the URI has."""
        match = re.search(r"arn:aws:lambda:[^/]+", self.uri)
        return match[0] if match else self.uri


@dataclass(frozen=True)
class Route:
    """A route: ``GET /api/contacts/{contact_id}`` or ``$default``."""

    key: str
    integration_id: str
    needs_token: bool = False

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """Return the path parameters when the route takes the request."""
        if self.key == "$default":
            return {}
        wanted, _, pattern = self.key.partition(" ")
        if wanted not in {"ANY", method}:
            return None
        found = re.fullmatch(_expression(pattern), path)
        return dict(found.groupdict()) if found else None

    @property
    def precedence(self) -> tuple[int, int]:
        """Sort key: exact before greedy before default."""
        if self.key == "$default":
            return (3, 0)
        return (2 if "+}" in self.key else 1 if "{" in self.key else 0, -len(self.key))


@dataclass
class HttpApi:
    """An HTTP API."""

    api_id: str
    name: str
    routes: list[Route] = field(default_factory=list)
    integrations: dict[str, Integration] = field(default_factory=dict)
    authorizers: dict[str, str] = field(default_factory=dict)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route that takes a request, with its path parameters."""
        for route in sorted(self.routes, key=lambda route: route.precedence):
            parameters = route.match(method, path)
            if parameters is not None:
                return route, parameters
        return None


def _expression(pattern: str) -> str:
    pieces = re.split(r"(\{[^}]+\})", pattern)
    converted = []
    for piece in pieces:
        if not piece.startswith("{"):
            converted.append(re.escape(piece))
        elif piece.endswith("+}"):
            converted.append(f"(?P<{piece[1:-2]}>.+)")
        else:
            converted.append(f"(?P<{piece[1:-1]}>[^/]+)")
    return "".join(converted)
