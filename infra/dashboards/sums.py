"""The centre's own metrics, which are sums, and the ratios that dashboards and alarms make of them.

A ratio is metric math over sums of the same period, so that whatever the period, it is a ratio of sums and never a mean
of ratios.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from re import sub

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import IMetric, MathExpression, Metric

from trunkline.center import Center

from ..settings import METRIC_NAMESPACE

INTERVAL = Duration.minutes(15)
_OF_CONVENTION: Mapping[str, tuple[str, tuple[str, ...], str | None]] = {
    "a": ("AnsweredInTarget", ("Answered", "Abandoned"), None),
    "b": ("AnsweredInTarget", ("Answered",), None),
    "c": ("InTarget", ("Answered", "Abandoned"), None),
    "d": ("AnsweredInTarget", ("Answered", "Abandoned"), "AbandonedInTarget"),
    "e": ("AnsweredInTarget", ("Answered", "Abandoned"), "AbandonedShort"),
}
"""Conventions of the service level (docs/metrics.md): numerator, what the denominator adds up, what it takes off."""


class Sums:
    """Metrics of one centre.

    Parameters
    ----------
    center
        Its queues, and its convention of the service level.
    period
        Period of everything that is asked for.

    Notes
    -----
    A queue that has had no contact has no data. ``SUM`` of several series takes those that have.

    **Source**: Amazon CloudWatch user guide, "Using math expressions with CloudWatch metrics".
    """

    def __init__(self, center: Center, period: Duration = INTERVAL) -> None:
        self._center = center
        self._period = period

    def every(self, period: Duration) -> Sums:
        """Return the same metrics by another period."""
        return Sums(self._center, period)

    @property
    def queues(self) -> list[str]:
        """Keys of all queues."""
        return list(self._center.queues)

    @property
    def departments(self) -> dict[str, list[str]]:
        """Departments and the keys of their queues."""
        found: dict[str, list[str]] = {}
        for key, queue in self._center.queues.items():
            found.setdefault(queue.department, []).append(key)
        return found

    def title(self, queue: str) -> str:
        """Return what people call a queue, in the centre's first language."""
        titles = self._center.queues[queue].title
        return next(iter(titles.values()))

    def of_queue(self, name: str, queue: str, label: str | None = None) -> Metric:
        """Return a sum of one queue."""
        return self._metric(name, {"Center": self._center.alias, "Queue": queue}, label or self.title(queue))

    def of_center(self, name: str, label: str, statistic: str = "Sum") -> Metric:
        """Return a sum of the whole centre."""
        return self._metric(name, {"Center": self._center.alias}, label, statistic)

    def total(self, name: str, label: str) -> IMetric:
        """Return the sum of all queues."""
        return self._math(_sum([name], self.queues), self._series([name], self.queues), label)

    def service_level(self, queues: Sequence[str], label: str, fewest: int = 0) -> IMetric:
        """Return the service level of some queues in percent, by the centre's convention.

        Parameters
        ----------
        queues, label
            Which, and what it is called.
        fewest
            With fewer contacts in a period the level is told as 100: they say nothing.
        """
        numerator, added, taken = _OF_CONVENTION[self._center.metrics.service_level_convention]
        counted = _sum(added, queues) + (f" - {_sum([taken], queues)}" if taken else "")
        level = f"100 * {_sum([numerator], queues)} / ({counted})"
        if fewest:
            level = f"IF(({counted}) >= {fewest}, {level}, 100)"
        return self._math(level, self._series([numerator, *added, *([taken] if taken else [])], queues), label)

    def abandonment(self, queues: Sequence[str], label: str) -> IMetric:
        """Return abandoned / offered in percent."""
        return self._ratio("Abandoned", "Offered", queues, label, percent=True)

    def abandonment_of_center(self, label: str, fewest: int) -> IMetric:
        """Return abandoned / offered of the centre in percent, 0 with fewer than ``fewest`` offered."""
        series = {_id(name, "all"): self.of_center(name, name) for name in ("Offered", "Abandoned")}
        expression = f"IF(offered_all >= {fewest}, 100 * abandoned_all / offered_all, 0)"
        return self._math(expression, series, label)

    def speed_of_answer(self, queues: Sequence[str], label: str) -> IMetric:
        """Return the mean wait of answered contacts in seconds."""
        return self._ratio("WaitSeconds", "Answered", queues, label)

    def handle_time(self, queues: Sequence[str], label: str) -> IMetric:
        """Return the mean of talk, hold and after-contact work in seconds."""
        return self._ratio("HandleSeconds", "Answered", queues, label)

    def satisfaction(self, label: str) -> IMetric:
        """Return answers of 4 or 5 / answers of the survey, in percent."""
        names = ("SurveySatisfied", "SurveyAnswers")
        series = {_id(name, "all"): self.of_center(name, name) for name in names}
        return self._math("100 * survey_satisfied_all / survey_answers_all", series, label)

    def cost(self, dollars_a_minute: float, seconds: str, label: str) -> IMetric:
        """Return what a sum of seconds of the centre costs."""
        series = {_id(seconds, "all"): self.of_center(seconds, seconds)}
        return self._math(f"{_id(seconds, 'all')} / 60 * {dollars_a_minute:g}", series, label)

    def _ratio(
        self, numerator: str, denominator: str, queues: Sequence[str], label: str, *, percent: bool = False
    ) -> IMetric:
        scale = "100 * " if percent else ""
        expression = f"{scale}{_sum([numerator], queues)} / {_sum([denominator], queues)}"
        return self._math(expression, self._series([numerator, denominator], queues), label)

    def _series(self, names: Iterable[str], queues: Sequence[str]) -> dict[str, IMetric]:
        return {_id(name, queue): self.of_queue(name, queue) for name in names for queue in queues}

    def _metric(self, name: str, dimensions: Mapping[str, str], label: str, statistic: str = "Sum") -> Metric:
        return Metric(
            namespace=METRIC_NAMESPACE,
            metric_name=name,
            dimensions_map=dict(dimensions),
            statistic=statistic,
            period=self._period,
            label=label,
        )

    def _math(self, expression: str, series: Mapping[str, IMetric], label: str) -> IMetric:
        return MathExpression(expression=expression, using_metrics=dict(series), label=label, period=self._period)


def _sum(names: Iterable[str], queues: Sequence[str]) -> str:
    """Return the sum of some metrics of some queues, such as ``SUM([answered_orders, abandoned_orders])``."""
    series = [_id(name, queue) for name in names for queue in queues]
    return series[0] if len(series) == 1 else f"SUM([{', '.join(series)}])"


def _id(name: str, queue: str) -> str:
    """Return the id of a metric in an expression: a name in lower case.

    >>> _id("AnsweredInTarget", "orders")
    'answered_in_target_orders'
    """
    return f"{sub('(?<!^)(?=[A-Z])', '_', name).lower()}_{queue}"
