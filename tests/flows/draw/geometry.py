"""What has to hold in every picture: nothing overlaps, no words leave their box, no line runs through one."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

from contactflow.draw import draw_svg
from contactflow.draw.measure import text_width
from contactflow.model import Flow
from tests.flows.draw.picture import NAMESPACE, Bounds, Picture, shape_bounds, trace, ways_of

_ASCENT, _DESCENT = 0.9, 0.25


def check_picture(flow: Flow, **options: object) -> Picture:
    """Draw a flow and check its picture; return it."""
    picture = Picture.read(draw_svg(flow, title="Any flow", **options))  # type: ignore[arg-type]
    assert ways_of(flow) == picture.edges()
    assert {action.identifier for action in flow.actions} <= set(picture.cards())
    bounds = [picture.box_bounds(box) for box in picture.boxes()]
    for one, other in combinations(bounds, 2):
        assert not one.overlaps(other)
    for box, inside in zip(picture.boxes(), bounds, strict=True):
        assert picture.view().holds(inside)
        for text in box.iter(f"{NAMESPACE}text"):
            assert inside.holds(text_bounds(text)), text.text
    _check_cards(picture)
    _check_lines(picture, bounds)
    return picture


def _check_cards(picture: Picture) -> None:
    for card in picture.of_class("cf-card"):
        inside = shape_bounds(picture.of_class("cf-shape", card)[0])
        placed = [text_bounds(text) for text in card.iter(f"{NAMESPACE}text")]
        assert all(inside.holds(text) for text in placed), card.get("data-action")
        for one, other in combinations(placed, 2):
            assert not one.overlaps(other), card.get("data-action")
    for box in picture.boxes():
        shapes = [shape_bounds(shape) for shape in picture.of_class("cf-shape", box)]
        assert not any(one.overlaps(other) for one, other in combinations(shapes, 2))


def _check_lines(picture: Picture, boxes: list[Bounds]) -> None:
    lines = [line for line in picture.of_class("cf-line") if "cf-line-inner" not in line.get("class", "").split()]
    for line in lines:
        for path in line.findall(f"{NAMESPACE}path"):
            for point in trace(path.get("d", "")):
                assert picture.view().holds(Bounds(*point, *point)), path.get("d")
                assert not any(box.has_inside(point) for box in boxes), path.get("d")


def text_bounds(text: ET.Element) -> Bounds:
    """Return where the words of a text element are, by the measure that drawings go by."""
    size = float(text.get("font-size", "11"))
    width = text_width(text.text or "", size, bold=text.get("font-weight") == "bold")
    x, y = float(text.get("x", "nan")), float(text.get("y", "nan"))
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    return Bounds(left, y - _ASCENT * size, left + width, y + _DESCENT * size)
