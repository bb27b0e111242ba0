"""Who telephones a flow: somebody at the keyboard, or a script of keys."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from cli.errors import UsageError

HANG_UP = "h"
SILENCE = "t"
AGENT = "a"
FAILS = "f"
KEYS = re.compile(r"[0-9*#]+")
INTENT = re.compile(r"[^\W\d]\w*(:\w+=[^:,]*)*")
MOST_SILENT_ANSWERS = 10


class Caller(Protocol):
    """Answers what a flow asks of a caller, as one word.

    ``1#`` are keys, ``t`` is silence, ``h`` hangs up; a word such as ``OrderStatus:number=12`` is what a bot
    understands: its intent, with slots.
    """

    def answer(self, question: str) -> str:
        """Return what the caller enters or says."""

    def wait(self, question: str, choices: Iterable[str], in_the_end: str) -> str:
        """Return how a wait ends: one of ``choices``, or ``h``.

        The first choice is the usual one; ``in_the_end`` is that of a caller who has nothing more to do.
        """


@dataclass
class ScriptedCaller:
    """Enters the words of a script one after another, and then nothing more; hangs up when that leads nowhere."""

    words: deque[str]
    _silent: int = field(default=0, init=False)
    _waits: int = field(default=0, init=False)

    def answer(self, _question: str) -> str:
        """Return the next word of the script."""
        while self.words and self.words[0] in {AGENT, FAILS}:
            self.words.popleft()
        if self.words:
            return self.words.popleft()
        self._silent += 1
        return SILENCE if self._silent <= MOST_SILENT_ANSWERS else HANG_UP

    def wait(self, _question: str, choices: Iterable[str], in_the_end: str) -> str:
        """Take the script's next word where it is about this wait; otherwise what lets the script go on."""
        allowed = tuple(choices)
        if self.words and self.words[0] in {*allowed, HANG_UP}:
            return self.words.popleft()
        self._waits += 1
        return allowed[0] if self.words and self._waits <= MOST_SILENT_ANSWERS else in_the_end


@dataclass
class TypingCaller:
    """Asks at the prompt.

    Attributes
    ----------
    ask
        Reads one line after showing its text; raises EOFError at the end of the input, which hangs up.
    tell
        Shows a line, such as why an answer is none.
    """

    ask: Callable[[str], str]
    tell: Callable[[str], None]

    def answer(self, question: str) -> str:
        """Return a word that was typed, asking again until it is one."""
        while True:
            typed = self._read(f"{question} ▸ ")
            if not typed:
                return SILENCE
            if is_word(typed):
                return typed
            self.tell("Type keys (0-9, *, #), t to say nothing, h to hang up, or the name of a bot's intent.")

    def wait(self, question: str, choices: Iterable[str], _in_the_end: str) -> str:
        """Return one of ``choices`` as typed; Enter is the first."""
        allowed = tuple(choices)
        while True:
            typed = self._read(f"{question} ▸ ") or allowed[0]
            if typed in {*allowed, HANG_UP}:
                return typed
            self.tell(f"Type {', '.join(allowed)}, or h to hang up.")

    def _read(self, text: str) -> str:
        try:
            return self.ask(text).strip()
        except EOFError:
            return HANG_UP


def read_script(keys: str) -> ScriptedCaller:
    """Return the caller that ``--keys`` describes: words between commas, an empty one for silence.

    Raises
    ------
    UsageError
        For a word that is none.
    """
    words = [word.strip() or SILENCE for word in keys.split(",")] if keys.strip() else []
    for word in words:
        if not is_word(word):
            raise UsageError(
                f"--keys: {word!r} is nothing that a caller can do.",
                "Write keys (1, 42#), t for silence, h to hang up, a for an agent who answers, f for an outside call "
                "that fails, or a bot's intent (OrderStatus:number=12), with commas between.",
            )
    return ScriptedCaller(deque(words))


def is_word(text: str) -> bool:
    """Return whether a text is something that a caller can answer."""
    return bool(KEYS.fullmatch(text) or INTENT.fullmatch(text))
