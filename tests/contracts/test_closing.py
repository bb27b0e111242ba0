"""The functions that close a day: drift is found with its contacts, stuck contacts with their cause."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime, timedelta

import boto3
import pytest
import time_machine

from tests.unit.metrics.calls import TEN, call, change
from trunkline.contact.moments import INTERVAL
from trunkline.contact.store import ContactStore
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.keys import Key
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.tally import Tally
from trunkline.runtime import client

DAY = "2026-11-21"  # in Los Angeles from eight to eight, UTC
ORDERS = Key(TEN, "queue", "orders")
FAR = 4_000_000_000
NIGHT = "2026-11-22T11:15:00Z"
RECORDING = "connect/redline/CallRecordings/2026/11/21/{}_20261121T10:01_UTC.wav"


@pytest.fixture(autouse=True)
def night():
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def contacts(aws):
    return ContactStore(client("dynamodb"), "contacts")


@pytest.fixture
def counters(aws):
    return MetricsStore(client("dynamodb"), "metrics", 730 * 86_400)


@pytest.fixture
def s3(aws):
    made = boto3.client("s3")
    made.create_bucket(Bucket="night")
    return made


@pytest.fixture
def recount(load_handler, s3):
    return load_handler("recount_day", DRIFT_BUCKET="night", HISTORY_AGENT_STATES_STREAM="agent_states")


@pytest.fixture
def compare(load_handler, s3):
    return load_handler("compare_history", DRIFT_BUCKET="night")


def keep(contacts, counters, *calls):
    for each in calls:
        contacts.save(each, expires_at=FAR)
    changes = [change(sequence, None, each) for sequence, each in enumerate(calls, 1)]
    apply_changes(changes, "shardId-1", counters, lambda key, without: 0)


def counted(counters):
    return counters.read_between(TEN, TEN + INTERVAL).get(ORDERS, Tally())


def damage(counters, **counts):
    """Add to a queue's counters what no contact explains."""
    damaged = counted(counters)
    before = replace(damaged)
    damaged.add(Tally(**counts))
    assert counters.replace(ORDERS, before, damaged)


def report(s3, source):
    return json.loads(s3.get_object(Bucket="night", Key=f"drift/{DAY}/{source}.json")["Body"].read())


def reports(s3):
    return [one["Key"] for one in s3.list_objects_v2(Bucket="night", Prefix="drift/").get("Contents", [])]


def told(capsys):
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    return [{name: line[name] for name in ("Drift", "StuckContacts") if name in line} for line in lines]


def look(recount, again=False, **request):
    return recount({"input": {"day": DAY, **request}, "again": again})


def test_day_that_agrees_is_decided_at_once_and_leaves_no_report(recount, contacts, counters, s3, capsys):
    keep(contacts, counters, call("a"), call("b", outcome="abandoned"))
    found = look(recount)
    assert {name: found[name] for name in ("compared", "suspected", "drifted", "stuck", "report")} == {
        "compared": 2,
        "suspected": 0,
        "drifted": 0,
        "stuck": 0,
        "report": None,
    }
    assert (reports(s3), told(capsys)) == ([], [{"Drift": 0, "StuckContacts": 0}])


def test_day_with_no_calls_is_closed(recount, s3, capsys):
    found = look(recount)
    assert (found["compared"], found["drifted"]) == (0, 0)
    assert told(capsys) == [{"Drift": 0, "StuckContacts": 0}]


def test_schedule_closes_the_day_before_by_the_clock_of_the_centre(recount, s3):
    found = recount({"input": {"scheduled_at": NIGHT}, "again": False})
    assert (found["day"], found["start"], found["end"]) == (DAY, "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z")
    assert found["reports"] == [{"period": "day", "on": DAY}]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25)])
def test_day_on_which_the_clocks_change_is_closed_whole(recount, contacts, counters, s3, day, hours):
    found = recount({"input": {"day": day}, "again": False})
    start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
    assert (end - start) == timedelta(hours=hours)
    last = end - timedelta(minutes=1)
    lost = call("lost", at=(last - TEN).total_seconds())
    contacts.save(lost, expires_at=FAR)
    assert recount({"input": {"day": day}, "again": False})["suspected"] == 2


def test_damaged_counter_is_drift_with_its_contacts_once_a_second_look_agrees(recount, contacts, counters, s3, capsys):
    keep(contacts, counters, call("a"), call("b"))
    damage(counters, offered=1)
    assert look(recount)["suspected"] == 1
    assert told(capsys) == []
    found = look(recount, again=True)
    assert (found["suspected"], found["drifted"], found["report"]) == (0, 1, f"drift/{DAY}/log.json")
    (drift,) = report(s3, "log")["drifts"]
    assert (drift["key"], drift["counter"], drift["stored"], drift["recounted"]) == ("orders", "offered", 3, 2)
    assert drift["contacts"] == ["a", "b"]
    assert told(capsys) == [{"Drift": 1, "StuckContacts": 0}]
    assert counted(counters).offered == 3


