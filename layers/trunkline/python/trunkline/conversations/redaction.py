"""Personal numbers and addresses taken out of what was said, before anything is stored.

A number read aloud comes in groups, with pauses, and the listener answers in between. So patterns
run over the whole of one speaker's words, not over segments; digits spoken as words count as digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trunkline.conversations.digits import digits_for, passes_luhn
from trunkline.conversations.transcript import Word

LABELS = {
    "card_number": "[card number]",
    "email": "[e-mail]",
    "phone_number": "[phone number]",
    "long_number": "[number]",
}
"""Kinds of personal data, and what stands in their place."""

_EMAIL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w+-]+(?: dot [\w+-]+)* at [\w-]+(?: dot [\w-]+)+"
    r"|[\w.+-]+ ?골뱅이 ?[\w-]+(?: ?(?:점|닷) ?\w+)+",
    re.IGNORECASE,
)
_DIGIT_RUN = re.compile(r"(?<![\w+])\d(?:[ .,\-]{0,2}\d){11,}")
_DIGIT_GROUP = re.compile(r"\d+")
_CARD_LENGTHS = range(12, 20)
_PHONE = re.compile(
    r"(?<![\w.\-])(?!(?:19|20)\d\d-\d\d-\d\d\b)"
    r"(?:\+ ?)?\(?\d(?:(?:, |[ .()\-]{0,2})\d){6,14}(?: ?(?:x|ext\.? ?)\d{1,5})?(?!\w?\d)"
)
_DATE = re.compile(r"(?:19|20)\d\d[-. /][01]?\d[-. /][0-3]?\d|[0-3]?\d[-. /][01]?\d[-. /](?:19|20)\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ ,\-]{0,2})+")
_SHORTEST_UNGROUPED_PHONE = 9
_SHORTEST_LONG_NUMBER = 13

_Span = tuple[int, int]


@dataclass(frozen=True)
class _Finding:
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Redaction:
    """Words without personal data.

    Parameters
    ----------
    words
        What is left; each finding is one word that holds its label.
    counts
        Findings by kind.
    """

    words: tuple[Word, ...]
    counts: Counter[str]


def redact_words(words: Sequence[Word]) -> Redaction:
    """Take card numbers (Luhn), e-mail addresses and telephone numbers out of one speaker's words.

    Parameters
    ----------
    words
        The words of one speaker, in order.

    Returns
    -------
    Redaction
        A card number is 12 to 19 digits with a right check digit; digits that follow without a word
        between (an expiry date, a security code) go with it. A telephone number is 7 to 15 digits; up to 8
        only where they come in groups, and neither dates nor years. Other numbers of 13 digits and
        more go too: a card number with one digit misheard has no right check digit.

    Notes
    -----
    **Source**: ISO/IEC 7812-1 (card numbers, annex B: Luhn); ITU-T E.164 (15 digits).
    """
    texts = [digits_for(word.text) for word in words]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    text = " ".join(texts)
    found = _find_all(text)
    return Redaction(_replace(words, text, starts, found), Counter(each.kind for each in found))


def redact_text(text: str) -> str:
    """Return a text without personal data.

    Examples
    --------
    >>> redact_text("It is 4111 1111 1111 1111, mail me at ann@example.com.")
    'It is [card number], mail me at [e-mail].'
    """
    words = [Word("unknown", part, 0.0, 0.0, 1.0) for part in text.split()]
    return " ".join(word.text for word in redact_words(words).words)


def _find_all(text: str) -> list[_Finding]:
    found: list[_Finding] = []
    candidates = (*_find_emails(text), *_find_cards(text), *_find_long_numbers(text), *_find_phones(text))
    for finding in candidates:
        if all(finding.end <= other.start or finding.start >= other.end for other in found):
            found.append(finding)
    return sorted(found, key=lambda each: each.start)


def _find_emails(text: str) -> Iterator[_Finding]:
    for match in _EMAIL.finditer(text):
        yield _Finding(match.start(), match.end(), "email")


def _find_cards(text: str) -> Iterator[_Finding]:
    for run in _DIGIT_RUN.finditer(text):
        groups = [group.span() for group in _DIGIT_GROUP.finditer(text, *run.span())]
        firsts = (index for index in range(len(groups)) if _begins_with_card(text, groups[index:]))
        first = next(firsts, None)
        if first is not None:
            yield _Finding(groups[first][0], run.end(), "card_number")


def _begins_with_card(text: str, groups: Sequence[_Span]) -> bool:
    digits = ""
    for start, end in groups:
        digits += text[start:end]
        if len(digits) in _CARD_LENGTHS and passes_luhn(digits):
            return True
    return False


def _find_long_numbers(text: str) -> Iterator[_Finding]:
    for run in _DIGIT_RUN.finditer(text):
        if sum(character.isdigit() for character in run.group()) >= _SHORTEST_LONG_NUMBER:
            yield _Finding(*run.span(), "long_number")


def _find_phones(text: str) -> Iterator[_Finding]:
    for match in _PHONE.finditer(text):
        number = match.group()
        ungrouped = number.isdigit() and len(number) < _SHORTEST_UNGROUPED_PHONE
        if not (ungrouped or _DATE.fullmatch(number) or _YEARS.fullmatch(number)):
            yield _Finding(match.start(), match.end(), "phone_number")


def _replace(words: Sequence[Word], text: str, starts: Sequence[int], found: Sequence[_Finding]) -> tuple[Word, ...]:
    kept: list[Word] = []
    first = 0
    while first < len(words):
        last = first
        inside: list[_Finding] = []
        for finding in found:
            if starts[first] < finding.end and finding.start < starts[last + 1]:
                inside.append(finding)
                while starts[last + 1] < finding.end:
                    last += 1
        if inside:
            masked = _mask(text[: starts[last + 1] - 1], starts[first], inside)
            kept.append(replace(words[first], text=masked, end_seconds=words[last].end_seconds))
        else:
            kept.append(words[first])
        first = last + 1
    return tuple(kept)


def _mask(text: str, begin: int, found: Sequence[_Finding]) -> str:
    parts = []
    for finding in found:
        parts += [text[begin : finding.start], LABELS[finding.kind]]
        begin = finding.end
    return "".join([*parts, text[begin:]])
