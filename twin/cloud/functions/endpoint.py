"""The AWS endpoint that isolated handlers call: wire format in, the same gate, wire format out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from botocore.exceptions import BotoCoreError, ClientError

from twin.cloud.errors import CloudError
from twin.cloud.functions.http import HttpAnswer, HttpRequest
from twin.cloud.moto_hooks import WireCall, read_wire, write_wire

_CREDENTIAL = re.compile(
    r"(?:Credential=|X-Amz-Credential=)([^/%]+)(?:/|%2F)[^/%]+(?:/|%2F)[^/%]+(?:/|%2F)([a-z0-9-]+)"
)
_BOTO_NAMES = {"states": "stepfunctions", "monitoring": "cloudwatch"}


def read_credential(request: HttpRequest) -> tuple[str, str] | None:
    """Return access key id and boto3 service name of a signed request."""
    match = _CREDENTIAL.search(request.headers.get("authorization", "")) or _CREDENTIAL.search(request.target)
    return (match[1], _BOTO_NAMES.get(match[2], match[2])) if match else None


class AwsEndpoint:
    """Answers requests of the AWS SDK.

    Parameters
    ----------
    client
        Gives a boto3 client for a service and a principal; its calls pass the API gate.
    """

    def __init__(self, client: Callable[[str, str], Any]) -> None:
        self._client = client

    def answer(self, request: HttpRequest, service: str, role: str) -> HttpAnswer:
        """Make the request's API call as ``role`` and answer it."""
        try:
            call = read_wire(service, request.method, request.target, request.headers, request.body)
        except Exception as error:
            return _error("json", "SerializationException", f"{service}: {error}", 400)
        try:
            result = self._client(service, role)._make_api_call(call.operation, call.parameters)
        except ClientError as error:
            described = error.response["Error"]
            status = error.response["ResponseMetadata"].get("HTTPStatusCode", 400)
            return _error(call.protocol, described["Code"], described["Message"], status)
        except (BotoCoreError, CloudError) as error:
            return _error(call.protocol, "ValidationException", str(error), 400)
        return _success(call, result)


def _success(call: WireCall, result: dict[str, Any]) -> HttpAnswer:
    result = {
        name: value.read() if hasattr(value, "read") else value
        for name, value in result.items()
        if name != "ResponseMetadata"
    }
    status, headers, body = write_wire(call, result)
    return HttpAnswer(status, body, headers)


def _error(protocol: str, code: str, message: str, status: int) -> HttpAnswer:
    if "json" in protocol:
        body = json.dumps({"__type": code, "message": message, "Message": message}).encode()
        headers = {"Content-Type": "application/x-amz-json-1.0", "x-amzn-ErrorType": code}
        return HttpAnswer(status, body, headers)
    inner = f"<Error><Type>Sender</Type><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
    text = inner if protocol == "rest-xml" else f"<ErrorResponse>{inner}</ErrorResponse>"
    return HttpAnswer(status, text.encode(), {"Content-Type": "text/xml"})


def presigned_object(url_path: str) -> tuple[str, str]:
    """Return bucket and key of a path-style URL."""
    bucket, _, key = unquote(url_path).lstrip("/").partition("/")
    return bucket, key
