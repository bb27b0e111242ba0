"""What is laid out, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle to be placed; sizes in pixels.

    Attributes
    ----------
    entry_y
        Where links arrive at its left side, from its top.
    """

    width: float
    height: float
    entry_y: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link from the right side of one box to the left side of another.

    Attributes
    ----------
    exit_y
        Where it leaves ``source``, in pixels from its top.
    weight
        How much it wants to be short and straight.
    """

    source: str
    target: str
    exit_y: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Route:
    """Where a link passes.

    Attributes
    ----------
    lanes
        ``(left x, right x, y)`` of each column that it crosses, in its own direction.
    backward
        True where it leads to its own column or one on the left.
    """

    start: tuple[float, float]
    lanes: tuple[tuple[float, float, float], ...]
    end: tuple[float, float]
    backward: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Top left corners of the boxes, the routes in the order of the links, and the size of it all."""

    corners: Mapping[str, tuple[float, float]]
    routes: tuple[Route, ...]
    width: float
    height: float
