"""The JSON that Amazon Transcribe writes.

**Source**: Amazon Transcribe Developer Guide, "Example channel identification output (batch)", "Batch
language identification" and "How Amazon Transcribe works: transcription output".
"""

from __future__ import annotations

from typing import Any

from .heard import Heard, HeardSegment, HeardWord

Item = dict[str, Any]


def write_output(job_name: str, account: str, heard: Heard, *, channels: bool, identified: bool) -> dict[str, Any]:
    """Return the output document of a completed job.

    Parameters
    ----------
    job_name, account
        Whose job it was.
    heard
        The words.
    channels
        Whether the job asked for ``ChannelIdentification``.
    identified
        Whether the job asked for ``IdentifyLanguage``.
    """
    items: list[Item] = []
    segments = [_write_segment(index, segment, items, heard.locale) for index, segment in enumerate(heard.segments)]
    results: dict[str, Any] = {
        "language_code": heard.locale,
        "transcripts": [{"transcript": " ".join(segment["transcript"] for segment in segments)}],
    }
    if identified:
        ranked = sorted(heard.scores.items(), key=lambda pair: -pair[1])
        results["language_identification"] = [{"score": f"{score:.4f}", "code": code} for code, score in ranked]
    if channels:
        results["channel_labels"] = _group_by_channel(items)
    else:
        for part in (*items, *segments):
            part.pop("channel_label")
    results |= {"items": items, "audio_segments": segments}
    return {"jobName": job_name, "accountId": account, "status": "COMPLETED", "results": results}


def _group_by_channel(items: list[Item]) -> dict[str, Any]:
    labels = ("ch_0", "ch_1")
    channels = [
        {"channel_label": label, "items": [item for item in items if item["channel_label"] == label]}
        for label in labels
    ]
    return {"channels": channels, "number_of_channels": len(labels)}


def _write_segment(index: int, segment: HeardSegment, items: list[Item], locale: str) -> dict[str, Any]:
    label, first = f"ch_{segment.channel}", len(items)
    for word in segment.words:
        items.append(_write_word(len(items), label, word))
        if word.mark:
            items.append(_write_mark(len(items), label, word.mark, locale))
    return {
        "id": index,
        "transcript": " ".join(word.text + word.mark for word in segment.words),
        "start_time": _write_seconds(segment.words[0].start_seconds),
        "end_time": _write_seconds(segment.words[-1].end_seconds),
        "channel_label": label,
        "items": list(range(first, len(items))),
    }


def _write_word(index: int, label: str, word: HeardWord) -> Item:
    return {
        "id": index,
        "channel_label": label,
        "start_time": _write_seconds(word.start_seconds),
        "end_time": _write_seconds(word.end_seconds),
        "alternatives": [{"confidence": f"{word.confidence:.4f}", "content": word.text}],
        "type": "pronunciation",
    }


def _write_mark(index: int, label: str, mark: str, locale: str) -> Item:
    return {
        "id": index,
        "channel_label": label,
        "language_code": locale,
        "alternatives": [{"confidence": "0.0", "content": mark}],
        "type": "punctuation",
    }


def _write_seconds(seconds: float) -> str:
    return str(round(seconds, 3))
