"""Environments as typed settings: what differs between trying a centre out and running one.

Nothing here names an account, a region or a machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aws_cdk import RemovalPolicy
from aws_cdk.aws_lambda import Architecture, Runtime
from aws_cdk.aws_logs import RetentionDays

EnvironmentName = Literal["dev", "prod"]

LAMBDA_RUNTIME = Runtime.PYTHON_3_13
LAMBDA_ARCHITECTURE = Architecture.ARM_64
LAMBDA_PYTHON = "3.13"
"""Version of :data:`LAMBDA_RUNTIME`, for which the dependency layer's wheels are chosen."""

METRIC_NAMESPACE = "Trunkline"
"""CloudWatch namespace of the embedded metrics that ``aggregate_metrics`` logs."""


class SettingsError(Exception):
    """An environment was asked for that does not exist."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What differs between environments.

    Parameters
    ----------
    environment
        Name of the environment; ends the names of stacks.
    alias_suffix
        Appended to the centre's alias, which is unique in the world, so that environments can coexist.
    keep_data
        Whether tables, buckets, the user pool, the instance and its numbers outlive their stack.
    log_retention
        How long log lines are kept.
    access_log_days
        How long records of who read which object are kept, in days.
    shards
        Shards of the agent event stream (one carries 1,000 events a second).
    requests_per_second
        Steady rate that the console's API admits; twice as many in a burst.
    publish_test_cases
        Whether test cases can be started, and so are checked by Amazon Connect as they are deployed. Their
        contacts count like others', so that production only keeps them.
    """

    environment: EnvironmentName
    alias_suffix: str
    keep_data: bool
    log_retention: RetentionDays
    access_log_days: int
    shards: int = 1
    requests_per_second: int = 50
    publish_test_cases: bool = False

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What happens to data when its stack is deleted."""
        return RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY


_ENVIRONMENTS: dict[str, Settings] = {
    "dev": Settings(
        environment="dev",
        alias_suffix="-dev",
        keep_data=False,
        log_retention=RetentionDays.ONE_WEEK,
        access_log_days=30,
        publish_test_cases=True,
    ),
    "prod": Settings(
        environment="prod",
        alias_suffix="",
        keep_data=True,
        log_retention=RetentionDays.THREE_MONTHS,
        access_log_days=365,
    ),
}


def get_settings(environment: str) -> Settings:
    """Return the settings of an environment.

    Raises
    ------
    SettingsError
        If there is no such environment; the message names those that exist.
    """
    try:
        return _ENVIRONMENTS[environment]
    except KeyError:
        known = " or ".join(_ENVIRONMENTS)
        raise SettingsError(f"environment {environment!r} does not exist; use {known} (-c environment=dev)") from None
