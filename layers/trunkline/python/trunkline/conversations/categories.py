"""Which categories of the centre a conversation falls into, by the words that were said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def find_categories(
    texts: Sequence[str], language: str, categories: Mapping[str, Mapping[str, Sequence[str]]]
) -> list[str]:
    """Return the categories of a conversation, in the centre's order.

    Parameters
    ----------
    texts
        All that each speaker said.
    language
        Language code of the conversation.
    categories
        ``analysis.categories`` of the centre: category to language to phrases. Phrases in Latin
        script match whole words, others (Korean has endings) any part; case does not matter.

    Examples
    --------
    >>> find_categories(["It's late, I want a REFUND."], "en", {"refund": {"en": ["refund"]}, "chat": {}})
    ['refund']
    >>> find_categories(["later"], "en", {"late_delivery": {"en": ["late"]}})
    []
    """
    folded = [text.casefold() for text in texts]
    return [
        name
        for name, phrases in categories.items()
        if any(_says(text, phrase) for text in folded for phrase in phrases.get(language, ()))
    ]


def _says(text: str, phrase: str) -> bool:
    folded = phrase.casefold()
    if not folded.isascii():
        return folded in text
    return re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text) is not None
