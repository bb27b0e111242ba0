"""Log groups that forget: every one has a retention."""

from __future__ import annotations

from aws_cdk.aws_logs import LogGroup
from constructs import Construct

from ..settings import Settings


class RetainedLogGroup(LogGroup):
    """A log group whose lines are deleted after the environment's retention.

    Parameters
    ----------
    scope, name
        Place in the tree.
    settings
        The environment.
    group_name
        Name of the group where a service asks for one; otherwise CloudFormation invents it.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings, group_name: str | None = None) -> None:
        super().__init__(
            scope,
            name,
            log_group_name=group_name,
            retention=settings.log_retention,
            removal_policy=settings.removal_policy,
        )
