"""Readable names that the service accepts, the same for the same description each time."""

from __future__ import annotations

import hashlib

from contactflow.model.limits import FORBIDDEN_CHARACTERS, FORBIDDEN_IDENTIFIERS, MAX_IDENTIFIER_CHARACTERS

_KEY_WORDS = {"*": "star", "#": "hash"}
_HASH_CHARACTERS = 6


def action_id(*parts: str) -> str:
    """Return an action identifier made of ``parts``.

    Examples
    --------
    >>> action_id("main", "1", "route")
    'main-1-route'
    >>> action_id("main", "*")
    'main-star'
    >>> len(action_id("m" * 80, "1"))
    50
    """
    joined = "-".join(_KEY_WORDS.get(part, part) for part in parts)
    clean = "".join("_" if character in FORBIDDEN_CHARACTERS else character for character in joined)
    if clean == joined and len(clean) <= MAX_IDENTIFIER_CHARACTERS and clean not in FORBIDDEN_IDENTIFIERS:
        return clean
    digest = hashlib.sha256(joined.encode()).hexdigest()[:_HASH_CHARACTERS]
    return f"{clean[: MAX_IDENTIFIER_CHARACTERS - _HASH_CHARACTERS - 1]}~{digest}"


def intent_name(menu: str, key: str) -> str:
    """Return the name of the bot intent that stands for an option of a menu, spoken.

    Examples
    --------
    >>> intent_name("main", "1"), intent_name("main", "*")
    ('main_1', 'main_star')
    """
    return f"{menu}_{_KEY_WORDS.get(key, key)}"


def key_intent_name(key: str) -> str:
    """Return the name of the bot intent that stands for a pressed key, in whichever menu.

    A bot gets pressed keys as text. Utterances are unique within a bot, so that all menus share one intent
    for each key, whose sample utterance is the key.

    Examples
    --------
    >>> key_intent_name("1"), key_intent_name("#")
    ('key_1', 'key_hash')
    """
    return f"key_{_KEY_WORDS.get(key, key)}"
