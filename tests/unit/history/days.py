"""Days of made-up contacts as they are delivered: again, late, corrected; and the history that becomes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from cli.history_files import open_folder
from tests.unit.contact.samples import ROOT, center_document
from trunkline.contact.model import Contact
from trunkline.contact.stamp import stamp_targets
from trunkline.history.constants import query_constants
from trunkline.history.datasets import DATASETS
from trunkline.history.queries import SavedQuery, read_queries
from trunkline.history.rows import contact_row
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from twin.cloud.athena.engine import ask
from twin.cloud.athena.parameters import substitute
from twin.cloud.delivery.conversion import convert_records

CENTER = center_document()
TARGETS = Targets.of_center(CENTER)
ZONE = CENTER["time_zone"]
PRICES = json.loads((ROOT / "layers/trunkline/python/trunkline/billing/prices.json").read_text(encoding="utf-8"))
QUERIES = read_queries(ROOT / "infra" / "queries")
FIRST = date(2026, 10, 31)
LAST = date(2026, 11, 2)
"""Around the night in which the sample centre's clocks go back."""

_QUEUES = (*CENTER["queues"], "closed_last_year", None)
_METHODS = ("INBOUND",) * 12 + ("API", "TRANSFER", "QUEUE_TRANSFER", "CALLBACK", "CALLBACK", "OUTBOUND", "MONITOR")
_UNANSWERED = ("abandoned", "abandoned", "ended_in_menu", "ended_by_flow", "callback", "transferred", None)


@dataclass(frozen=True)
class Delivery:
    """A version of a contact, and when its record arrived."""

    contact: Contact
    received_at: datetime


def make_contact(random: Random, number: int) -> Contact:
    """A contact of any kind, somewhere between noon of the day before the first and the day after the last."""
    begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(seconds=random.randrange(4 * 86_400))
    queue, method = random.choice(_QUEUES), random.choice(_METHODS)
    enqueued_at = begin + timedelta(seconds=random.randrange(120)) if queue and random.random() < 0.95 else None
    wait = random.choice((0, 3, 5, 20, 21, 30, 45, 60, 600, None)) if enqueued_at else None
    answered = enqueued_at is not None and random.random() < 0.7
    answered_at = enqueued_at + timedelta(seconds=wait or 0) if answered and enqueued_at else None
    talk, hold, after = (random.randrange(0, top) for top in (2000, 300, 400))
    outcome = "answered" if answered else random.choice(_UNANSWERED)
    ended = (answered_at or enqueued_at or begin) + timedelta(seconds=talk + hold)
    return Contact(
        contact_id=f"c{number:05}",
        version=ended,
        initiated_at=begin,
        channel=random.choice(("VOICE", "VOICE", "VOICE", "CHAT")),
        initiation_method=method,
        queue=queue,
        enqueued_at=enqueued_at,
        wait_seconds=wait,
        agent=random.choice(sorted(CENTER["agents"])) if answered else None,
        answered_at=answered_at,
        talk_seconds=talk if answered else None,
        hold_seconds=random.choice((hold, 0)) if answered else None,
        holds=random.choice((0, 1, 2, None)) if answered else None,
        after_contact_seconds=random.choice((after, None)) if answered else None,
        outcome=outcome,
        transferred=answered and random.random() < 0.2,
        survey_score=random.choice((None, None, 1, 2, 3, 4, 5)),
        disconnected_at=ended if outcome is not None else None,
        language=random.choice(("en", "ko", None)),
        attributes=random.choice(({}, {"disposition": "refund"})),
        recording_key="r.wav" if answered else None,
        customer="+15555550101",
    )


def deliver(random: Random, contacts: Iterable[Contact]) -> list[Delivery]:
    """Deliver each contact in up to three versions, some twice, some late, in any order."""
    deliveries = []
    for contact in contacts:
        for step in range(random.choice((1, 1, 1, 2, 3))):
            changed = contact if step == 0 else _correct(random, contact, step)
            late = timedelta(days=random.choice((0, 0, 0, 1, 7)), seconds=random.randrange(900))
            for _again in range(random.choice((1, 1, 1, 2))):
                deliveries.append(Delivery(changed, changed.version + late + timedelta(seconds=random.randrange(60))))
    random.shuffle(deliveries)
    return deliveries


def _correct(random: Random, contact: Contact, step: int) -> Contact:
    changes: dict[str, Any] = {
        "version": contact.version + timedelta(seconds=step),
        "survey_score": random.randint(1, 5),
    }
    if contact.wait_seconds is not None:
        changes["wait_seconds"] = random.randrange(90)
    if contact.talk_seconds is not None:
        changes["talk_seconds"] = random.randrange(900)
    return msgspec.structs.replace(contact, **changes)


def newest(deliveries: Iterable[Delivery]) -> list[Contact]:
    """What the contacts table holds in the end."""
    held: dict[str, Contact] = {}
    for delivery in sorted(deliveries, key=lambda each: each.received_at):
        known = held.get(delivery.contact.contact_id)
        if known is None or known.version < delivery.contact.version:
            held[delivery.contact.contact_id] = delivery.contact
    return sorted(held.values(), key=lambda contact: contact.contact_id)


def write_rows(folder: Path, dataset: str, day: str, rows: Sequence[Mapping[str, Any]], name: str = "rows") -> None:
    """Write rows as Firehose does: JSON by the catalogue's columns into a day's folder."""
    converted = convert_records([json.dumps(row).encode() for row in rows], DATASETS[dataset])
    assert not converted.failures, converted.failures
    target = folder / "history" / dataset / f"day={day}"
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}.parquet").write_bytes(converted.parquet)


def write_contacts(folder: Path, deliveries: Iterable[Delivery]) -> None:
    """Write contacts by the UTC day of their delivery."""
    by_day: dict[str, list[dict[str, Any]]] = {}
    for delivery in deliveries:
        row = contact_row(stamp_targets(delivery.contact, CENTER), CENTER, delivery.received_at)
        by_day.setdefault(f"{delivery.received_at:%Y-%m-%d}", []).append(row)
    for day, rows in by_day.items():
        write_rows(folder, "contacts", day, rows)


@cache
def constants() -> dict[str, Any]:
    return query_constants(CENTER, PRICES)


def ask_query(name: str, folder: Path, first: date = FIRST, last: date = LAST, **more: date) -> list[dict[str, Any]]:
    """Return the rows of a saved query's answer."""
    saved: SavedQuery = QUERIES[name]
    sql = saved.write(constants())
    values = saved.parameters(constants(), {"from_day": first, "to_day": last, **more})
    return list(ask(substitute(sql, values), open_folder(folder)).as_mappings())


def count(contacts: Iterable[Contact], start: datetime, end: datetime) -> dict[Key, Tally]:
    """The counters of the intervals that start in a span."""
    totals: dict[Key, Tally] = {}
    for contact in contacts:
        for key, tally in tally_contact(contact, TARGETS).items():
            if start <= key.start < end:
                totals.setdefault(key, Tally()).add(tally)
    return totals
