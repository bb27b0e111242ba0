"""Where everything of a drawing stands: boxes with their content, and the lines between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contactflow.draw.branches import Way
from contactflow.draw.cards import BoxContent, Row
from contactflow.draw.filling import BoxBuilder
from contactflow.draw.folding import fold_units
from contactflow.draw.graph import FlowGraph, read_graph
from contactflow.draw.layered import Box, Link, Route, lay_out
from contactflow.draw.overlay import Overlay
from contactflow.draw.words import Language
from contactflow.model import Flow

MARGIN = 24.0
TITLE_HEIGHT = 56.0
START_ROOM = 74.0
TURN = 34.0
"""How far a line that leads back swings out."""
_ERROR_WEIGHT = 0.3


@dataclass(frozen=True)
class Line:
    """A drawn line: the ways that it stands for, and where it passes."""

    row: Row
    route: Route

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that it stands for."""
        return self.row.ways


@dataclass(frozen=True)
class Scene:
    """A flow, laid out.

    Attributes
    ----------
    corners
        Top left corners of the boxes, in pixels.
    width, height
        Of the picture without its legend.
    """

    graph: FlowGraph
    boxes: tuple[BoxContent, ...]
    corners: Mapping[str, tuple[float, float]]
    lines: tuple[Line, ...]
    width: float
    height: float


def set_scene(flow: Flow, *, language: Language, fold: bool, overlay: Overlay) -> Scene:
    """Lay a flow out.

    Parameters
    ----------
    fold
        Put what follows one another, and variants of one step, into one box.
    overlay
        Where it counts branches, every branch is told apart.
    """
    graph = read_graph(flow, fold=fold)
    units = fold_units(graph, fold=fold)
    builder = BoxBuilder(graph, units, language, overlay)
    boxes = {unit.key: builder.build(unit) for unit in units}
    rows = [(box, row) for box in boxes.values() for row in box.rows if not row.jump]
    links = [Link(box.key, row.target, row.exit_y, _ERROR_WEIGHT if row.error else 1.0) for box, row in rows]
    sizes = {key: Box(box.width, box.height, box.entry_y) for key, box in boxes.items()}
    drawing = lay_out(sizes, links, _hints(graph, boxes))
    turns = [route.start[0] + TURN for route in drawing.routes if route.backward]
    move_x, move_y = MARGIN + START_ROOM, MARGIN + TITLE_HEIGHT
    return Scene(
        graph,
        tuple(boxes.values()),
        {key: (x + move_x, y + move_y) for key, (x, y) in drawing.corners.items()},
        tuple(Line(row, _move(route, move_x, move_y)) for (_, row), route in zip(rows, drawing.routes, strict=True)),
        max([drawing.width, *turns]) + move_x + MARGIN,
        drawing.height + move_y + MARGIN,
    )


def _hints(graph: FlowGraph, boxes: Mapping[str, BoxContent]) -> dict[str, str]:
    """Return the box that jumps to each box that only jumps lead to."""
    box_of = {card.action: box.key for box in boxes.values() for card in box.cards}
    led = {row.target for box in boxes.values() for row in box.rows if not row.jump}
    hints: dict[str, str] = {}
    for way in (way for ways in graph.ways.values() for way in ways if way in graph.jumps):
        if way.target in boxes and way.target not in led and box_of[way.source] != way.target:
            hints.setdefault(way.target, box_of[way.source])
    return hints


def _move(route: Route, x: float, y: float) -> Route:
    return Route(
        (route.start[0] + x, route.start[1] + y),
        tuple((left + x, right + x, lane + y) for left, right, lane in route.lanes),
        (route.end[0] + x, route.end[1] + y),
        route.backward,
    )
