"""Backfill: contact records of a file become rows of history, as if they were delivered today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from cli.errors import UsageError
from trunkline.contact.record import ContactRecordError, parse_contact_record
from trunkline.contact.stamp import stamp_targets
from trunkline.history.datasets import CONTACTS, PARTITION, PREFIX
from trunkline.history.rows import Row, contact_row
from trunkline.history.store import HistoryStream

_ROWS_A_FILE = 100_000
_READ_BYTES = 1 << 20


@dataclass
class Backfill:
    """How many rows were added, and what was rejected, by line."""

    rows: int = 0
    problems: list[str] = field(default_factory=list)


def backfill_folder(file: Path, center: Mapping[str, Any], folder: Path) -> Backfill:
    """Write a file's records as Parquet under ``history/contacts/day=<today>/`` of a folder.

    The files are named by what is in them, so that a second run on the same day writes the same files.
    """
    from twin.cloud.delivery.conversion import convert_records

    done, name = Backfill(), _fingerprint(file)
    target = folder / PREFIX / "contacts" / f"{PARTITION}={datetime.now(UTC):%Y-%m-%d}"
    rows = _read_rows(file, center, done)
    number = 0
    while batch := list(islice(rows, _ROWS_A_FILE)):
        converted = convert_records([json.dumps(row).encode() for row in batch], CONTACTS)
        target.mkdir(parents=True, exist_ok=True)
        (target / f"backfill-{name}-{number}.parquet").write_bytes(converted.parquet)
        done.rows += len(batch) - len(converted.failures)
        done.problems += [f"{batch[place]['contact_id']}: {why}" for place, why in converted.failures.items()]
        number += 1
    return done


def backfill_stack(file: Path, center: Mapping[str, Any], stack: str) -> Backfill:
    """Put a file's records into the deployed delivery stream of contacts."""
    import boto3

    from cli.history_stack import DeployedHistory

    deployed, done = DeployedHistory.find(boto3.client("cloudformation"), stack), Backfill()
    done.rows = HistoryStream(boto3.client("firehose"), deployed.contacts_stream).put(_read_rows(file, center, done))
    return done


def _read_rows(file: Path, center: Mapping[str, Any], done: Backfill) -> Iterator[Row]:
    now = datetime.now(UTC)
    try:
        lines = file.open("rb")
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}", "Give a file of contact records.") from error
    with lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                contact = stamp_targets(parse_contact_record(json.loads(line)), center)
                yield contact_row(contact, center, now)
            except ContactRecordError as error:
                done.problems.append(f"line {number}: {error}")
            except (RecursionError, ValueError):
                done.problems.append(f"line {number}: the data is not JSON")


def _fingerprint(file: Path) -> str:
    digest = sha256()
    try:
        with file.open("rb") as content:
            while piece := content.read(_READ_BYTES):
                digest.update(piece)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}", "Give a file of contact records.") from error
    return digest.hexdigest()[:16]