def test_contact_whose_change_was_lost_is_found_in_queue_and_agent(recount, contacts, counters, s3, capsys):
    keep(contacts, counters, call("a"))
    contacts.save(call("lost", queue="billing", agent="sofia"), expires_at=FAR)
    look(recount)
    assert look(recount, again=True)["drifted"] == 2
    drifts = report(s3, "log")["drifts"]
    assert {(one["scope"], one["key"]) for one in drifts} == {("queue", "billing"), ("agent", "sofia")}
    assert {tuple(one["contacts"]) for one in drifts} == {("lost",)}
    assert told(capsys)[-1]["Drift"] == 2


def test_change_that_the_stream_tells_of_between_the_looks_is_no_drift(recount, contacts, counters, s3, capsys):
    late = call("late")
    contacts.save(late, expires_at=FAR)
    assert look(recount)["suspected"] == 2
    apply_changes([change(1, None, late)], "shardId-1", counters, lambda key, without: 0)
    assert look(recount, again=True)["drifted"] == 0
    assert f"drift/{DAY}/log.json" not in reports(s3)
    assert told(capsys) == [{"Drift": 0, "StuckContacts": 0}]


def test_drift_is_put_right_where_that_is_wished_and_what_was_mended_is_told(recount, contacts, counters, s3, capsys):
    keep(contacts, counters, call("a"))
    damage(counters, offered=4)
    look(recount, mend=True)
    found = look(recount, again=True, mend=True)
    assert (found["drifted"], found["mended"]) == (1, 1)
    assert report(s3, "log")["drifts"][0]["mended"] is True
    assert told(capsys) == [{"Drift": 0, "StuckContacts": 0}]
    assert look(recount)["suspected"] == 0
    assert f"drift/{DAY}/log.json" not in reports(s3)


def test_input_that_names_no_day_is_refused_with_what_it_takes(recount, s3):
    with pytest.raises(ValueError, match="names no day: give"):
        recount({"input": {"date": "yesterday"}, "again": False})


# --- contacts that are stuck ------------------------------------------------------------------------


def recorded(contact_id, *, ended=TEN + timedelta(minutes=5), **changes):
    return call(contact_id, recording_key=RECORDING.format(contact_id), disconnected_at=ended, **changes)


def put_part(contact_id, part, **attributes):
    item = {"contact_id": {"S": contact_id}, "part": {"S": part}}
    item |= {name: {"S": value} for name, value in attributes.items()}
    client("dynamodb").put_item(TableName="contacts", Item=item)


def test_contacts_that_lack_what_their_record_promises_are_named_with_cause_and_way_on(
    recount, contacts, counters, s3, capsys
):
    ended_just_now = datetime.fromisoformat(NIGHT) - timedelta(minutes=30)
    keep(
        contacts,
        counters,
        *(recorded(each) for each in ("whole", "unheard", "untranscribed", "unread", "broken")),
        recorded("fresh", ended=ended_just_now),
        call("unrecorded"),
    )
    for each in ("whole", "untranscribed", "unread"):
        put_part(each, "recording")
    put_part("whole", "analysis")
    put_part("whole", "failure", stage="analyse_transcript", cause="mended since")
    put_part("broken", "failure", stage="verify_recording", cause="NotARecordingError: no WAV audio")
    s3.put_object(Bucket="conversations", Key="transcripts/unread.json", Body=b"{}")
    found = look(recount)
    assert (found["drifted"], found["stuck"], found["report"]) == (0, 4, f"drift/{DAY}/log.json")
    assert told(capsys) == [{"Drift": 0, "StuckContacts": 4}]
    stuck = {one["contact_id"]: one for one in report(s3, "log")["stuck"]}
    assert {each: one["lacks"] for each, one in stuck.items()} == {
        "unheard": "recording",
        "broken": "recording",
        "untranscribed": "transcript",
        "unread": "analysis",
    }
    assert (stuck["broken"]["stage"], stuck["broken"]["cause"]) == (
        "verify_recording",
        "NotARecordingError: no WAV audio",
    )
    assert stuck["unheard"]["cause"].startswith("No failure was kept")
    assert stuck["unread"]["workflow"] == "process_transcript"
    assert stuck["unheard"]["redrive"] == {
        "detail": {"bucket": {"name": "recordings"}, "object": {"key": RECORDING.format("unheard")}}
    }


# --- the history -----------------------------------------------------------------------------------


