"""XML written by hand, with everything escaped that comes from a flow."""

from __future__ import annotations

import re
from typing import Literal
from xml.sax.saxutils import escape

Anchor = Literal["start", "middle", "end"]

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
"""What XML 1.0 has no characters for, and what turns the direction of writing round.

**Source**: W3C, "Extensible Markup Language (XML) 1.0", production Char.
"""


def clean(text: str) -> str:
    """Return a text as XML content."""
    return escape(_REFUSED.sub("�", text))


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """Return an element; ``content`` is XML already, attribute values are not.

    An attribute is written as its name with ``-`` for ``_``; one that is None is left out.

    Examples
    --------
    >>> element("text", clean("1 < 2"), x=3.25, class_="cf-head")
    '<text x="3.2" class="cf-head">1 &lt; 2</text>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(
    text: str, x: float, y: float, *, anchor: Anchor = "start", size: float = 11.0, bold: bool = False, class_: str = ""
) -> str:
    """Return a line of text that begins, ends or has its middle at ``x``, with its base line at ``y``."""
    return element(
        "text",
        clean(text),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        font_size=None if size == 11.0 else size,
        font_weight="bold" if bold else None,
        class_=class_ or None,
    )


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(_REFUSED.sub("�", value), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
    return number(value)


def number(value: float) -> str:
    """Return a coordinate in tenths of a pixel.

    Examples
    --------
    >>> number(2.0), number(0.26), number(-0.01)
    ('2', '0.3', '0')
    """
    rounded = round(value, 1) + 0.0
    return f"{rounded:g}" if abs(rounded) < 100_000 else f"{rounded:.1f}"
