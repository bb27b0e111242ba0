"""Small flows to draw, and a reader of the pictures that goes by the SVG alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from contactflow.model import Flow

NAMESPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_COMMAND = re.compile(r"([MmHhVvLlCcAaZz])([^MmHhVvLlCcAaZz]*)")
_SAMPLES = 24

Point = tuple[float, float]


@dataclass(frozen=True)
class Bounds:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Bounds) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, other: Bounds) -> bool:
        wide = self.left <= other.left and other.right <= self.right
        return wide and self.top <= other.top and other.bottom <= self.bottom

    def has_inside(self, point: Point) -> bool:
        return self.left + 1 < point[0] < self.right - 1 and self.top + 1 < point[1] < self.bottom - 1


@dataclass
class Picture:
    """A parsed picture."""

    root: ET.Element = field(repr=False)

    @classmethod
    def read(cls, svg: str) -> Picture:
        return cls(ET.fromstring(svg))

    def of_class(self, name: str, within: ET.Element | None = None) -> list[ET.Element]:
        found = (self.root if within is None else within).iter()
        return [element for element in found if name in element.get("class", "").split()]

    def cards(self) -> dict[str, ET.Element]:
        return {card.get("data-action", ""): card for card in self.of_class("cf-card")}

    def boxes(self) -> list[ET.Element]:
        return self.of_class("cf-box")

    def edges(self) -> Counter[tuple[str, str, str]]:
        return Counter(
            (edge.get("data-from", ""), edge.get("data-to", ""), edge.get("data-branch", ""))
            for edge in self.of_class("cf-edge")
        )

    def line_of(self, source: str, target: str) -> ET.Element:
        """Return the line, choice or row that stands for the way between two actions."""
        for line in self.of_class("cf-line"):
            for edge in line.findall(f"{NAMESPACE}g"):
                if (edge.get("data-from"), edge.get("data-to")) == (source, target):
                    return line
        raise LookupError(f"nothing leads from {source} to {target}")

    def box_bounds(self, box: ET.Element) -> Bounds:
        frames = [rect for rect in box.findall(f"{NAMESPACE}rect") if rect.get("class") == "cf-frame"]
        if frames:
            return _rectangle(frames[0])
        return shape_bounds(self.of_class("cf-shape", box)[0])

    def view(self) -> Bounds:
        left, top, width, height = map(float, self.root.get("viewBox", "").split())
        return Bounds(left, top, left + width, top + height)


def shape_bounds(shape: ET.Element) -> Bounds:
    points = list(trace(shape.get("d", "")))
    return Bounds(
        min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)
    )


def trace(path: str) -> Iterator[Point]:
    """Yield points along a path; of an arc, its end."""
    x = y = 0.0
    for command, text in _COMMAND.findall(path):
        values = [float(number) for number in _NUMBER.findall(text)]
        relative = command.islower()
        match command.upper():
            case "H":
                to = [(x + value if relative else value, y) for value in values]
            case "V":
                to = [(x, y + value if relative else value) for value in values]
            case "A":
                to = [_place(values[5:7], x, y, relative)]
            case "C":
                curve = [(x, y), *(_place(values[at : at + 2], x, y, relative) for at in (0, 2, 4))]
                to = [_bezier(curve, step / _SAMPLES) for step in range(1, _SAMPLES + 1)]
            case "Z":
                to = []
            case _:
                to = [_place(values, x, y, relative)]
        for point in to:
            yield from _between((x, y), point) if command.upper() in "HVL" else ()
            x, y = point
            yield point


def text_lines(element: ET.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{NAMESPACE}text")]


def make_flow(*actions: Mapping[str, Any], start: str | None = None) -> Flow:
    return Flow.parse(
        {"Version": "2019-10-30", "StartAction": start or actions[0]["Identifier"], "Actions": list(actions)}
    )


def act(
    identifier: str,
    type_name: str = "MessageParticipant",
    then: str | None = None,
    when: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    **parameters: Any,
) -> dict[str, Any]:
    transitions: dict[str, Any] = {} if then is None else {"NextAction": then}
    if when:
        transitions["Conditions"] = [
            {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [answer]}}
            for answer, target in when.items()
        ]
    if errors:
        transitions["Errors"] = [{"ErrorType": name, "NextAction": target} for name, target in errors.items()]
    return {"Identifier": identifier, "Type": type_name, "Parameters": parameters, "Transitions": transitions}


def ways_of(flow: Flow) -> Counter[tuple[str, str, str]]:
    """Return all transitions of a flow, called as traces call them."""
    ways: Counter[tuple[str, str, str]] = Counter()
    for action in flow.actions:
        transitions = action.transitions
        if transitions is None:
            continue
        if transitions.next_action is not None:
            ways[action.identifier, transitions.next_action, "NextAction"] += 1
        for branch in transitions.conditions or ():
            ways[action.identifier, branch.next_action, str(branch.condition.operands[0])] += 1
        for error in transitions.errors or ():
            ways[action.identifier, error.next_action, error.error_type] += 1
    return ways


def _place(values: list[float], x: float, y: float, relative: bool) -> Point:
    return (x + values[0], y + values[1]) if relative else (values[0], values[1])


def _between(start: Point, end: Point) -> Iterator[Point]:
    for step in range(1, _SAMPLES):
        share = step / _SAMPLES
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _bezier(points: list[Point], t: float) -> Point:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
    return points[0]


def _rectangle(rect: ET.Element) -> Bounds:
    x, y, width, height = (float(rect.get(name, "0")) for name in ("x", "y", "width", "height"))
    return Bounds(x, y, x + width, y + height)
