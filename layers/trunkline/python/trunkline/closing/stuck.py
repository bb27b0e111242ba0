"""Contacts of a day that should be whole by now and are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from trunkline.closing.day import ClosedDay
from trunkline.contact.model import Contact
from trunkline.contact.wholeness import LAST_PART, StuckContact, find_stuck, is_due

Transcribed = Callable[[str], bool]
"""Tells whether the transcript of a contact is there."""


class Parts(Protocol):
    """Where the items of contacts are read from."""

    def read_parts(self, contact_ids: Iterable[str], *parts: str) -> Iterator[dict[str, Any]]:
        """Yield what hangs on some contacts."""


@dataclass
class DueContacts:
    """Notes, of the contacts that pass, those of a day that should be whole: their recordings, by id."""

    day: ClosedDay
    now: datetime
    recordings: dict[str, str] = field(default_factory=dict)

    def watch(self, contacts: Iterable[Contact]) -> Iterator[Contact]:
        """Yield contacts on."""
        for contact in contacts:
            if self.day.start <= contact.initiated_at < self.day.end and is_due(contact, self.now):
                self.recordings[contact.contact_id] = contact.recording_key or ""
            yield contact


def list_stuck(recordings: Mapping[str, str], log: Parts, transcribed: Transcribed, bucket: str) -> list[StuckContact]:
    """Return the stuck ones among contacts that are due, in order of their ids.

    Parameters
    ----------
    recordings
        Where the records say that the recordings are, by contact.
    log
        The contacts table.
    transcribed
        Asked only for contacts without an analysis.
    bucket
        The bucket of the recordings.
    """
    whole = {item["contact_id"] for item in log.read_parts(recordings, LAST_PART)}
    lacking = sorted(recordings.keys() - whole)
    parts: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for item in log.read_parts(lacking, "recording", "failure"):
        parts[item["contact_id"]][item["part"]] = item
    found = (
        find_stuck(each, parts[each], transcribed=transcribed(each), bucket=bucket, recording_key=recordings[each])
        for each in lacking
    )
    return [stuck for stuck in found if stuck is not None]
