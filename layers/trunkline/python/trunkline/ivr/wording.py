"""Sentences of ``callcenter.yaml`` filled with what a lookup found, as they can be spoken. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

LONGEST_ANSWER = 1000
"""Longest spoken answer in characters, a little over a minute of speech."""

_NUMBER_LIKE_DIGITS = 4
_WHOLE_AMOUNT = re.compile(r"-?\d+\.0+")


class WordingError(ValueError):
    """A sentence cannot be spoken: a field is missing or no single value, or the whole is too long."""


def list_fields(sentence: str) -> tuple[str, ...]:
    """Return the names in a sentence's braces, each once.

    Examples
    --------
    >>> list_fields("Your order {number} {status}.")
    ('number', 'status')

    Raises
    ------
    WordingError
        If the braces do not match, or hold anything else than a name.
    """
    try:
        names = [name for _, name, form, _ in Formatter().parse(sentence) if name is not None and not form]
        fields = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        raise WordingError(f"{sentence[:60]!r}: {error}") from error
    if names != fields or not all(name.isidentifier() for name in names):
        raise WordingError(f"{sentence[:60]!r}: write names in braces, such as {{status}}")
    return tuple(dict.fromkeys(names))


def fill_sentence(sentence: str, data: Mapping[str, Any], language: str) -> str:
    """Fill a sentence with what was found.

    Parameters
    ----------
    sentence
        With names in braces.
    data
        Texts, numbers, or for each language a text (``{"en": ..., "ko": ...}``); other names are not used.
    language
        Code of the caller's language.

    Raises
    ------
    WordingError
        If a name is missing in ``data`` or is no single value, or the sentence grows too long to listen to.

    Examples
    --------
    >>> fill_sentence("Your order {number} {status}.", {"number": "10427", "status": {"en": "left"}}, "en")
    'Your order 1 0 4 2 7 left.'
    >>> fill_sentence("You owe {balance} dollars.", {"balance": "1240.00"}, "en")
    'You owe 1240 dollars.'
    """
    spoken = {name: _speak(name, data.get(name), language) for name in list_fields(sentence)}
    filled = sentence.format_map(spoken)
    if len(filled) > LONGEST_ANSWER:
        raise WordingError(f"the answer has {len(filled)} characters; a caller listens to {LONGEST_ANSWER} at most")
    return filled


def _speak(name: str, value: object, language: str) -> str:
    """Return a value as words: amounts without empty cents, long numbers of things digit by digit."""
    if isinstance(value, Mapping):
        value = value.get(language)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise WordingError(f"{name}: {'is missing' if value is None else f'is a {type(value).__name__}'}")
    text = " ".join(str(value).split())
    if not text:
        raise WordingError(f"{name}: is empty")
    if isinstance(value, str) and text.isdecimal() and (len(text) > _NUMBER_LIKE_DIGITS or text.startswith("0")):
        return " ".join(text)
    return text.partition(".")[0] if _WHOLE_AMOUNT.fullmatch(text) else text
