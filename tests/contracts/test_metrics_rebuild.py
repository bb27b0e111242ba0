"""Counters recounted from the contacts: what drifted is named, and put right without counting anything twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from cli.metrics import build_metrics_app
from tests.unit.metrics.calls import TEN, call, change
from trunkline.contact.moments import INTERVAL
from trunkline.contact.stamp import stamp_targets
from trunkline.contact.store import ContactStore
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.tally import Tally
from trunkline.runtime import client

ORDERS = Key(TEN, "queue", "orders")
DAY = 86_400
FAR = 4_000_000_000


@pytest.fixture
def contacts(aws):
    return ContactStore(client("dynamodb"), "contacts")


@pytest.fixture
def store(aws):
    return MetricsStore(client("dynamodb"), "metrics", 730 * DAY)


@pytest.fixture
def rebuild(contacts, store, tmp_path):
    center = tmp_path / "callcenter.yaml"

    def rebuild(*options, target=20, short=5):
        queues = {"orders": {"service_target": {"seconds": target}}, "billing": {"service_target": {"seconds": 30}}}
        center.write_text(json.dumps({"queues": queues, "metrics": {"short_abandon_seconds": short}}))
        names = {"contacts": "contacts", "agent-states": "agent_states", "metrics": "metrics", "live": "live"}
        tables = [part for name, table in names.items() for part in (f"--{name}-table", table)]
        days = ["--from", "2026-11-21", "--to", "2026-11-21", "--settle-seconds", "0", "--format", "json"]
        result = CliRunner().invoke(build_metrics_app(), ["rebuild", *days, *tables, "--center", str(center), *options])
        return result.exit_code, json.loads(result.stdout)

    return rebuild


def fold(store, contacts, *calls):
    for each in calls:
        contacts.save(each, expires_at=FAR)
    changes = [change(sequence, None, each) for sequence, each in enumerate(calls, 1)]
    apply_changes(changes, "shardId-1", store, lambda key, without: 0)


def counted(store):
    """What is stored for the queue."""
    return store.read_between(TEN, TEN + INTERVAL).get(ORDERS, Tally())


def spoil(store, **counts):
    """Add to the queue's counters what no contact explains."""
    spoilt = counted(store)
    before = replace(spoilt)
    spoilt.add(Tally(**counts))
    assert store.replace(ORDERS, before, spoilt)


def test_counters_that_agree_with_their_contacts_have_not_drifted(rebuild, store, contacts):
    fold(store, contacts, call("a"), call("b", outcome="abandoned"), call("c", queue=None, outcome="ended_in_menu"))
    assert rebuild("--check") == (0, {"compared": 3, "drifted": 0, "mended": 0, "drifts": [], "closed": 0})


def test_drift_is_told_with_counter_figures_and_contacts_and_left_alone_by_check(rebuild, store, contacts):
    fold(store, contacts, call("a"), call("b"))
    spoil(store, offered=1)
    code, told = rebuild("--check")
    assert (code, told["drifted"], told["mended"]) == (1, 1, 0)
    assert told["drifts"] == [
        {
            "start": "2026-11-21T10:00:00Z",
            "scope": "queue",
            "key": "orders",
            "channel": "VOICE",
            "counter": "offered",
            "stored": 3,
            "recounted": 2,
            "mended": False,
            "contacts": ["a", "b"],
            "contacts_counted": 2,
        }
    ]


def test_drift_is_put_right_and_the_stream_goes_on_where_it_was(rebuild, store, contacts):
    fold(store, contacts, call("a"), call("b"))
    spoil(store, offered=1, callbacks=2)
    code, told = rebuild()
    assert (code, told["mended"]) == (0, 1)
    assert rebuild("--check")[0] == 0
    apply_changes([change(2, None, call("b"))], "shardId-1", store, lambda key, without: 0)
    assert counted(store).offered == 2


