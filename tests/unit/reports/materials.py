"""Contacts of a small centre, and the sources that reports read them from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.unit.contact.samples import center_document
from trunkline.billing.prices import load_prices
from trunkline.contact.model import Contact
from trunkline.metrics.resolution import ResolutionRule, count_resolution
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets
from trunkline.reports.periods import find_period
from trunkline.reports.reading import Sources

ZONE = "America/Los_Angeles"
LATER = datetime(2026, 12, 31, tzinfo=UTC)


def at(day: date, clock: str = "10:00") -> datetime:
    """A moment on the centre's clock."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)


def call(number: int, begun: datetime, *, queue="orders", agent="mina", wait=10, talk=200, **changes) -> Contact:
    """A call that an agent answered, or without an agent one that was abandoned."""
    answered = agent is not None
    enqueued = begun + timedelta(seconds=20)
    fields = {
        "contact_id": f"c{number}",
        "version": begun + timedelta(hours=1),
        "initiated_at": begun,
        "channel": "VOICE",
        "initiation_method": "INBOUND",
        "queue": queue,
        "enqueued_at": enqueued,
        "wait_seconds": wait,
        "agent": agent,
        "answered_at": enqueued + timedelta(seconds=wait) if answered else None,
        "talk_seconds": talk if answered else None,
        "after_contact_seconds": 15 if answered else None,
        "disconnected_at": enqueued + timedelta(seconds=wait + (talk if answered else 0)),
        "outcome": "answered" if answered else "abandoned",
        "customer": f"+1555{number:07d}",
    }
    return Contact(**{**fields, **changes})


class Counted:
    """Counters, resolution and contacts of a list of contacts."""

    def __init__(self, contacts, center, now=LATER):
        self.contacts, self.totals = list(contacts), Totals(Tally)
        for contact in self.contacts:
            count_contact(contact, Targets.of_center(center), self.totals)
        self.resolution = count_resolution(self.contacts, ResolutionRule.of_center(center), now)

    def read_between(self, start, end):
        return {key: tally for key, tally in self.totals.items() if start <= key.start < end}

    def read(self, days):
        return {day: self.resolution[day] for day in days if day in self.resolution}

    def list_rows(self, start, end, most):
        rows = [contact.to_values() for contact in self.contacts if start <= contact.initiated_at < end]
        return rows if len(rows) <= most else None


def sources(contacts, *, now=LATER, states=None, **changes) -> Sources:
    """What reports of the sample centre are composed from."""
    center = {**center_document(), **changes}
    counted = Counted(contacts, center, now)
    return Sources(
        center=center, counters=counted, resolution=counted, contacts=counted, prices=load_prices({}), states=states
    )


def gather(contacts, kind="day", on=date(2026, 11, 20), *, now=LATER, with_cost=False, compared=True, **changes):
    """The material of a period."""
    period = find_period(kind, on, ZONE)
    return sources(contacts, now=now, **changes).gather(period, now, with_cost=with_cost, compared=compared)
