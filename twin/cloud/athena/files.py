"""The files of a table, brought from the twin's S3 to where the engine reads them, once each."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from twin.cloud.catalogue import CatalogueTable


class FetchedFiles:
    """Keeps what was fetched, until the cloud is closed.

    An object is never fetched again while it stays as it is, but whoever asks must be allowed to read it.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def fetch(self, s3: Any, table: CatalogueTable) -> tuple[list[Path], int]:
        """Return a table's files and their size in bytes, read with the caller's client.

        Raises
        ------
        botocore.exceptions.ClientError
            If the caller may not list or read them.
        """
        bucket, _, prefix = table.location.removeprefix("s3://").partition("/")
        files, size = [], 0
        for found in _list(s3, bucket, prefix):
            files.append(self._fetch_one(s3, bucket, found))
            size += found["Size"]
        return files, size

    def _fetch_one(self, s3: Any, bucket: str, found: dict[str, Any]) -> Path:
        version = hashlib.sha256(f"{bucket}/{found['Key']}/{found['ETag']}".encode()).hexdigest()[:16]
        parent = Path(found["Key"]).parent
        path = self._root() / bucket / parent / f"{version}.parquet"
        body = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.read())
        return path

    def _root(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="trunkline-athena-")
        return Path(self._folder.name)


def _list(s3: Any, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        yield from page.get("Contents", ())
