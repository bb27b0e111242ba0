"""The dashboard: service by queue, and the health of what measures it."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import Dashboard as CloudWatchDashboard
from aws_cdk.aws_cloudwatch import (
    GraphWidget,
    IMetric,
    IWidget,
    MathExpression,
    Metric,
    SingleValueWidget,
    TextWidget,
)
from constructs import Construct

from .parts.alarms import Alarms
from .parts.python_function import PythonFunction
from .plan import Plan
from .settings import METRIC_NAMESPACE

_INTERVAL = Duration.minutes(15)
_FEWEST_CONTACTS = 5


class Dashboard(Construct):
    """One dashboard, and an alarm for each queue that misses its service target.

    Embedded metrics are sums (``Offered``, ``Answered``, ``Abandoned``, ``AnsweredInTarget``) with the
    dimensions ``Center`` and ``Queue``; every ratio is a ratio of sums, computed by metric math.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        Queues and their targets; the instance's alias names the dashboard.
    functions
        Functions whose errors and duration are shown.
    alarms
        Who hears when a queue misses its target.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        functions: list[PythonFunction],
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, name)
        self._center = center = plan.center
        self.dashboard = CloudWatchDashboard(
            self,
            "Dashboard",
            dashboard_name=plan.alias,
            default_interval=Duration.days(1),
            widgets=[
                self._title(),
                self._today(),
                self._contacts(),
                self._service(),
                self._health(functions),
            ],
        )
        for key, queue in center.queues.items():
            alarms.watch(
                f"ServiceLevel-{key}",
                self._service_level(key),
                below=queue.service_target.percent,
                periods=2,
                means=f"Queue {key} answered fewer than {queue.service_target.percent:g} % of contacts "
                f"within {queue.service_target.seconds} s, for half an hour.",
            )

    def _metric(self, metric: str, queue: str, label: str | None = None) -> Metric:
        return Metric(
            namespace=METRIC_NAMESPACE,
            metric_name=metric,
            dimensions_map={"Center": self._center.alias, "Queue": queue},
            statistic="Sum",
            period=_INTERVAL,
            label=label,
        )

    def _service_level(self, queue: str) -> IMetric:
        """Return answered in target / offered, in percent; 100 where too few contacts arrived to tell."""
        offered, in_target = f"offered_{queue}", f"in_target_{queue}"
        return MathExpression(
            expression=f"IF({offered} >= {_FEWEST_CONTACTS}, 100 * {in_target} / {offered}, 100)",
            using_metrics={
                offered: self._metric("Offered", queue),
                in_target: self._metric("AnsweredInTarget", queue),
            },
            label=queue,
            period=_INTERVAL,
        )

    def _title(self) -> list[IWidget]:
        text = f"# {self._center.name}\nContacts by the interval in which they were queued. Times are UTC."
        return [TextWidget(markdown=text, width=24, height=2)]

    def _today(self) -> list[IWidget]:
        return [
            SingleValueWidget(
                title=f"{metric} (by queue)",
                metrics=[self._metric(metric, key, key) for key in self._center.queues],
                set_period_to_time_range=True,
                width=8,
                height=4,
            )
            for metric in ("Offered", "Answered", "Abandoned")
        ]

    def _contacts(self) -> list[IWidget]:
        return [
            GraphWidget(
                title=title,
                left=[self._metric(metric, key, key) for key in self._center.queues],
                stacked=True,
                width=12,
                height=6,
            )
            for title, metric in (("Contacts offered", "Offered"), ("Contacts abandoned", "Abandoned"))
        ]

    def _service(self) -> list[IWidget]:
        levels = [self._service_level(key) for key in self._center.queues]
        return [GraphWidget(title="Answered within target, percent of offered", left=levels, width=24, height=6)]

    def _health(self, functions: list[PythonFunction]) -> list[IWidget]:
        errors = [function.metric_errors(period=_INTERVAL, statistic="Sum") for function in functions]
        durations = [function.metric_duration(period=_INTERVAL, statistic="p95") for function in functions]
        return [
            GraphWidget(title="Errors by function", left=errors, width=12, height=6),
            GraphWidget(title="Duration by function, 95th percentile, ms", left=durations, width=12, height=6),
        ]
