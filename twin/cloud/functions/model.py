"""What a Lambda function is, and what running it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

FailureKind = Literal["error", "timeout", "denied"]


@dataclass(frozen=True)
class Function:
    """A Lambda function as its template says.

    Attributes
    ----------
    logs_platform
        Whether Lambda logs the start, end and report of each run: not with a system log level above INFO.
    """

    name: str
    arn: str
    role: str
    handler: str
    runtime: str
    code: Path | None
    layers: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    memory_mb: int = 128
    timeout_seconds: float = 3.0
    log_group: str = ""
    logs_platform: bool = True
    dead_letter_arn: str | None = None

    @property
    def runs_python(self) -> bool:
        """Whether the twin can run it."""
        return self.runtime.startswith("python")


@dataclass(frozen=True)
class AsyncSettings:
    """How asynchronous invocations are retried."""

    retries: int = 2
    on_failure_arn: str | None = None


@dataclass(frozen=True)
class Invocation:
    """One run of a handler.

    Attributes
    ----------
    payload
        The event as JSON.
    request_id
        Seeded UUID.
    limit_seconds
        Virtual seconds after which the run counts as timed out.
    """

    function: Function
    payload: str
    request_id: str
    limit_seconds: float


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    payload
        The result as JSON; on failure AWS's error object.
    failure
        None when the handler returned.
    seconds
        Duration by the twin's model of durations, or measured when isolated.
    lines
        What the handler printed.
    """

    payload: str
    seconds: float
    lines: tuple[str, ...] = ()
    failure: FailureKind | None = None
    cause: str = ""
    init_seconds: float = 0.0


class Runner(Protocol):
    """Runs handlers."""

    def run(self, invocation: Invocation) -> Outcome:
        """Run a handler once."""

    def close(self) -> None:
        """Give back processes and modules."""


def runtime_environment(function: Function, region: str) -> dict[str, str]:
    """Return the environment that Lambda gives a function.

    Notes
    -----
    **Source**: Lambda developer guide, "Defined runtime environment variables".
    """
    return {
        "PATH": "/usr/local/bin:/usr/bin/:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": "twin",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
        "AWS_ACCESS_KEY_ID": "twin",
        "AWS_SECRET_ACCESS_KEY": "twin",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "LAMBDA_TASK_ROOT": str(function.code),
        "_HANDLER": function.handler,
        **function.environment,
    }


def error_payload(kind: str, message: str, request_id: str, trace: list[str] | None = None) -> dict[str, Any]:
    """Return AWS's error object of a failed invocation."""
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace or []}
