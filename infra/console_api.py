"""The console's API: three functions behind an HTTP API that lets nobody in without a token."""

from __future__ import annotations

import json
from collections.abc import Mapping

from aws_cdk import ArnFormat, Stack
from aws_cdk.aws_apigatewayv2 import CfnStage, HttpApi, HttpMethod
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from .data import ANALYSES_PREFIX, CONTACTS_BY_DAY, RECORDINGS_PREFIX, Buckets, Tables
from .parts.acknowledgement import acknowledge_resource
from .parts.log_group import RetainedLogGroup
from .parts.python_function import FunctionBase, PythonFunction
from .reports import DAY_SUMS_PREFIX
from .settings import Settings

_LOGGED = (
    "requestId",
    "requestTime",
    "httpMethod",
    "path",
    "status",
    "responseLatency",
    "integrationErrorMessage",
)
_TARGETS_PARTITION = "targets"
_ANNOUNCEMENT_ATTRIBUTES = (
    "picture",
    "item_key",
    "announcement_id",
    "text",
    "closed",
    "expires_at",
    "set_by",
    "set_at",
)


class ConsoleApi(Construct):
    """``/api/...``, for callers whose token Cognito signed.

    ``serve_console`` answers what is read, ``publish_announcement`` and ``set_target`` what supervisors change: each
    may do no more than that.

    Parameters
    ----------
    scope, name
        Place in the tree.
    base
        What all functions of the stack share.
    tables, buckets
        What the console shows; ``serve_console`` may read it and nothing else.
    flow_log_group
        Name of the log group of contact flows, for the timeline of a contact.
    drawings
        Pictures of the flows, by file; they are deployed with ``serve_console``.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        buckets: Buckets,
        flow_log_group: str,
        drawings: Mapping[str, str],
    ) -> None:
        super().__init__(scope, name)
        self.serve_console = PythonFunction(
            self,
            "ServeConsole",
            base=base,
            function="serve_console",
            description="Answers the console's questions, according to who asks",
            memory_mib=1024,  # the report of a running month takes a large centre seconds of a whole processor
            timeout_seconds=29,
            environment={
                "CONTACTS_TABLE": tables.contacts.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "AGENT_STATES_TABLE": tables.agent_states.table_name,
                "LIVE_TABLE": tables.live.table_name,
                "RECORDINGS_BUCKET": buckets.recordings.bucket_name,
                "CONVERSATIONS_BUCKET": buckets.conversations.bucket_name,
                "REPORTS_BUCKET": buckets.history.bucket_name,
                "FLOW_LOG_GROUP": flow_log_group,
            },
            files=drawings,
        )
        self._allow_reading(tables, buckets, flow_log_group)
        self.publish_announcement = self._publish_announcement(base, tables)
        self.set_target = self._set_target(base, tables)
        self.api = self._create_api(base.settings)

    @property
    def host(self) -> str:
        """Host of the API."""
        stack = Stack.of(self)
        return f"{self.api.api_id}.execute-api.{stack.region}.{stack.url_suffix}"

    def admit(self, *, issuer: str, audience: str) -> None:
        """Open the API to the access tokens that ``issuer`` signed for ``audience``.

        **Source**: Amazon API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers".
        """
        people = HttpJwtAuthorizer("People", issuer, jwt_audience=[audience])
        self.api.add_routes(
            path="/api/{proxy+}",
            methods=[HttpMethod.GET],
            integration=HttpLambdaIntegration("ServeConsole", self.serve_console),
            authorizer=people,
        )
        self.api.add_routes(
            path="/api/announcement",
            methods=[HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE],
            integration=HttpLambdaIntegration("PublishAnnouncement", self.publish_announcement),
            authorizer=people,
        )
        targets = HttpLambdaIntegration("SetTarget", self.set_target)
        for path, method in (
            ("/api/targets/{username}", HttpMethod.PUT),
            ("/api/targets/{username}/{figure}", HttpMethod.DELETE),
        ):
            self.api.add_routes(path=path, methods=[method], integration=targets, authorizer=people)

    def _publish_announcement(self, base: FunctionBase, tables: Tables) -> PythonFunction:
        """Create the function that writes announcements, and nothing that a contact or an agent has."""
        function = PythonFunction(
            self,
            "PublishAnnouncement",
            base=base,
            function="publish_announcement",
            description="Lets supervisors say what every caller hears now",
            memory_mib=256,
            timeout_seconds=10,
            environment={"LIVE_TABLE": tables.live.table_name},
        )
        tables.live.allow(function, "GetItem")
        tables.live.allow_attributes(function, _ANNOUNCEMENT_ATTRIBUTES, "PutItem")
        return function

    def _set_target(self, base: FunctionBase, tables: Tables) -> PythonFunction:
        """Create the function that writes one partition of the metrics table: no counter is in it."""
        function = PythonFunction(
            self,
            "SetTarget",
            base=base,
            function="set_target",
            description="Lets supervisors set a target for one agent",
            memory_mib=256,
            timeout_seconds=10,
            environment={"METRICS_TABLE": tables.metrics.table_name},
        )
        tables.metrics.allow_on_partition(function, _TARGETS_PARTITION, "PutItem", "DeleteItem")
        return function

    def _allow_reading(self, tables: Tables, buckets: Buckets, flow_log_group: str) -> None:
        """Let the console read what it shows: redacted transcripts, never the raw ones.

        **Source**: Amazon S3 API reference, ``GetObject``: only who may list a bucket is told that
        an object is gone (404) and not that it is forbidden (403).
        """
        function = self.serve_console
        tables.contacts.allow(function, "Query", "BatchGetItem")
        tables.contacts.allow_on_index(function, CONTACTS_BY_DAY, "Query")
        tables.metrics.allow(function, "Query", "BatchGetItem")
        tables.agent_states.allow(function, "Query")
        tables.live.allow(function, "Query")
        buckets.recordings.allow_objects(function, RECORDINGS_PREFIX, "GetObject")
        buckets.conversations.allow_objects(function, ANALYSES_PREFIX, "GetObject")
        buckets.history.allow_objects(function, DAY_SUMS_PREFIX, "GetObject")
        for bucket in (buckets.conversations, buckets.history):
            function.allow("s3:ListBucket", on=bucket.bucket_arn)
        function.allow("logs:FilterLogEvents", on=self._log_group_arn(flow_log_group))
        acknowledge_resource(
            function.execution_role,
            f"arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:{flow_log_group}:*",
            "The events of one log group: IAM wants their ARN to end in a wildcard.",
        )

    def _log_group_arn(self, group: str) -> str:
        """Return the ARN that IAM wants for a log group's events: it ends in ``:*``.

        **Source**: Service authorization reference, "Actions, resources, and condition keys for Amazon
        CloudWatch Logs".
        """
        return Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=f"{group}:*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def _create_api(self, settings: Settings) -> HttpApi:
        """Create the API, throttled and logged; it has no route until somebody is admitted."""
        api = HttpApi(self, "Api", description="The console's API")
        logs = RetainedLogGroup(self, "AccessLogs", settings=settings)
        stage = api.default_stage.node.default_child if api.default_stage else None
        assert isinstance(stage, CfnStage)
        stage.access_log_settings = CfnStage.AccessLogSettingsProperty(
            destination_arn=logs.log_group_arn,
            format=json.dumps({name: f"$context.{name}" for name in _LOGGED}),
        )
        stage.default_route_settings = CfnStage.RouteSettingsProperty(
            throttling_rate_limit=settings.requests_per_second,
            throttling_burst_limit=2 * settings.requests_per_second,
        )
        return api