def test_counters_that_were_lost_are_made_again(rebuild, store, contacts):
    for each in (call("a", wait=0), call("b", wait=45)):
        contacts.save(each, expires_at=FAR)
    assert rebuild()[1]["mended"] == 2
    assert (counted(store).offered, counted(store).longest_wait_seconds) == (2, 45)
    assert rebuild("--check") == (0, {"compared": 2, "drifted": 0, "mended": 0, "drifts": [], "closed": 0})


def test_counters_that_no_contact_explains_are_emptied(rebuild, store, contacts):
    spoil(store, offered=1)
    assert rebuild()[1]["drifts"][0]["contacts"] == []
    assert counted(store) == Tally()


def test_change_that_the_stream_tells_of_between_the_looks_is_no_drift(rebuild, store, contacts, monkeypatch):
    late = call("late")
    contacts.save(late, expires_at=FAR)

    def settle(seconds):
        apply_changes([change(1, None, late)], "shardId-1", store, lambda key, without: 0)

    monkeypatch.setattr("cli.metrics.time.sleep", settle)
    assert rebuild() == (0, {"compared": 2, "drifted": 0, "mended": 0, "drifts": [], "closed": 0})


def test_contact_that_comes_between_the_looks_is_left_to_the_stream(rebuild, store, contacts, monkeypatch):
    contacts.save(call("lost", queue="billing", outcome="abandoned"), expires_at=FAR)
    monkeypatch.setattr("cli.metrics.time.sleep", lambda seconds: contacts.save(call("new"), expires_at=FAR))
    code, told = rebuild()
    assert (code, told["mended"]) == (0, 1)
    assert {drift["key"] for drift in told["drifts"]} == {"billing"}
    assert ORDERS not in store.read([ORDERS])


def test_callers_of_the_evening_before_count_in_the_interval_of_their_queue(rebuild, store, contacts):
    early = call("a", at=-10 * 3600 + 5)
    fold(store, contacts, early)
    assert early.day == "2026-11-20"
    assert rebuild("--check")[1]["compared"] == 2


def stamped(seconds, short, *calls):
    center = {
        "queues": {"orders": {"service_target": {"seconds": seconds}}},
        "metrics": {"short_abandon_seconds": short},
    }
    return [stamp_targets(each, center) for each in calls]


def test_target_that_was_changed_since_holds_for_no_contact_before_it(rebuild, store, contacts):
    given_up = call("b", wait=4, outcome="abandoned")
    fold(store, contacts, *stamped(20, 5, call("a", wait=15), given_up), *stamped(10, 2, call("c", wait=15)))
    assert (counted(store).answered_in_target, counted(store).abandoned_short) == (1, 1)
    assert rebuild("--check", target=10, short=2)[1]["drifted"] == 0


def test_correction_after_a_change_of_the_target_takes_back_what_was_counted_and_counts_by_the_new_one(
    rebuild, store, contacts
):
    (before,), (after,) = stamped(20, 5, call("a", wait=15)), stamped(10, 5, call("a", wait=15, version=TEN + INTERVAL))
    fold(store, contacts, before)
    contacts.save(after, expires_at=FAR)
    apply_changes([change(2, before, after)], "shardId-1", store, lambda key, without: 0)
    assert (counted(store).answered, counted(store).answered_in_target) == (1, 0)
    assert rebuild("--check", target=10)[1]["drifted"] == 0


def test_queue_that_had_no_target_gets_none_afterwards(rebuild, store, contacts):
    fold(store, contacts, *stamped(20, 5, call("a", queue="new", wait=0)))
    assert rebuild("--check")[1]["drifted"] == 0
    assert store.read_between(TEN, TEN + INTERVAL)[Key(TEN, "queue", "new")].answered_in_target == 0


def test_contact_that_was_stored_without_a_target_counts_by_that_of_today(rebuild, store, contacts):
    fold(store, contacts, call("a", wait=15))
    assert {drift["counter"] for drift in rebuild("--check", target=10)[1]["drifts"]} == {"answered_in_target"}
