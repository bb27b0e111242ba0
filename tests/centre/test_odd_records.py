"""Contact records that are right but odd, late or early: what counts, what is kept, and what is told of past days.

One centre, one evening: days are closed, then the records come, then a night, and everything is recounted.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.history_files import keep_history, open_folder
from cli.metrics import build_metrics_app
from cli.night import live_through_night
from tests.centre.centre import Centre, open_centre
from twin.cloud.athena.engine import ask

CALLS = 3
TODAY = date(2026, 11, 17)
A_WEEK_AGO = date(2026, 11, 10)
CLOCKS_BACK = date(2026, 11, 1)  # 25 hours in Los Angeles
CLOCKS_FORWARD = date(2026, 3, 8)  # 23
QUIET = date(2026, 11, 11)
TALK = 100
LATE = datetime(2026, 11, 10, 18, 20, tzinfo=UTC)  # twenty past ten
# Half past one comes twice on that day: first in summer time, an hour later in winter time; then the last quarter.
BACK = [datetime(2026, 11, 1, 8, 30, tzinfo=UTC), datetime(2026, 11, 1, 9, 30, tzinfo=UTC)]
BACK += [datetime(2026, 11, 2, 7, 50, tzinfo=UTC), datetime(2026, 11, 2, 8, 5, tzinfo=UTC)]  # the last is Monday's
FORWARD = [datetime(2026, 3, 8, 9, 50, tzinfo=UTC), datetime(2026, 3, 8, 10, 5, tzinfo=UTC)]  # 01:50 and 03:05
FORWARD += [datetime(2026, 3, 9, 6, 50, tzinfo=UTC)]


@dataclass
class Evening:
    """The centre after the last call, and what came then."""

    centre: Centre
    template: dict[str, Any]
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    before: dict[date, dict[str, Any]] = field(default_factory=dict)
    night: dict[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.centre.session.cloud.clock.now()

    def put(self, name: str, record: dict[str, Any]) -> None:
        self.sent[name] = record
        self.centre.put_record(record)

    def record(self, contact_id: str, at: datetime, *, talk: int = TALK, told: datetime | None = None) -> Any:
        """Return the record of an answered contact as another one that began at some moment."""
        began = datetime.fromisoformat(self.template["InitiationTimestamp"])
        moved = _move(self.template, at - began)
        moved |= {"ContactId": contact_id, "InitialContactId": contact_id, "Recording": None, "Recordings": None}
        moved["LastUpdateTimestamp"] = f"{told or self.now:%Y-%m-%dT%H:%M:%SZ}"
        moved["Agent"]["AgentInteractionDuration"] = talk
        return moved

    def figures(self, day: date) -> dict[str, Any]:
        return self.centre.session.console.metrics(day)

    def ask(self, path: str, **query: str) -> dict[str, Any]:
        return self.centre.session.console._get(path, **query)

    def kept_report(self, day: date, period: str = "day") -> dict[str, Any]:
        client, bucket = self.centre.session.cloud.client("s3"), self.bucket
        body = client.get_object(Bucket=bucket, Key=f"reports/{period}/{day}/report.json")["Body"].read()
        report: dict[str, Any] = json.loads(body)
        return report

    @property
    def bucket(self) -> str:
        return self.centre._reference("AWS::S3::Bucket", "BucketsHistory")

    def close(self, day: date) -> dict[str, Any]:
        """Close a day by hand; return what the workflow answers."""
        client = self.centre.session.cloud.client("stepfunctions")
        machine = self.centre._reference("AWS::StepFunctions::StateMachine", "CloseDay")
        started = client.start_execution(stateMachineArn=machine, input=json.dumps({"day": day.isoformat()}))
        return self.wait_for(started["executionArn"])

    def wait_for(self, execution: str) -> dict[str, Any]:
        client = self.centre.session.cloud.client("stepfunctions")
        for _ in range(30):
            self.centre.run(minutes=5)
            told = client.describe_execution(executionArn=execution)
            if told["status"] != "RUNNING":
                assert told["status"] == "SUCCEEDED", told
                output: dict[str, Any] = json.loads(told["output"])
                return output
        raise AssertionError(f"{execution} does not end")

    def refusals(self) -> dict[str, dict[str, Any]]:
        """Return what is kept as failed, by the contact's id."""
        lines = [json.loads(line) for body in self.centre.lake("failed/").values() for line in body.splitlines()]
        return {json.loads(base64.b64decode(line["rawData"]))["ContactId"]: line for line in lines}


