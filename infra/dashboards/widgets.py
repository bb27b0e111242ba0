"""The three forms that dashboards are made of: a sentence, big numbers, lines; each row is 24 units wide."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk.aws_cloudwatch import GraphWidget, IMetric, IWidget, SingleValueWidget, TextWidget, YAxisProps

Rows = list[list[IWidget]]


def sentence(text: str) -> list[IWidget]:
    """Return a row of words."""
    return [TextWidget(markdown=text, width=24, height=2)]


def numbers(
    title: str, metrics: Sequence[IMetric], *, width: int, over_all: bool = False, period: Duration | None = None
) -> IWidget:
    """Return big numbers: the newest of each metric or, ``over_all``, one of the dashboard's whole time."""
    return SingleValueWidget(
        title=title,
        metrics=list(metrics),
        width=width,
        height=5,
        set_period_to_time_range=over_all or None,
        period=period,
    )


def lines(
    title: str,
    metrics: Sequence[IMetric],
    *,
    unit: str,
    width: int = 12,
    stacked: bool = False,
    most: float | None = None,
) -> IWidget:
    """Return a graph from zero; ``most`` is where its axis ends, such as 100 for a share."""
    return GraphWidget(
        title=title,
        left=list(metrics),
        left_y_axis=YAxisProps(min=0, max=most, label=unit, show_units=False),
        stacked=stacked,
        width=width,
        height=6,
    )
