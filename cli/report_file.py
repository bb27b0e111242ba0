"""A file of contact records as what reports are composed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from cli.errors import UsageError
from cli.targets import read_targets
from trunkline.billing.prices import load_prices
from trunkline.contact.model import Contact
from trunkline.contact.record import ContactRecordError, parse_contact_record
from trunkline.metrics.keys import Key
from trunkline.metrics.records import aggregate_records
from trunkline.metrics.resolution import ResolutionDays, ResolutionRule, count_resolution
from trunkline.metrics.tally import LeanTally, Tally, add_up_lean
from trunkline.reports.reading import Sources


@dataclass(frozen=True)
class FileCounters:
    """Counters of a file, by the UTC day of their interval."""

    days: Mapping[date, Mapping[Key, LeanTally]]

    def read_between(self, start: datetime, end: datetime) -> dict[Key, Tally]:
        """Return the counters of all intervals that start in a span, end excluded."""
        return {
            key: add_up_lean([tally])
            for day in {start.date(), end.date()}
            for key, tally in self.days.get(day, {}).items()
            if start <= key.start < end
        }


@dataclass(frozen=True)
class FileResolution:
    """Resolution of a file's contacts."""

    days: ResolutionDays

    def read(self, days: Iterable[date]) -> ResolutionDays:
        """Return some days; one without a case is one with none."""
        return {day: self.days.get(day, {}) for day in days}


@dataclass(frozen=True)
class FileContacts:
    """A file's contacts, to bill."""

    contacts: Sequence[Contact]

    def list_rows(self, start: datetime, end: datetime, most: int) -> Sequence[Mapping[str, Any]] | None:
        """List the contacts that began in a span, or return ``None`` where they are more than ``most``."""
        rows = [contact.to_values() for contact in self.contacts if start <= contact.initiated_at < end]
        return rows if len(rows) <= most else None


def open_file(path: Path, center: Mapping[str, Any], center_file: Path) -> Sources:
    """Fold a file of contact records with the code that the function runs; lines that cannot be read are left out.

    Raises
    ------
    UsageError
        If the file cannot be read, or no line of it can.
    """
    try:
        found = aggregate_records(path, read_targets(center_file))
        contacts = _read_contacts(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}", "Give a file of contact records.") from error
    if found.rejected and not found.new:
        raise UsageError(f"{path}: no line is a contact record: {found.problems[0].cause}", "Give another file.")
    days: dict[date, dict[Key, LeanTally]] = {}
    for key, tally in found.tallies.items():
        days.setdefault(key.start.date(), {})[key] = tally
    return Sources(
        center=center,
        counters=FileCounters(days),
        resolution=FileResolution(count_resolution(contacts, ResolutionRule.of_center(center), datetime.now(UTC))),
        contacts=FileContacts(contacts),
        prices=load_prices(center["costs"]["prices"]),
    )


def _read_contacts(path: Path) -> list[Contact]:
    """Return every contact in its newest version."""
    contacts: dict[str, Contact] = {}
    with path.open("rb") as file:
        for line in file:
            try:
                contact = parse_contact_record(msgspec.json.decode(line))
            except (ContactRecordError, ValueError, RecursionError):
                continue  # the fold has told of it
            known = contacts.get(contact.contact_id)
            if known is None or contact.version > known.version:
                contacts[contact.contact_id] = contact
    return list(contacts.values())
