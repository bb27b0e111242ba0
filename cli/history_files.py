"""Folders of history: a copy of the bucket, or what a day on the twin left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.errors import UsageError
from trunkline.history.datasets import DATASETS, PARTITION, PREFIX
from twin.cloud.athena.engine import FileTable

if TYPE_CHECKING:
    from cli.session import Session


def open_folder(folder: Path) -> list[FileTable]:
    """Return the tables in a folder: ``history/<dataset>/day=.../*.parquet``, or the datasets themselves.

    Raises
    ------
    UsageError
        If there is no dataset in it.
    """
    root = folder / PREFIX if (folder / PREFIX).is_dir() else folder
    files = {dataset: sorted((root / dataset).glob(f"{PARTITION}=*/*.parquet")) for dataset in DATASETS}
    if not any(files.values()):
        raise UsageError(
            f"no history in {folder}",
            f"Copy the bucket (aws s3 sync s3://BUCKET/{PREFIX} FOLDER/{PREFIX}), or trunkline day --history FOLDER.",
        )
    return [FileTable(dataset, columns, {PARTITION: "string"}, files[dataset]) for dataset, columns in DATASETS.items()]


def keep_history(session: Session, folder: Path) -> int:
    """Copy the history of a twin's centre into a folder, and return the number of files."""
    s3, copied = session.cloud.client("s3"), 0
    for bucket, key in _list_files(session, s3):
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        copied += 1
    return copied


def _list_files(session: Session, s3: Any) -> Iterator[tuple[str, str]]:
    for resource, _ in session.cloud.created("AWS::Glue::Table"):
        location = resource.properties["TableInput"]["StorageDescriptor"]["Location"]
        bucket, _, prefix = location.removeprefix("s3://").partition("/")
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            yield from ((bucket, found["Key"]) for found in page.get("Contents", ()))
