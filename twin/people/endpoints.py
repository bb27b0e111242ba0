"""The world outside of AWS in a scenario: hosts that the centre asks, and what they answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from twin.cloud.outside import OutsideAnswer, OutsideHost, OutsideRequest, OutsideWorld, UnreachableError

_NAME = re.compile(r"\{([a-z_]+)\}")


class EndpointRule(BaseModel):
    """What a host answers to one kind of request; the first rule that fits answers.

    Attributes
    ----------
    path
        Path of the request; ``{name}`` stands for one part of it, and for the same part in ``body``.
    status
        HTTP status.
    body
        JSON document.
    delay_seconds
        How long the answer takes.
    unreachable
        True where the connection fails.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, Field(pattern=r"^/")]
    status: int = 200
    body: Any = None
    delay_seconds: Annotated[float, Field(ge=0)] = 0.05
    unreachable: bool = False

    @field_validator("status")
    @classmethod
    def _is_http(cls, status: int) -> int:
        return HTTPStatus(status).value

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the named parts of a path that fits, otherwise None."""
        pieces = _NAME.split(self.path)
        pattern = "".join(f"(?P<{one}>[^/]+)" if index % 2 else re.escape(one) for index, one in enumerate(pieces))
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


def serve_endpoints(world: OutsideWorld, endpoints: Mapping[str, Sequence[EndpointRule]]) -> None:
    """Let the hosts of a scenario answer; a path without a rule is not found there."""
    for host, rules in endpoints.items():
        world.serve(host, _host(rules))


def _host(rules: Sequence[EndpointRule]) -> OutsideHost:
    def answer(request: OutsideRequest) -> OutsideAnswer:
        for rule in rules:
            parts = rule.match(request.path)
            if parts is None:
                continue
            if rule.unreachable:
                raise UnreachableError(f"{request.host}: the connection failed, as the scenario says")
            body = "" if rule.body is None else json.dumps(_fill(rule.body, parts), ensure_ascii=False)
            return OutsideAnswer(rule.status, body, delay_seconds=rule.delay_seconds)
        return OutsideAnswer(404, json.dumps({"error": "not found"}))

    return answer


def _fill(value: Any, parts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _NAME.sub(lambda match: parts.get(match[1], match[0]), value)
    if isinstance(value, Mapping):
        return {name: _fill(member, parts) for name, member in value.items()}
    return [_fill(member, parts) for member in value] if isinstance(value, list) else value
