"""Amazon Transcribe's output with two channels, read as words with speakers and times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Speaker = Literal["customer", "agent", "unknown"]

_SPEAKERS: Mapping[str, Speaker] = {"ch_0": "customer", "ch_1": "agent"}


class TranscriptError(Exception):
    """A transcript is missing or does not have Transcribe's form; the message says what and where."""


@dataclass(frozen=True)
class Word:
    """A spoken word with the punctuation that follows it.

    Parameters
    ----------
    speaker
        Who said it; ``unknown`` in a recording of one channel.
    text
        As it is written.
    start_seconds, end_seconds
        From the beginning of the recording.
    confidence
        From 0 to 1.
    """

    speaker: Speaker
    text: str
    start_seconds: float
    end_seconds: float
    confidence: float


@dataclass(frozen=True)
class Transcript:
    """What was said in a recording.

    Parameters
    ----------
    locale
        Language that Transcribe identified, such as ``ko-KR``; empty where the output does not say.
    words
        The words of each speaker in order, one speaker after the other.
    """

    locale: str
    words: tuple[Word, ...]

    def by_speaker(self) -> dict[Speaker, tuple[Word, ...]]:
        """Return the words of each speaker who said anything."""
        speakers = dict.fromkeys(word.speaker for word in self.words)
        return {speaker: tuple(word for word in self.words if word.speaker == speaker) for speaker in speakers}


def parse_transcript(output: object) -> Transcript:
    """Read Transcribe's output file.

    Parameters
    ----------
    output
        The JSON document of a batch job, with or without channel identification.

    Raises
    ------
    TranscriptError
        If it has another form.

    Notes
    -----
    **Source**: Amazon Transcribe developer guide, "Example channel identification output (batch)"
    and "Identifying the dominant language". Amazon Connect records the customer on channel 0 and
    the agent on channel 1: administrator guide, "Set up recording behavior".
    """
    try:
        results = output["results"]  # type: ignore[index]
        if "channel_labels" in results:
            channels = results["channel_labels"]["channels"]
            words = [word for channel in channels for word in _parse_channel(channel)]
        else:
            words = _parse_items(results["items"], "unknown")
        return Transcript(_find_locale(results), tuple(words))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise TranscriptError(f"not an output of Amazon Transcribe: {error!r} in 'results'.") from error


def _parse_channel(channel: Mapping[str, Any]) -> list[Word]:
    return _parse_items(channel["items"], _SPEAKERS.get(channel["channel_label"], "unknown"))


def _parse_items(items: Iterable[Mapping[str, Any]], speaker: Speaker) -> list[Word]:
    words: list[Word] = []
    for item in items:
        best = item["alternatives"][0]
        if item["type"] == "pronunciation":
            words.append(
                Word(
                    speaker,
                    best["content"],
                    float(item["start_time"]),
                    float(item["end_time"]),
                    float(best["confidence"]),
                )
            )
        elif words:
            words[-1] = replace(words[-1], text=words[-1].text + best["content"])
    return words


def _find_locale(results: Mapping[str, Any]) -> str:
    if results.get("language_code"):
        return str(results["language_code"])
    candidates = results.get("language_identification") or [{}]
    return str(max(candidates, key=lambda each: float(each.get("score", 0))).get("code", ""))
