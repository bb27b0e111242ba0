"""The contacts table: the newest record wins; lists go on where they stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import boto3
import pytest

from tests.unit.contact.samples import CONTACT_ID, contact
from trunkline.contact.moments import format_moment
from trunkline.contact.store import ContactStore
from trunkline.runtime import client
from trunkline.runtime.items import to_item

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def store(aws):
    return ContactStore(client("dynamodb"), "contacts")


def at(minute, **changes):
    moment = format_moment(NOON + timedelta(minutes=minute))
    queue = {"Name": "orders", "EnqueueTimestamp": moment, "Duration": minute}
    return contact(**{"ContactId": f"c{minute:04d}", "InitiationTimestamp": moment, "Queue": queue, **changes})


def test_first_record_is_kept(store):
    assert store.save(contact(), expires_at=99)
    item = store.read_parts(CONTACT_ID)["contact"]
    assert (item["day"], item["expires_at"], item["talk_seconds"]) == ("2026-11-21", 99, 240)


def test_duplicate_changes_nothing(store):
    store.save(contact(), expires_at=1)
    assert not store.save(contact(DisconnectReason="OTHER"), expires_at=1)
    assert store.read_parts(CONTACT_ID)["contact"]["disconnect_reason"] == "CUSTOMER_DISCONNECT"


def test_correction_replaces_the_whole_record(store):
    store.save(contact(), expires_at=1)
    assert store.save(contact(LastUpdateTimestamp="2026-11-21T18:30:00Z", Recording=None), expires_at=1)
    assert "recording_key" not in store.read_parts(CONTACT_ID)["contact"]


def test_late_older_record_changes_nothing(store):
    store.save(contact(LastUpdateTimestamp="2026-11-21T18:30:00Z"), expires_at=1)
    assert not store.save(contact(), expires_at=1)


def test_parts_are_read_together(store):
    store.save(contact(), expires_at=1)
    boto3.client("dynamodb").put_item(
        TableName="contacts", Item=to_item({"contact_id": CONTACT_ID, "part": "recording", "seconds": 240.5})
    )
    parts = store.read_parts(CONTACT_ID)
    assert set(parts) == {"contact", "recording"}
    assert parts["recording"]["seconds"] == 240.5


def test_contact_never_heard_of_has_no_parts(store):
    assert store.read_parts("unknown") == {}


def test_list_is_newest_first_across_midnight_and_goes_on(store):
    for minute in (0, 1, 2, 719, 720, 721, 1500):
        store.save(at(minute), expires_at=1)
    span = NOON, NOON + timedelta(minutes=1500)
    first = store.list_between(*span, limit=2)
    second = store.list_between(*span, limit=2, resume_at=first.resume_at)
    third = store.list_between(*span, limit=9, resume_at=second.resume_at)
    listed = [row["contact_id"] for page in (first, second, third) for row in page.contacts]
    assert listed == ["c0721", "c0720", "c0719", "c0002", "c0001", "c0000"]
    assert third.resume_at is None


def test_list_that_ends_with_its_page_says_so(store):
    store.save(at(0), expires_at=1)
    assert store.list_between(NOON, NOON + timedelta(hours=1), limit=1).resume_at is None


def test_list_of_one_agent_holds_nobody_elses_contacts(store):
    for minute in range(6):
        agent = {"Username": "mina" if minute % 2 else "theo"}
        store.save(at(minute, Agent=agent), expires_at=1)
    page = store.list_between(NOON, NOON + timedelta(hours=1), limit=2, agent="mina")
    assert [row["contact_id"] for row in page.contacts] == ["c0005", "c0003"]
    rest = store.list_between(NOON, NOON + timedelta(hours=1), limit=2, agent="mina", resume_at=page.resume_at)
    assert [row["contact_id"] for row in rest.contacts] == ["c0001"]


def test_longest_wait_is_recounted_within_the_interval_and_without_the_changed(store):
    for minute in (1, 5, 14, 15):
        store.save(at(minute), expires_at=1)
    quarter = NOON, NOON + timedelta(minutes=15)
    assert store.longest_wait_seconds("orders", *quarter, without=frozenset()) == 14
    assert store.longest_wait_seconds("orders", *quarter, without=frozenset({"c0014"})) == 5
    assert store.longest_wait_seconds("billing", *quarter, without=frozenset()) == 0


def test_longest_wait_sees_who_called_before_midnight(store):
    midnight = NOON + timedelta(hours=12)
    queue = {"Name": "orders", "EnqueueTimestamp": format_moment(midnight), "Duration": 77}
    store.save(at(719, Queue=queue), expires_at=1)
    span = midnight, midnight + timedelta(minutes=15)
    assert store.longest_wait_seconds("orders", *span, without=frozenset()) == 77
