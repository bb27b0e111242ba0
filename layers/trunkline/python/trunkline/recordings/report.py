"""What the workflow ``ingest_recording`` learns about a recording: the published shape of its step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from trunkline.recordings.naming import RecordingName
from trunkline.recordings.verification import VerifiedRecording

RETENTION = "standard"
"""Value of the object tag ``retention``, which the bucket's lifecycle rules go by."""

_DAY_SECONDS = 86_400


def describe_recording(
    name: RecordingName, verified: VerifiedRecording, center: Mapping[str, Any], now_epoch_seconds: float
) -> dict[str, Any]:
    """Return the step's result.

    Parameters
    ----------
    name
        From the key.
    verified
        From the bytes.
    center
        The centre's document: its languages and retention.
    now_epoch_seconds
        Time of the check; the bucket's lifecycle counts from the object's creation, a moment ago.

    Returns
    -------
    dict
        ``contact_id``, ``recorded_at``, ``sha256``, ``bytes``, ``seconds``, ``channels``,
        ``two_channels`` (Transcribe tells channels apart only where there are two),
        ``sample_rate_hertz``, ``encoding``, ``retention``, ``languages`` (locales to choose from),
        ``verified_at`` and ``expires_at`` (epoch seconds).
    """
    return {
        "contact_id": name.contact_id,
        "recorded_at": name.recorded_at,
        "sha256": verified.sha256,
        "bytes": verified.size_bytes,
        "seconds": verified.seconds,
        "channels": verified.channels,
        "two_channels": verified.channels == 2,
        "sample_rate_hertz": verified.sample_rate_hertz,
        "encoding": verified.encoding,
        "retention": RETENTION,
        "languages": [language["locale"] for language in center["languages"].values()],
        "verified_at": datetime.fromtimestamp(int(now_epoch_seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "expires_at": int(now_epoch_seconds) + center["recording"]["retention_days"] * _DAY_SECONDS,
    }
