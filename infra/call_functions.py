"""The functions that contact flows invoke while a caller listens, and the workflow behind self-service."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import ArnFormat, Aws, Stack
from aws_cdk.aws_connect import CfnIntegrationAssociation
from aws_cdk.aws_iam import ServicePrincipal
from constructs import Construct

from .data import Tables
from .endpoint import Endpoint
from .input_key import InputKey
from .parts.alarms import Alarms
from .parts.python_function import FunctionBase, PythonFunction
from .parts.workflow import ExpressWorkflow
from .plan import Plan

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
    plan
        The call centre: whether something is keyed in secret, and which endpoint answers.
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
        The functions that a flow may invoke, by the name of their folder.
    input_key
        The key of encrypted input, where there is such input.
    associations
        What lets the instance invoke them, which flows wait for.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        base: FunctionBase,
        tables: Tables,
        instance_arn: str,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._base = base
        self._tables = tables
        secret = any(one.encrypted for one in plan.center.ivr.inputs.values())
        self.input_key = InputKey(self, "InputKey", base=base, instance_arn=instance_arn) if secret else None
        self.verify_caller = self._verify_caller(self.input_key) if self.input_key else None
        self.self_service = self._create_self_service(plan)
        self.by_name = {
            "identify_caller": self._identify_caller(),
            "check_announcement": self._check_announcement(),
            "check_input": self._check_input(),
            "answer_question": self._answer_question(),
            "route_call": self._route_call(),
            "record_survey": self._record_survey(),
        }
        self.associations = [self._associate(key, one, instance_arn) for key, one in self.by_name.items()]
        verifying = [self.verify_caller] if self.verify_caller else []
        self.functions = [*self.by_name.values(), *verifying]
        self._watch(alarms)

    def _watch(self, alarms: Alarms) -> None:
        """Let somebody hear of what callers do not complain about.

        ``check_input`` is not watched: it reads nothing, and a flow whose digits cannot be checked goes on to people.
        """
        watched = {key: function for key, function in self.by_name.items() if key != "check_input"}
        if self.verify_caller is not None:
            watched["verify_caller"] = self.verify_caller
        for key, function in watched.items():
            alarms.watch_function(f"{key.title().replace('_', '')}Errors", function)
        alarms.watch_workflow("SelfServiceFailures", self.self_service)

    def _create_self_service(self, plan: Plan) -> ExpressWorkflow:
        described = plan.center.self_service.endpoint
        endpoint = Endpoint(self, "Endpoint", url=described.url, key_header=described.key_header) if described else None
        workflow = ExpressWorkflow(
            self,
            "SelfService",
            settings=self._base.settings,
            workflow="self_service",
            substitutions={
                "CustomersTable": self._tables.customers.table_name,
                "ConnectionArn": endpoint.connection_arn if endpoint else self._absent("events", "connection"),
                "VerifyCallerFunctionArn": (
                    self.verify_caller.function_arn if self.verify_caller else self._absent("lambda", "function")
                ),
            },
        )
        self._tables.customers.allow(workflow, "GetItem")
        if endpoint is not None:
            endpoint.admit(workflow)
        if self.verify_caller is not None:
            workflow.allow_invoke(self.verify_caller)
        return workflow

    def _absent(self, service: str, resource: str) -> str:
        """Return an ARN of nothing, for a state that this centre's questions never reach."""
        return Stack.of(self).format_arn(
            service=service,
            resource=resource,
            resource_name="none" if service == "lambda" else "none/00000000-0000-0000-0000-000000000000",
            arn_format=ArnFormat.COLON_RESOURCE_NAME if service == "lambda" else ArnFormat.SLASH_RESOURCE_NAME,
        )

    def _verify_caller(self, input_key: InputKey) -> PythonFunction:
        customers = self._tables.customers
        function = PythonFunction(
            self,
            "VerifyCaller",
            base=self._base,
            function="verify_caller",
            description="Compares what a caller keyed in secret with the customer's PIN",
            memory_mib=1024,
            timeout_seconds=5,
            environment={
                "CUSTOMERS_TABLE": customers.table_name,
                "INPUT_KEY_PARAMETER": input_key.parameter_name,
            },
            layers=(input_key.layer,),
        )
        customers.allow(function, "GetItem", "UpdateItem")
        input_key.allow_decrypting(function)
        return function

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

    def _check_announcement(self) -> PythonFunction:
        live = self._tables.live
        function = self._function(
            "CheckAnnouncement",
            "check_announcement",
            "Says what callers in the middle of a menu should hear now",
            {"LIVE_TABLE": live.table_name},
            128,
        )
        live.allow(function, "GetItem")
        return function

    def _check_input(self) -> PythonFunction:
        return self._function("CheckInput", "check_input", "Checks digits that a caller keyed", {}, 128)

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
