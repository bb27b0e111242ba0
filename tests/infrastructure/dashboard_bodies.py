"""Dashboards as CloudWatch reads them: widgets with their places, and metrics with what lines inherit spelled out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .templates import Assembly, flatten


@dataclass(frozen=True)
class Series:
    """One line of a widget: a metric, or an expression over others."""

    metric: tuple[str, ...]
    expression: str
    options: Mapping[str, Any]

    @property
    def shown(self) -> bool:
        return bool(self.options.get("visible", True))

    @property
    def name(self) -> str:
        return self.metric[1]

    @property
    def dimensions(self) -> dict[str, str]:
        return dict(zip(self.metric[2::2], self.metric[3::2], strict=True))


@dataclass(frozen=True)
class Widget:
    """One widget of a dashboard."""

    type: str
    title: str
    place: tuple[int, int, int, int]
    properties: Mapping[str, Any]
    series: tuple[Series, ...] = ()

    def cells(self) -> set[tuple[int, int]]:
        x, y, width, height = self.place
        return {(x + column, y + row) for column in range(width) for row in range(height)}


@dataclass(frozen=True)
class Board:
    """One dashboard."""

    name: str
    body: Mapping[str, Any]
    widgets: tuple[Widget, ...] = field(default=())

    @cached_property
    def metrics(self) -> set[tuple[str, ...]]:
        """Distinct metrics that it names, whatever their statistic."""
        return {one.metric for widget in self.widgets for one in widget.series if one.metric}

    def titled(self, title: str) -> Widget:
        return next(widget for widget in self.widgets if widget.title.startswith(title))


def read_dashboards(assembly: Assembly) -> dict[str, Board]:
    """Dashboards by the last part of their names."""
    boards = {}
    for found in assembly.of_type("AWS::CloudWatch::Dashboard"):
        body = json.loads(flatten(found.properties["DashboardBody"]))
        name = found.properties["DashboardName"].rsplit("-", 1)[-1]
        boards[name] = Board(name, body, tuple(read_widget(one) for one in body["widgets"]))
    return boards


def read_widget(widget: Mapping[str, Any]) -> Widget:
    properties = widget["properties"]
    place = (widget["x"], widget["y"], widget["width"], widget["height"])
    series = tuple(read_series(list(one)) for one in properties.get("metrics", ()))
    return Widget(widget["type"], properties.get("title", ""), place, properties, series)


def read_series(line: list[Any]) -> Series:
    options = line.pop() if isinstance(line[-1], dict) else {}
    return Series(tuple(map(str, line)), options.get("expression", ""), options)
