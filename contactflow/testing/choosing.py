"""Choosing cases by an expression, as ``pytest -k`` does."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\s*([()]|[^\s()]+)")


class ExpressionError(ValueError):
    """An expression cannot be read; the message says why."""


class Choice:
    """An expression of words, ``and``, ``or``, ``not`` and parentheses.

    Examples
    --------
    >>> choice = Choice("menu and not (korean or silence)")
    >>> choice.fits("Main menu, key 1"), choice.fits("Main menu in Korean")
    (True, False)
    """

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._words = _TOKEN.findall(expression)
        self.fits("")

    def fits(self, text: str) -> bool:
        """Return whether a text has the words that the expression wants."""
        position, fits = self._either(0, text.casefold())
        if position != len(self._words):
            raise self._refuse(self._words[position])
        return fits

    def _either(self, position: int, text: str) -> tuple[int, bool]:
        position, fits = self._both(position, text)
        while self._is(position, "or"):
            position, other = self._both(position + 1, text)
            fits = fits or other
        return position, fits

    def _both(self, position: int, text: str) -> tuple[int, bool]:
        position, fits = self._one(position, text)
        while self._is(position, "and"):
            position, other = self._one(position + 1, text)
            fits = fits and other
        return position, fits

    def _one(self, position: int, text: str) -> tuple[int, bool]:
        if position >= len(self._words):
            raise self._refuse("its end")
        word = self._words[position]
        if self._is(position, "not"):
            position, fits = self._one(position + 1, text)
            return position, not fits
        if word == "(":
            position, fits = self._either(position + 1, text)
            if not self._is(position, ")"):
                raise self._refuse("its end: a ( is not closed")
            return position + 1, fits
        if word == ")" or word in {"and", "or"}:
            raise self._refuse(word)
        return position + 1, word.casefold() in text

    def _is(self, position: int, word: str) -> bool:
        return position < len(self._words) and self._words[position] == word

    def _refuse(self, word: str) -> ExpressionError:
        return ExpressionError(f"The expression {self._expression!r} cannot be read at {word}")
