"""Fills boxes: what is told of each action and each way out, broken into lines that fit."""

from __future__ import annotations

from collections.abc import Sequence

from contactflow.draw.branches import Way
from contactflow.draw.cards import (
    BADGE_ROOM,
    FRAME,
    HEADING,
    HEADING_SIZE,
    LINE,
    PADDING,
    ROW,
    SIDE,
    STEP_GAP,
    TEXT_SIZE,
    WIDTH,
    BoxContent,
    Card,
    InnerLine,
    Row,
)
from contactflow.draw.content import tell_content
from contactflow.draw.folding import Step, Unit, exits_of
from contactflow.draw.graph import FlowGraph
from contactflow.draw.kinds import kind_of
from contactflow.draw.measure import fit, text_width, wrap
from contactflow.draw.overlay import Overlay
from contactflow.draw.words import Language, action_words, branch_words, say

_LABEL_MOST = 74.0
_MOST_LINES = 4
_MOST_LABEL_LINES = 2


class BoxBuilder:
    """Fills the box of one unit from the top.

    Parameters
    ----------
    graph
        The flow.
    units
        All its boxes, for the names of what ways lead to.
    language
        Of the drawing's own words.
    overlay
        Where it counts branches, each is told by itself, with its count beside it.
    """

    def __init__(self, graph: FlowGraph, units: Sequence[Unit], language: Language, overlay: Overlay) -> None:
        self._graph = graph
        self._variants = {step.action: step.variants for unit in units for step in unit.steps}
        self._language = language
        self._overlay = overlay

    def build(self, unit: Unit) -> BoxContent:
        """Return what is in a unit's box."""
        framed = len(unit.steps) > 1 or bool(unit.steps[0].variants) or self._has_rows(unit)
        inset = FRAME if framed else 0.0
        y = inset
        cards: list[Card] = []
        rows: list[Row] = []
        inner: list[InnerLine] = []
        for index, step in enumerate(unit.steps):
            last = index == len(unit.steps) - 1
            placed = self._cards(step, y, inset)
            cards += placed
            y = placed[-1].y + placed[-1].height
            added, y, onward = self._rows(step, y, placed, last=last)
            rows += added
            if not last:
                inner.append(InnerLine(onward, inset + 18.0, y, y + STEP_GAP))
                y += STEP_GAP
        return BoxContent(unit.key, WIDTH, y + inset, framed, tuple(cards), tuple(rows), tuple(inner))

    def _has_rows(self, unit: Unit) -> bool:
        exits = exits_of(self._graph, unit.steps[-1])
        return len(exits) > 1 or any(self._words(ways) for ways in exits)

    def _cards(self, step: Step, y: float, inset: float) -> list[Card]:
        first = self._card(step.action, inset, y, WIDTH - 2 * inset)
        if not step.variants:
            return [first]
        choices = {key: self._choice(step.action, key) for key in step.variants}
        texts = {key: self._choice_words(ways) for key, ways in choices.items()}
        widest = max(text_width(text, TEXT_SIZE, bold=True) for text in texts.values())
        label_width = min(_LABEL_MOST, widest + 12.0)
        cards, y = [first], y + first.height + 3.0
        for key in step.variants:
            x = inset + label_width + 4.0
            label = fit(texts[key], label_width - 8.0, TEXT_SIZE, bold=True)
            cards.append(self._card(key, x, y, WIDTH - inset - x, choices[key], label))
            y += cards[-1].height + 3.0
        return cards

    def _choice(self, chooser: str, variant: str) -> tuple[Way, ...]:
        return tuple(way for way in self._graph.leaving(chooser) if way.target == variant)

    def _choice_words(self, ways: tuple[Way, ...]) -> str:
        return " · ".join(self._label(way) for way in ways if way.kind == "answer") or self._label(ways[0])

    def _card(
        self,
        key: str,
        x: float,
        y: float,
        width: float,
        chosen_by: tuple[Way, ...] = (),
        choice: str = "",
    ) -> Card:
        action = self._graph.actions[key]
        heading_room = width - 2 * SIDE - 16.0 - BADGE_ROOM
        if action.type:
            heading = fit(action_words(action.type, self._language), heading_room, HEADING_SIZE, bold=True)
            phrases = tell_content(self._graph.flow, action)
        else:
            heading = fit(say("missing", self._language), heading_room, HEADING_SIZE, bold=True)
            phrases = [key]
        room = heading_room - text_width(heading + "  ", HEADING_SIZE, bold=True)
        beside = phrases[0] if len(phrases) == 1 and fit(phrases[0], room, TEXT_SIZE) == phrases[0] else ""
        lines = () if beside else _break_phrases(phrases, width - 2 * SIDE)
        return Card(
            action=key,
            type=action.type,
            kind=kind_of(action.type),
            x=x,
            y=y,
            width=width,
            height=2 * PADDING + HEADING + LINE * len(lines),
            heading=heading,
            beside=beside,
            lines=lines,
            chosen_by=chosen_by,
            choice=choice,
        )

    def _rows(
        self, step: Step, y: float, cards: Sequence[Card], *, last: bool
    ) -> tuple[list[Row], float, tuple[Way, ...]]:
        """Return the rows beneath a step, where they end, and the ways that lead on within the box."""
        rows: list[Row] = []
        onward: tuple[Way, ...] = ()
        for ways in exits_of(self._graph, step):
            jump = ways[0] in self._graph.jumps
            if not last and not jump:
                onward = ways
                continue
            for told in self._told_apart(ways):
                lines = self._row_lines(told, jump)
                if not lines:
                    rows.append(Row(told, (), _middle(cards), 0.0, jump=False, error=False))
                    continue
                height = ROW + LINE * (len(lines) - 1)
                rows.append(Row(told, lines, y + 2.0, height, jump, all(way.kind == "error" for way in told)))
                y += height + 2.0
        return rows, y, onward

    def _told_apart(self, ways: tuple[Way, ...]) -> list[tuple[Way, ...]]:
        if not self._overlay.counted:
            return [ways]
        by_branch: dict[str, list[Way]] = {}
        uncounted = [way for way in ways if self._overlay.count_ways([way]) is None]
        for way in ways:
            if way not in uncounted:
                by_branch.setdefault(way.branch, []).append(way)
        first, *others = by_branch.values() or [[]]
        return [(*first, *uncounted), *map(tuple, others)]

    def _row_lines(self, ways: tuple[Way, ...], jump: bool) -> tuple[str, ...]:
        words = self._words(ways)
        room = WIDTH - 2 * FRAME - 16.0 - (BADGE_ROOM if self._overlay.counted else 0.0)
        if jump:
            words = f"{words or say('next', self._language)} ↪ {self._name(ways[0].target)}"
        return tuple(wrap(words, room, TEXT_SIZE, _MOST_LABEL_LINES)) if words else ()

    def _words(self, ways: tuple[Way, ...]) -> str:
        """Return the words of ways that lead to one place: none where the flow just goes on."""
        if any(way.kind == "next" for way in ways):
            return say("next", self._language) if self._overlay.counted else ""
        meant = [way for way in ways if way.kind != "spare"]
        return " · ".join(dict.fromkeys(self._label(way) for way in meant)) or say("next", self._language)

    def _label(self, way: Way) -> str:
        if way.kind == "answer" and way.branch not in {"True", "False", "ContinueLooping", "DoneLooping"}:
            return way.label
        return branch_words(way.branch, self._language)

    def _name(self, key: str) -> str:
        """Return an action in a few words; a choice by its variant in the drawing's language, or the first."""
        variants = self._variants.get(key) or (key,)
        spoken = [way.target for way in self._graph.ways[key] if way.branch == self._language]
        action = self._graph.actions[next((each for each in spoken if each in variants), variants[0])]
        key = action.identifier
        words = action_words(action.type, self._language) if action.type else say("missing", self._language)
        phrases = tell_content(self._graph.flow, action) if action.type else [key]
        return " ".join([words, *phrases[:1]])


def _break_phrases(phrases: Sequence[str], width: float) -> tuple[str, ...]:
    """Break phrases into lines: one phrase over several lines, or several phrases a line each."""
    if len(phrases) == 1:
        return tuple(wrap(phrases[0], width, TEXT_SIZE, _MOST_LINES))
    kept = phrases if len(phrases) <= _MOST_LINES else phrases[: _MOST_LINES - 1]
    more = [] if len(kept) == len(phrases) else [f"+ {len(phrases) - len(kept)}"]
    return (*(fit(phrase, width, TEXT_SIZE) for phrase in kept), *more)


def _middle(cards: Sequence[Card]) -> float:
    if len(cards) == 1:
        return cards[0].y + min(cards[0].height / 2, PADDING + HEADING / 2)
    return (cards[0].y + cards[-1].y + cards[-1].height) / 2
