"""The boxes of a drawing: frames, cards, choices and rows."""

from __future__ import annotations

from collections.abc import Mapping

from contactflow.draw.branches import Way, list_ways
from contactflow.draw.cards import (
    BADGE_ROOM,
    FRAME,
    HEADING,
    HEADING_SIZE,
    LINE,
    PADDING,
    SIDE,
    TEXT_SIZE,
    WIDTH,
    BoxContent,
    Card,
    Row,
)
from contactflow.draw.content import tell_content
from contactflow.draw.graph import FlowGraph
from contactflow.draw.lines import draw_edges
from contactflow.draw.markup import clean, element, words
from contactflow.draw.measure import fit, text_width
from contactflow.draw.overlay import Overlay
from contactflow.draw.theme import mark_path, shape_path
from contactflow.draw.words import Language, action_words, say

_BADGE_HEIGHT = 14.0
_BADGE_SIZE = 10.0


class BoxDrawer:
    """Draws boxes.

    Parameters
    ----------
    graph
        The flow.
    overlay
        What is shown of tests or a call.
    sources
        Where each action comes from, for its tooltip.
    """

    def __init__(self, graph: FlowGraph, overlay: Overlay, sources: Mapping[str, str], language: Language) -> None:
        self._graph = graph
        self._overlay = overlay
        self._sources = sources
        self._language = language
        self._order = {key: index for index, key in enumerate(graph.actions)}

    def draw(self, box: BoxContent, x: float, y: float) -> str:
        """Draw a box with its corner at ``x, y``."""
        frame = ""
        if box.framed:
            frame = element("rect", x=x, y=y, width=box.width, height=box.height, rx=9.0, class_="cf-frame")
        rows = "".join(self._row(row, x, y) for row in box.rows)
        cards = "".join(self._choice(card, x, y) + self._card(card, x + card.x, y + card.y) for card in box.cards)
        return element("g", frame + rows + cards, class_="cf-box")

    def _card(self, card: Card, x: float, y: float) -> str:
        action = self._graph.actions[card.action]
        parts = [
            element("title", clean(self._tooltip(card))),
            element("path", d=shape_path(card.kind, x, y, card.width, card.height), class_="cf-shape"),
            element("path", d=shape_path(card.kind, x, y, card.width, card.height), class_="cf-hatch"),
            element("path", d=mark_path(card.kind, x + SIDE, y + PADDING + 3), class_="cf-mark"),
        ]
        base = y + PADDING + 13.0
        left = x + SIDE + 18.0
        parts.append(words(card.heading, left, base, size=HEADING_SIZE, bold=True, class_="cf-head"))
        if card.beside:
            beside = left + text_width(card.heading + "  ", HEADING_SIZE, bold=True)
            parts.append(words(card.beside, beside, base))
        for index, line in enumerate(card.lines):
            parts.append(words(line, x + SIDE, y + PADDING + HEADING + LINE * index + 11.0))
        parts.append(self._badge(card, x, y))
        return element(
            "g",
            "".join(parts),
            class_=" ".join(self._classes(card)),
            id=f"action-{self._order[card.action]}",
            data_action=card.action,
            data_type=action.type,
            data_right=x + card.width,
            data_top=y,
        )

    def _classes(self, card: Card) -> list[str]:
        classes = ["cf-card", f"cf-{card.kind}"]
        if not card.type:
            classes.append("cf-missing")
        if card.action not in self._graph.reachable:
            classes.append("cf-unreachable")
        if self._overlay.count_action(card.action) == 0:
            classes.append("cf-uncovered")
        if card.action in self._overlay.steps:
            classes.append("cf-visited")
        return classes

    def _tooltip(self, card: Card) -> str:
        action = self._graph.actions[card.action]
        lines = [f"{card.action} ({action.type or say('missing', self._language)})"]
        if action.type:
            lines += [action_words(action.type, self._language), *tell_content(self._graph.flow, action)]
        if card.action in self._sources:
            lines.append(self._sources[card.action])
        if card.action not in self._graph.reachable:
            lines.append(say("unreachable", self._language))
        count = self._overlay.count_action(card.action)
        if count is not None:
            lines.append(say("times", self._language, count=count))
        for way in list_ways(action):
            taken = self._overlay.count_ways([way])
            lines.append(f"{way.branch} → {way.target}" + ("" if taken is None else f": {taken}"))
        return "\n".join(lines)

    def _badge(self, card: Card, x: float, y: float) -> str:
        steps = self._overlay.steps.get(card.action)
        if steps:
            return draw_badge(",".join(map(str, steps)), x + card.width, y, "cf-step")
        count = self._overlay.count_action(card.action)
        if count is None:
            return ""
        partly = any(self._overlay.count_ways([way]) == 0 for way in self._graph.ways[card.action])
        state = "uncovered" if count == 0 else "partly" if partly else "whole"
        return draw_badge(f"{count}×", x + card.width, y, f"cf-badge cf-badge-{state}")

    def _choice(self, card: Card, x: float, y: float) -> str:
        """Draw the answers that lead to a variant, left of it: they stand for the line to it."""
        if not card.chosen_by:
            return ""
        told = words(card.choice, x + card.x - 8.0, y + card.y + PADDING + 13.0, anchor="end", bold=True)
        taken = " cf-taken" if self._overlay.takes(card.chosen_by) else ""
        return element(
            "g", told + draw_edges(card.chosen_by), class_=f"cf-line cf-choice{self._state(card.chosen_by)}{taken}"
        )

    def _row(self, row: Row, x: float, y: float) -> str:
        """Draw the words of a way out; a jump has no line, so that its words stand for it."""
        if not row.lines:
            return ""
        left, right = x + FRAME + SIDE, x + WIDTH - SIDE
        base = y + row.y + 12.0
        parts = [
            words(line, left, base + LINE * index)
            if row.jump
            else words(line, right, base + LINE * index, anchor="end")
            for index, line in enumerate(row.lines)
        ]
        count = self._overlay.count_ways(row.ways)
        if count is not None:
            shown = fit(str(count), BADGE_ROOM, TEXT_SIZE, bold=True)
            parts.append(
                words(shown, right, base, anchor="end", bold=True) if row.jump else words(shown, left, base, bold=True)
            )
        classes = "cf-row" + (" cf-row-error" if row.error else "") + self._state(row.ways)
        if row.jump:
            parts.append(draw_edges(row.ways))
            classes += " cf-row-jump cf-line" + (" cf-taken" if self._overlay.takes(row.ways) else "")
        return element("g", "".join(parts), class_=classes)

    def _state(self, ways: tuple[Way, ...]) -> str:
        return " cf-row-uncovered" if self._overlay.count_ways(ways) == 0 else ""


def draw_badge(text: str, right: float, top: float, name: str) -> str:
    """Draw a small label in the upper right corner of a card."""
    shown = fit(text, BADGE_ROOM - 8.0, _BADGE_SIZE, bold=True)
    width = max(16.0, text_width(shown, _BADGE_SIZE, bold=True) + 8.0)
    x = right - width - 6.0
    rect = element("rect", x=x, y=top + 6.0, width=width, height=_BADGE_HEIGHT, rx=_BADGE_HEIGHT / 2)
    return element(
        "g", rect + words(shown, x + width / 2, top + 16.6, anchor="middle", size=_BADGE_SIZE, bold=True), class_=name
    )
