"""Contact records: from Amazon Connect through Firehose into the contacts table and the lake.

A contact whose record is there is over, so the same function takes it out of the live picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Metric
from aws_cdk.aws_iam import Grant, Role, ServicePrincipal
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_logs import LogStream
from constructs import Construct

from .data import CONTACTS_PREFIX, FAILED_PREFIX, Tables
from .history import History
from .parts.alarms import Alarms
from .parts.bucket import PrivateBucket
from .parts.log_group import RetainedLogGroup
from .parts.python_function import FunctionBase, PythonFunction

_BY_DAY = "!{timestamp:yyyy/MM/dd}/"


class Contacts(Construct):
    """The delivery stream of contact records and the function that stores each contact.

    Records that the function cannot store keep their cause under ``failed/`` of the lake, next to what
    arrived; they can be sent again from there.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        lake: PrivateBucket,
        history: History,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._settings = base.settings
        self.store_contact = self._store_contact(base, tables, history)
        self.role = Role(self, "DeliveryRole", assumed_by=ServicePrincipal("firehose.amazonaws.com"))
        self.delivery = self._deliver(lake)
        self._allow_delivery(lake)
        alarms.watch_function("StoreContactErrors", self.store_contact)
        alarms.watch(
            "ContactRecordsNotDelivered",
            Metric(
                namespace="AWS/Firehose",
                metric_name="DeliveryToS3.Success",
                dimensions_map={"DeliveryStreamName": self.delivery.ref},
                period=Duration.minutes(15),
                statistic="Minimum",
            ),
            below=1,
            means="Firehose could not write contact records to the lake; it retries for 24 hours.",
        )
        self.functions = [self.store_contact]

    def _store_contact(self, base: FunctionBase, tables: Tables, history: History) -> PythonFunction:
        function = PythonFunction(
            self,
            "StoreContact",
            base=base,
            function="store_contact",
            description="Stores contacts from contact records, the newest version of each",
            memory_mib=256,
            timeout_seconds=60,
            environment={
                "CONTACTS_TABLE": tables.contacts.table_name,
                "LIVE_TABLE": tables.live.table_name,
                "HISTORY_CONTACTS_STREAM": history.stream_name("contacts"),
            },
        )
        history.allow_put(function, "contacts")
        tables.contacts.allow(function, "PutItem")
        tables.live.allow(function, "DeleteItem")
        return function

    def _deliver(self, lake: PrivateBucket) -> CfnDeliveryStream:
        """Create the delivery stream: batches of a minute to the function, of a quarter of an hour to the lake.

        **Source**: Amazon Data Firehose developer guide, "Transform source data", "Custom prefixes for
        Amazon S3 objects".
        """
        stream = CfnDeliveryStream
        logs = RetainedLogGroup(self, "DeliveryLogs", settings=self._settings)
        log_stream = LogStream(self, "DeliveryLogStream", log_group=logs)
        _allow(self.role, ["logs:PutLogEvents"], [logs.log_group_arn])
        return stream(
            self,
            "ContactRecords",
            delivery_stream_type="DirectPut",
            delivery_stream_encryption_configuration_input=stream.DeliveryStreamEncryptionConfigurationInputProperty(
                key_type="AWS_OWNED_CMK"
            ),
            extended_s3_destination_configuration=stream.ExtendedS3DestinationConfigurationProperty(
                bucket_arn=lake.bucket_arn,
                role_arn=self.role.role_arn,
                prefix=f"{CONTACTS_PREFIX}{_BY_DAY}",
                error_output_prefix=f"{FAILED_PREFIX}!{{firehose:error-output-type}}/{_BY_DAY}",
                compression_format="GZIP",
                buffering_hints=stream.BufferingHintsProperty(interval_in_seconds=900, size_in_m_bs=64),
                cloud_watch_logging_options=stream.CloudWatchLoggingOptionsProperty(
                    enabled=True,
                    log_group_name=logs.log_group_name,
                    log_stream_name=log_stream.log_stream_name,
                ),
                processing_configuration=stream.ProcessingConfigurationProperty(
                    enabled=True, processors=[self._processor()]
                ),
            ),
        )

    def _processor(self) -> CfnDeliveryStream.ProcessorProperty:
        stream = CfnDeliveryStream
        parameters = {
            "LambdaArn": self.store_contact.function_arn,
            "RoleArn": self.role.role_arn,
            "BufferSizeInMBs": "1",
            "BufferIntervalInSeconds": "60",
            "NumberOfRetries": "3",
        }
        return stream.ProcessorProperty(
            type="Lambda",
            parameters=[
                stream.ProcessorParameterProperty(parameter_name=key, parameter_value=value)
                for key, value in parameters.items()
            ],
        )

    def _allow_delivery(self, lake: PrivateBucket) -> None:
        """Let Firehose write to the lake and invoke the function.

        **Source**: Amazon Data Firehose developer guide, "Grant Firehose access to an Amazon S3 destination".
        """
        for prefix in (CONTACTS_PREFIX, FAILED_PREFIX):
            lake.allow_objects(self.role, prefix, "PutObject", "AbortMultipartUpload")
        _allow(
            self.role,
            ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            [lake.bucket_arn],
        )
        arn = self.store_contact.function_arn
        _allow(self.role, ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"], [arn, f"{arn}:$LATEST"])
        self.delivery.node.add_dependency(self.role)


def _allow(role: Role, actions: Sequence[str], arns: Sequence[str]) -> None:
    Grant.add_to_principal(grantee=role, actions=list(actions), resource_arns=list(arns))
