"""Drift reports: one object for each day and source, only where something is to be told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX = "drift/"


@dataclass(frozen=True)
class DriftStore:
    """Reports under ``drift/<day>/<source>.json``.

    Parameters
    ----------
    s3
        Client.
    bucket
        Name of the bucket.
    """

    s3: S3Client
    bucket: str

    def write(self, day: str, source: str, report: Mapping[str, Any]) -> str:
        """Keep a report in the place of the one before, and return its key."""
        key = _key(day, source)
        self.s3.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode(),
            ContentType="application/json; charset=utf-8",
        )
        return key

    def read(self, day: str, source: str) -> dict[str, Any]:
        """Return the report.

        Raises
        ------
        botocore.exceptions.ClientError
            If there is none, or it cannot be read.
        """
        body = self.s3.get_object(Bucket=self.bucket, Key=_key(day, source))["Body"].read()
        report: dict[str, Any] = json.loads(body)
        return report

    def remove(self, day: str, source: str) -> None:
        """Forget a report that is no longer true; there may be none."""
        self.s3.delete_object(Bucket=self.bucket, Key=_key(day, source))


def _key(day: str, source: str) -> str:
    return f"{PREFIX}{day}/{source}.json"
