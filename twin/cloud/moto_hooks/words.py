"""The words that DynamoDB's expressions must not use as names."""

from __future__ import annotations

from functools import lru_cache

from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords


@lru_cache(maxsize=1)
def reserved_words() -> frozenset[str]:
    """Return DynamoDB's reserved words, in upper case."""
    return frozenset(word.upper() for word in ReservedKeywords.get_reserved_keywords())
