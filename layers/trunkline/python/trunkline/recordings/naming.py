"""The name that Amazon Connect gives a recording, which is where its contact is known from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trunkline.recordings.errors import NotARecordingError

_KEY = re.compile(
    r"connect/[^/]+/CallRecordings/(?:ivr/)?\d{4}/\d{2}/\d{2}/"
    r"(?P<contact_id>[^/_]+)_(?P<date>\d{8})T(?P<hour>\d{2}):(?P<minute>\d{2})_UTC\.wav"
)


@dataclass(frozen=True)
class RecordingName:
    """What the key of a recording says.

    Parameters
    ----------
    contact_id
        The contact that was recorded.
    recorded_at
        Start of the recording in UTC, such as ``2026-11-21T10:15:00Z``; Connect gives the minute.
    """

    contact_id: str
    recorded_at: str


def parse_recording_key(key: str) -> RecordingName:
    """Read a recording's key as EventBridge gives it (not URL-encoded).

    Raises
    ------
    NotARecordingError
        If the key has another form.

    Examples
    --------
    >>> parse_recording_key("connect/shop/CallRecordings/2026/11/21/c-1_20261121T10:15_UTC.wav")
    RecordingName(contact_id='c-1', recorded_at='2026-11-21T10:15:00Z')

    A recording of the automated part of a call, such as a message, lies one folder deeper.

    >>> parse_recording_key("connect/shop/CallRecordings/ivr/2026/11/21/c-2_20261121T10:15_UTC.wav").contact_id
    'c-2'

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Where are recordings stored" and "Contact
    records data model" (``RecordingInfo.Location``).
    """
    match = _KEY.fullmatch(key)
    if match is None:
        raise NotARecordingError(
            f"{key} is not a recording: expected "
            "connect/<alias>/CallRecordings/[ivr/]<year>/<month>/<day>/<contact id>_<YYYYMMDD>T<hh:mm>_UTC.wav."
        )
    date = match["date"]
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    return RecordingName(match["contact_id"], f"{day}T{match['hour']}:{match['minute']}:00Z")
