"""What must not be lost: tables, buckets, the agent event stream, accounts.

These live in a stack of their own, so that code can be deployed again and again without touching data.
"""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Stack
from aws_cdk.aws_cognito import (
    CfnUserPoolGroup,
    Mfa,
    MfaSecondFactor,
    PasswordPolicy,
    SignInAliases,
    UserPool,
)
from aws_cdk.aws_dynamodb import ProjectionType
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_kinesis import Stream, StreamEncryption, StreamMode
from aws_cdk.aws_secretsmanager import Secret, SecretStringGenerator
from constructs import Construct

from .parts.acknowledgement import acknowledge
from .parts.bucket import PrivateBucket
from .parts.table import Table, text_attribute
from .plan import Plan
from .settings import Settings

ROLES = ("agent", "supervisor", "manager")
RETENTION_TAG = ("retention", "standard")
RECORDINGS_PREFIX = "connect/"
TRANSCRIPTS_PREFIX = "transcripts/"
ANALYSES_PREFIX = "analyses/"
CONTACTS_PREFIX = "contacts/"
FAILED_PREFIX = "failed/"
RESULTS_PREFIX = "results/"
RESULTS_KEPT_DAYS = 7
CONTACTS_BY_DAY = "by_day"


class Tables(Construct):
    """The five tables.

    Contacts and agents' states are the log and are streamed to the metrics; live items are a picture that may be
    rebuilt; customers are what the centre knows of its callers.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.contacts = Table(
            self,
            "Contacts",
            settings=settings,
            partition_key="contact_id",
            sort_key="part",
            expires=True,
            streamed=True,
        )
        self.contacts.add_global_secondary_index(
            index_name=CONTACTS_BY_DAY,
            partition_key=text_attribute("day"),
            sort_key=text_attribute("initiated_at"),
            projection_type=ProjectionType.INCLUDE,
            non_key_attributes=[
                *(
                    "queue",
                    "agent",
                    "outcome",
                    "wait_seconds",
                    "talk_seconds",
                    "language",
                    "customer",
                    "enqueued_at",
                    "channel",
                )
            ],
        )
        self.metrics = Table(
            self, "Metrics", settings=settings, partition_key="day", sort_key="interval_key", expires=True
        )
        self.agent_states = Table(
            self,
            "AgentStates",
            settings=settings,
            partition_key="day",
            sort_key="state_key",
            expires=True,
            streamed=True,
        )
        self.live = Table(self, "Live", settings=settings, partition_key="picture", sort_key="item_key", expires=True)
        self.customers = Table(self, "Customers", settings=settings, partition_key="phone")


class Buckets(Construct):
    """Recordings, what is made of them, contact records as they came, history, and who accessed what.

    Recordings and analyses expire by the tag that the pipeline gives them once they are whole, so that
    nothing is deleted that is still to be mended. Transcribe writes transcripts without a tag: they expire by
    their prefix.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan) -> None:
        super().__init__(scope, name)
        settings, keep = plan.settings, plan.center.recording
        self.access_logs = PrivateBucket(self, "AccessLogs", settings=settings, log_bucket=None)
        self.access_logs.expire(settings.access_log_days)
        self._admit_access_logs()
        self.recordings = PrivateBucket(
            self, "Recordings", settings=settings, log_bucket=self.access_logs, announces=True
        )
        self.conversations = PrivateBucket(self, "Conversations", settings=settings, log_bucket=self.access_logs)
        for bucket in (self.recordings, self.conversations):
            bucket.expire_tagged(*RETENTION_TAG, keep.retention_days)
        self.conversations.expire(keep.retention_days, prefix=TRANSCRIPTS_PREFIX)
        self.contact_records = PrivateBucket(self, "ContactRecords", settings=settings, log_bucket=self.access_logs)
        self.contact_records.expire(keep.contact_retention_days)
        self.history = PrivateBucket(self, "History", settings=settings, log_bucket=self.access_logs)
        self.history.expire(keep.contact_retention_days)
        self.history.expire(RESULTS_KEPT_DAYS, prefix=RESULTS_PREFIX)

    def _admit_access_logs(self) -> None:
        self.access_logs.add_to_resource_policy(
            PolicyStatement(
                sid="AdmitAccessLogs",
                principals=[ServicePrincipal("logging.s3.amazonaws.com")],
                actions=["s3:PutObject"],
                resources=[self.access_logs.arn_for_objects("*")],
                conditions={"StringEquals": {"aws:SourceAccount": self.access_logs.env.account}},
            )
        )


class AgentEvents(Stream):
    """The stream of agents' states; Amazon Connect publishes them to Kinesis only.

    Notes
    -----
    The AWS managed key costs nothing a month, and its policy admits every principal of this account that
    reaches it through Kinesis, Amazon Connect's service-linked role among them.

    **Source**: Amazon Connect administrator guide, "Agent event streams", "Enable data streaming for your
    instance"; AWS KMS developer guide, "AWS managed keys".
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            name,
            stream_mode=StreamMode.PROVISIONED,
            shard_count=settings.shards,
            encryption=StreamEncryption.MANAGED,
            retention_period=Duration.hours(24),
            removal_policy=settings.removal_policy,
        )


class People(UserPool):
    """Accounts for the console; an administrator creates them and puts each into a role's group."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            name,
            self_sign_up_enabled=False,
            sign_in_aliases=SignInAliases(username=True, email=True),
            password_policy=PasswordPolicy(
                min_length=12,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
            ),
            mfa=Mfa.REQUIRED,
            mfa_second_factor=MfaSecondFactor(otp=True, sms=False),
            deletion_protection=settings.keep_data,
            removal_policy=settings.removal_policy,
        )
        told = "User pool: create people here and put each into the group of a role"
        CfnOutput(Stack.of(self), "UserPoolId", value=self.user_pool_id, description=told)
        for role in ROLES:
            CfnUserPoolGroup(
                self,
                role.capitalize(),
                user_pool_id=self.user_pool_id,
                group_name=role,
                description=f"Role: {role}",
            )
        acknowledge(
            self,
            "COG8",
            "Threat protection belongs to Cognito's Plus plan, which is paid by the user. Nobody can "
            "sign up, every sign-in needs a second factor, and fixed costs stay as docs/costs.md says.",
        )


class InitialPassword(Secret):
    """A generated password, for administrators to hand out.

    Agents are users of Amazon Connect's own directory, which wants a password when a user is created. It
    is generated in the account, never seen by a template or a log, and of use only until an
    administrator resets an agent's password, which is how an agent gets one of their own.

    Notes
    -----
    **Source**: Amazon Connect API reference, ``CreateUser``: 8 to 64 characters with an upper-case letter, a
    lower-case letter and a digit.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            name,
            description="Password that agents' accounts are created with; reset it for each agent",
            generate_secret_string=SecretStringGenerator(
                password_length=32, exclude_punctuation=True, require_each_included_type=True
            ),
            removal_policy=settings.removal_policy,
        )
        acknowledge(
            self,
            "SMG4",
            "Amazon Connect takes the password once, when it creates a user. Rotating the secret would "
            "change nothing but the secret.",
        )
