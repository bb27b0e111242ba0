"""Tables: paid by the request, recoverable to any second of the last 35 days, encrypted."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk.aws_dynamodb import (
    Attribute,
    AttributeType,
    BillingMode,
    PointInTimeRecoverySpecification,
    StreamViewType,
    TableEncryption,
)
from aws_cdk.aws_dynamodb import Table as DynamoTable
from aws_cdk.aws_iam import Grant, IGrantable
from constructs import Construct

from ..settings import Settings


class Table(DynamoTable):
    """A table with text keys.

    Parameters
    ----------
    scope, name
        Place in the tree.
    settings
        The environment: whether the table outlives its stack and refuses to be deleted.
    partition_key, sort_key
        Names of the key attributes.
    expires
        Whether items are deleted after the moment in ``expires_at``.
    streamed
        Whether changes are published with the item before and after.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        partition_key: str,
        sort_key: str | None = None,
        expires: bool = False,
        streamed: bool = False,
    ) -> None:
        super().__init__(
            scope,
            name,
            partition_key=text_attribute(partition_key),
            sort_key=text_attribute(sort_key) if sort_key else None,
            billing_mode=BillingMode.PAY_PER_REQUEST,
            encryption=TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True),
            time_to_live_attribute="expires_at" if expires else None,
            stream=StreamViewType.NEW_AND_OLD_IMAGES if streamed else None,
            deletion_protection=settings.keep_data,
            removal_policy=settings.removal_policy,
        )

    def allow(self, grantee: IGrantable, *actions: str) -> None:
        """Let ``grantee`` take ``actions``, such as ``GetItem``, on the table and not on its indexes."""
        _allow(grantee, actions, self.table_arn)

    def allow_on_partition(self, grantee: IGrantable, partition: str, *actions: str) -> None:
        """Let ``grantee`` take ``actions`` on the items of one partition and no others.

        **Source**: Amazon DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
        """
        grant = _allow(grantee, actions, self.table_arn)
        for statement in grant.principal_statements:
            statement.add_condition("ForAllValues:StringEquals", {"dynamodb:LeadingKeys": [partition]})

    def allow_attributes(self, grantee: IGrantable, attributes: Iterable[str], *actions: str) -> None:
        """Let ``grantee`` take ``actions`` that touch these attributes, the keys among them, and no others.

        **Source**: Amazon DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
        """
        grant = _allow(grantee, actions, self.table_arn)
        for statement in grant.principal_statements:
            statement.add_condition("ForAllValues:StringEquals", {"dynamodb:Attributes": sorted(attributes)})

    def allow_on_index(self, grantee: IGrantable, index: str, *actions: str) -> None:
        """Let ``grantee`` take ``actions``, such as ``Query``, on one index."""
        _allow(grantee, actions, f"{self.table_arn}/index/{index}")


def text_attribute(name: str) -> Attribute:
    """Return a key attribute that holds text."""
    return Attribute(name=name, type=AttributeType.STRING)


def _allow(grantee: IGrantable, actions: tuple[str, ...], arn: str) -> Grant:
    return Grant.add_to_principal(
        grantee=grantee, actions=[f"dynamodb:{action}" for action in actions], resource_arns=[arn]
    )
