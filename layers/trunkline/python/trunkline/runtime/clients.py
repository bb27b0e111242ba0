"""AWS clients that give up in time: a caller hears silence for as long as a function waits."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, overload

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_firehose import FirehoseClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_stepfunctions import SFNClient

# What a client takes from its environment: part of the cache's key, because functions that share a
# process must not share credentials.
_IDENTITY = ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL")


@overload
def client(
    service: Literal["dynamodb"], *, read_timeout_seconds: float = ..., attempts: int = ...
) -> DynamoDBClient: ...
@overload
def client(service: Literal["firehose"], *, read_timeout_seconds: float = ...) -> FirehoseClient: ...
@overload
def client(service: Literal["s3"], *, read_timeout_seconds: float = ...) -> S3Client: ...
@overload
def client(service: Literal["logs"], *, read_timeout_seconds: float = ...) -> CloudWatchLogsClient: ...
@overload
def client(service: Literal["sns"], *, read_timeout_seconds: float = ...) -> Any: ...
@overload
def client(service: Literal["ssm"], *, read_timeout_seconds: float = ...) -> SSMClient: ...
@overload
def client(
    service: Literal["stepfunctions"], *, read_timeout_seconds: float = ..., attempts: int = ...
) -> SFNClient: ...
def client(service: str, *, read_timeout_seconds: float = 3.0, attempts: int = 2) -> Any:
    """Return an ordinary AWS client, made once for each identity, timeout and number of attempts.

    Parameters
    ----------
    service
        ``dynamodb``, ``firehose``, ``s3``, ``sns``, ``logs``, ``ssm`` or ``stepfunctions``.
    read_timeout_seconds
        Seconds to wait for an answer before the attempt counts as failed.
    attempts
        Attempts in all; 1 where a second one would do the work twice.

    Returns
    -------
    botocore.client.BaseClient
        Connects within one second or fails; by default two attempts in all, so that two slow answers still
        fit the eight seconds that a contact flow waits.

    Notes
    -----
    The client is botocore's own: importing boto3 adds its resource layer to every cold start.

    **Source**: Amazon Connect administrator guide, "Invoke Lambda functions" (8 s);
    botocore reference, "Config".
    """
    return _make_client(service, read_timeout_seconds, attempts, tuple(os.environ.get(name) for name in _IDENTITY))


@lru_cache(maxsize=32)
def _make_client(service: str, read_timeout_seconds: float, attempts: int, identity: tuple[str | None, ...]) -> Any:
    region, default_region, *_ = identity
    return botocore.session.get_session().create_client(
        service,
        region_name=region or default_region,
        config=Config(
            connect_timeout=1,
            read_timeout=read_timeout_seconds,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
            signature_version="s3v4" if service == "s3" else None,
        ),
    )
