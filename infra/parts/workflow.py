"""Workflows: their definitions lie in ``statemachines/``, one file each."""

from __future__ import annotations

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk.aws_events import Rule
from aws_cdk.aws_events_targets import SfnStateMachine
from aws_cdk.aws_iam import Grant, Policy, PolicyStatement, Role, ServicePrincipal
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sqs import IQueue
from aws_cdk.aws_stepfunctions import DefinitionBody, LogLevel, LogOptions, StateMachine, StateMachineType
from constructs import Construct

from ..settings import Settings
from .acknowledgement import acknowledge, acknowledge_resource
from .log_group import RetainedLogGroup
from .staging import PROJECT


class Workflow(StateMachine):
    """One workflow, ``statemachines/<workflow>.asl.json``.

    Parameters
    ----------
    scope, name
        Place in the tree.
    settings
        The environment.
    workflow
        Name of the definition, ``noun_verb``.
    substitutions
        Values of the definition's ``${Names}``.
    kind
        Express or Standard.
    why_not_all
        Why not every event of an execution is logged.
    everywhere
        Why the workflow may do anything else on every resource (``*``), if it may.

    Notes
    -----
    The definition is embedded, not uploaded, so that the template shows what will run. Only failures are
    logged, and without data: what passes through is personal (numbers, transcripts).

    **Source**: AWS Step Functions developer guide, "Choosing workflow type", "Using CloudWatch Logs to log
    execution history".
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        workflow: str,
        substitutions: Mapping[str, str],
        kind: StateMachineType,
        why_not_all: str,
        everywhere: str = "",
    ) -> None:
        part = Construct(scope, name)
        definition = (PROJECT / "statemachines" / f"{workflow}.asl.json").read_text(encoding="utf-8")
        super().__init__(
            part,
            "Workflow",
            state_machine_type=kind,
            definition_body=DefinitionBody.from_string(definition),
            definition_substitutions=dict(substitutions),
            role=Role(part, "Role", assumed_by=ServicePrincipal("states.amazonaws.com")),
            logs=LogOptions(
                destination=RetainedLogGroup(part, "Logs", settings=settings),
                level=LogLevel.ERROR,
                include_execution_data=False,
            ),
        )
        self._acknowledge_findings(why_not_all, everywhere)

    def start_on(self, rule: Rule, dead_letters: IQueue) -> None:
        """Start an execution for each event of ``rule``; what cannot be delivered in six hours is kept."""
        target = SfnStateMachine(
            self, dead_letter_queue=dead_letters, retry_attempts=8, max_event_age=Duration.hours(6)
        )
        rule.add_target(target)

    def allow(self, *actions: str, on: str) -> None:
        """Let the workflow take ``actions`` (with their service) on one resource."""
        Grant.add_to_principal(grantee=self, actions=list(actions), resource_arns=[on])

    def allow_starting_itself(self) -> None:
        """Let the workflow start executions of its own; the policy stands apart, for the workflow awaits its role's."""
        statement = PolicyStatement(actions=["states:StartExecution"], resources=[self.state_machine_arn])
        Policy(self, "StartItself", statements=[statement], roles=[self.role])

    def allow_invoke(self, function: IFunction) -> None:
        """Let the workflow invoke the current version of a function, and no other."""
        self.allow("lambda:InvokeFunction", on=function.function_arn)

    def _acknowledge_findings(self, why_not_all: str, everywhere: str) -> None:
        acknowledge_resource(
            self.role,
            "*",
            "CloudWatch Logs lets nobody restrict log delivery, which every workflow that logs needs. " + everywhere,
        )
        acknowledge(
            self,
            "SF1",
            f"Only failures are logged. Each one is also kept in a dead-letter queue; {why_not_all}",
        )
        acknowledge(
            self,
            "SF2",
            "X-Ray is off: it is paid by the trace, and the contact's id already joins the steps of a call.",
        )


class ExpressWorkflow(Workflow):
    """A workflow that follows a call, paid by its requests and its time: it waits for nothing."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        workflow: str,
        substitutions: Mapping[str, str],
        everywhere: str = "",
    ) -> None:
        super().__init__(
            scope,
            name,
            settings=settings,
            workflow=workflow,
            substitutions=substitutions,
            kind=StateMachineType.EXPRESS,
            why_not_all="logging every event of every call would cost more than the workflow itself and copy "
            "personal data.",
            everywhere=everywhere,
        )


class StandardWorkflow(Workflow):
    """A workflow in which time passes, paid by its transitions; Step Functions keeps its history for 90 days."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, workflow: str, substitutions: Mapping[str, str]
    ) -> None:
        super().__init__(
            scope,
            name,
            settings=settings,
            workflow=workflow,
            substitutions=substitutions,
            kind=StateMachineType.STANDARD,
            why_not_all="Step Functions itself keeps every event of a Standard workflow for 90 days.",
        )
