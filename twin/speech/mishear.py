"""Hearing what was said, with the slips that speech recognition makes.

The twin knows the words of its own calls, so it need not recognise them; but a transcript without a single
error would be too easy on whatever reads it. A few words are therefore misheard (as another word of the
conversation) or missed, with low confidence; words with digits are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from twin.contracts import Utterance

from .heard import Heard, HeardSegment, HeardWord

_CHANNEL = {"customer": 0, "agent": 1}
_TOKEN = re.compile(r"^[^\w$₩€£]*(?P<word>.*?)(?P<marks>[^\w%]*)$")
_MARKS = ".,?!"
_MISSED_SHARE = 0.3
_SURE, _UNSURE = (0.92, 1.0), (0.35, 0.7)


def hear(utterances: Sequence[Utterance], locales: Sequence[str], random: Random, word_error_rate: float) -> Heard:
    """Return the transcript of a conversation.

    Parameters
    ----------
    utterances
        What was said.
    locales
        Languages that the recording may be in; the first one where none fits.
    random
        Source of the errors.
    word_error_rate
        Share of words that are misheard or missed, from 0 to 1.
    """
    pool = [word for utterance in utterances for word, _ in _split(utterance.text) if word.isalpha()]
    segments = []
    for utterance in sorted(utterances, key=lambda line: (line.start_seconds, line.speaker)):
        words = tuple(_hear_words(utterance, pool, random, word_error_rate))
        if words:
            segments.append(HeardSegment(_CHANNEL[utterance.speaker], words))
    return Heard(tuple(segments), _identify_language(utterances, locales, random))


def _hear_words(
    utterance: Utterance, pool: Sequence[str], random: Random, word_error_rate: float
) -> Iterator[HeardWord]:
    tokens = list(_split(utterance.text))
    letters = sum(len(word) for word, _ in tokens) or 1
    second_per_letter = (utterance.end_seconds - utterance.start_seconds) / letters
    start = utterance.start_seconds
    for word, mark in tokens:
        end = start + len(word) * second_per_letter
        if not any(letter.isdigit() for letter in word) and random.random() < word_error_rate:
            if random.random() >= _MISSED_SHARE:
                yield HeardWord(_mistake(word, pool, random), start, end, random.uniform(*_UNSURE), mark)
        else:
            yield HeardWord(word, start, end, random.uniform(*_SURE), mark)
        start = end


def _mistake(word: str, pool: Sequence[str], random: Random) -> str:
    others = [other for other in pool if other.casefold() != word.casefold()]
    return random.choice(others).lower() if others else word


def _split(text: str) -> Iterator[tuple[str, str]]:
    for token in text.split():
        match = _TOKEN.match(token)
        word, marks = (match["word"], match["marks"]) if match else (token, "")
        if word:
            yield word, next((mark for mark in marks if mark in _MARKS), "")


def _identify_language(utterances: Sequence[Utterance], locales: Sequence[str], random: Random) -> dict[str, float]:
    spoken: Counter[str] = Counter()
    for utterance in utterances:
        spoken[utterance.language.split("-")[0]] += len(utterance.text)
    best = next(
        (locale for code, _ in spoken.most_common() for locale in locales if locale.split("-")[0] == code),
        locales[0],
    )
    score = random.uniform(0.95, 0.999)
    rest = (1 - score) / max(1, len(locales) - 1)
    return {locale: score if locale == best else rest for locale in locales}
