"""Faults of AWS services, raised where boto3 would raise them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient


@dataclass
class Fault:
    """An error that an API operation answers with, a number of times."""

    operation: str
    code: str
    times: int
    applies: Callable[[Mapping[str, Any]], bool]


@dataclass
class Faults:
    """Stands in front of every boto3 client: notes each request, and lets chosen operations fail."""

    planned: list[Fault] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    requests: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def add(
        self,
        operation: str,
        code: str,
        *,
        times: int = 1,
        applies: Callable[[Mapping[str, Any]], bool] = lambda parameters: True,
    ) -> None:
        """Let ``operation`` fail with ``code`` the next ``times``."""
        self.planned.append(Fault(operation, code, times, applies))

    def sent(self, operation: str) -> Mapping[str, Any]:
        """Return the parameters of the only request of an operation."""
        (parameters,) = [sent for name, sent in self.requests if name == operation]
        return parameters

    def install(self, monkeypatch: Any) -> None:
        """Put this in front of every client."""
        call = BaseClient._make_api_call  # type: ignore[attr-defined]

        def make_api_call(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> Any:
            self.requests.append((operation, parameters))
            self._fail(client, operation, parameters)
            return call(client, operation, parameters)

        monkeypatch.setattr(BaseClient, "_make_api_call", make_api_call)

    def _fail(self, client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> None:
        for fault in self.planned:
            if fault.operation == operation and fault.times > 0 and fault.applies(parameters):
                fault.times -= 1
                self.raised.append(f"{operation}:{fault.code}")
                response = {
                    "Error": {"Code": fault.code, "Message": f"planned {fault.code}"},
                    "ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "r-1"},
                }
                error_class: Any = client.exceptions.from_code(fault.code)
                raise error_class(response, operation)
