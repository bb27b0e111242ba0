"""The functions that contact flows invoke while a caller listens, and the workflow behind self-service."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Aws
from aws_cdk.aws_connect import CfnIntegrationAssociation
from aws_cdk.aws_iam import ServicePrincipal
from constructs import Construct

from .data import Tables
from .parts.alarms import Alarms
from .parts.python_function import FunctionBase, PythonFunction
from .parts.workflow import ExpressWorkflow

FLOW_PATIENCE_SECONDS = 8
"""Longest time that a flow waits for a function.

**Source**: Amazon Connect administrator guide, "Flow block in Amazon Connect: AWS Lambda function".
"""


class CallFunctions(Construct):
    """Every function that a flow may invoke, associated with the instance.

    Parameters
    ----------
    scope, name
        Place in the tree.
    base
        What all functions of the stack share.
    tables
        Customers and the live picture.
    instance_arn
        The Amazon Connect instance, the only one that may invoke them.
    alarms
        Who hears when a caller was let down.

    Attributes
    ----------
    by_name
        The functions, by the name of their folder.
    associations
        What lets the instance invoke them, which flows wait for.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        tables: Tables,
        instance_arn: str,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self._tables = tables
        self.self_service = self._create_self_service()
        self.by_name = {
            "identify_caller": self._identify_caller(),
            "answer_question": self._answer_question(),
            "route_call": self._route_call(),
            "record_survey": self._record_survey(),
        }
        self.associations = [self._associate(key, one, instance_arn) for key, one in self.by_name.items()]
        for key, function in self.by_name.items():
            alarms.watch_function(f"{key.title().replace('_', '')}Errors", function)
        self.functions = [*self.by_name.values()]
        alarms.watch_workflow("SelfServiceFailures", self.self_service)

    def _create_self_service(self) -> ExpressWorkflow:
        workflow = ExpressWorkflow(
            self,
            "SelfService",
            settings=self._base.settings,
            workflow="self_service",
            substitutions={"CustomersTable": self._tables.customers.table_name},
        )
        self._tables.customers.allow(workflow, "GetItem")
        return workflow

    def _identify_caller(self) -> PythonFunction:
        customers, live = self._tables.customers, self._tables.live
        function = self._function(
            "IdentifyCaller",
            "identify_caller",
            "Says who is calling, and what callers should hear now",
            {"CUSTOMERS_TABLE": customers.table_name, "LIVE_TABLE": live.table_name},
        )
        customers.allow(function, "GetItem")
        live.allow(function, "GetItem")
        return function

    def _answer_question(self) -> PythonFunction:
        function = self._function(
            "AnswerQuestion",
            "answer_question",
            "Answers a caller's question through the workflow self_service",
            {"SELF_SERVICE_ARN": self.self_service.state_machine_arn},
        )
        function.allow("states:StartSyncExecution", on=self.self_service.state_machine_arn)
        return function

    def _route_call(self) -> PythonFunction:
        live = self._tables.live
        function = self._function(
            "RouteCall",
            "route_call",
            "Decides the queue and priority of a contact, and says why",
            {"LIVE_TABLE": live.table_name},
        )
        live.allow(function, "Query")
        return function

    def _record_survey(self) -> PythonFunction:
        return self._function("RecordSurvey", "record_survey", "Takes a caller's answer to the survey", {}, 128)

    def _function(
        self,
        name: str,
        function: str,
        description: str,
        environment: Mapping[str, str],
        memory_mib: int = 256,
    ) -> PythonFunction:
        return PythonFunction(
            self,
            name,
            base=self._base,
            function=function,
            description=description,
            memory_mib=memory_mib,
            timeout_seconds=FLOW_PATIENCE_SECONDS,
            environment=environment,
        )

    def _associate(self, key: str, function: PythonFunction, instance_arn: str) -> CfnIntegrationAssociation:
        """Let the instance invoke a function.

        **Source**: Amazon Connect administrator guide, "Invoke AWS Lambda functions", "Add a Lambda function
        to your Amazon Connect instance".
        """
        function.add_permission(
            "AmazonConnect",
            principal=ServicePrincipal("connect.amazonaws.com"),
            source_arn=instance_arn,
            source_account=Aws.ACCOUNT_ID,
        )
        return CfnIntegrationAssociation(
            self,
            f"Association-{key}",
            instance_id=instance_arn,
            integration_type="LAMBDA_FUNCTION",
            integration_arn=function.function_arn,
        )
