"""Results of Athena queries, as it leaves them in S3: one CSV object each, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class QueryResults:
    """Reads results.

    Parameters
    ----------
    s3
        Client.
    """

    s3: S3Client

    def read_rows(self, location: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a result by column; what is null is empty.

        Parameters
        ----------
        location
            ``OutputLocation`` of the query: ``s3://bucket/key``.

        Notes
        -----
        **Source**: Amazon Athena user guide, "Work with query results and recent queries" (CSV, UTF-8).
        """
        place = urlsplit(location)
        body = self.s3.get_object(Bucket=place.netloc, Key=place.path.lstrip("/"))["Body"]
        with body:
            yield from csv.DictReader(line.decode() for line in body.iter_lines(keepends=True))


def read_timestamp(text: str) -> datetime:
    """Read a timestamp without a zone, which history keeps in UTC.

    Examples
    --------
    >>> read_timestamp("2026-11-21 10:15:00.250").isoformat()
    '2026-11-21T10:15:00.250000+00:00'
    """
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
