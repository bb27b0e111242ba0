"""A month of a real call centre, counted by the fold's rules, gives the published figures."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.bank_log import happenings, read_day
from cli.figures import count
from tests.unit.metrics.fakes import MemoryCounters
from trunkline.contact.model import Contact
from trunkline.contact.moments import format_moment
from trunkline.metrics.changes import Change
from trunkline.metrics.figures import add_up, to_figures
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.records import aggregate_records
from trunkline.metrics.rules import Totals, count_contact, tally_contact
from trunkline.metrics.sketch import RELATIVE_ERROR
from trunkline.metrics.tally import Tally, add_up_lean
from trunkline.metrics.targets import Targets

LOG = Path(__file__).parents[4] / "shared" / "data" / "calls" / "anonymous_bank_1999_02.tsv"
TARGETS = Targets({"bank": 20}, short_abandon_seconds=5)
DAYS = [datetime(1999, 2, day, tzinfo=UTC) for day in range(1, 29)]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOG.exists(), reason="the measuring data is not beside the project"),
]


@pytest.fixture(scope="module")
def contacts():
    """Every call of the month, each at a second of its own day."""
    found = []
    with LOG.open(newline="", encoding="latin-1") as file:
        for number, read in enumerate(csv.DictReader(file, delimiter="\t")):
            row = {name.strip(): (value or "").strip() for name, value in read.items() if name}
            if row["outcome"] == "PHANTOM":
                continue
            day = datetime.strptime(f"19{row['date']}", "%Y%m%d").replace(tzinfo=UTC)
            begin = day + timedelta(seconds=number % 86_000)
            queued = not (row["outcome"] == "HANG" and row["q_start"] == "0:00:00" and row["q_time"] == "0")
            answered = row["outcome"] == "AGENT"
            ended = "abandoned" if queued else "ended_in_menu"
            found.append(
                Contact(
                    contact_id=str(number),
                    version=begin,
                    initiated_at=begin,
                    channel="VOICE",
                    initiation_method="INBOUND",
                    queue="bank" if queued else None,
                    enqueued_at=begin if queued else None,
                    wait_seconds=int(row["q_time"]) if queued else None,
                    agent=row["server"] if answered else None,
                    answered_at=begin if answered else None,
                    talk_seconds=int(row["ser_time"]) if answered else None,
                    outcome="answered" if answered else ended,
                )
            )
    return found


@pytest.fixture(scope="module")
def tallies(contacts):
    totals = Totals(Tally)
    for contact in contacts:
        count_contact(contact, TARGETS, totals)
    return {key: tally for key, tally in totals.items() if key.scope != "agent"}


def test_february_1999(tallies):
    figures = to_figures(add_up(tallies.values()))
    assert (figures["answered"], figures["abandoned"], figures["ended_in_menu"]) == (27_162, 3_963, 1_941)
    assert round(figures["abandonment_rate"], 4) == 12.7325
    assert round(figures["average_speed_of_answer_seconds"], 4) == 40.7743
    assert round(figures["average_abandon_time_seconds"], 4) == 65.5299
    assert figures["longest_wait_seconds"] == 908
    levels = [round(level, 4) for level in figures["service_level"].values()]
    assert levels == [52.0771, 59.6753, 56.1157, 54.2688, 52.5396]
    assert round(figures["talk_seconds"] / figures["answered"], 4) == 176.3530


def test_percentiles_of_the_month_are_within_the_stated_error_though_many_waits_are_zero(contacts, tallies):
    figures = to_figures(add_up(tallies.values()))
    waits = sorted(contact.wait_seconds for contact in contacts if contact.wait_seconds is not None)
    talks = sorted(contact.talk_seconds for contact in contacts if contact.talk_seconds is not None)
    assert waits.count(0) > 10_000
    for found, exact in ((figures["queue_time_seconds"], waits), (figures["handle_time_seconds"], talks)):
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
            value = exact[math.ceil(share * len(exact)) - 1]
            assert found[name] == pytest.approx(value, rel=RELATIVE_ERROR + 1e-9)


def test_percentiles_of_intervals_are_within_the_stated_error(contacts, tallies):
    waits = defaultdict(list)
    for contact in contacts:
        if contact.enqueued_at is not None:
            waits[contact.enqueued_at.replace(minute=contact.enqueued_at.minute // 15 * 15, second=0)].append(
                contact.wait_seconds
            )
    for key, tally in tallies.items():
        if key.scope == "queue":
            exact = sorted(waits[key.start])
            found = to_figures(tally)["queue_time_seconds"]["p90"]
            assert found == pytest.approx(exact[math.ceil(0.9 * len(exact) - 1e-9) - 1], rel=RELATIVE_ERROR + 1e-9)


@pytest.mark.parametrize("day", DAYS, ids=lambda day: f"{day:%d}")
def test_every_day_equals_an_independent_count_of_the_log(day, tallies):
    of_day = [tally for key, tally in tallies.items() if key.start.date() == day.date()]
    measured = to_figures(add_up(of_day))
    counted = count(happenings(read_day(LOG, day.date()), target_seconds=20), short_abandon_seconds=5)
    same = {name: measured[name] for name in counted if name in measured}
    assert len(same) > 20
    assert same == {name: pytest.approx(counted[name]) for name in same}


@pytest.fixture(scope="module")
def paths(contacts, tallies, tmp_path_factory):
    """The tallies of the month by the two ways in which the system counts."""
    table = MemoryCounters()
    stream = [
        Change(number, contact.contact_id, {}, tally_contact(contact, TARGETS), first=True)
        for number, contact in enumerate(contacts, 1)
    ]
    for begin in range(0, len(stream), 500):
        apply_changes(stream[begin : begin + 500], "shard", table, lambda *_: 0)
    path = tmp_path_factory.mktemp("bank") / "records.jsonl"
    path.write_text("".join(json.dumps(_record(contact)) + "\n" for contact in contacts))
    found = aggregate_records(path, TARGETS).tallies
    return {
        "stream": table.tallies(),
        "file": {key: add_up_lean([tally]) for key, tally in found.items()},
    }


def _record(contact):
    begin, wait = format_moment(contact.initiated_at), contact.wait_seconds or 0
    queue = {"Name": contact.queue, "EnqueueTimestamp": begin, "Duration": wait}
    agent = {
        "Username": contact.agent,
        "ConnectedToAgentTimestamp": begin,
        "AgentInteractionDuration": contact.talk_seconds,
    }
    return {
        "ContactId": contact.contact_id,
        "LastUpdateTimestamp": begin,
        "InitiationTimestamp": begin,
        "DisconnectTimestamp": begin,
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "InitiationMethod": "INBOUND",
        "Channel": "VOICE",
        "Queue": queue if contact.queue else None,
        "Agent": agent if contact.agent else None,
    }


@pytest.mark.parametrize("way", ["stream", "file"])
def test_every_interval_of_the_month_is_the_same_by_both_ways(way, paths, tallies):
    counted = {key: tally for key, tally in paths[way].items() if key.scope != "agent"}
    assert counted == tallies


@pytest.mark.parametrize("way", ["stream", "file"])
def test_february_1999_by_both_ways(way, paths):
    figures = to_figures(add_up(tally for key, tally in paths[way].items() if key.scope != "agent"))
    assert (figures["offered"], figures["answered"], figures["abandoned"]) == (31_125, 27_162, 3_963)
    assert round(figures["service_level"]["c"], 4) == 56.1157
    assert round(figures["average_speed_of_answer_seconds"], 4) == 40.7743