def _move(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _move(one, by) for name, one in value.items()}
    if isinstance(value, str) and len(value) == 20 and value.endswith("Z") and value[10] == "T":
        return f"{datetime.fromisoformat(value) + by:%Y-%m-%dT%H:%M:%SZ}"
    return value


def _intervals(figures: dict[str, Any]) -> list[str]:
    """Return the beginnings of the intervals in which queues counted contacts."""
    return [one["start"] for one in figures["intervals"] if one["scope"] == "queue" and one["contacts"]]


def rebuild(first: date, last: date, *options: str) -> tuple[int, dict[str, Any]]:
    days = ["--from", first.isoformat(), "--to", last.isoformat(), "--settle-seconds", "0", "--format", "json"]
    result = CliRunner().invoke(build_metrics_app(), ["rebuild", *days, "--stack", "Trunkline-dev-Data", *options])
    told: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, told


@pytest.fixture(scope="module")
def evening() -> Iterator[Evening]:
    with open_centre(CALLS, day=TODAY) as centre:
        assert centre.finish()["equal"]
        answered = next(one for one in centre.ledger if one.outcome == "answered")
        told = Evening(centre, centre.record_of(answered.contact_id))
        for day in (A_WEEK_AGO, QUIET):
            told.before[day] = told.close(day)
        assert told.kept_report(A_WEEK_AGO)["total"]["contacts"] == 0
        _send(told)
        told.night = live_through_night(centre.session, TODAY)
        _finish_late_days(told)
        yield told


def _send(told: Evening) -> None:
    """Let the odd records come, and everything that follows from them settle."""
    centre, an_hour_ago = told.centre, told.now - timedelta(hours=1)
    told.put("late", told.record("late", LATE))
    for number, moment in enumerate(BACK):
        told.put(f"back-{number}", told.record(f"back-{number}", moment))
    for number, moment in enumerate(FORWARD):
        told.put(f"forward-{number}", told.record(f"forward-{number}", moment))
    told.put("next-year", told.record("next-year", told.now + timedelta(days=365)))
    told.put("version", told.record("version", an_hour_ago, told=told.now + timedelta(days=365)))
    told.put("too-early", told.record("too-early", told.now + timedelta(minutes=40)))
    told.put("negative", told.record("negative", an_hour_ago, talk=-5))
    stranger = told.record("stranger", an_hour_ago)
    stranger["Queue"]["Name"], stranger["Agent"]["Username"] = "closed_last_year", "left_last_year"
    told.put("stranger", stranger)
    full = told.record("full", an_hour_ago)
    full["Attributes"] = {f"note{number}": "x" * 60_000 for number in range(4)} | {"rest": "x" * 20_000}
    told.put("full", full)
    versions = [
        told.record("at-once", an_hour_ago, talk=TALK + each, told=told.now - timedelta(seconds=10 - each))
        for each in range(11)
    ]
    random.Random(4).shuffle(versions)
    for record in versions:
        told.put("at-once", record)
    for each in range(11):
        told.put("again", told.record("again", an_hour_ago, talk=TALK + 100 * (each % 3) + each))
        centre.run(minutes=3)
    centre.run(minutes=20)


def _finish_late_days(told: Evening) -> None:
    client = told.centre.session.cloud.client("stepfunctions")
    machine = told.centre._reference("AWS::StepFunctions::StateMachine", "CloseDay")
    for one in client.list_executions(stateMachineArn=machine)["executions"]:
        told.wait_for(one["executionArn"])


# --- late ---------------------------------------------------------------------------------------------


def test_record_a_week_late_counts_in_the_interval_of_its_call(evening: Evening) -> None:
    figures = evening.figures(A_WEEK_AGO)
    assert (figures["total"]["contacts"], figures["total"]["talk_seconds"]) == (1, TALK)
    assert _intervals(figures) == ["2026-11-10T18:15:00Z"]


def test_night_closes_the_days_again_that_were_counted_in_since(evening: Evening) -> None:
    assert evening.night["status"] == "SUCCEEDED", evening.night
    assert evening.night["output"]["day"] == TODAY.isoformat()
    told = evening.night["output"]["late_days"]
    monday = date(2026, 11, 2)
    assert told == [day.isoformat() for day in (CLOCKS_FORWARD, CLOCKS_BACK, monday, A_WEEK_AGO)]


