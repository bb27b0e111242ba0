"""A flow as an SVG picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contactflow.draw.boxes import BoxDrawer
from contactflow.draw.legend import draw_legend
from contactflow.draw.lines import draw_inner_line, draw_line, tip_path
from contactflow.draw.markup import clean, element, number, words
from contactflow.draw.measure import fit
from contactflow.draw.naming import name_references
from contactflow.draw.overlay import Overlay, read_overlay
from contactflow.draw.scene import MARGIN, START_ROOM, Line, Scene, set_scene
from contactflow.draw.theme import style_sheet
from contactflow.draw.words import Language, action_words, say
from contactflow.model import Flow

_HATCH = (
    '<pattern id="cf-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6" stroke="#d92d20" stroke-opacity="0.35" stroke-width="2"/></pattern>'
)
_LEAST_WIDTH = 560.0


def draw_svg(
    flow: Flow,
    *,
    title: str,
    language: Language = "en",
    coverage: Mapping[str, Any] | None = None,
    path: Sequence[str] | None = None,
    sources: Mapping[str, str] | None = None,
    fold: bool = True,
) -> str:
    """Draw a flow from left to right as an SVG document; the same flow always gives the same text.

    Parameters
    ----------
    flow
        Any flow or module.
    title
        Shown above it, and its accessible name.
    language
        Of the drawing's own words: ``en`` or ``ko``.
    coverage
        How often tests came by: ``{"actions": {id: count}, "branches": {id: {branch: count}}}``; what they
        never reached is red and hatched.
    path
        Identifiers of the actions that a call ran, in order; they are numbered and linked.
    sources
        Where actions come from, such as ``callcenter.yaml:31``, for tooltips.
    fold
        Put what always follows one another, and the variants of one step, into one box, and name the target of
        an error branch that many actions have instead of drawing a line to it.

    Returns
    -------
    str
        Cards carry ``data-action``; within each line, row and choice a ``g.cf-edge`` for every way that it
        stands for carries ``data-from``, ``data-to`` and ``data-branch``.

    Raises
    ------
    OverlayError
        For a coverage of another shape.

    Notes
    -----
    **Source**: W3C, "Scalable Vector Graphics (SVG) 2"; W3C, "SVG Accessibility API Mappings".
    """
    overlay = read_overlay(coverage, path)
    scene = set_scene(flow, language=language, fold=fold, overlay=overlay)
    width = max(scene.width, _LEAST_WIDTH)
    legend, height = draw_legend(MARGIN, scene.height, width - 2 * MARGIN, _list_used(scene), overlay, language)
    height += MARGIN
    parts = [
        element("title", clean(title)),
        element("desc", clean(_describe(scene, language))),
        element("style", style_sheet()),
        element("defs", _HATCH),
        _draw_title(scene, overlay, title, width, language),
        _draw_start(scene, language),
        *(draw_line(line, overlay) for line in _back_to_front(scene, overlay)),
        *_draw_boxes(scene, overlay, sources or {}, language),
        legend,
    ]
    return (
        element(
            "svg",
            "".join(parts),
            xmlns="http://www.w3.org/2000/svg",
            class_="cf-flow",
            font_size=11.0,
            role="img",
            aria_label=title,
            lang=language,
            viewBox=f"0 0 {width:.0f} {height:.0f}",
            width=float(round(width)),
            height=float(round(height)),
        )
        + "\n"
    )


def _list_used(scene: Scene) -> set[str]:
    """Return the entries of the legend that the picture needs."""
    kinds = {card.kind for box in scene.boxes for card in box.cards}
    jumps = {"jump" for box in scene.boxes for row in box.rows if row.jump}
    inner = {"way" for box in scene.boxes if box.inner}
    lines = {"repeat way" if line.route.backward else "error way" if line.row.error else "way" for line in scene.lines}
    return {*kinds, *jumps, *inner, *lines}


def _back_to_front(scene: Scene, overlay: Overlay) -> list[Line]:
    """Return the lines, errors first and the way of the call last."""
    return sorted(scene.lines, key=lambda line: (overlay.takes(line.ways), not line.row.error))


def _draw_boxes(scene: Scene, overlay: Overlay, sources: Mapping[str, str], language: Language) -> list[str]:
    drawer = BoxDrawer(scene.graph, overlay, sources, language)
    drawn = []
    for box in scene.boxes:
        x, y = scene.corners[box.key]
        drawn.append(drawer.draw(box, x, y) + "".join(draw_inner_line(line, x, y, overlay) for line in box.inner))
    return drawn


def _draw_title(scene: Scene, overlay: Overlay, title: str, width: float, language: Language) -> str:
    facts = [say("action count", language, count=len(scene.graph.flow.actions))]
    if overlay.counted:
        covered, all_branches = overlay.tally()
        facts.append(say("covered", language, covered=covered, all=all_branches))
    room = width - 2 * MARGIN
    shown = words(fit(title, room, 17.0, bold=True), MARGIN, MARGIN + 16, size=17.0, bold=True)
    return shown + words(fit(" · ".join(facts), room, 11.0), MARGIN, MARGIN + 34, class_="cf-quiet")


def _draw_start(scene: Scene, language: Language) -> str:
    box = next(each for each in scene.boxes if each.key == scene.graph.flow.start_action)
    x, y = scene.corners[box.key]
    y += box.entry_y
    told = fit(say("start", language), START_ROOM - 28.0, 12.0, bold=True)
    text = words(told, x - 24.0, y + 4.0, anchor="end", size=12.0, bold=True)
    arrow = element("path", d=f"M{number(x - 20)} {number(y)}H{number(x - 6)}", class_="cf-path")
    tip = element("path", d=tip_path(x, y), class_="cf-tip")
    return element("g", text + arrow + tip, class_="cf-line cf-start")


def _describe(scene: Scene, language: Language) -> str:
    graph = scene.graph
    start = graph.actions[graph.flow.start_action]
    told = action_words(start.type, language) if start.type else say("missing", language)
    return say("chart", language, count=len(graph.flow.actions), start=f"{told} ({name_references(start.identifier)})")