def put_result(s3, name, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    s3.put_object(Bucket="night", Key=f"results/{name}.csv", Body=text.getvalue().encode())
    return f"s3://night/results/{name}.csv"


def hour(offered, **changes):
    row = {"hour": "2026-11-21 10:00:00.000", "scope": "queue", "key": "orders", "channel": "VOICE"}
    return {**row, "offered": offered, "answered": offered, "talk_seconds": 100 * offered, **changes}


def known(contact_id, version="2026-11-21 10:00:00.250", **changes):
    row = {"contact_id": contact_id, "version": version, "hour": "2026-11-21 10:00:00.000"}
    return {**row, "scope": "queue", "key": "orders", "channel": "VOICE", **changes}


def test_history_that_equals_the_counters_is_no_drift(compare, contacts, counters, s3, capsys):
    keep(contacts, counters, call("a"), call("b", at=40 * 60))
    found = compare({"day": DAY, "attempt": 1, "totals": put_result(s3, "totals", [hour(2)])})
    assert (found["verdict"], found["compared"], found["drifted"]) == ("equal", 1, 0)
    assert told(capsys) == [{"Drift": 0}]


def test_history_that_lacks_a_record_is_behind_at_first_and_in_the_end_different(
    compare, contacts, counters, s3, capsys
):
    keep(contacts, counters, call("a"), call("b"))
    totals = put_result(s3, "totals", [hour(1)])
    verdicts = [compare({"day": DAY, "attempt": each, "totals": totals})["verdict"] for each in (1, 2, 3, 4)]
    assert verdicts == ["behind", "behind", "behind", "different"]
    assert told(capsys) == []


def test_what_differs_for_good_is_explained_by_the_very_contacts(compare, contacts, counters, s3, capsys):
    keep(
        contacts,
        counters,
        call("same"),
        call("missing"),
        call("older", version=TEN + timedelta(minutes=9)),
        call("elsewhere", queue="billing"),
    )
    totals = put_result(s3, "totals", [hour(4, talk_seconds=299), hour(1, key="billing")])
    rows = [known("same"), known("older"), known("stray"), known("elsewhere", key="billing")]
    found = compare({"day": DAY, "attempt": 4, "totals": totals, "contacts": put_result(s3, "contacts", rows)})
    assert (found["verdict"], found["drifted"], found["report"]) == ("explained", 1, f"drift/{DAY}/history.json")
    assert told(capsys) == [{"Drift": 1}]
    drifts = {one["counter"]: one for one in report(s3, "history")["drifts"]}
    assert set(drifts) == {"offered", "answered", "talk_seconds"}
    assert (drifts["offered"]["stored"], drifts["offered"]["history"]) == (3, 4)
    assert {(one["contact_id"], one["why"]) for one in drifts["offered"]["contacts"]} == {
        ("missing", "missing"),
        ("older", "version"),
        ("stray", "unknown"),
    }


def test_counters_that_differ_though_all_contacts_agree_have_drifted_themselves(compare, contacts, counters, s3):
    keep(contacts, counters, call("a"))
    damage(counters, offered=1)
    totals, rows = put_result(s3, "totals", [hour(1)]), put_result(s3, "contacts", [known("a")])
    found = compare({"day": DAY, "attempt": 4, "totals": totals, "contacts": rows})
    assert found["drifted"] == 1
    (drift,) = report(s3, "history")["drifts"]
    assert (drift["counter"], drift["stored"], drift["history"], drift["contacts"]) == ("offered", 2, 1, [])


def test_result_without_counters_is_refused(compare, s3):
    with pytest.raises(ValueError, match="no counter among the columns hour"):
        compare({"day": DAY, "attempt": 1, "totals": put_result(s3, "totals", [{"hour": "x", "other": "1"}])})


# --- hours for the history -------------------------------------------------------------------------


def test_hours_of_a_day_become_rows_with_their_sums(load_handler, contacts, counters, monkeypatch):
    keep(contacts, counters, call("a"), call("b", at=16 * 60), call("c", at=61 * 60))
    put: list[bytes] = []
    monkeypatch.setattr(
        "trunkline.history.store.HistoryStream.put",
        lambda stream, rows: put.extend(rows) or len(put),
    )
    assert load_handler("roll_up_day", HISTORY_COUNTERS_STREAM="hours")({"day": DAY, "begun_at": NIGHT}) == {"rows": 4}
    rows = {(row["start"], row["scope"], row["key"]): row for row in put}
    ten = rows["2026-11-21T10:00:00Z", "queue", "orders"]
    assert (ten["offered"], ten["talk_seconds"]) == (2, 200)
    assert rows["2026-11-21T11:00:00Z", "agent", "mina"]["answered"] == 1
