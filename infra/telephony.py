"""The telephone side: the Amazon Connect instance, its numbers, and where its data goes."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import Fn, Stack
from aws_cdk.aws_connect import CfnInstance, CfnInstanceStorageConfig, CfnPhoneNumber
from aws_cdk.aws_iam import PolicyStatement
from aws_cdk.aws_kinesis import IStream
from aws_cdk.aws_s3 import IBucket
from aws_cdk.custom_resources import (
    AwsCustomResource,
    AwsCustomResourcePolicy,
    AwsSdkCall,
    PhysicalResourceId,
)
from constructs import Construct

from .data import RECORDINGS_PREFIX
from .parts.acknowledgement import acknowledge
from .parts.log_group import RetainedLogGroup
from .plan import Plan


@dataclass(frozen=True)
class Instance:
    """The Amazon Connect instance, new or existing.

    Parameters
    ----------
    arn
        ARN of the instance.
    alias
        Its alias, part of its address and of its log group's name.
    """

    arn: str
    alias: str

    @property
    def id(self) -> str:
        """Identifier of the instance, the last part of its ARN."""
        return Fn.select(1, Fn.split("/", self.arn))

    @property
    def flow_log_group(self) -> str:
        """Name of the log group that Amazon Connect writes flow logs to.

        **Source**: Amazon Connect administrator guide, "Enable flow logs in an Amazon CloudWatch log group".
        """
        return f"/aws/connect/{self.alias}"


class Telephony(Construct):
    """The instance that answers, or the existing one that the centre moves into.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The environment and the call centre.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan) -> None:
        super().__init__(scope, name)
        self._settings = plan.settings
        existing = plan.center.instance_arn
        self.instance = Instance(existing, plan.alias) if existing else self._create_instance(plan.alias)

    def store(self, recordings: IBucket, agent_events: IStream, contact_records_arn: str) -> None:
        """Send recordings to S3, agent events to Kinesis and contact records to Firehose.

        **Source**: Amazon Connect API reference, ``AssociateInstanceStorageConfig``: it adds what the
        instance's service-linked role needs to write there.
        """
        arn, config = self.instance.arn, CfnInstanceStorageConfig
        config(
            self,
            "Recordings",
            instance_arn=arn,
            resource_type="CALL_RECORDINGS",
            storage_type="S3",
            s3_config=config.S3ConfigProperty(
                bucket_name=recordings.bucket_name,
                bucket_prefix=f"{RECORDINGS_PREFIX}{self.instance.alias}/CallRecordings",
            ),
        )
        config(
            self,
            "AgentEvents",
            instance_arn=arn,
            resource_type="AGENT_EVENTS",
            storage_type="KINESIS_STREAM",
            kinesis_stream_config=config.KinesisStreamConfigProperty(stream_arn=agent_events.stream_arn),
        )
        config(
            self,
            "ContactRecords",
            instance_arn=arn,
            resource_type="CONTACT_TRACE_RECORDS",
            storage_type="KINESIS_FIREHOSE",
            kinesis_firehose_config=config.KinesisFirehoseConfigProperty(firehose_arn=contact_records_arn),
        )

    def _create_instance(self, alias: str) -> Instance:
        instance = CfnInstance(
            self,
            "Instance",
            instance_alias=alias,
            identity_management_type="CONNECT_MANAGED",
            attributes=CfnInstance.AttributesProperty(
                inbound_calls=True,
                outbound_calls=False,
                contactflow_logs=True,
                contact_lens=False,
                auto_resolve_best_voices=True,
            ),
        )
        instance.apply_removal_policy(self._settings.removal_policy)
        created = Instance(instance.attr_arn, alias)
        logs = RetainedLogGroup(self, "FlowLogs", settings=self._settings, group_name=created.flow_log_group)
        instance.node.add_dependency(logs)
        return created


class Numbers(Construct):
    """The centre's telephone numbers, each leading to the inbound flow.

    CloudFormation can claim a number but not connect it with a flow, so a custom resource calls
    ``AssociatePhoneNumberContactFlow``.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, instance: Instance, flow_arn: str) -> None:
        super().__init__(scope, name)
        self._logs = RetainedLogGroup(self, "AssociationLogs", settings=plan.settings)
        self.addresses: dict[str, str] = {}
        for key, number in plan.center.numbers.items():
            claimed = CfnPhoneNumber(
                self,
                f"Number-{key}",
                target_arn=instance.arn,
                country_code=number.country,
                type=number.type,
                description=number.description,
            )
            claimed.apply_removal_policy(plan.settings.removal_policy)
            self._associate(key, claimed, instance, flow_arn)
            self.addresses[key] = claimed.attr_address
        self._acknowledge_findings()

    def _associate(self, key: str, number: CfnPhoneNumber, instance: Instance, flow_arn: str) -> None:
        number_id = Fn.select(1, Fn.split("/", number.attr_phone_number_arn))
        target = {"PhoneNumberId": number_id, "InstanceId": instance.id}
        associate = AwsSdkCall(
            service="connect",
            action="associatePhoneNumberContactFlow",
            parameters={**target, "ContactFlowId": Fn.select(3, Fn.split("/", flow_arn))},
            physical_resource_id=PhysicalResourceId.of(f"{key}-flow"),
        )
        statement = PolicyStatement(
            actions=["connect:AssociatePhoneNumberContactFlow", "connect:DisassociatePhoneNumberContactFlow"],
            resources=[instance.arn, number.attr_phone_number_arn, flow_arn],
        )
        AwsCustomResource(
            self,
            f"Association-{key}",
            on_create=associate,
            on_update=associate,
            on_delete=AwsSdkCall(service="connect", action="disassociatePhoneNumberContactFlow", parameters=target),
            policy=AwsCustomResourcePolicy.from_statements([statement]),
            install_latest_aws_sdk=False,
            log_group=self._logs,
        )

    def _acknowledge_findings(self) -> None:
        provider = next(child for child in Stack.of(self).node.children if child.node.id.startswith("AWS679f53"))
        acknowledge(
            provider,
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
            "CDK's own provider of custom resources: it runs at deployment only, and the managed policy lets "
            "it write its log. What it may call in Amazon Connect is stated beside each association.",
        )
