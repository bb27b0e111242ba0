"""The simulated caller: what is pressed and said but not taken yet, and the virtual clock of the call."""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache

from contactflow.run.effects import Collect, Say
from contactflow.testing.matching import words_of

WORDS_PER_SECOND = 2.5
"""Pace of speech that messages are timed by: 150 words a minute."""
SHORTEST_MESSAGE_SECONDS = 1.0
RECORDING_SECONDS = 5.0
"""Assumed length of a recorded prompt, whose file is not read."""

_BREAK = re.compile(r"""<break\s[^>]*time\s*=\s*["'](\d+(?:\.\d+)?)(ms|s)["']""")


class Caller:
    """Keys and words that wait for somebody to take them, and how late it is in the call.

    Attributes
    ----------
    seconds
        Virtual seconds since the call began.
    gone
        True once the caller has hung up.
    """

    __slots__ = ("_keys", "_words", "gone", "seconds")

    def __init__(self) -> None:
        self.seconds = 0.0
        self.gone = False
        self._keys = ""
        self._words: deque[str] = deque()

    def press(self, keys: str) -> None:
        """Press keys."""
        self._keys += keys

    def say(self, words: str) -> None:
        """Say something."""
        self._words.append(words)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds

    def lose_input(self) -> str:
        """Throw away what nothing listened to; return it, to be told."""
        if not self._keys and not self._words:
            return ""
        lost = [self._keys] if self._keys else []
        lost += self._words
        self._keys = ""
        self._words.clear()
        return ", ".join(lost)

    def take_digits(self, collect: Collect) -> tuple[str, bool]:
        """Return the keys that an input takes, without its terminator, and whether they are complete.

        The rest stays for the next input, as with a caller who presses ahead.
        """
        taken, ending = "", collect.terminator
        while self._keys and len(taken) < collect.max_digits:
            if ending and self._keys.startswith(ending):
                break
            key, self._keys = self._keys[0], self._keys[1:]
            taken = "" if key == collect.cancel_key else taken + key
        complete = len(taken) == collect.max_digits
        if ending and self._keys.startswith(ending):
            self._keys, complete = self._keys.removeprefix(ending), True
        return taken, complete

    def take_turn(self) -> tuple[str, bool]:
        """Return what a bot hears next, and whether it is keys; nothing where the caller is silent."""
        if self._keys:
            keys, self._keys = self._keys, ""
            return keys, True
        return (self._words.popleft() if self._words else ""), False


def time_message(message: Say) -> float:
    """Return how long a message plays, in seconds."""
    text = message.text or message.ssml
    return RECORDING_SECONDS if text is None else _time_text(text)


@lru_cache(maxsize=4096)
def _time_text(text: str) -> float:
    silence = sum(float(length) / (1000 if unit == "ms" else 1) for length, unit in _BREAK.findall(text))
    return max(len(words_of(text)) / WORDS_PER_SECOND + silence, SHORTEST_MESSAGE_SECONDS)


def is_silence(message: Say) -> bool:
    """Return whether a message is SSML without words."""
    return bool(message.ssml) and not words_of(message.ssml or "")
