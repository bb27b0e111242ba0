"""A change stream of contacts that are corrected again and again, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from trunkline.contact.model import Contact
from trunkline.contact.moments import INTERVAL
from trunkline.metrics.changes import Change
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import Totals, count_contact, tally_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets

TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
TARGETS = Targets({"orders": 20, "billing": 30}, short_abandon_seconds=5)
SHARDS = ("shardId-00000001732172400000-a", "shardId-00000001732172400000-b", "shardId-00000001732172400000-c")


@dataclass
class Stream:
    """A change stream: contacts, their versions, and the shards in which their changes come."""

    final: dict[str, Contact] = field(default_factory=dict)
    shards: dict[str, list[Change]] = field(default_factory=lambda: {shard: [] for shard in SHARDS})

    def put(self, contact: Contact) -> None:
        """Write a version of a contact."""
        old = self.final.get(contact.contact_id)
        self.final[contact.contact_id] = contact
        changes = self.shards[SHARDS[int(contact.contact_id) % len(SHARDS)]]
        tallies = tally_contact(old, TARGETS), tally_contact(contact, TARGETS)
        changes.append(Change(len(changes) + 1, contact.contact_id, *tallies, first=old is None))

    def recount(self, key: Key, without: frozenset[str]) -> int:
        """Return an interval's longest wait as the table's index has it, which runs ahead of the stream."""
        waits = [
            contact.wait_seconds or 0
            for contact in self.final.values()
            if contact.contact_id not in without
            and contact.queue == key.name
            and contact.enqueued_at is not None
            and key.start <= contact.enqueued_at < key.start + INTERVAL
        ]
        return max(waits, default=0)

    def expected(self) -> dict[Key, Tally]:
        """Return what a single pass over the contacts counts."""
        totals = Totals(Tally)
        for contact in self.final.values():
            count_contact(contact, TARGETS, totals)
        return {key: tally for key, tally in totals.items() if tally != Tally()}


def make_stream(random: Random, changes: int, contacts: int) -> Stream:
    """Return a stream of contacts of two queues and three agents, many of them corrected."""
    stream = Stream()
    for _ in range(changes):
        stream.put(_make_contact(random, str(random.randrange(contacts))))
    return stream


def _make_contact(random: Random, contact_id: str) -> Contact:
    enqueued_at = TEN + timedelta(seconds=random.choice((60, 880, 1000)))
    wait = random.choice((0, 0, 3, 25, 400))
    outcome = random.choice(("answered", "answered", "abandoned", "callback", None))
    answered = outcome == "answered"
    return Contact(
        contact_id=contact_id,
        version=TEN,
        initiated_at=enqueued_at - timedelta(seconds=30),
        channel="VOICE",
        initiation_method="INBOUND",
        queue=random.choice(("orders", "orders", "billing")),
        enqueued_at=enqueued_at,
        wait_seconds=wait,
        outcome=outcome,
        agent=random.choice(("mina", "theo", "sora")) if answered else None,
        answered_at=enqueued_at + timedelta(seconds=wait) if answered else None,
        talk_seconds=random.randrange(900) if answered else None,
        after_contact_seconds=random.randrange(60) if answered else None,
    )
