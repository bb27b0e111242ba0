"""Digits, written or spoken, and the check digit of card numbers."""

from __future__ import annotations

_SPOKEN = {
    "zero": "0",
    "oh": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_KOREAN = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")
_PUNCTUATION = ".,?!;:"


def digits_for(word: str) -> str:
    """Return a word with its digits written as digits, if it is spoken digits and nothing else.

    Parameters
    ----------
    word
        A word, with the punctuation that follows it.

    Examples
    --------
    >>> digits_for("Four,"), digits_for("공일공"), digits_for("fourteen")
    ('4,', '010', 'fourteen')
    """
    core = word.rstrip(_PUNCTUATION)
    tail = word[len(core) :]
    if core.lower() in _SPOKEN:
        return _SPOKEN[core.lower()] + tail
    korean = core.translate(_KOREAN)
    return korean + tail if korean.isascii() and korean.isdigit() else word


def passes_luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of the others.

    Parameters
    ----------
    digits
        Decimal digits.

    Examples
    --------
    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)

    Notes
    -----
    **Source**: ISO/IEC 7812-1, annex B.
    """
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
