"""What the rooms of the twin promise each other: the cloud, the services built on it, and speech.

``twin.cloud`` implements :class:`Cloud`; ``twin.connect`` and ``twin.speech`` stand on it and
know nothing else of it. Every call that AWS would charge or authorise goes through
:meth:`Cloud.client` or :meth:`Cloud.invoke`, so that it is metered and held against a role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Literal, Protocol


class Timer(Protocol):
    """A scheduled action that can still be taken back."""

    def cancel(self) -> None:
        """Drop the action; nothing happens if it already ran."""


class Clock(Protocol):
    """Virtual time: actions run in order of their moment, then of their scheduling."""

    def now(self) -> datetime:
        """Return the virtual moment, aware, in UTC."""

    def call_at(self, moment: datetime, action: Callable[[], None]) -> Timer:
        """Run ``action`` at ``moment`` (now, if that is past)."""

    def call_later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Run ``action`` after ``seconds`` of virtual time."""


class ServiceProvider(Protocol):
    """An AWS service that the twin itself provides behind boto3."""

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one API operation.

        Parameters
        ----------
        operation
            Name as in the service model, such as ``StartTranscriptionJob``.
        parameters
            Validated request members.
        caller
            Role ARN or service principal that made the call.

        Raises
        ------
        ServiceError
            For an answer that is an error of the service.
        """


class ServiceError(Exception):
    """An error answer of an AWS service; becomes botocore's ``ClientError``."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


class FunctionFailedError(Exception):
    """A Lambda function raised, timed out or could not be loaded."""

    def __init__(self, function: str, kind: Literal["error", "timeout", "denied"], cause: str) -> None:
        super().__init__(f"{function}: {kind}: {cause}")
        self.function = function
        self.kind = kind
        self.cause = cause


@dataclass(frozen=True)
class Resource:
    """One CloudFormation resource, its intrinsics resolved."""

    logical_id: str
    type: str
    properties: Mapping[str, Any]
    stack: str


@dataclass(frozen=True)
class Created:
    """What creating a resource gave: the value of ``Ref`` and of each ``Fn::GetAtt``."""

    ref: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class ResourceProvider(Protocol):
    """Creates resources of one CloudFormation type."""

    def __call__(self, resource: Resource) -> Created:
        """Create ``resource`` in the twin."""


class Cloud(Protocol):
    """The part of AWS that other rooms of the twin stand on."""

    account: str
    region: str

    @property
    def clock(self) -> Clock:
        """The clock that everything in this cloud goes by."""

    def random(self, name: str) -> Random:
        """Return the seeded random stream called ``name``; the same stream for the same name."""

    def new_id(self, name: str) -> str:
        """Return the next UUID of the seeded stream called ``name``."""

    def client(self, service: str, principal: str) -> Any:
        """Return a boto3 client whose calls are made, authorised and metered as ``principal``.

        It is the same client for the same service and principal: a role ARN (held against its
        policies) or a service principal such as ``connect.amazonaws.com`` (trusted: AWS's own side).
        """

    def emit(self, source: str, detail_type: str, detail: Mapping[str, Any], resources: Sequence[str] = ()) -> None:
        """Put an AWS service event on the default event bus at this moment."""

    def invoke(self, function_arn: str, payload: Any, *, timeout_seconds: float, principal: str) -> Any:
        """Invoke a Lambda function synchronously; answer its JSON result.

        Raises
        ------
        FunctionFailedError
            When the function raises, is not allowed, or runs longer than ``timeout_seconds``.
        """

    def provide_service(self, service: str, provider: ServiceProvider) -> None:
        """Let ``provider`` answer the boto3 client ``service`` from now on."""

    def provide_resource(self, type_name: str, provider: ResourceProvider) -> None:
        """Let ``provider`` create CloudFormation resources of type ``type_name``."""

    def put_metric(self, namespace: str, name: str, dimensions: Mapping[str, str], value: float) -> None:
        """Put a metric that an AWS service itself sends to CloudWatch; nobody pays for it."""

    def meter(self, service: str, item: str, quantity: float) -> None:
        """Count usage that no API call shows, such as voice minutes or transcribed seconds."""


Speaker = Literal["customer", "agent"]


@dataclass(frozen=True)
class Utterance:
    """One stretch of speech in a conversation; times in seconds from the recording's start."""

    speaker: Speaker
    language: str
    text: str
    start_seconds: float
    end_seconds: float


class Studio(Protocol):
    """Speech: how long a line takes, how a call sounds, and what was said in it."""

    def seconds(self, text: str, language: str, speaker: Speaker) -> float:
        """Return the spoken length of ``text`` in seconds."""

    def recording(self, utterances: Sequence[Utterance], seconds: float) -> bytes:
        """Return a WAV file: two channels (0 customer, 1 agent), 8 kHz, 16 bit, ``seconds`` long."""

    def remember(self, bucket: str, key: str, utterances: Sequence[Utterance]) -> None:
        """Keep what was said in the recording at ``s3://bucket/key``, for transcription."""
