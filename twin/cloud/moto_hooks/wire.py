"""API calls as HTTP carries them: read and written by moto's parsers and serialisers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model


@dataclass(frozen=True)
class WireCall:
    """An API call that came as an HTTP request."""

    service: str
    operation: str
    parameters: dict[str, Any]
    protocol: str
    model: Any


def read_wire(service: str, method: str, target: str, headers: Mapping[str, str], body: bytes) -> WireCall:
    """Read an API call from an HTTP request of the AWS SDK, by moto's parsers."""
    request = Request.from_primitives(method, f"http://127.0.0.1{target}", dict(headers), body)
    service_model = get_service_model(service)
    action = request.headers.get("x-amz-target", "").split(".")[-1] or request.values.get("Action", "")
    protocol = determine_request_protocol(service_model, request.content_type)
    uri_parameters: dict[str, Any] = {}
    if action:
        model = service_model.operation_model(action)
    else:
        model, uri_parameters = get_service_router(service).match(request)
    parsed = PROTOCOL_PARSERS[protocol](model).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": body,
            "url_path": request.path,
            "url_params": uri_parameters,
        }
    )
    return WireCall(service, str(model.name), _without_none(parsed), protocol, model)


def write_wire(call: WireCall, result: Mapping[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body that carry ``result``, by moto's serialisers."""
    serialiser = get_serializer_class(call.service, call.protocol)(call.model)
    answer = serialiser.serialize(result)
    body = answer["body"]
    headers = {str(name): str(value) for name, value in answer["headers"].items()}
    return int(answer["status_code"]), headers, body.encode() if isinstance(body, str) else bytes(body)


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_none(member) for name, member in value.items() if member is not None}
    return [_without_none(member) for member in value] if isinstance(value, list) else value
