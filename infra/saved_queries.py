"""Saved queries: a workgroup that encrypts and limits what it runs, and the reports that people choose from."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aws_cdk import Stack
from aws_cdk.aws_athena import CfnNamedQuery, CfnWorkGroup
from aws_cdk.aws_iam import Grant, IGrantable
from constructs import Construct

from trunkline.history.constants import query_constants
from trunkline.history.datasets import PREFIX
from trunkline.history.queries import SavedQuery, read_queries

from .catalogue import Catalogue
from .data import RESULTS_PREFIX
from .parts.bucket import PrivateBucket
from .parts.staging import PROJECT
from .plan import Plan

QUERIES = PROJECT / "infra" / "queries"
PRICES = PROJECT / "layers" / "trunkline" / "python" / "trunkline" / "billing" / "prices.json"
_MOST_SCANNED_BYTES = 10 * 1024**3
"""A query that reads more, five cents' worth, is stopped: a year of 20,000 contacts a day is less."""


class SavedQueries(Construct):
    """An Athena workgroup with a named query for each file of ``infra/queries``.

    Attributes
    ----------
    workgroup_name
        Where queries run; results go under ``results/`` of the history bucket.
    texts
        The queries as deployed, by name: constants of the centre are written in, days are asked.

    Notes
    -----
    **Source**: AWS CloudFormation user guide, "AWS::Athena::WorkGroup", "AWS::Athena::NamedQuery"; Amazon Athena
    pricing ($5 a TB scanned).
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, bucket: PrivateBucket, catalogue: Catalogue) -> None:
        super().__init__(scope, name)
        self._bucket, self._catalogue = bucket, catalogue
        self.workgroup_name = f"trunkline-{plan.settings.environment}"
        self._workgroup = self._create_workgroup(bucket)
        self._constants = query_constants(json.loads(plan.center_document), json.loads(PRICES.read_text("utf-8")))
        self.queries: Mapping[str, SavedQuery] = read_queries(QUERIES)
        self.texts = {name: query.write(self._constants) for name, query in self.queries.items()}
        for query in self.queries.values():
            self._save(query)

    @property
    def database_name(self) -> str:
        """The database that queries are asked of."""
        return self._catalogue.database_name

    def asked(self, name: str) -> tuple[str, ...]:
        """Return what a query asks, such as ``from_day``: one name for each ``?``, in order."""
        return self.queries[name].asked(self._constants)

    def allow_queries(self, grantee: IGrantable) -> None:
        """Let ``grantee`` run queries of this workgroup over history, and read what they answer.

        Notes
        -----
        Athena reads catalogue and files, and writes results, in the name of whoever asks.

        **Source**: Amazon Athena user guide, "Control access to Amazon S3 from Athena", "Configure access to
        databases and tables in AWS Glue", "Use IAM policies to control workgroup access".
        """
        workgroup = Stack.of(self).format_arn(service="athena", resource="workgroup", resource_name=self.workgroup_name)
        self._allow(
            grantee,
            [workgroup],
            *("athena:StartQueryExecution", "athena:GetQueryExecution"),
            *("athena:GetQueryResults", "athena:StopQueryExecution"),
        )
        self._allow(grantee, self._catalogue.arns, "glue:GetDatabase", "glue:GetTable", "glue:GetPartitions")
        self._allow(grantee, [self._bucket.bucket_arn], "s3:GetBucketLocation", "s3:ListBucket")
        self._bucket.allow_objects(grantee, PREFIX, "GetObject")
        self._bucket.allow_objects(grantee, RESULTS_PREFIX, "GetObject", "PutObject", "AbortMultipartUpload")

    def _create_workgroup(self, bucket: PrivateBucket) -> CfnWorkGroup:
        group = CfnWorkGroup
        return group(
            self,
            "WorkGroup",
            name=self.workgroup_name,
            description="Trunkline: reports over history",
            recursive_delete_option=True,
            work_group_configuration=group.WorkGroupConfigurationProperty(
                enforce_work_group_configuration=True,
                publish_cloud_watch_metrics_enabled=False,
                bytes_scanned_cutoff_per_query=_MOST_SCANNED_BYTES,
                engine_version=group.EngineVersionProperty(selected_engine_version="Athena engine version 3"),
                result_configuration=group.ResultConfigurationProperty(
                    output_location=f"s3://{bucket.bucket_name}/{RESULTS_PREFIX}",
                    encryption_configuration=group.EncryptionConfigurationProperty(encryption_option="SSE_S3"),
                ),
            ),
        )

    def _save(self, query: SavedQuery) -> None:
        asked = ", ".join(self.asked(query.name))
        saved = CfnNamedQuery(
            self,
            "".join(part.capitalize() for part in query.name.split("_")),
            name=query.name,
            description=f"{query.tells} Asks: {asked}."[:1024],
            database=self.database_name,
            query_string=self.texts[query.name],
            work_group=self.workgroup_name,
        )
        saved.add_resource_dependency(self._workgroup)

    @staticmethod
    def _allow(grantee: IGrantable, arns: list[str], *actions: str) -> None:
        Grant.add_to_principal(grantee=grantee, actions=list(actions), resource_arns=arns)
