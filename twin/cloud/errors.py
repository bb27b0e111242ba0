"""What can go wrong in the local cloud itself, as opposed to what AWS would answer."""

from __future__ import annotations


class CloudError(Exception):
    """Base of the local cloud's errors."""


class AssemblyError(CloudError):
    """``cdk.out`` is missing, incomplete or of an unknown version."""


class TemplateError(CloudError):
    """A template says something that cannot be resolved."""


class UnknownResourceError(CloudError):
    """A template holds a resource type that the twin does not know.

    Parameters
    ----------
    type_name
        CloudFormation type, such as ``AWS::SNS::Topic``.
    logical_id
        The resource's logical id.
    stack
        Name of its stack.
    """

    def __init__(self, type_name: str, logical_id: str, stack: str) -> None:
        super().__init__(
            f"{stack}/{logical_id}: the twin does not know the resource type {type_name}. "
            f"Register one with LocalCloud.provide_resource({type_name!r}, provider) before loading, add a "
            f"provider to twin/cloud/resources, or list the type with a reason in twin/cloud/resources/inert.py."
        )
        self.type_name = type_name
        self.logical_id = logical_id
        self.stack = stack


class ResourceError(CloudError):
    """Creating a resource failed."""

    def __init__(self, logical_id: str, type_name: str, stack: str, cause: str) -> None:
        super().__init__(f"{stack}/{logical_id} ({type_name}): {cause}")
        self.logical_id = logical_id
        self.type_name = type_name
        self.stack = stack


class NotOfferedError(CloudError):
    """The twin offers no such service, operation or feature."""


class PolicyError(CloudError):
    """A policy uses something whose meaning the twin does not know; it is never taken as allowed."""


class PatternError(CloudError):
    """An event pattern or filter is not valid."""
