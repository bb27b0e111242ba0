"""Buckets: private, versioned, encrypted by S3, reached over TLS only, every access logged."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_iam import Grant, IGrantable
from aws_cdk.aws_s3 import (
    BlockPublicAccess,
    Bucket,
    BucketEncryption,
    CfnBucket,
    IBucket,
    ObjectOwnership,
)
from constructs import Construct

from ..settings import Settings
from .acknowledgement import acknowledge_resources

_REPLACED_VERSIONS_KEPT = Duration.days(30)
_DELETED_VERSIONS_KEPT = Duration.days(1)
_UPLOADS_KEPT = Duration.days(1)


class PrivateBucket(Bucket):
    """A bucket for data of the centre.

    Parameters
    ----------
    scope, name
        Place in the tree.
    settings
        The environment: whether the bucket outlives its stack.
    log_bucket
        Where S3 writes who accessed what; nothing for the bucket that takes those logs itself.
    announces
        Whether S3 tells EventBridge of every new object.

    Notes
    -----
    The logging configuration and the announcement are set on the CloudFormation resource: CDK's own
    ways grant through an ACL or across stacks in a circle, and add a custom resource.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        log_bucket: IBucket | None,
        announces: bool = False,
    ) -> None:
        super().__init__(
            scope,
            name,
            encryption=BucketEncryption.S3_MANAGED,
            block_public_access=BlockPublicAccess.BLOCK_ALL,
            object_ownership=ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=True,
            removal_policy=settings.removal_policy,
        )
        resource = self.node.default_child
        assert isinstance(resource, CfnBucket)
        if log_bucket is not None:
            resource.logging_configuration = CfnBucket.LoggingConfigurationProperty(
                destination_bucket_name=log_bucket.bucket_name, log_file_prefix=f"{name.lower()}/"
            )
        if announces:
            resource.notification_configuration = CfnBucket.NotificationConfigurationProperty(
                event_bridge_configuration=CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
            )
        self._tidy()

    def expire_tagged(self, tag: str, value: str, days: int) -> None:
        """Delete objects that carry a tag, with all their versions, ``days`` after they were written."""
        self.add_lifecycle_rule(
            id=f"expire-{tag}-{value}",
            tag_filters={tag: value},
            expiration=Duration.days(days),
            noncurrent_version_expiration=_DELETED_VERSIONS_KEPT,
        )

    def expire(self, days: int, *, prefix: str | None = None) -> None:
        """Delete every object, or those under a prefix, ``days`` after it was written."""
        self.add_lifecycle_rule(
            id=f"expire-{prefix.strip('/')}" if prefix else "expire",
            prefix=prefix,
            expiration=Duration.days(days),
            noncurrent_version_expiration=_DELETED_VERSIONS_KEPT,
        )

    def allow_objects(self, grantee: IGrantable, prefix: str, *actions: str) -> None:
        """Let ``grantee`` take ``actions``, such as ``GetObject``, on the objects under ``prefix``."""
        Grant.add_to_principal(
            grantee=grantee,
            actions=[f"s3:{action}" for action in actions],
            resource_arns=[self.arn_for_objects(f"{prefix}*")],
        )
        acknowledge_resources(
            grantee,
            owner=self,
            arn=self.bucket_arn,
            suffix=f"/{prefix}*",
            reason=f"Objects are named by their contact: the prefix {prefix} is the least there is.",
        )

    def _tidy(self) -> None:
        self.add_lifecycle_rule(
            id="tidy",
            abort_incomplete_multipart_upload_after=_UPLOADS_KEPT,
            noncurrent_version_expiration=_REPLACED_VERSIONS_KEPT,
            expired_object_delete_marker=True,
        )
