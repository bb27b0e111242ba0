"""What the shapes, colours and lines of a drawing mean."""

from __future__ import annotations

from collections.abc import Collection

from contactflow.draw.kinds import KINDS
from contactflow.draw.lines import TIP, tip_path
from contactflow.draw.markup import element, number, words
from contactflow.draw.measure import text_width
from contactflow.draw.overlay import Overlay
from contactflow.draw.theme import mark_path, shape_path
from contactflow.draw.words import Language, say

_SIZE = 11.0
_ROW = 26.0
_GAP = 22.0
_SAMPLE = 34.0


def draw_legend(
    x: float, y: float, width: float, used: Collection[str], overlay: Overlay, language: Language
) -> tuple[str, float]:
    """Draw the legend of what is ``used``, broken into rows of ``width`` pixels; return it with where it ends."""
    drawn, left, top = [], x, y
    for name, meaning in _entries(used, overlay, language):
        room = _SAMPLE + 6.0 + text_width(meaning, _SIZE)
        if left > x and left + room > x + width:
            left, top = x, top + _ROW
        text = words(meaning, left + _SAMPLE + 6.0, top + 13.0)
        drawn.append(element("g", _sample(name, left, top) + text, class_=_class(name)))
        left += room + _GAP
    return element("g", "".join(drawn), class_="cf-legend", aria_hidden="true"), top + _ROW


def _entries(used: Collection[str], overlay: Overlay, language: Language) -> list[tuple[str, str]]:
    names = [name for name in (*KINDS, "way", "error way", "repeat way", "jump") if name in used]
    if overlay.counted:
        names.append("uncovered")
    if overlay.steps:
        names.append("taken")
    return [(name, say(name, language)) for name in names]


def _class(name: str) -> str:
    return {
        "way": "cf-line",
        "error way": "cf-line cf-line-error",
        "repeat way": "cf-line cf-line-repeat",
        "jump": "cf-row cf-row-jump",
        "uncovered": "cf-setting cf-uncovered",
        "taken": "cf-line cf-taken",
    }.get(name, f"cf-{name}")


def _sample(name: str, x: float, y: float) -> str:
    for kind in KINDS:
        if name == kind:
            shape = element("path", d=shape_path(kind, x, y, _SAMPLE, 18.0), class_="cf-shape")
            return shape + element("path", d=mark_path(kind, x + 11.0, y + 3.0), class_="cf-mark")
    if name == "uncovered":
        outline = shape_path("setting", x, y, _SAMPLE, 18.0)
        return element("path", d=outline, class_="cf-shape") + element("path", d=outline, class_="cf-hatch")
    if name == "jump":
        return words("↪", x + 12.0, y + 13.0)
    middle = number(y + 9.0)
    path = element("path", d=f"M{number(x)} {middle}H{number(x + _SAMPLE - TIP)}", class_="cf-path")
    return path + element("path", d=tip_path(x + _SAMPLE, y + 9.0), class_="cf-tip")
