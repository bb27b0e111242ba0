"""Reports: the function that writes them every night, and the topic that tells of them."""

from __future__ import annotations

from aws_cdk.aws_kms import Alias
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct

from .data import CONTACTS_BY_DAY, Tables
from .parts.bucket import PrivateBucket
from .parts.python_function import FunctionBase, PythonFunction
from .plan import Plan

REPORTS_PREFIX = "reports/"
DAY_SUMS_PREFIX = "day-sums/"
_FULL_PROCESSOR_MIB = 1769
_LONGEST_RUN_SECONDS = 900
_RESOLUTION_ATTRIBUTES = ("day", "interval_key", "expires_at", "counts")


class Reports(Construct):
    """``write_report``, for the workflow that closes a day, and its topic.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The centre: who is told of reports.
    base, tables
        What capabilities share. A report that could not be written fails the workflow, which has its alarm.
    bucket
        Where reports are kept.

    Notes
    -----
    The AWS managed key of Amazon SNS costs nothing, and its policy admits every principal of the account that may
    publish.

    **Source**: Amazon SNS developer guide, "Managing Amazon SNS encryption keys and costs".
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        base: FunctionBase,
        tables: Tables,
        bucket: PrivateBucket,
    ) -> None:
        super().__init__(scope, name)
        key = Alias.from_alias_name(self, "Key", "alias/aws/sns")
        self.topic = Topic(self, "Topic", display_name="Trunkline reports", enforce_ssl=True, master_key=key)
        if plan.center.reports.email is not None:
            self.topic.add_subscription(EmailSubscription(plan.center.reports.email))
        self.write_report = self._write_report(base, tables, bucket)
        self.functions = [self.write_report]

    def _write_report(self, base: FunctionBase, tables: Tables, bucket: PrivateBucket) -> PythonFunction:
        """Create the function that reads months of counters: a full processor, and all the time there is."""
        function = PythonFunction(
            self,
            "WriteReport",
            base=base,
            function="write_report",
            description="Writes the report of a day, a week or a month, and tells of it",
            memory_mib=_FULL_PROCESSOR_MIB,
            timeout_seconds=_LONGEST_RUN_SECONDS,
            environment={
                "CONTACTS_TABLE": tables.contacts.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "AGENT_STATES_TABLE": tables.agent_states.table_name,
                "REPORTS_BUCKET": bucket.bucket_name,
                "REPORTS_TOPIC_ARN": self.topic.topic_arn,
            },
        )
        tables.contacts.allow(function, "BatchGetItem")
        tables.contacts.allow_on_index(function, CONTACTS_BY_DAY, "Query")
        tables.agent_states.allow(function, "Query")
        tables.metrics.allow(function, "Query", "BatchGetItem")
        tables.metrics.allow_attributes(function, _RESOLUTION_ATTRIBUTES, "PutItem")
        bucket.allow_objects(function, REPORTS_PREFIX, "GetObject", "PutObject")
        bucket.allow_objects(function, DAY_SUMS_PREFIX, "GetObject", "PutObject")
        function.allow("s3:ListBucket", on=bucket.bucket_arn)
        function.allow("sns:Publish", on=self.topic.topic_arn)
        return function
