"""A Lambda function: its code, its own log group, and a role that may do nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk.aws_iam import Grant, Role, ServicePrincipal
from aws_cdk.aws_lambda import Code, Function, ILayerVersion, LoggingFormat, SystemLogLevel
from aws_cdk.aws_lambda_destinations import SqsDestination
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from ..plan import Plan
from ..settings import LAMBDA_ARCHITECTURE, LAMBDA_RUNTIME, Settings
from .acknowledgement import acknowledge
from .layers import dependency_layer, trunkline_layer
from .log_group import RetainedLogGroup
from .staging import stage_function


@dataclass(frozen=True, kw_only=True)
class FunctionBase:
    """What all functions of one stack share.

    Parameters
    ----------
    settings
        The environment.
    center_document
        The call centre as JSON; every function finds it beside its handler.
    layers
        The layers that every function stands on.
    bundle
        Whether wheels are fetched for further layers.
    """

    settings: Settings
    center_document: str
    layers: tuple[ILayerVersion, ...]
    bundle: bool

    @classmethod
    def create(cls, scope: Construct, *, plan: Plan) -> FunctionBase:
        """Create the layers in ``scope`` and return the base."""
        layers = (trunkline_layer(scope), dependency_layer(scope, bundle=plan.bundle))
        return cls(settings=plan.settings, center_document=plan.center_document, layers=layers, bundle=plan.bundle)


class PythonFunction(Function):
    """One function, ``functions/<function>/handler.py``.

    Parameters
    ----------
    scope, name
        Place in the tree.
    base
        What all functions of the stack share.
    function
        Folder of the function, ``verb_noun``.
    description
        One sentence for people who look at the list of functions.
    memory_mib
        Memory in MiB, which also sets the share of a processor.
    timeout_seconds
        Longest run; at most 8 where a contact flow waits for it.
    environment
        Its variables, named by its own ``environment.py``.
    on_failure
        Where an event goes, with the cause, that failed three times (asynchronous invocation only).
    layers
        Layers beside those that every function stands on.
    files
        Texts that are deployed beside the handler, by their path from its folder.

    Attributes
    ----------
    folder
        Name of its folder.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Configure Lambda function memory", "Capturing records of
    Lambda asynchronous invocations".
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        base: FunctionBase,
        function: str,
        description: str,
        memory_mib: int,
        timeout_seconds: int,
        environment: Mapping[str, str] | None = None,
        on_failure: IQueue | None = None,
        layers: Sequence[ILayerVersion] = (),
        files: Mapping[str, str] | None = None,
    ) -> None:
        part = Construct(scope, name)
        log_group = RetainedLogGroup(part, "Logs", settings=base.settings)
        role = Role(part, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        super().__init__(
            part,
            "Function",
            runtime=LAMBDA_RUNTIME,
            architecture=LAMBDA_ARCHITECTURE,
            handler="handler.handler",
            code=Code.from_asset(str(stage_function(function, base.center_document, files))),
            layers=[*base.layers, *layers],
            role=role,
            log_group=log_group,
            logging_format=LoggingFormat.JSON,
            system_log_level_v2=SystemLogLevel.WARN,
            description=description,
            memory_size=memory_mib,
            timeout=Duration.seconds(timeout_seconds),
            environment={"POWERTOOLS_SERVICE_NAME": function, "LOG_LEVEL": "INFO", **(environment or {})},
        )
        self.execution_role = role
        self.folder = function
        acknowledge(
            self,
            "L1",
            "The runtime is one constant of the project (infra/settings.py) and is moved when tests, wheels "
            "and the twin have been moved; AWS patches this version for years to come.",
        )
        allow(self, log_group.log_group_arn, "logs:CreateLogStream", "logs:PutLogEvents")
        if on_failure is not None:
            self.configure_async_invoke(on_failure=SqsDestination(on_failure), retry_attempts=2)

    def allow(self, *actions: str, on: str) -> None:
        """Let the function take ``actions`` (with their service) on one resource."""
        allow(self, on, *actions)


def allow(grantee: Function, arn: str, *actions: str) -> None:
    """Let a function take ``actions`` on one resource."""
    Grant.add_to_principal(grantee=grantee, actions=list(actions), resource_arns=[arn])
