"""A file of contact records counts as its newest versions do, whatever their order."""

from __future__ import annotations

import json
from collections import defaultdict
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.contact.samples import abandoned_record, contact_record, menu_record
from trunkline.contact.record import parse_contact_record
from trunkline.metrics.records import aggregate_records
from trunkline.metrics.rules import Key, Targets, count_contact
from trunkline.metrics.tally import Tally

TARGETS = Targets({"orders": 20}, short_abandon_seconds=5)


def file_of(*records: object) -> BytesIO:
    return BytesIO("".join(json.dumps(record) + "\n" for record in records).encode())


def version(number: int, **changes: object) -> dict[str, object]:
    return contact_record(LastUpdateTimestamp=f"2026-11-21T19:00:{number:02d}Z", **changes)


def test_each_contact_is_counted_once():
    found = aggregate_records(file_of(version(1), version(1), menu_record(ContactId="menu")), TARGETS)
    assert (found.new, found.corrected, found.duplicate, found.rejected) == (2, 0, 1, 0)
    assert sum(tally.contacts for key, tally in found.tallies.items() if key.scope != "agent") == 2


def test_newer_version_replaces_the_older_and_the_older_does_not_come_back():
    found = aggregate_records(file_of(version(1), version(3, Agent=None), version(2)), TARGETS)
    assert (found.new, found.corrected, found.duplicate) == (1, 1, 1)
    assert {key.scope for key in found.tallies} == {"queue"}
    assert sum(tally.answered for tally in found.tallies.values()) == 0


def test_corrected_longest_wait_is_taken_from_the_others():
    long = contact_record(ContactId="long")
    queue = dict(long["Queue"])
    records = [
        {**long, "Queue": {**queue, "Duration": 300}, "LastUpdateTimestamp": "2026-11-21T19:00:01Z"},
        abandoned_record(ContactId="other", Queue={**queue, "Duration": 90}),
        {**long, "Queue": {**queue, "Duration": 30}, "LastUpdateTimestamp": "2026-11-21T19:00:02Z"},
    ]
    (orders,) = [t for key, t in aggregate_records(file_of(*records), TARGETS).tallies.items() if key.scope == "queue"]
    assert orders.longest_wait_seconds == 90


def test_unreadable_lines_are_named_and_the_rest_goes_on():
    lines = b"\n".join([b"{", json.dumps(version(1)).encode(), b'{"ContactId": 7}', b"", b"[]"])
    found = aggregate_records(BytesIO(lines), TARGETS)
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
def test_any_file_counts_as_a_single_pass_over_the_newest_versions(records):
    newest: dict[str, dict] = {}
    for record in records:
        kept = newest.get(record["ContactId"])
        if kept is None or record["LastUpdateTimestamp"] > kept["LastUpdateTimestamp"]:
            newest[record["ContactId"]] = record
    expected: defaultdict[Key, Tally] = defaultdict(Tally)
    for record in newest.values():
        count_contact(parse_contact_record(record), TARGETS, expected)
    found = aggregate_records(file_of(*records), TARGETS)
    assert found.tallies == expected
    assert found.new == len(newest)
    assert found.new + found.corrected + found.duplicate == len(records)
