"""The catalogue: which columns the files of a dataset have, and where they lie."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Stack
from aws_cdk.aws_glue import CfnDatabase, CfnTable
from constructs import Construct

from trunkline.history.datasets import DATASETS, PARTITION, PREFIX

from .parts.bucket import PrivateBucket
from .plan import Plan

_PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
_PARQUET_OUTPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
_PARQUET_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"


class Catalogue(Construct):
    """A Glue database with a table for each dataset.

    Days are not registered: Athena works out from ``projection...`` which folders a query needs, so nothing has to
    be crawled, and a new day is there with its first file.

    Notes
    -----
    **Source**: Amazon Athena user guide, "Use partition projection", "Supported types for partition projection";
    AWS CloudFormation user guide, "AWS::Glue::Table".
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, bucket: PrivateBucket) -> None:
        super().__init__(scope, name)
        stack = Stack.of(self)
        self.account, self.region = stack.account, stack.region
        self.database_name = f"trunkline_{plan.settings.environment}"
        self._keep_days = plan.center.recording.contact_retention_days
        database = CfnDatabase(
            self,
            "Database",
            catalog_id=self.account,
            database_input=CfnDatabase.DatabaseInputProperty(
                name=self.database_name, description="Trunkline: contacts, agents, conversations and counters"
            ),
        )
        for dataset, columns in DATASETS.items():
            self._add_table(dataset, columns, bucket).add_resource_dependency(database)

    @property
    def arns(self) -> list[str]:
        """What a reader of the tables must be allowed to read."""
        stack = Stack.of(self)
        names = [f"{self.database_name}/{self.table_name(dataset)}" for dataset in DATASETS]
        return [
            stack.format_arn(service="glue", resource="catalog"),
            stack.format_arn(service="glue", resource="database", resource_name=self.database_name),
            *(stack.format_arn(service="glue", resource="table", resource_name=name) for name in names),
        ]

    @staticmethod
    def table_name(dataset: str) -> str:
        """Return the name of a dataset's table."""
        return dataset

    def _add_table(self, dataset: str, columns: Mapping[str, str], bucket: PrivateBucket) -> CfnTable:
        table, location = CfnTable, f"s3://{bucket.bucket_name}/{PREFIX}{dataset}/"
        return table(
            self,
            "".join(part.capitalize() for part in dataset.split("_")),
            catalog_id=self.account,
            database_name=self.database_name,
            table_input=table.TableInputProperty(
                name=self.table_name(dataset),
                table_type="EXTERNAL_TABLE",
                parameters={
                    "classification": "parquet",
                    "projection.enabled": "true",
                    f"projection.{PARTITION}.type": "date",
                    f"projection.{PARTITION}.format": "yyyy-MM-dd",
                    f"projection.{PARTITION}.range": f"NOW-{self._keep_days}DAYS,NOW",
                    f"projection.{PARTITION}.interval": "1",
                    f"projection.{PARTITION}.interval.unit": "DAYS",
                    "storage.location.template": f"{location}{PARTITION}=${{{PARTITION}}}/",
                },
                partition_keys=[table.ColumnProperty(name=PARTITION, type="string")],
                storage_descriptor=table.StorageDescriptorProperty(
                    location=location,
                    columns=[table.ColumnProperty(name=name, type=kind) for name, kind in columns.items()],
                    input_format=_PARQUET_INPUT,
                    output_format=_PARQUET_OUTPUT,
                    compressed=True,
                    serde_info=table.SerdeInfoProperty(serialization_library=_PARQUET_SERDE),
                ),
            ),
        )
