"""Exactly once, whatever is delivered again, however it is cut, wherever it crashes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.metrics.calls import TARGETS, TEN, call, change
from tests.unit.metrics.fakes import CrashError, MemoryCounters
from trunkline.contact.model import Contact
from trunkline.contact.moments import INTERVAL
from trunkline.metrics.changes import Change, ChangeError, read_change
from trunkline.metrics.fold import ConflictError, apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.sketch import bucket_of
from trunkline.metrics.tally import Tally
from trunkline.runtime.items import to_item

ORDERS = Key(TEN, "queue", "orders")
SHARD = "shardId-00000001"


def never(key, without):
    raise AssertionError("no recount expected")


def test_new_contact_is_counted_once_though_delivered_twice():
    table = MemoryCounters()
    batch = [change(1, None, call())]
    assert apply_changes(batch, SHARD, table, never)[ORDERS] == batch
    assert apply_changes(batch, SHARD, table, never)[ORDERS] == []
    assert table.tally(ORDERS).offered == 1


def test_batch_costs_one_write_a_touched_key():
    table = MemoryCounters()
    apply_changes([change(each, None, call(f"c{each}")) for each in range(1, 11)], SHARD, table, never)
    assert table.writes == 2
    assert table.tally(ORDERS).offered == 10


def test_correction_takes_back_what_the_old_version_counted():
    table = MemoryCounters()
    old, new = call(outcome="abandoned"), call(queue="billing")
    apply_changes([change(1, None, old)], SHARD, table, never)
    apply_changes([change(2, old, new)], SHARD, table, lambda key, without: 0)
    assert ORDERS not in table.tallies()
    assert table.tally(Key(TEN, "queue", "billing")).answered == 1


def test_correction_that_changes_no_counter_writes_nothing():
    table = MemoryCounters()
    old, new = call(), call(customer="+15555550101")
    apply_changes([change(1, None, old)], SHARD, table, never)
    writes = table.writes
    apply_changes([change(2, old, new)], SHARD, table, never)
    assert table.writes == writes


def test_crash_between_two_keys_is_made_good_by_the_next_delivery():
    table = MemoryCounters()
    batch = [change(1, None, call())]
    table.crash_before = 1
    with pytest.raises(CrashError):
        apply_changes(batch, SHARD, table, never)
    table.crash_before = None
    apply_changes(batch, SHARD, table, never)
    assert [tally.answered for tally in table.tallies().values()] == [1, 1]


def test_two_shards_add_up():
    table = MemoryCounters()
    apply_changes([change(7, None, call("a"))], "shardId-1", table, never)
    apply_changes([change(3, None, call("b"))], "shardId-2", table, never)
    assert table.tally(ORDERS).offered == 2


def test_write_that_another_shard_overtook_is_worked_out_again():
    class Overtaken(MemoryCounters):
        def write(self, write):
            if not self.writes:
                self.writes += 1
                apply_changes([change(1, None, call("other", wait=300))], "shardId-2", self, never)
            return super().write(write)

    table = Overtaken()
    apply_changes([change(1, None, call("mine", wait=40))], SHARD, table, never)
    assert table.tally(ORDERS).offered == 2
    assert table.tally(ORDERS).longest_wait_seconds == 300


def test_endless_conflict_is_an_error_so_that_the_batch_comes_again():
    class Stubborn(MemoryCounters):
        def write(self, write):
            return False

    with pytest.raises(ConflictError, match="2026-11-21T10:00:00Z#agent#mina"):
        apply_changes([change(1, None, call())], SHARD, Stubborn(), never)


def test_correction_that_lowers_the_longest_wait_recounts_it():
    table = MemoryCounters()
    long, shorter = call("a", wait=300), call("a", wait=30)
    apply_changes([change(1, None, long), change(2, None, call("b", wait=90))], SHARD, table, never)
    asked = []

    def recount(key, without):
        asked.append((key, without))
        return 90

    apply_changes([change(3, long, shorter)], SHARD, table, recount)
    assert table.tally(ORDERS).longest_wait_seconds == 90
    assert asked == [(ORDERS, frozenset({"a"}))]


def stream_record(new, old=None, sequence="100000000000000000000000000000000000042"):
    images = {"NewImage": to_item({**new.to_values(), "part": "contact"})}
    if old is not None:
        images["OldImage"] = to_item(old.to_values())
    return {"eventName": "MODIFY" if old else "INSERT", "dynamodb": {**images, "SequenceNumber": sequence}}


def test_stream_record_becomes_a_change():
    read = read_change(stream_record(call()), TARGETS)
    assert read == change(100000000000000000000000000000000000042, None, call())


def test_deletion_after_retention_takes_nothing_back():
    assert read_change({"eventName": "REMOVE", "dynamodb": {"OldImage": {}}}, TARGETS) is None


@pytest.mark.parametrize("missing", ["contact_id", "initiated_at", "version"])
def test_unreadable_change_names_the_attribute(missing):
    record = stream_record(call())
    del record["dynamodb"]["NewImage"][missing]
    with pytest.raises(ChangeError, match=missing):
        read_change(record, TARGETS)


calls = st.builds(
    call,
    contact_id=st.sampled_from(["a", "b", "c", "d"]),
    at=st.sampled_from([60, 880, 1000]),
    queue=st.sampled_from(["orders", "billing", None]),
    wait=st.sampled_from([0, 3, 25, 25, 400, 900]),
    outcome=st.sampled_from(["answered", "abandoned", "callback", "ended_by_flow", None]),
    agent=st.sampled_from(["mina", "theo"]),
    survey_score=st.sampled_from([None, 2, 5]),
)


def stream_of(versions: list[Contact]) -> list[Change]:
    """The table's change stream: each version against the one before it of the same contact."""
    kept: dict[str, Contact] = {}
    stream = []
    for sequence, version in enumerate(versions, 1):
        stream.append(change(sequence, kept.get(version.contact_id), version))
        kept[version.contact_id] = version
    return stream


