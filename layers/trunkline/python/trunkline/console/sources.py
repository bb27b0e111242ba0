"""What the console reads besides the tables: recordings, analyses and flow logs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client

_LINK_SECONDS = 300
_MARGIN = timedelta(minutes=5)
_MOST_LOG_PAGES = 20


@dataclass(frozen=True)
class RecordingLinks:
    """Links under which a browser may fetch a recording for a few minutes."""

    s3: S3Client
    bucket: str

    def link(self, key: str) -> str:
        """Return a signed URL of a recording, good for five minutes."""
        return self.s3.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": key, "ResponseContentType": "audio/wav"},
            ExpiresIn=_LINK_SECONDS,
        )


@dataclass(frozen=True)
class Analyses:
    """Analyses of conversations, with their redacted transcript; never the raw one."""

    s3: S3Client
    bucket: str

    def read(self, key: str) -> dict[str, Any] | None:
        """Return an analysis, or ``None`` if it was deleted when its retention ended."""
        try:
            answer = self.s3.get_object(Bucket=self.bucket, Key=key)
        except self.s3.exceptions.NoSuchKey:
            return None
        document: dict[str, Any] = json.loads(answer["Body"].read())
        return document


@dataclass(frozen=True)
class FlowLogs:
    """What Amazon Connect logged of a contact's way through its flows."""

    logs: CloudWatchLogsClient
    group: str

    def read(self, contact_id: str, start: datetime, end: datetime) -> list[dict[str, Any]]:
        """Return a contact's log entries, in order of time.

        Parameters
        ----------
        contact_id
            Id of the contact.
        start, end
            When the contact began and ended.

        Notes
        -----
        **Source**: Amazon Connect administrator guide, "Enable flow logs" (one JSON object a block);
        Amazon CloudWatch Logs API reference, "FilterLogEvents".
        """
        entries = []
        for message in self._messages(contact_id, start - _MARGIN, end + _MARGIN):
            entry = _parse(message)
            if entry.get("ContactId") == contact_id:
                entries.append(entry)
        return sorted(entries, key=lambda entry: str(entry.get("Timestamp", "")))

    def _messages(self, contact_id: str, start: datetime, end: datetime) -> Iterator[str]:
        request: dict[str, Any] = {
            "logGroupName": self.group,
            "filterPattern": f'"{contact_id}"',
            "startTime": int(start.timestamp() * 1000),
            "endTime": int(end.timestamp() * 1000),
        }
        for _page in range(_MOST_LOG_PAGES):
            try:
                answer = self.logs.filter_log_events(**request)
            except self.logs.exceptions.ResourceNotFoundException:
                return
            yield from (event["message"] for event in answer["events"])
            token = answer.get("nextToken")
            if not token:
                return
            request["nextToken"] = token


def _parse(message: str) -> dict[str, Any]:
    try:
        entry = json.loads(message)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
