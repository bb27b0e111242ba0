"""Findings of cdk-nag that are meant, each told on the resource that it concerns."""

from __future__ import annotations

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from aws_cdk.aws_iam import IGrantable
from constructs import Construct, IConstruct


def acknowledge(construct: IConstruct, finding: str, reason: str) -> None:
    """Accept one finding of the AwsSolutions pack on one construct.

    Parameters
    ----------
    construct
        The resource, or the construct that stands for it.
    finding
        The finding without its pack, such as ``SQS3`` or ``IAM5[Resource::*]``.
    reason
        Why it is right here, for the reader of an audit.

    Notes
    -----
    **Source**: cdk-nag 3, README, "Acknowledging a specific finding".
    """
    Validations.of(construct).acknowledge(Acknowledgment(id=f"AwsSolutions-{finding}", reason=reason))


def acknowledge_resources(grantee: IGrantable, *, owner: Construct, arn: str, suffix: str, reason: str) -> None:
    """Accept that a role may act on ``arn`` followed by ``suffix``, which ends in a wildcard.

    Parameters
    ----------
    grantee
        Whose role it is.
    owner, arn
        The construct that has the ARN, in this or another stack, and the ARN.
    suffix
        What follows it, such as ``/connect/*``.
    reason
        Why it is right here.
    """
    role = grantee.grant_principal
    assert isinstance(role, Construct)
    acknowledge_resource(role, f"{_spell_arn(role, owner, arn)}{suffix}", reason)


def acknowledge_resource(role: IConstruct, resource: str, reason: str) -> None:
    """Accept that a role may act on a resource with a wildcard, spelt as cdk-nag spells it."""
    acknowledge(role, f"IAM5[Resource::{resource}]", reason)


def _spell_arn(reader: Construct, owner: Construct, arn: str) -> str:
    """Return an ARN as cdk-nag spells it: ``<LogicalId.Arn>``, or the export of another stack."""
    stack, owning_stack = Stack.of(reader), Stack.of(owner)
    if stack.node.path == owning_stack.node.path:
        resource = owner.node.default_child
        assert isinstance(resource, CfnElement)
        return f"<{stack.resolve(resource.logical_id)}.Arn>"
    imported = stack.resolve(owning_stack.export_value(arn))
    return str(imported["Fn::ImportValue"])
