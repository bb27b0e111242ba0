"""A file of contact records counts as its newest versions do, whatever their order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.contact.samples import abandoned_record, contact_record, menu_record
from trunkline.contact.record import parse_contact_record
from trunkline.metrics.places import Places
from trunkline.metrics.records import Aggregation, aggregate_records
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.tally import Tally, add_up_lean
from trunkline.metrics.targets import Targets

TARGETS = Targets({"orders": 20}, short_abandon_seconds=5)


@pytest.fixture(scope="module")
def aggregate(tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "records.jsonl"

    def aggregate(*records: object, text: bytes | None = None) -> Aggregation:
        path.write_bytes(text or "".join(json.dumps(record) + "\n" for record in records).encode())
        return aggregate_records(path, TARGETS)

    return aggregate


def version(number: int, **changes: object) -> dict[str, object]:
    return contact_record(LastUpdateTimestamp=f"2026-11-21T19:00:{number:02d}Z", **changes)


def test_each_contact_is_counted_once(aggregate):
    found = aggregate(version(1), version(1), menu_record(ContactId="menu"))
    assert (found.new, found.corrected, found.duplicate, found.rejected) == (2, 0, 1, 0)
    assert sum(tally.contacts for key, tally in found.tallies.items() if key.scope != "agent") == 2


def test_newer_version_replaces_the_older_and_the_older_does_not_come_back(aggregate):
    found = aggregate(version(1), version(3, Agent=None), version(2))
    assert (found.new, found.corrected, found.duplicate) == (1, 1, 1)
    assert {key.scope for key in found.tallies} == {"queue"}
    assert sum(tally.answered for tally in found.tallies.values()) == 0


def test_corrected_longest_wait_is_taken_from_the_others(aggregate):
    long = contact_record(ContactId="long")
    queue = dict(long["Queue"])
    records = [
        {**long, "Queue": {**queue, "Duration": 300}, "LastUpdateTimestamp": "2026-11-21T19:00:01Z"},
        abandoned_record(ContactId="other", Queue={**queue, "Duration": 90}),
        {**long, "Queue": {**queue, "Duration": 30}, "LastUpdateTimestamp": "2026-11-21T19:00:02Z"},
    ]
    (orders,) = [t for key, t in aggregate(*records).tallies.items() if key.scope == "queue"]
    assert orders.longest_wait_seconds == 90


def test_contacts_whose_hashes_are_alike_are_told_apart(aggregate, monkeypatch):
    monkeypatch.setattr("trunkline.metrics.records.hash", lambda contact_id: 7, raising=False)
    records = [version(number, ContactId=contact_id) for number in (1, 2) for contact_id in "abcd"]
    found = aggregate(*records, version(1, ContactId="c"))
    assert (found.new, found.corrected, found.duplicate) == (4, 4, 1)
    assert sum(tally.offered for tally in found.tallies.values()) == 4


def test_places_grow_with_a_file_that_is_longer_than_expected():
    places = Places(expected=1)
    contacts = [hash(("contact", number)) for number in range(5_000)]
    for place, contact in enumerate(contacts):
        assert place not in places.note(contact, place)
    for place, contact in enumerate(contacts):
        places.move(contact, place, place + 100_000)
    assert all(place + 100_000 in places.note(contact, -1) for place, contact in enumerate(contacts))


def test_unreadable_lines_are_named_and_the_rest_goes_on(aggregate):
    lines = b"\n".join([b"{", json.dumps(version(1)).encode(), b'{"ContactId": 7}', b"", b"[]"])
    found = aggregate(text=lines)
    assert (found.new, found.rejected) == (1, 3)
    assert [problem.line for problem in found.problems] == [1, 3, 5]
    assert "not JSON" in found.problems[0].cause
    assert "ContactId" in found.problems[1].cause


@given(
    st.lists(
        st.builds(
            version,
            st.integers(1, 4),
            ContactId=st.sampled_from("abcd"),
            Agent=st.sampled_from([None, contact_record()["Agent"]]),
            Queue=st.sampled_from([{**contact_record()["Queue"], "Duration": wait} for wait in (0, 5, 40, 400)]),
        ),
        max_size=12,
    )
)
def test_any_file_counts_as_a_single_pass_over_the_newest_versions(aggregate, records):
    newest: dict[str, dict] = {}
    for record in records:
        kept = newest.get(record["ContactId"])
        if kept is None or record["LastUpdateTimestamp"] > kept["LastUpdateTimestamp"]:
            newest[record["ContactId"]] = record
    expected = Totals(Tally)
    for record in newest.values():
        count_contact(parse_contact_record(record), TARGETS, expected)
    found = aggregate(*records)
    assert {key: add_up_lean([tally]) for key, tally in found.tallies.items()} == expected
    assert found.new == len(newest)
    assert found.new + found.corrected + found.duplicate == len(records)
