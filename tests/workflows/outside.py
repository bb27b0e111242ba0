"""What the workflow ``self_service`` meets beyond AWS: an endpoint, and callers who key digits in secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from trunkline.ivr.input_key import certify, create_private_key
from twin.cloud.http_task import Connection, HttpTasks
from twin.cloud.moto_hooks.http_task import StateTaskServiceHttp
from twin.cloud.moto_hooks.interpreter import find_services
from twin.cloud.outside import OutsideAnswer, OutsideRequest
from twin.connect.encryption import encrypt_input

CONNECTION = "arn:aws:events:us-east-1:123456789012:connection/endpoint/1"
HOST = "orders.example"
URL = f"https://{HOST}/v1"
PRIVATE_KEY = create_private_key()
CERTIFICATE = certify(PRIVATE_KEY, name="tests", now=datetime.now(UTC)).certificate


def key_in_secret(digits: str) -> str:
    """Return digits as Amazon Connect hands them to a flow."""
    return encrypt_input(digits, "key-1", CERTIFICATE)


class EverythingAllowed:
    """A role that may do everything: permissions are tested in tests/twin and tests/infrastructure."""

    def allows(self, _principal: str, _access: object) -> bool:
        return True


@dataclass
class Outside:
    """One host, and what it answers one after the other; the last answer stays."""

    answers: list[OutsideAnswer] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the connection."""
        policies: Any = EverythingAllowed()
        self._tasks = HttpTasks(policies, "us-east-1")
        self._tasks.add(Connection(CONNECTION, "arn:secret", {"x-api-key": "k-1"}, {}))

    @property
    def requests(self) -> list[OutsideRequest]:
        return self._tasks.outside.requests

    def answer(self, *answers: OutsideAnswer) -> None:
        """Let the host answer these, in order."""
        self.answers = list(answers)
        self._tasks.outside.serve(HOST, self._next)

    def forget(self) -> None:
        """Let nobody know the host."""
        self._tasks.outside._hosts.clear()
        self.requests.clear()

    def make_services(self) -> Callable[[str], Any]:
        """Return moto's services of task states, and ``http`` beside them."""

        class Http(StateTaskServiceHttp):
            invoke = staticmethod(lambda parameters, **more: self._tasks.invoke(parameters, role="role", **more))

        return find_services(Http)

    def _next(self, _request: OutsideRequest) -> OutsideAnswer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
