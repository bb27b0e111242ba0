"""The state of an alarm at a moment.

**Source**: Amazon CloudWatch user guide, "Alarm evaluation", "Configuring how CloudWatch alarms treat missing data".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from twin.cloud.alarms.definition import AlarmDefinition
from twin.cloud.alarms.metric_math import Series, evaluate
from twin.cloud.metrics import MetricStore

OK, ALARM, INSUFFICIENT_DATA = "OK", "ALARM", "INSUFFICIENT_DATA"


@dataclass(frozen=True)
class Judgement:
    """A state, why, and whether any metric had data in what was looked at."""

    state: str
    reason: str
    had_data: bool


def judge(alarm: AlarmDefinition, store: MetricStore, now: datetime, state_before: str) -> Judgement:
    """Look at the last periods of an alarm; they end at ``now``.

    CloudWatch may look further back than its periods where data is missing; the twin does not.
    """
    windows = _windows(alarm, now)
    series: dict[str, Series] = {}
    had_data = False
    for query in alarm.queries:
        if query.metric is not None:
            values = [store.statistic(query.metric, start, end, query.statistic) for start, end in windows]
            series[query.id] = values
            had_data = had_data or any(value is not None for value in values)
    if not had_data:
        return _judge_points(alarm, [None] * alarm.periods, state_before, had_data=False)
    returned: Series = []
    for query in alarm.queries:
        if query.expression:
            series[query.id] = evaluate(query.expression, series, alarm.period_seconds)
        if query.returned:
            returned = series[query.id]
    return _judge_points(alarm, returned, state_before, had_data=True)


def _windows(alarm: AlarmDefinition, now: datetime) -> list[tuple[datetime, datetime]]:
    period = timedelta(seconds=alarm.period_seconds)
    return [(now - (number + 1) * period, now - number * period) for number in range(alarm.periods)]


def _judge_points(alarm: AlarmDefinition, points: Series, state_before: str, *, had_data: bool) -> Judgement:
    present = [point for point in points if point is not None]
    missing = len(points) - len(present)
    breaching = sum(map(alarm.breaches, present))
    if alarm.missing == "breaching":
        breaching += missing
    if not present and alarm.missing == "ignore":
        return Judgement(state_before, "", had_data)
    if not present and alarm.missing == "missing":
        return Judgement(INSUFFICIENT_DATA, "Insufficient Data: no data points were received.", had_data)
    state = ALARM if breaching >= alarm.needed else OK
    return Judgement(state, _reason(alarm, points, present, breaching), had_data)


def _reason(alarm: AlarmDefinition, points: Series, present: list[float], breaching: int) -> str:
    if not present:
        return f"Threshold Crossed: no datapoints were received for {len(points)} periods"
    told = ", ".join(f"{point:g}" for point in present)
    was = "was" if breaching else "was not"
    return (
        f"Threshold Crossed: {max(breaching, 1)} out of the last {len(points)} datapoints [{told}] {was} "
        f"{alarm.comparison_words} ({alarm.threshold:g})."
    )