def test_report_that_was_kept_tells_of_the_late_record_after_the_night(evening: Evening) -> None:
    report = evening.kept_report(A_WEEK_AGO)
    assert report["total"]["contacts"] == 1
    assert report["total"]["figures"]["answered"]["value"] == 1
    assert evening.kept_report(date(2026, 11, 9), "week")["total"]["contacts"] == 1


def test_hour_of_the_late_record_is_in_history_too(evening: Evening, tmp_path: Path) -> None:
    assert evening.before[A_WEEK_AGO]["rows"] == 0
    keep_history(evening.centre.session, tmp_path)
    hours = "SELECT DISTINCT start, scope, contacts FROM counters WHERE date_trunc('day', start) = DATE '2026-11-10'"
    rows = ask(f"{hours} ORDER BY scope", open_folder(tmp_path)).rows
    assert [(f"{start:%H:%M}", scope, contacts) for start, scope, contacts in rows] == [
        ("18:00", "agent", 1),
        ("18:00", "queue", 1),
    ]


def test_day_that_nothing_was_counted_in_is_not_closed_again(evening: Evening) -> None:
    made_at = datetime.fromisoformat(evening.kept_report(QUIET)["made_at"])
    assert made_at.astimezone(evening.centre.session.zone).date() == TODAY


# --- early --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["next-year", "version", "too-early"])
def test_record_of_the_future_is_kept_with_its_cause_and_counts_nowhere(evening: Evening, name: str) -> None:
    assert evening.refusals()[name]["errorCode"] == "Lambda.ProcessingFailedStatus"
    assert name not in evening.centre.parts(name)
    next_year = evening.now.date() + timedelta(days=365)
    assert evening.figures(next_year)["total"]["contacts"] == 0


def test_cause_names_the_fields_of_the_future_and_how_to_mend_them(evening: Evening) -> None:
    logged = evening.centre.logged("StoreContact")
    assert "contact record: LastUpdateTimestamp: lies more than 5 minutes ahead of the record's arrival" in logged
    assert "InitiationTimestamp, Queue.EnqueueTimestamp" in logged
    assert "mend the clock that wrote it, or send the record again when that moment has come" in logged


# --- corrected ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "talk"), [("at-once", TALK + 10), ("again", TALK + 110)])
def test_contact_that_was_corrected_ten_times_counts_once_as_its_newest_version_tells(
    evening: Evening, name: str, talk: int
) -> None:
    began = evening.sent[name]["InitiationTimestamp"]
    assert evening.centre.contact(name)["contact"]["talk_seconds"] == talk
    listed = [
        one for one in evening.ask("/api/contacts", day=TODAY.isoformat())["contacts"] if one["contact_id"] == name
    ]
    assert [one["initiated_at"] for one in listed] == [began]


# --- odd ----------------------------------------------------------------------------------------------


def test_queue_and_agent_that_nobody_knows_count_under_their_names(evening: Evening) -> None:
    figures = evening.figures(TODAY)
    assert figures["queues"]["closed_last_year"]["answered"] == 1
    assert figures["queues"]["closed_last_year"]["answered_in_target"] == 0
    assert figures["agents"]["left_last_year"]["talk_seconds"] == TALK


def test_attributes_of_256_kilobytes_change_nothing_and_the_lake_keeps_them_whole(evening: Evening) -> None:
    assert evening.centre.contact("full")["contact"]["talk_seconds"] == TALK
    kept = b"".join(gzip.decompress(body) for body in evening.centre.lake("contacts/").values())
    assert b"x" * 60_000 in kept


# --- clocks -------------------------------------------------------------------------------------------


def test_day_of_25_hours_has_both_hours_that_the_clock_shows_twice(evening: Evening) -> None:
    figures = evening.figures(CLOCKS_BACK)
    assert _intervals(figures) == ["2026-11-01T08:30:00Z", "2026-11-01T09:30:00Z", "2026-11-02T07:45:00Z"]
    assert figures["total"]["contacts"] == 3
    assert evening.figures(date(2026, 11, 2))["total"]["contacts"] == 1


def test_day_of_23_hours_goes_from_two_to_three_at_once(evening: Evening) -> None:
    figures = evening.figures(CLOCKS_FORWARD)
    assert figures["total"]["contacts"] == 3
    report = evening.kept_report(CLOCKS_FORWARD)
    hours = {one["hour"]: one["offered"] for one in report["total"]["seasonality"]["hours"] if one["offered"]}
    assert hours == {1: 1, 3: 1, 23: 1}


