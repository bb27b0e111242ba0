"""The lines of a drawing: smooth between columns, straight across them, round a column when they lead back."""

from __future__ import annotations

from contactflow.draw.branches import Way
from contactflow.draw.cards import InnerLine
from contactflow.draw.layered import Route
from contactflow.draw.markup import element, number
from contactflow.draw.overlay import Overlay
from contactflow.draw.scene import TURN, Line

TIP = 7.0


def draw_line(line: Line, overlay: Overlay) -> str:
    """Draw the line of a way out of a box."""
    route = line.route
    kind = "repeat" if route.backward else "error" if line.row.error else "way"
    return _line(line.ways, overlay, kind, trace_route(route), tip_path(*route.end))


def draw_inner_line(line: InnerLine, x: float, y: float, overlay: Overlay) -> str:
    """Draw the short line between two steps of the box whose corner is ``x, y``."""
    end = y + line.bottom
    path = f"M{number(x + line.x)} {number(y + line.top)}V{number(end - 4)}"
    left, right = number(x + line.x - 3.5), number(x + line.x + 3.5)
    tip = f"M{left} {number(end - 5)}L{number(x + line.x)} {number(end)}L{right} {number(end - 5)}z"
    return _line(line.ways, overlay, "inner", path, tip)


def draw_edges(ways: tuple[Way, ...]) -> str:
    """Name the ways that a line, a row or a choice stands for, for whoever looks them up in the drawing."""
    return "".join(
        element("g", class_="cf-edge", data_from=way.source, data_to=way.target, data_branch=way.branch) for way in ways
    )


def trace_route(route: Route) -> str:
    """Return a route as an SVG path."""
    x, y = route.start
    end_x, end_y = route.end
    path = [f"M{number(x)} {number(y)}"]
    if route.backward:
        _, right, lane = route.lanes[0]
        path.append(_curve(right + TURN, y, right + TURN, lane, right, lane))
        last = right
        for left, right, next_lane in route.lanes:
            path.append(_reach(last, lane, right, next_lane))
            path.append(f"H{number(left)}")
            last, lane = left, next_lane
        path.append(_curve(last - TURN, lane, last - TURN, end_y, end_x - TIP + 1, end_y))
        return "".join(path)
    for left, right, lane in route.lanes:
        path += [_reach(x, y, left, lane), f"H{number(right)}"]
        x, y = right, lane
    path.append(_reach(x, y, end_x - TIP + 1, end_y))
    return "".join(path)


def _reach(x: float, y: float, to_x: float, to_y: float) -> str:
    if abs(to_y - y) < 0.05:
        return f"H{number(to_x)}"
    middle = (x + to_x) / 2
    return _curve(middle, y, middle, to_y, to_x, to_y)


def _curve(x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> str:
    return f"C{number(x1)} {number(y1)} {number(x2)} {number(y2)} {number(x)} {number(y)}"


def tip_path(x: float, y: float) -> str:
    """Return the head of an arrow that points right, at ``x, y``."""
    return f"M{number(x - TIP)} {number(y - 4)}L{number(x)} {number(y)}L{number(x - TIP)} {number(y + 4)}z"


def _line(ways: tuple[Way, ...], overlay: Overlay, kind: str, path: str, tip: str) -> str:
    classes = ["cf-line", f"cf-line-{kind}"]
    if overlay.count_ways(ways) == 0:
        classes.append("cf-line-uncovered")
    if overlay.takes(ways):
        classes.append("cf-taken")
    content = element("path", d=path, class_="cf-path") + element("path", d=tip, class_="cf-tip") + draw_edges(ways)
    return element("g", content, class_=" ".join(classes))
