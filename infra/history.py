"""History: four delivery streams that write Parquet, by the columns of a catalogue, for Athena to ask."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk.aws_iam import Grant, Role, ServicePrincipal
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_logs import LogStream
from constructs import Construct

from trunkline.history.datasets import DATASETS, PARTITION, PREFIX

from .catalogue import Catalogue
from .data import FAILED_PREFIX
from .parts.bucket import PrivateBucket
from .parts.log_group import RetainedLogGroup
from .parts.python_function import PythonFunction
from .plan import Plan
from .saved_queries import SavedQueries

_BUFFER_SECONDS = 900
_BUFFER_MIB = 64
"""Both the most that costs little: an object a quarter of an hour and dataset, and the least for conversion."""


class History(Construct):
    """Delivery streams by dataset, the catalogue of their files, and saved queries over them.

    A row that does not fit its columns keeps its cause under ``failed/history/``, next to what arrived. The rows
    themselves come from functions, which fail if a stream does not take them: so there is no alarm here.

    Notes
    -----
    **Source**: Amazon Data Firehose developer guide, "Convert input data format", "Custom prefixes for Amazon S3
    objects", "Grant Firehose access to AWS Glue for data format conversion".
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, bucket: PrivateBucket) -> None:
        super().__init__(scope, name)
        self._bucket = bucket
        self.catalogue = Catalogue(self, "Catalogue", plan=plan, bucket=bucket)
        self.queries = SavedQueries(self, "Queries", plan=plan, bucket=bucket, catalogue=self.catalogue)
        self._logs = RetainedLogGroup(self, "DeliveryLogs", settings=plan.settings)
        self._role = self._delivery_role()
        self._streams = {dataset: self._deliver(dataset) for dataset in DATASETS}

    def stream_name(self, dataset: str) -> str:
        """Return the name of a dataset's delivery stream, for ``HISTORY_<DATASET>_STREAM``."""
        return self._streams[dataset].ref

    def allow_put(self, function: PythonFunction, dataset: str) -> None:
        """Let a function put rows into a dataset."""
        function.allow("firehose:PutRecordBatch", on=self._streams[dataset].attr_arn)

    def _delivery_role(self) -> Role:
        role = Role(self, "DeliveryRole", assumed_by=ServicePrincipal("firehose.amazonaws.com"))
        for prefix in (PREFIX, f"{FAILED_PREFIX}{PREFIX}"):
            self._bucket.allow_objects(role, prefix, "PutObject", "AbortMultipartUpload")
        _allow(
            role,
            ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            [self._bucket.bucket_arn],
        )
        _allow(role, ["logs:PutLogEvents"], [self._logs.log_group_arn])
        _allow(role, ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"], self.catalogue.arns)
        return role

    def _deliver(self, dataset: str) -> CfnDeliveryStream:
        stream = CfnDeliveryStream
        title = "".join(part.capitalize() for part in dataset.split("_"))
        logs = LogStream(self, f"{title}Log", log_group=self._logs)
        delivery = stream(
            self,
            title,
            delivery_stream_type="DirectPut",
            delivery_stream_encryption_configuration_input=stream.DeliveryStreamEncryptionConfigurationInputProperty(
                key_type="AWS_OWNED_CMK"
            ),
            extended_s3_destination_configuration=stream.ExtendedS3DestinationConfigurationProperty(
                bucket_arn=self._bucket.bucket_arn,
                role_arn=self._role.role_arn,
                prefix=f"{PREFIX}{dataset}/{PARTITION}=!{{timestamp:yyyy-MM-dd}}/",
                error_output_prefix=f"{FAILED_PREFIX}{PREFIX}{dataset}/!{{firehose:error-output-type}}/"
                f"{PARTITION}=!{{timestamp:yyyy-MM-dd}}/",
                compression_format="UNCOMPRESSED",
                buffering_hints=stream.BufferingHintsProperty(
                    interval_in_seconds=_BUFFER_SECONDS, size_in_m_bs=_BUFFER_MIB
                ),
                cloud_watch_logging_options=stream.CloudWatchLoggingOptionsProperty(
                    enabled=True, log_group_name=self._logs.log_group_name, log_stream_name=logs.log_stream_name
                ),
                data_format_conversion_configuration=self._conversion(dataset),
            ),
        )
        delivery.node.add_dependency(self._role, self.catalogue)
        return delivery

    def _conversion(self, dataset: str) -> CfnDeliveryStream.DataFormatConversionConfigurationProperty:
        stream = CfnDeliveryStream
        return stream.DataFormatConversionConfigurationProperty(
            enabled=True,
            input_format_configuration=stream.InputFormatConfigurationProperty(
                deserializer=stream.DeserializerProperty(open_x_json_ser_de=stream.OpenXJsonSerDeProperty())
            ),
            output_format_configuration=stream.OutputFormatConfigurationProperty(
                serializer=stream.SerializerProperty(parquet_ser_de=stream.ParquetSerDeProperty(compression="SNAPPY"))
            ),
            schema_configuration=stream.SchemaConfigurationProperty(
                role_arn=self._role.role_arn,
                catalog_id=self.catalogue.account,
                region=self.catalogue.region,
                database_name=self.catalogue.database_name,
                table_name=self.catalogue.table_name(dataset),
                version_id="LATEST",
            ),
        )


def _allow(role: Role, actions: Sequence[str], arns: Sequence[str]) -> None:
    Grant.add_to_principal(grantee=role, actions=list(actions), resource_arns=list(arns))
