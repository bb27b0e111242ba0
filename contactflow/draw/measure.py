"""How wide text is, and how it is broken into lines that fit.

Widths are those of Helvetica, which Arial and Liberation Sans share, with a margin for fonts that are wider.

**Source**: Adobe Font Metrics of Helvetica (widths in thousandths of the font size); Unicode Standard
Annex 11, "East Asian Width" (wide characters are a full em).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARGIN = 1.08
_BOLD = 1.07
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS = tuple(int(width) for width in _ASCII.split())
_LATIN_TO_CYRILLIC = range(0xA0, 0x530)
_NARROW_SIGNS = {"…": 1000, "·": 333, "“": 400, "”": 400, "–": 556, "—": 1000, "×": 584, "→": 1000, "≥": 584, "≤": 584}
_ELLIPSIS = "…"
_BREAKING = " _-/"
_CLOSING = ".,!?:;)”…。、"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text.

    Parameters
    ----------
    text
        One line.
    size
        Font size in pixels.

    Returns
    -------
    float
        Pixels, rather too many than too few.

    Examples
    --------
    >>> round(text_width("Say", 10), 2)
    18.61
    >>> text_width("안녕", 10) == 2 * 10 * 1.08
    True
    """
    thousandths = sum(_character_width(character) for character in text)
    return thousandths * size / 1000 * _MARGIN * (_BOLD if bold else 1)


def fit(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return the text, shortened with an ellipsis where it is wider than ``width`` pixels."""
    most = _most_characters(width, size)
    if len(text) <= most and text_width(text, size, bold=bold) <= width:
        return text
    kept = ""
    for character in text[:most]:
        if text_width(kept + character + _ELLIPSIS, size, bold=bold) > width:
            break
        kept += character
    return kept.rstrip() + _ELLIPSIS


def wrap(text: str, width: float, size: float, most_lines: int) -> list[str]:
    """Break text into at most ``most_lines`` lines of ``width`` pixels; what does not fit ends in an ellipsis.

    Lines break at spaces and hyphens, between wide characters, and anywhere in a word that is wider than a line.
    """
    most = most_lines * _most_characters(width, size)
    collapsed = " ".join(text.split())
    shown = collapsed if len(collapsed) <= most else collapsed[:most] + _ELLIPSIS
    lines: list[str] = []
    line = ""
    for piece in _pieces(shown, width, size):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    if len(lines) > most_lines:
        rest = " ".join(lines[most_lines - 1 :])
        lines = [*lines[: most_lines - 1], fit(rest + _ELLIPSIS, width, size)]
    return [line for line in lines if line]


def _most_characters(width: float, size: float) -> int:
    """Return a number of characters that is too wide for ``width`` pixels, even of the narrowest ones."""
    return int(width / (size * min(_WIDTHS) / 1000)) + 1


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Split text where a line may break; a piece keeps the single space after it."""
    pieces: list[str] = []
    piece = ""
    for character in text:
        beside_wide = _is_wide(character) or (bool(piece) and _is_wide(piece[-1]))
        breaks = piece and (piece[-1] in _BREAKING or (beside_wide and character not in _CLOSING))
        if breaks or text_width(piece + character, size) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [each for each in [*pieces, piece] if each]


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    code = ord(character)
    if 32 <= code < 127:
        return _WIDTHS[code - 32]
    if character in _NARROW_SIGNS:
        return _NARROW_SIGNS[character]
    if unicodedata.combining(character):
        return 0
    if code in _LATIN_TO_CYRILLIC:
        return 722
    return 1300 if code > 0x1F000 else 1000
