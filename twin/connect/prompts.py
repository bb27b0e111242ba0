"""What a message sounds like: its words, its language, and the whole seconds that it takes.

**Source**: Amazon Connect administrator guide, "SSML tags supported by Amazon Connect" (``break``).
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable

from contactflow.run.effects import Say

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<break[^>]*\btime=[\"'](\d+(?:\.\d+)?)(m?s)[\"'][^>]*>")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_RECORDED_PROMPT_SECONDS = 3

SpokenSeconds = Callable[[str, str], float]


class Prompter:
    """Measures messages; each text is measured once.

    Parameters
    ----------
    spoken_seconds
        Length of a text in a language, in seconds.
    """

    def __init__(self, spoken_seconds: SpokenSeconds) -> None:
        self._spoken_seconds = spoken_seconds
        self._known: dict[tuple[str, str], int] = {}
        self._recorded_seconds = _RECORDED_PROMPT_SECONDS

    def silence(self) -> None:
        """Let every message take no time from now on, as a replay needs whose log holds all times."""
        self._spoken_seconds = lambda _text, _language: 0.0
        self._recorded_seconds = 0
        self._known.clear()

    def measure(self, say: Say) -> tuple[str, str, int]:
        """Return the words of ``say``, their language code and how long they last, in whole seconds."""
        words = words_of(say)
        language = language_of(say, words)
        key = (say.ssml or words, language)
        if key not in self._known:
            pause = _pauses(say.ssml or "")
            spoken = self._spoken_seconds(words, language) if words else 0.0
            self._known[key] = math.ceil(spoken + pause) if words or pause else self._recorded_seconds
        return words, language, self._known[key]


def words_of(say: Say) -> str:
    """Return what is said, without markup; empty for a recorded prompt."""
    if say.text is not None:
        return say.text.strip()
    return html.unescape(_TAG.sub(" ", say.ssml or "")).strip()


def language_of(say: Say, words: str) -> str:
    """Return the language code: of the locale that the flow set, else of the script of the words."""
    if say.language_locale:
        return say.language_locale.split("-")[0]
    return "ko" if _HANGUL.search(words) else "en"


def _pauses(ssml: str) -> float:
    return sum(float(number) / (1000 if unit == "ms" else 1) for number, unit in _BREAK.findall(ssml))
