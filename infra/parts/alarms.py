"""Alarms: what somebody must look at, told to one topic.

Each metric that an alarm watches costs $0.10 a month, so alarms stand only where something would otherwise be lost
unseen. ``docs/costs.md`` lists them, ``docs/failures.md`` says what to do.
"""

from __future__ import annotations

from aws_cdk import Duration, Stack
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_lambda import IFunction
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from aws_cdk.aws_sqs import IQueue
from aws_cdk.aws_stepfunctions import IStateMachine
from constructs import Construct

_PERIOD = Duration.minutes(5)


class Alarms(Construct):
    """The topic that alarms speak to, and ways to set one.

    Parameters
    ----------
    scope, name
        Place in the tree.
    email
        Address that hears of alarms, if any; others can subscribe to ``topic``.

    Attributes
    ----------
    all
        Every alarm that was set so far.

    Notes
    -----
    CloudWatch cannot publish to a topic under the AWS managed key, and a key of our own would cost a dollar a
    month. A message holds an alarm's name and figures, nothing of a contact. A topic's own policy replaces the one that
    lets the account's services publish, so that who publishes is admitted by name.

    **Source**: Amazon CloudWatch user guide, "Set up Amazon SNS notifications", "Encrypted topics"; Amazon SNS
    developer guide, "Amazon SNS key management" (a CloudWatch alarm as a publisher).
    """

    def __init__(self, scope: Construct, name: str, *, email: str | None) -> None:
        super().__init__(scope, name)
        self.topic = Topic(self, "Topic", display_name="Trunkline alarms", enforce_ssl=True)
        self.all: list[Alarm] = []
        self.admit("cloudwatch.amazonaws.com")
        if email is not None:
            self.topic.add_subscription(EmailSubscription(email))

    def admit(self, service: str) -> None:
        """Let an AWS service publish on behalf of this account."""
        self.topic.add_to_resource_policy(
            PolicyStatement(
                sid=f"Admit{service.split('.', maxsplit=1)[0].capitalize()}",
                principals=[ServicePrincipal(service)],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            )
        )

    def watch_dead_letters(self, name: str, queue: IQueue) -> None:
        """Alarm as soon as one message lies in a dead-letter queue."""
        metric = queue.metric_approximate_number_of_messages_visible(period=_PERIOD, statistic="Maximum")
        self.watch(
            name,
            metric,
            above=0,
            means=f"Something could not be processed and lies in {queue.node.id}. Look at its cause, mend it, redrive.",
            see="what-failed-and-how-to-run-it-again",
        )

    def watch(
        self,
        name: str,
        metric: IMetric,
        *,
        means: str,
        above: float | None = None,
        below: float | None = None,
        periods: int = 1,
        see: str = "other-alarms",
        missing: TreatMissingData = TreatMissingData.NOT_BREACHING,
        tells_end: bool = False,
    ) -> Alarm:
        """Alarm when a metric is above, or below, a figure for a number of its periods.

        Parameters
        ----------
        name
            Unique name.
        metric
            What is watched.
        means
            What it means when it fires, and what to do.
        above, below
            The figure: one of the two.
        periods
            How many periods in a row.
        see
            Section of docs/failures.md that says more.
        missing
            What a period without data is taken for.
        tells_end
            Whether the topic hears of the end as well: where people act while it lasts.
        """
        alarm = Alarm(
            self,
            name,
            metric=metric,
            threshold=above if above is not None else (below or 0),
            comparison_operator=ComparisonOperator.GREATER_THAN_THRESHOLD
            if above is not None
            else ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluation_periods=periods,
            treat_missing_data=missing,
            alarm_description=f"{means} See docs/failures.md#{see}.",
        )
        alarm.add_alarm_action(SnsAction(self.topic))
        if tells_end:
            alarm.add_ok_action(SnsAction(self.topic))
        self.all.append(alarm)
        return alarm

    def watch_function(self, name: str, function: IFunction) -> None:
        """Alarm when a function that somebody waits for failed: nothing will run it again."""
        metric = function.metric_errors(period=_PERIOD, statistic="Sum")
        self.watch(
            name,
            metric,
            above=0,
            means=f"The function of {name.removesuffix('Errors')} failed while a caller, a record or a person waited.",
            see="a-function-or-a-workflow-failed",
        )

    def watch_workflow(self, name: str, workflow: IStateMachine) -> None:
        """Alarm when a workflow failed without keeping what it failed on."""
        metric = workflow.metric_failed(period=_PERIOD, statistic="Sum")
        self.watch(
            name,
            metric,
            above=0,
            means=f"The workflow of {name.removesuffix('Failures')} failed; its log group tells state and error.",
            see="a-function-or-a-workflow-failed",
        )
