"""Is a contact whole: has it the recording and the analysis that its record promises? Pure.

A record that names a recording promises three things, each made from the one before: the recording itself
(part ``recording``), its transcript (an object), and the analysis (part ``analysis``). A contact that lacks one
is stuck, and stays visible until it is whole.

**Source**: Amazon Connect administrator guide, "Data model for contact records" (``Recording``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trunkline.contact.model import Contact

PATIENCE = timedelta(hours=1)
"""How long after its end a contact may still be on its way; most are whole within minutes."""

LAST_PART = "analysis"
_MENDED_BY = {
    "verify_recording": "recording",
    "tag_retention": "recording",
    "link_recording": "recording",
}
_LOST = {
    "recording": "No failure was kept: the recording, or the event that announces it, never arrived.",
    "transcript": "No failure was kept: the transcription has not ended, or was never started.",
    "analysis": "No failure was kept: the event that announces the transcript never arrived.",
}


@dataclass(frozen=True)
class StuckContact:
    """A contact that lacks what its record promises.

    Attributes
    ----------
    lacks
        The first thing that is missing: ``recording``, ``transcript`` or ``analysis``.
    stage, cause
        The step that failed and why, as far as a failure was kept; else an empty stage, and what that means.
    workflow, redrive
        The workflow to start again, and its input.
    """

    contact_id: str
    lacks: str
    stage: str
    cause: str
    workflow: str
    redrive: Mapping[str, Any]


def is_due(contact: Contact, now: datetime) -> bool:
    """Tell whether a contact should be whole by now: its record names a recording, and it ended a while ago."""
    return (
        contact.recording_key is not None
        and contact.disconnected_at is not None
        and contact.disconnected_at + PATIENCE <= now
    )


def missing_part(parts: Collection[str], *, transcribed: bool) -> str | None:
    """Name the first thing that a recorded contact lacks.

    Parameters
    ----------
    parts
        Names of its items in the contacts table.
    transcribed
        Whether its transcript is there; what has an analysis needs none.

    Examples
    --------
    >>> missing_part({"contact", "recording"}, transcribed=True)
    'analysis'
    >>> missing_part({"contact", "recording", "analysis"}, transcribed=False) is None
    True
    """
    if "recording" not in parts:
        return "recording"
    if LAST_PART in parts:
        return None
    return LAST_PART if transcribed else "transcript"


def failures_of(parts: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what could not be done for a contact and was not mended since: ``stage``, ``cause``, ``at``.

    A failure stays in its item when a later try succeeds; what that try left behind shows that it did.
    """
    failures = [item for part, item in sorted(parts.items()) if part.startswith("failure")]
    return [
        {name: item[name] for name in ("stage", "cause", "at") if name in item}
        for item in failures
        if LAST_PART not in parts and _MENDED_BY.get(item.get("stage", "")) not in parts
    ]


def find_stuck(
    contact_id: str, parts: Mapping[str, Mapping[str, Any]], *, transcribed: bool, bucket: str, recording_key: str
) -> StuckContact | None:
    """Return where a contact that is due is stuck, ``None`` where it is whole.

    Parameters
    ----------
    contact_id
        The contact.
    parts
        Its items, by part.
    transcribed
        Whether its transcript is there.
    bucket, recording_key
        Where its record says that the recording is.
    """
    lacks = missing_part(parts, transcribed=transcribed)
    if lacks is None:
        return None
    failure = next(iter(failures_of(parts)), {"stage": "", "cause": _LOST[lacks]})
    workflow, redrive = _redrive(contact_id, lacks, bucket, recording_key)
    return StuckContact(contact_id, lacks, failure.get("stage", ""), failure.get("cause", ""), workflow, redrive)


def _redrive(contact_id: str, lacks: str, bucket: str, recording_key: str) -> tuple[str, Mapping[str, Any]]:
    if lacks == LAST_PART:
        job = {"TranscriptionJobName": contact_id, "TranscriptionJobStatus": "COMPLETED"}
        return "process_transcript", {"detail": job}
    return "ingest_recording", {"detail": {"bucket": {"name": bucket}, "object": {"key": recording_key}}}
