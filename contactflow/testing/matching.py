"""Whether a message that was heard is the one that a test case looks for.

**Source**: Amazon Connect Developer Guide, "Message received" (MatchingCriteria: Similarity "uses semantic
matching to find similar messages", Inclusion "checks if the observed message contains the specified text").

The service does not say how it measures meaning. Offline, two texts are similar where the expected words stand
in the message one after another, or where both

* have the same numbers in the same order, if the expected text has any, and
* share enough words: Dice's coefficient of the two bags of words is at least :data:`SIMILAR_ENOUGH`.

That is stricter than meaning: "closed" never passes for "open" in a short sentence, and key 2 never for key 1.

Case, punctuation and SSML tags do not count, in either criterion.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

SIMILAR_ENOUGH = 0.8
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text or of SSML, without case and punctuation.

    Examples
    --------
    >>> words_of("<speak>Press 1, <emphasis>please</emphasis>.</speak>")
    ('press', '1', 'please')
    """
    return tuple(_WORD.findall(_TAG.sub(" ", text).casefold().replace("'", "").replace("\u2019", "")))


def includes(heard: str, expected: str) -> bool:
    """Return whether the words of ``expected`` stand in ``heard`` one after another.

    Examples
    --------
    >>> includes("For an order, press 1.", "press 1"), includes("For an order, press 12.", "press 1")
    (True, False)
    """
    return _includes(words_of(heard), words_of(expected))


def measure_similarity(heard: str, expected: str) -> float:
    """Return how much of two texts' words they share, 0 to 1 (Dice's coefficient of the bags of words).

    Examples
    --------
    >>> measure_similarity("We are open now.", "We are closed now.")
    0.75
    """
    return _overlap(words_of(heard), words_of(expected))


@lru_cache(maxsize=4096)
def similar(heard: str, expected: str) -> bool:
    """Return whether two texts mean the same, as this module's page says.

    Examples
    --------
    >>> similar("Thank you for calling. Press 1 for orders.", "press 1 for orders")
    True
    >>> similar("Press 2 for orders.", "Press 1 for orders.")
    False
    """
    given, wanted = words_of(heard), words_of(expected)
    if _includes(given, wanted):
        return True
    numbers = _numbers(wanted)
    return (not numbers or numbers == _numbers(given)) and _overlap(given, wanted) >= SIMILAR_ENOUGH


def same_resource(given: str | None, wanted: str | None) -> bool:
    """Return whether two ids or ARNs name one resource; an id is the last part of its ARN.

    Examples
    --------
    >>> same_resource("arn:aws:connect:us-east-1:1:instance/i/queue/q", "q")
    True
    """
    if given is None or wanted is None:
        return False
    if given == wanted:
        return True
    if given.startswith("arn:") == wanted.startswith("arn:"):
        return False
    return re.split(r"[/:]", given)[-1] == re.split(r"[/:]", wanted)[-1]


def _includes(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    count = len(wanted)
    if not count:
        return True
    first = wanted[0]
    return any(
        given[start] == first and given[start : start + count] == wanted for start in range(len(given) - count + 1)
    )


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.isdigit()]


def _overlap(given: tuple[str, ...], wanted: tuple[str, ...]) -> float:
    total = len(given) + len(wanted)
    return 2 * (Counter(given) & Counter(wanted)).total() / total if total else 1.0
