"""What a box holds, and where in it: cards of actions beneath one another, and rows for the ways out."""

from __future__ import annotations

from dataclasses import dataclass

from contactflow.draw.branches import Way
from contactflow.draw.kinds import Kind

WIDTH = 236.0
HEADING_SIZE, TEXT_SIZE = 12.0, 11.0
LINE, HEADING, PADDING, ROW = 14.0, 18.0, 6.0, 16.0
SIDE = 10.0
BADGE_ROOM = 44.0
STEP_GAP = 12.0
FRAME = 6.0


@dataclass(frozen=True, slots=True)
class Card:
    """One action's card; positions in pixels from the corner of its box.

    Attributes
    ----------
    beside
        Shown after the heading where it is short enough to need no line of its own.
    choice
        The words of ``chosen_by``, the answers that lead to a variant; shown left of it.
    """

    action: str
    type: str
    kind: Kind
    x: float
    y: float
    width: float
    height: float
    heading: str
    beside: str
    lines: tuple[str, ...]
    chosen_by: tuple[Way, ...] = ()
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A way out: a line of the drawing begins at the right of it, or a jump is told in it.

    Attributes
    ----------
    lines
        Its words; none where it needs no words.
    y, height
        From the top of its box; of a row without words, where its line begins.
    """

    ways: tuple[Way, ...]
    lines: tuple[str, ...]
    y: float
    height: float
    jump: bool
    error: bool

    @property
    def target(self) -> str:
        """The action that it leads to."""
        return self.ways[0].target

    @property
    def exit_y(self) -> float:
        """Where its line begins."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class InnerLine:
    """A short line between two steps of a box."""

    ways: tuple[Way, ...]
    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class BoxContent:
    """Everything in a box and its size; a framed box has a border of its own around its cards."""

    key: str
    width: float
    height: float
    framed: bool
    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    inner: tuple[InnerLine, ...]

    @property
    def entry_y(self) -> float:
        """Where lines arrive."""
        return self.cards[0].y + min(self.cards[0].height / 2, PADDING + HEADING / 2)
