"""Small charts as SVG, drawn in the colours of the page around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 720, 190, 44, 24, 8
_LABELS_AT_MOST = 16


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes
    ----------
    label
        Under it.
    value, part
        Its height, and the part of it that is drawn darker (nothing where it is ``None``).
    usual
        Where a line shows what is usual, if it is known.
    told
        What is said of it where a pointer rests on it.
    """

    label: str
    value: float
    told: str
    part: float | None = None
    usual: float | None = None


def draw_bars(bars: Sequence[Bar], title: str) -> str:
    """Draw bars from a zero line, with a scale at the left; the title tells what they are to who cannot see them.

    Notes
    -----
    **Source**: W3C, "SVG Accessibility API Mappings" (``role="img"`` with a title).
    """
    top = _round_up(max([1.0, *(max(bar.value, bar.usual or 0) for bar in bars)]))
    step = (_WIDTH - _LEFT) / max(1, len(bars))
    drawn = [_scale(top), *(_bar(bar, _LEFT + place * step, step, top) for place, bar in enumerate(bars))]
    every = -(-len(bars) // _LABELS_AT_MOST)
    for place, bar in enumerate(bars):
        if place % every == 0:
            middle = _LEFT + (place + 0.5) * step
            drawn.append(f'<text x="{middle:.1f}" y="{_HEIGHT - 6}" class="tick middle">{escape(bar.label)}</text>')
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(drawn)}</svg>"
    )


def _bar(bar: Bar, left: float, step: float, top: float) -> str:
    width = max(1.0, step * 0.72)
    x = left + (step - width) / 2
    parts = [f"<g><title>{escape(bar.told)}</title>", _box(x, width, bar.value, top, "bar")]
    if bar.part is not None:
        parts.append(_box(x, width, bar.part, top, "part"))
    if bar.usual is not None:
        y = _y(bar.usual, top)
        parts.append(f'<line x1="{left + 1:.1f}" x2="{left + step - 1:.1f}" y1="{y:.1f}" y2="{y:.1f}" class="usual"/>')
    return "".join([*parts, "</g>"])


def _box(x: float, width: float, value: float, top: float, name: str) -> str:
    y = _y(value, top)
    height = _y(0, top) - y
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{name}"/>'


def _scale(top: float) -> str:
    lines = []
    for value in (0, top / 2, top):
        y = _y(value, top)
        lines.append(f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" class="tick end">{value:,.0f}</text>')
    return "".join(lines)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * value / top


def _round_up(value: float) -> float:
    """Return the next number whose half is whole and that people read at a glance.

    Examples
    --------
    >>> [_round_up(each) for each in (1, 7, 31, 183, 1200)]
    [2.0, 8.0, 40.0, 200.0, 2000.0]
    """
    magnitude = 1.0
    while magnitude * 10 < value:
        magnitude *= 10
    return next(step * magnitude for step in (2, 4, 6, 8, 10) if step * magnitude >= value)
