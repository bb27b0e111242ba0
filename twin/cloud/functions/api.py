"""The boto3 client ``lambda``, as far as handlers and workflows call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.cloud.functions.service import FunctionService
from twin.cloud.principals import is_service
from twin.contracts import ServiceError


class LambdaApi:
    """Answers Invoke and the read operations.

    Parameters
    ----------
    functions
        The functions.
    """

    def __init__(self, functions: FunctionService) -> None:
        self._functions = functions

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one operation of the API."""
        if operation == "Invoke":
            return self._invoke(parameters, caller)
        if operation in {"GetFunction", "GetFunctionConfiguration"}:
            function = self._functions.find(parameters["FunctionName"])
            configuration = {
                "FunctionName": function.name,
                "FunctionArn": function.arn,
                "Role": function.role,
                "Handler": function.handler,
                "Runtime": function.runtime,
                "MemorySize": function.memory_mb,
                "Timeout": int(function.timeout_seconds),
            }
            return {"Configuration": configuration} if operation == "GetFunction" else configuration
        raise ServiceError("UnsupportedOperation", f"the twin's Lambda offers no {operation}", 501)

    def _invoke(self, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        function = self._functions.find(parameters["FunctionName"])
        if is_service(caller) and not self._functions.allows(function.arn, caller, ""):
            raise ServiceError("AccessDeniedException", f"{caller} may not invoke {function.arn}", 403)
        payload = parameters.get("Payload", b"{}") or b"{}"
        payload = payload.read() if hasattr(payload, "read") else payload
        text = payload.decode() if isinstance(payload, bytes | bytearray) else payload
        kind = parameters.get("InvocationType", "RequestResponse")
        if kind == "DryRun":
            return {"StatusCode": 204, "Payload": b""}
        if kind == "Event":
            self._functions.invoke_async(function.arn, text)
            return {"StatusCode": 202, "Payload": b""}
        outcome = self._functions.invoke(function.arn, text)
        answer = {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": outcome.payload.encode()}
        return answer if outcome.failure is None else {**answer, "FunctionError": "Unhandled"}
