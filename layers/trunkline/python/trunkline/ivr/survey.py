"""The question after the call: one key, from 1 (not at all) to 5 (very satisfied)."""

from __future__ import annotations

_SCORES = frozenset("12345")


def score_answer(digits: str) -> str:
    """Return the score that a caller pressed, or an empty text for anything else.

    Parameters
    ----------
    digits
        What the flow stored as customer input: keys, or words such as ``Timeout``.

    Examples
    --------
    >>> score_answer("5"), score_answer("0"), score_answer("Timeout"), score_answer("12")
    ('5', '', '', '')

    Notes
    -----
    **Source**: METRICS, customer satisfaction (answers 4 or 5 of 5).
    """
    pressed = digits.strip().rstrip("#")
    return pressed if pressed in _SCORES else ""
