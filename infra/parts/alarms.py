"""Alarms: what somebody must look at, told to one topic.

Each metric that an alarm watches costs $0.10 a month, so alarms stand only where something would
otherwise be lost unseen. ``docs/costs.md`` lists them.
"""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, IMetric, TreatMissingData
from aws_cdk.aws_cloudwatch_actions import SnsAction
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

    Notes
    -----
    CloudWatch cannot publish to a topic under the AWS managed key, and a key of our own would cost a dollar a
    month. A message holds an alarm's name and figures, nothing of a contact.

    **Source**: Amazon CloudWatch user guide, "Set up Amazon SNS notifications", "Encrypted topics".
    """

    def __init__(self, scope: Construct, name: str, *, email: str | None) -> None:
        super().__init__(scope, name)
        self.topic = Topic(self, "Topic", display_name="Trunkline alarms", enforce_ssl=True)
        if email is not None:
            self.topic.add_subscription(EmailSubscription(email))

    def watch_dead_letters(self, name: str, queue: IQueue) -> None:
        """Alarm as soon as one message lies in a dead-letter queue."""
        metric = queue.metric_approximate_number_of_messages_visible(period=_PERIOD, statistic="Maximum")
        self.watch(
            name,
            metric,
            above=0,
            means="Something could not be processed. Look at its cause, mend it, redrive.",
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
    ) -> None:
        """Alarm when a metric is above, or below, a figure for a number of its periods."""
        alarm = Alarm(
            self,
            name,
            metric=metric,
            threshold=above if above is not None else (below or 0),
            comparison_operator=ComparisonOperator.GREATER_THAN_THRESHOLD
            if above is not None
            else ComparisonOperator.LESS_THAN_THRESHOLD,
            evaluation_periods=periods,
            treat_missing_data=TreatMissingData.NOT_BREACHING,
            alarm_description=means,
        )
        alarm.add_alarm_action(SnsAction(self.topic))

    def watch_function(self, name: str, function: IFunction) -> None:
        """Alarm when a function that somebody waits for failed: nothing will run it again."""
        metric = function.metric_errors(period=_PERIOD, statistic="Sum")
        self.watch(
            name,
            metric,
            above=0,
            means="A function failed while a caller, a record or a person waited for it.",
        )

    def watch_workflow(self, name: str, workflow: IStateMachine) -> None:
        """Alarm when a workflow failed without keeping what it failed on."""
        metric = workflow.metric_failed(period=_PERIOD, statistic="Sum")
        self.watch(name, metric, above=0, means="A workflow failed; its log group tells the state and the error.")