def test_report_of_25_hours_adds_the_hour_that_comes_twice(evening: Evening) -> None:
    report = evening.kept_report(CLOCKS_BACK)
    hours = {one["hour"]: one["offered"] for one in report["total"]["seasonality"]["hours"] if one["offered"]}
    assert hours == {1: 2, 23: 1}
    assert (report["start"], report["end"], report["days"]) == ("2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z", 1)


# --- nothing ------------------------------------------------------------------------------------------


def test_day_without_calls_is_closed_without_drift(evening: Evening) -> None:
    output = evening.before[QUIET]
    assert (output["log"]["compared"], output["log"]["drifted"], output["rows"]) == (0, 0, 0)
    assert (output["history"]["compared"], output["history"]["drifted"]) == (0, 0)


def test_ratios_and_percentiles_of_nothing_are_none(evening: Evening) -> None:
    total = evening.figures(QUIET)["total"]
    assert set(total["service_level"].values()) == {None}
    assert {total[name] for name in ("abandonment_rate", "average_handle_time_seconds", "csat_percent")} == {None}
    assert set(total["queue_time_seconds"].values()) == {None}
    assert (total["contacts"], evening.figures(QUIET)["intervals"]) == (0, [])


def test_report_and_scorecards_of_nothing_tell_none_and_compare_with_nothing(evening: Evening) -> None:
    figures = evening.kept_report(QUIET)["total"]["figures"]
    assert (figures["offered"]["value"], figures["service_level_percent"]["value"]) == (0, None)
    assert figures["service_level_percent"]["verdict"] == "no_telling"
    cards = evening.ask("/api/scorecards", period="day", on=QUIET.isoformat())["agents"]
    assert {card["figures"]["average_handle_time_seconds"]["value"] for card in cards} == {None}
    assert not {card["figures"]["csat_percent"]["status"] for card in cards} & {"met", "not_met"}


# --- afterwards ---------------------------------------------------------------------------------------


def test_counters_equal_a_recount_after_all_of_it(evening: Evening) -> None:
    for first, last in ((CLOCKS_FORWARD, CLOCKS_FORWARD + timedelta(days=1)), (CLOCKS_BACK, evening.now.date())):
        code, told = rebuild(first, last, "--check")
        assert (code, told["drifted"]) == (0, 0)
        assert told["compared"] > 0


def test_refused_records_count_once_when_they_are_sent_again_without_their_cause(evening: Evening) -> None:
    before = {day: evening.figures(day)["total"]["contacts"] for day in (TODAY, TODAY + timedelta(days=1))}
    early = base64.b64decode(evening.refusals()["too-early"]["rawData"])
    mended = json.loads(base64.b64decode(evening.refusals()["negative"]["rawData"]))
    mended["Agent"]["AgentInteractionDuration"] = 5
    for _ in range(2):
        evening.centre.put_record(early)
        evening.centre.put_record(mended)
        evening.centre.run(minutes=20)
    assert evening.centre.contact("negative")["contact"]["talk_seconds"] == 5
    assert evening.figures(TODAY)["total"]["contacts"] == before[TODAY] + 2
    assert rebuild(TODAY, TODAY + timedelta(days=1), "--check")[1]["drifted"] == 0


def test_rebuild_finds_a_contact_that_the_counters_have_not_names_it_and_mends_them(evening: Evening) -> None:
    cloud = evening.centre.session.cloud
    table = evening.centre.session.table_with_keys("day", "interval_key")
    item = {"day": {"S": "2026-11-10"}, "interval_key": {"S": "2026-11-10T18:15:00Z#queue#"}}
    found = cloud.client("dynamodb").query(
        TableName=table,
        KeyConditionExpression="#day = :day AND begins_with(interval_key, :key)",
        ExpressionAttributeNames={"#day": "day"},
        ExpressionAttributeValues={":day": item["day"], ":key": item["interval_key"]},
    )["Items"]
    for one in found:
        cloud.client("dynamodb").delete_item(TableName=table, Key={name: one[name] for name in item})
    assert evening.figures(A_WEEK_AGO)["total"]["contacts"] == 0
    code, told = rebuild(A_WEEK_AGO, A_WEEK_AGO)
    assert (code, told["drifted"], told["mended"]) == (0, 1, 1)
    assert {tuple(drift["contacts"]) for drift in told["drifts"]} == {("late",)}
    assert evening.figures(A_WEEK_AGO)["total"]["contacts"] == 1
    assert rebuild(A_WEEK_AGO, A_WEEK_AGO)[1]["drifted"] == 0