def expected(versions: list[Contact]) -> dict[Key, Tally]:
    """A single pass over the contacts as they are in the end."""
    totals = Totals(Tally)
    for contact in {version.contact_id: version for version in versions}.values():
        count_contact(contact, TARGETS, totals)
    return {key: total for key, total in totals.items() if total != Tally()}


@settings(max_examples=150, deadline=None)
@given(versions=st.lists(calls, min_size=1, max_size=14), data=st.data())
def test_any_schedule_of_redelivery_and_crashes_counts_as_a_single_pass(versions, data):
    """Two shards; each is cut anywhere, goes back to any earlier record, and crashes anywhere."""
    stream = stream_of(versions)
    table = MemoryCounters()

    def recount(key, without):
        # The index runs ahead of the stream: it knows the contacts as they are in the end.
        final = {version.contact_id: version for version in versions}
        waits = [
            contact.wait_seconds or 0
            for contact in final.values()
            if contact.contact_id not in without
            and contact.queue == key.name
            and key.start <= contact.enqueued_at < key.start + INTERVAL
        ]
        return max(waits, default=0)

    shards = {
        "shardId-1": [each for each in stream if each.contact_id in "ab"],
        "shardId-2": [each for each in stream if each.contact_id in "cd"],
    }
    done = dict.fromkeys(shards, 0)
    for _step in range(60):
        open_shards = [shard for shard in shards if done[shard] < len(shards[shard])]
        if not open_shards:
            break
        shard = data.draw(st.sampled_from(open_shards))
        begin = data.draw(st.integers(0, done[shard]))
        end = data.draw(st.integers(done[shard] + 1, len(shards[shard])))
        table.crash_before = data.draw(st.none() | st.integers(0, 3))
        try:
            apply_changes(shards[shard][begin:end], shard, table, recount)
        except CrashError:
            continue
        done[shard] = end
    table.crash_before = None
    for shard, changes in shards.items():
        apply_changes(changes, shard, table, recount)
    assert table.tallies() == expected(versions)


def test_the_sample_of_the_property_is_not_trivial():
    versions = [call("a", wait=400), call("b", at=1000), call("a", outcome="abandoned", wait=3)]
    assert expected(versions)[Key(TEN + timedelta(minutes=15), "queue", "orders")].answered == 1
    assert expected(versions)[ORDERS] == Tally(
        contacts=1,
        offered=1,
        abandoned=1,
        abandoned_short=1,
        abandoned_in_target=1,
        wait_abandoned_seconds=3,
        longest_wait_seconds=3,
        waits={bucket_of(3): 1},
    )
