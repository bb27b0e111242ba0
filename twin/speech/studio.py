"""Where calls get their sound: :class:`SpokenStudio` speaks, :class:`SilentStudio` only takes its time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from twin.contracts import Speaker, Studio, Utterance

from .cache import ClipCache, default_directory
from .companding import Samples
from .voices import ENGINE, VOICES, speak
from .wav import CHANNELS, SAMPLE_RATE_HERTZ, write_wav

_CHANNEL: dict[Speaker, int] = {"customer": 0, "agent": 1}
_CLIPS_IN_MEMORY = 1024
_MURMUR = 12


class RememberingStudio(Studio, Protocol):
    """A studio that can be asked what was said in a recording."""

    def recall(self, bucket: str, key: str) -> tuple[Utterance, ...] | None:
        """Return what was said in ``s3://bucket/key``, or nothing where it was not recorded here."""


class _Memory:
    """What was said in each recording."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], tuple[Utterance, ...]] = {}

    def remember(self, bucket: str, key: str, utterances: Sequence[Utterance]) -> None:
        """Keep what was said in the recording at ``s3://bucket/key``."""
        self._said[bucket, key] = tuple(utterances)

    def recall(self, bucket: str, key: str) -> tuple[Utterance, ...] | None:
        """Return what was said in ``s3://bucket/key``, or nothing where it was not recorded here."""
        return self._said.get((bucket, key))


class SpokenStudio(_Memory):
    """Real speech, telephone quality; every line is synthesised once and then kept on disk.

    Parameters
    ----------
    cache_directory
        Where lines are kept; by default ``$XDG_CACHE_HOME/trunkline/speech``, else ``.cache/speech`` in the
        current directory.
    """

    def __init__(self, cache_directory: Path | None = None) -> None:
        super().__init__()
        self._cache = ClipCache(cache_directory or default_directory())
        self._recent: OrderedDict[tuple[str, str], Samples] = OrderedDict()

    def seconds(self, text: str, language: str, speaker: Speaker) -> float:  # noqa: ARG002
        """Return the spoken length of ``text`` in seconds."""
        return len(self._clip(text, speaker)) / SAMPLE_RATE_HERTZ

    def recording(self, utterances: Sequence[Utterance], seconds: float) -> bytes:
        """Return a WAV file: two channels (0 customer, 1 agent), 8 kHz, 16 bit, ``seconds`` long.

        A line that is longer than its utterance is cut off at its end, as when somebody hangs up.
        """
        tape = _blank_tape(seconds)
        for utterance in utterances:
            clip = self._clip(utterance.text, utterance.speaker)
            begin, end = _span(utterance, len(tape))
            part = clip[: end - begin]
            tape[begin : begin + len(part), _CHANNEL[utterance.speaker]] = part
        return write_wav(tape)

    def _clip(self, text: str, speaker: Speaker) -> Samples:
        voice = VOICES[speaker]
        key = (voice.name, text)
        clip = self._recent.get(key)
        if clip is None:
            clip = self._cache.get(ENGINE, voice.name, text)
        if clip is None:
            clip = speak(text, voice)
            self._cache.put(ENGINE, voice.name, text, clip)
        self._recent[key] = clip
        self._recent.move_to_end(key)
        if len(self._recent) > _CLIPS_IN_MEMORY:
            self._recent.popitem(last=False)
        return clip


class SilentStudio(_Memory):
    """No voices: lines take about as long as speech, and recordings hold a murmur where somebody speaks.

    For tests and replays, where the length of a recording matters and its sound does not.
    """

    _SYLLABLES_PER_SECOND = 5.5
    _LETTERS_PER_SECOND = 14.0

    def seconds(self, text: str, language: str, speaker: Speaker) -> float:  # noqa: ARG002
        """Return about the spoken length of ``text`` in seconds."""
        rate = self._SYLLABLES_PER_SECOND if language.startswith("ko") else self._LETTERS_PER_SECOND
        return round(0.3 + len(text) / rate, 2)

    def recording(self, utterances: Sequence[Utterance], seconds: float) -> bytes:
        """Return a WAV file: two channels (0 customer, 1 agent), 8 kHz, 16 bit, ``seconds`` long."""
        tape = _blank_tape(seconds)
        for utterance in utterances:
            begin, end = _span(utterance, len(tape))
            tape[begin:end:2, _CHANNEL[utterance.speaker]] = _MURMUR
        return write_wav(tape)


def _blank_tape(seconds: float) -> Samples:
    return np.zeros((max(1, round(seconds * SAMPLE_RATE_HERTZ)), CHANNELS), np.int16)


def _span(utterance: Utterance, length: int) -> tuple[int, int]:
    begin = min(length, max(0, round(utterance.start_seconds * SAMPLE_RATE_HERTZ)))
    end = min(length, max(begin, round(utterance.end_seconds * SAMPLE_RATE_HERTZ)))
    return begin, end
