"""HTTP Tasks of workflows: through an EventBridge connection to the world outside.

**Source**: AWS Step Functions developer guide, "Call HTTPS APIs in Step Functions workflows".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from twin.cloud.iam import Access
from twin.cloud.outside import OutsideAnswer, OutsideWorld, UnreachableError, make_request
from twin.cloud.policies import PolicyStore

LONGEST_SECONDS = 60.0
_BINARY = ("application/octet-stream", "image/", "video/", "audio/")


class HttpTaskError(Exception):
    """How an HTTP Task failed: the error's name and its cause, as a state machine sees them."""

    def __init__(self, error: str, cause: str) -> None:
        super().__init__(f"{error}: {cause}")
        self.error = error
        self.cause = cause


@dataclass(frozen=True)
class Connection:
    """An EventBridge connection: what it adds to each request, and the secret that keeps it."""

    arn: str
    secret_arn: str
    headers: Mapping[str, str]
    query: Mapping[str, str]


class HttpTasks:
    """Makes the requests of ``http:invoke``.

    Parameters
    ----------
    policies
        What the state machine's role may do.
    region
        Stands in the user agent.

    Attributes
    ----------
    wait
        Lets virtual seconds pass for the task.
    outside
        Who answers.
    """

    def __init__(self, policies: PolicyStore, region: str) -> None:
        self._policies = policies
        self.wait: Callable[[float], None] = lambda _: None
        self._region = region
        self._connections: dict[str, Connection] = {}
        self.outside = OutsideWorld()

    def add(self, connection: Connection) -> None:
        """Make a connection known."""
        self._connections[connection.arn] = connection

    def invoke(
        self, parameters: Mapping[str, Any], *, machine_arn: str, role: str, timeout_seconds: float
    ) -> dict[str, Any]:
        """Answer one HTTP Task: ``Headers``, ``ResponseBody``, ``StatusCode`` and ``StatusText``.

        Raises
        ------
        HttpTaskError
            ``States.Http.StatusCode.<status>``, ``States.Http.Socket``, ``States.Timeout``, ``States.Runtime``,
            ``States.Http.AccessDenied`` or ``Events.ConnectionResource.*``.
        """
        url, method = str(parameters["ApiEndpoint"]), str(parameters["Method"])
        if not url.startswith("https://"):
            raise HttpTaskError("States.Runtime", f"{url}: an HTTP Task calls https addresses only")
        self._authorise(machine_arn, role, url, method)
        connection = self._open(parameters, role)
        query = urlencode({**(parameters.get("QueryParameters") or {}), **connection.query}, doseq=True)
        agent = {"User-Agent": f"Amazon|StepFunctions|HttpInvoke|{self._region}", "Range": "bytes=0-262144"}
        headers = {**agent, **_texts(parameters.get("Headers")), **connection.headers}
        body = parameters.get("RequestBody")
        request = make_request(
            method, f"{url}?{query}" if query else url, headers, "" if body is None else json.dumps(body)
        )
        try:
            answer = self.outside.send(request)
        except UnreachableError as error:
            raise HttpTaskError("States.Http.Socket", str(error)) from None
        self._await(answer, timeout_seconds)
        return _read(answer)

    def _authorise(self, machine_arn: str, role: str, url: str, method: str) -> None:
        context = {"states:httpendpoint": url, "states:httpmethod": method}
        if not self._policies.allows(role, Access("states:InvokeHTTPEndpoint", (machine_arn,), context)):
            raise HttpTaskError("States.Http.AccessDenied", self._policies.denials[-1].message())

    def _open(self, parameters: Mapping[str, Any], role: str) -> Connection:
        arn = str((parameters.get("Authentication") or parameters.get("InvocationConfig") or {}).get("ConnectionArn"))
        if not self._policies.allows(role, Access("events:RetrieveConnectionCredentials", (arn,))):
            raise HttpTaskError("Events.ConnectionResource.AccessDenied", self._policies.denials[-1].message())
        connection = self._connections.get(arn)
        if connection is None:
            raise HttpTaskError("Events.ConnectionResource.ResourceNotFound", f"no connection {arn}")
        for action in ("GetSecretValue", "DescribeSecret"):
            if not self._policies.allows(role, Access(f"secretsmanager:{action}", (connection.secret_arn,))):
                raise HttpTaskError("Events.ConnectionResource.AccessDenied", self._policies.denials[-1].message())
        return connection

    def _await(self, answer: OutsideAnswer, timeout_seconds: float) -> None:
        self.wait(min(answer.delay_seconds, timeout_seconds, LONGEST_SECONDS))
        if answer.delay_seconds > timeout_seconds:
            raise HttpTaskError("States.Timeout", f"no answer within {timeout_seconds:g} seconds")
        if answer.delay_seconds > LONGEST_SECONDS:
            raise HttpTaskError("States.Http.Socket", f"no answer within {LONGEST_SECONDS:g} seconds")


def _read(answer: OutsideAnswer) -> dict[str, Any]:
    if not 200 <= answer.status < 300:
        raise HttpTaskError(f"States.Http.StatusCode.{answer.status}", answer.body or answer.reason)
    if answer.content_type.startswith(_BINARY):
        raise HttpTaskError("States.Runtime", f"the response's content type {answer.content_type} is not supported")
    return {
        "Headers": {"content-type": [answer.content_type], "content-length": [str(len(answer.body.encode()))]},
        "ResponseBody": _body(answer),
        "StatusCode": answer.status,
        "StatusText": answer.reason,
    }


def _body(answer: OutsideAnswer) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        return answer.body


def _texts(headers: Mapping[str, Any] | None) -> dict[str, str]:
    return {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in (headers or {}).items()}
