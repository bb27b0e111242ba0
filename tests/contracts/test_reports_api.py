"""Reports, scorecards and targets over tables, a bucket and a topic in moto."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest
import time_machine

from tests.unit.contact.samples import center_document
from tests.unit.reports.materials import Counted, at, call
from trunkline.contact.store import ContactStore
from trunkline.metrics.late_days import LateDays
from trunkline.metrics.resolution import ResolutionCounts
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import client

FRIDAY = date(2026, 11, 20)
NIGHT = datetime(2026, 11, 21, 11, 15, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
OWN = {"figure": "csat_percent", "value": 60, "reason": "Learns billing"}


def event(method: str, path: str, role: str, username: str = "sue", query=None, body: Any = None) -> dict[str, Any]:
    claims = {"username": username, "cognito:groups": f"[{role}]"}
    return {
        "version": "2.0",
        "rawPath": path,
        "requestContext": {"http": {"method": method, "path": path}, "authorizer": {"jwt": {"claims": claims}}},
        **({"queryStringParameters": query} if query else {}),
        **({} if body is None else {"body": body if isinstance(body, str) else json.dumps(body)}),
    }


def keep(contacts):
    """Put contacts and what they count into the tables."""
    store, metrics = ContactStore(client("dynamodb"), "contacts"), MetricsStore(client("dynamodb"), "metrics", 86_400)
    for contact in contacts:
        store.save(contact, expires_at=1)
    for key, tally in Counted(contacts, center_document()).totals.items():
        assert metrics.replace(key, None, tally)


@pytest.fixture
def ask(load_handler):
    """Ask a page of the API as somebody; answer the response."""
    handle = load_handler("serve_console")

    def ask(path, role="supervisor", username="sue", **query):
        with time_machine.travel(NOW, tick=False):
            return handle(event("GET", path, role, username, query))

    return ask


@pytest.fixture
def change(load_handler):
    """Change a target as somebody; answer status and body."""
    handle = load_handler("set_target")

    def change(method, path, role="supervisor", body=None):
        with time_machine.travel(NOW, tick=False):
            response = handle(event(method, path, role, body=body))
        return response["statusCode"], json.loads(response["body"])

    return change


@pytest.fixture
def write(load_handler):
    """Write a report at night; answer what became of it, and what the topic was told."""
    boto3.client("s3").create_bucket(Bucket="history")
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    topic, queue = sns.create_topic(Name="reports")["TopicArn"], sqs.create_queue(QueueName="mails")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=attributes["QueueArn"])
    handle = load_handler("write_report", REPORTS_BUCKET="history", REPORTS_TOPIC_ARN=topic)

    def write(period="day", on="2026-11-20", now=NIGHT):
        with time_machine.travel(now, tick=False):
            outcome = handle({"period": period, "on": on})
        mails = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        return outcome, [json.loads(mail["Body"]) for mail in mails]

    return write


def body(response) -> dict[str, Any]:
    assert response["statusCode"] == 200, response["body"]
    return json.loads(response["body"])


def calls():
    return [
        *(call(each, at(FRIDAY, f"{8 + each % 9:02}:00"), survey_score=5 if each % 2 else 3) for each in range(40)),
        *(call(100 + each, at(FRIDAY - timedelta(1), "09:00"), agent="theo") for each in range(30)),
    ]


def test_report_is_read_from_the_counters(ask):
    keep(calls())
    report = body(ask("/api/reports", "manager", period="day", on="2026-11-20"))
    offered = report["total"]["figures"]["offered"]
    assert (offered["value"], offered["previous"]) == (40, {"value": 30})
    assert report["cost"]["contacts"] == 40
    assert report["total"]["figures"]["cost_per_contact"]["value"] > 0


def test_yesterday_is_reported_without_a_question(ask):
    assert body(ask("/api/reports"))["from"] == "2026-11-20"


def test_supervisors_see_no_cost_and_agents_no_report(ask):
    report = body(ask("/api/reports", "supervisor"))
    assert "cost" not in report
    assert "cost_per_contact" not in report["total"]["figures"]
    refused = ask("/api/reports", "agent", "mina")
    assert refused["statusCode"] == 403
    assert "/api/scorecards" in refused["body"]


@pytest.mark.parametrize(
    "query",
    [
        {"on": "2026-11-22"},
        {"on": "soon"},
        {"period": "year"},
        {"format": "xml"},
        {"on": "9999-12-31", "period": "month"},
    ],
)
@pytest.mark.parametrize("page", ["/api/reports", "/api/scorecards"])
def test_question_that_makes_no_sense_is_refused_with_a_reason(ask, page, query):
    response = ask(page, "manager", **query)
    assert response["statusCode"] == 400
    assert json.loads(response["body"])["message"]


@pytest.mark.parametrize(("page", "name"), [("reports", "report"), ("scorecards", "scorecards")])
def test_table_for_a_spreadsheet(ask, page, name):
    keep(calls())
    response = ask(f"/api/{page}", "manager", period="week", on="2026-11-18", format="csv")
    assert response["headers"]["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{name}-week-2026-11-16.csv"' in response["headers"]["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response["body"])))
    assert {row["from"] for row in rows} == {"2026-11-16"}


def test_agents_see_their_own_card_only(ask):
    keep(calls())
    cards = body(ask("/api/scorecards", "agent", "theo", period="week", on="2026-11-18"))
    assert [card["key"] for card in cards["agents"]] == ["theo"]
    assert cards["agents"][0]["contacts"] == 30
    assert cards["departments"] == []
    assert len(body(ask("/api/scorecards"))["agents"]) == 8


def test_supervisors_target_is_on_the_card_until_it_is_taken_back(ask, change):
    status, answer = change("PUT", "/api/targets/mina", body=OWN)
    assert status == 200
    assert answer["target"] == {**OWN, "username": "mina", "set_by": "sue", "set_at": "2026-11-21T18:30:00Z"}
    assert own_target(ask)["source"] == "supervisor"
    assert (own_target(ask)["value"], own_target(ask)["reason"]) == (60, "Learns billing")
    assert change("PUT", "/api/targets/mina", "manager", {**OWN, "value": 62.5})[0] == 200
    assert own_target(ask)["value"] == 62.5
    assert change("DELETE", "/api/targets/mina/csat_percent") == (200, {"target": None})
    assert own_target(ask) == {"value": 80, "bound": "at_least", "source": "center"}
    assert change("DELETE", "/api/targets/mina/csat_percent") == (200, {"target": None})


def own_target(ask):
    (mina,) = (card for card in body(ask("/api/scorecards"))["agents"] if card["key"] == "mina")
    return mina["figures"]["csat_percent"]["target"]


@pytest.mark.parametrize(
    ("method", "path", "role", "sent", "status"),
    [
        ("PUT", "/api/targets/mina", "agent", OWN, 403),
        ("PUT", "/api/targets/mina", "cleaner", OWN, 403),
        ("DELETE", "/api/targets/mina/csat_percent", "agent", None, 403),
        ("PUT", "/api/targets/nobody", "supervisor", OWN, 404),
        ("PUT", "/api/targets/mina", "supervisor", {**OWN, "figure": "beauty"}, 404),
        ("DELETE", "/api/targets/mina/beauty", "supervisor", None, 404),
        ("DELETE", "/api/targets/mina", "supervisor", None, 404),
        ("PUT", "/api/targets/mina/csat_percent", "supervisor", OWN, 404),
        ("PUT", "/api/targets/mina", "supervisor", {**OWN, "reason": ""}, 400),
        ("PUT", "/api/targets/mina", "supervisor", {**OWN, "value": "much"}, 400),
        ("PUT", "/api/targets/mina", "supervisor", "{", 400),
        ("PUT", "/api/targets/mina", "supervisor", "[" * 20_000, 400),
        ("PUT", "/api/targets/mina", "supervisor", None, 400),
    ],
)
def test_who_may_not_or_what_makes_no_sense_changes_nothing(ask, change, method, path, role, sent, status):
    assert change(method, path, role, sent)[0] == status
    assert own_target(ask)["source"] == "center"


def test_change_of_a_target_leaves_a_line_without_its_reason(change, capsys):
    change("PUT", "/api/targets/mina", body=OWN)
    change("DELETE", "/api/targets/mina/csat_percent")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [line for line in lines if line["message"].startswith("target")]
    assert [(line["message"], line["agent"], line["figure"], line["by"]) for line in told] == [
        ("target set", "mina", "csat_percent", "sue"),
        ("target taken back", "mina", "csat_percent", "sue"),
    ]
    assert "Learns billing" not in json.dumps(lines)


def test_night_keeps_every_form_and_tells_once(write):
    keep(calls())
    outcome, mails = write()
    assert (outcome["contacts"], outcome["told"]) == (40, True)
    assert [mail["Subject"] for mail in mails] == ["Redline Classic Parts: daily report 2026-11-20"]
    assert "Offered: 40" in mails[0]["Message"]
    keys = [each["Key"] for each in boto3.client("s3").list_objects_v2(Bucket="history")["Contents"]]
    names = ["report.csv", "report.en.html", "report.json", "report.ko.html"]
    assert keys == ["day-sums/2026-11-20.json", *(f"reports/day/2026-11-20/{name}" for name in names)]
    again, mails = write()
    assert (again["told"], mails) == (False, [])
    assert again["places"] == outcome["places"]


def test_night_writes_what_the_api_shows(write, ask):
    keep(calls())
    write()
    kept = json.loads(stored("reports/day/2026-11-20/report.json"))
    shown = body(ask("/api/reports", "manager", on="2026-11-20"))
    assert {**kept, "made_at": None} == {**shown, "made_at": None}


@pytest.mark.parametrize("page", ["/api/reports", "/api/scorecards"])
def test_closed_days_are_told_as_the_night_counted_them(write, ask, page):
    keep(calls())
    write()
    before = body(ask(page, on="2026-11-20"))
    forget_intervals("2026-11-20")  # nobody looks at them again
    forget_intervals("2026-11-21")
    after = body(ask(page, on="2026-11-20"))
    assert (after["written_at"], after["late_days"]) == ("2026-11-21T11:15:00Z", [])
    assert after["agents"] == before["agents"]
    assert after["departments"] == before["departments"]


def test_day_that_was_counted_in_after_its_night_is_counted_anew_until_it_is_closed_again(write, ask):
    keep(calls())
    write()
    keep([call(700, at(FRIDAY, "18:30"))])
    assert offered(ask) == (40, "2026-11-21T11:15:00Z", [])
    late = {"day": {"S": "late"}, "interval_key": {"S": "2026-11-20"}, "noted_at": {"N": "0"}}  # as LateDays notes it
    client("dynamodb").put_item(TableName="metrics", Item=late)
    assert offered(ask) == (41, "2026-11-21T18:30:00Z", ["2026-11-20"])
    LateDays(client("dynamodb"), "metrics").forget("2026-11-20", datetime.now(UTC))
    write(now=NIGHT + timedelta(hours=1))
    assert offered(ask) == (41, "2026-11-21T12:15:00Z", [])


def test_running_day_is_counted_now_and_its_week_from_both(write, ask):
    keep([*calls(), call(701, at(FRIDAY + timedelta(1), "08:00"))])
    write()
    today = body(ask("/api/reports", on="2026-11-21"))
    assert (today["written_at"], today["total"]["figures"]["offered"]["value"]) == ("2026-11-21T18:30:00Z", 1)
    week = body(ask("/api/reports", period="week", on="2026-11-21"))
    assert (week["written_at"], week["total"]["figures"]["offered"]["value"]) == ("2026-11-21T11:15:00Z", 71)


def test_sums_that_another_release_made_of_other_figures_are_not_used(write, ask):
    keep(calls())
    write()
    kept = json.loads(stored("day-sums/2026-11-20.json"))
    text = json.dumps({**kept, "format": kept["format"] + 1, "counts": []})
    boto3.client("s3").put_object(Bucket="history", Key="day-sums/2026-11-20.json", Body=text.encode())
    assert offered(ask) == (40, "2026-11-21T18:30:00Z", [])


def test_report_that_was_not_delivered_to_the_end_is_told_again(write, monkeypatch):
    keep(calls())
    write()
    boto3.client("s3").delete_object(Bucket="history", Key="reports/day/2026-11-20/report.json")
    outcome, mails = write()
    assert (outcome["told"], len(mails)) == (True, 1)


def test_night_counts_resolution_again_until_it_is_sure(write):
    contacts = calls()
    keep(contacts)
    write()
    assert resolution(FRIDAY) == ResolutionCounts(provisional=40)
    assert resolution(FRIDAY - timedelta(1)) == ResolutionCounts(provisional=30)
    keep([call(500 + each, at(date(2026, 11, 24)), customer=contacts[each].customer) for each in range(4)])
    write(on="2026-11-24", now=NIGHT + timedelta(days=4))
    assert resolution(FRIDAY) == ResolutionCounts(not_resolved=4, provisional=36)
    write(on="2026-11-27", now=NIGHT + timedelta(days=7))
    assert resolution(FRIDAY) == ResolutionCounts(not_resolved=4, resolved=36)


def test_week_and_month_are_written_and_the_future_is_not(write):
    keep(calls())
    assert write("week")[0]["from"] == "2026-11-16"
    assert write("month")[0]["to"] == "2026-11-30"
    with pytest.raises(ValueError, match="has not begun"):
        write("day", "2026-12-24")


def offered(ask):
    report = body(ask("/api/reports", on="2026-11-20"))
    return report["total"]["figures"]["offered"]["value"], report["written_at"], report["late_days"]


def forget_intervals(utc_day):
    """Take every counter of a UTC day out of the table."""
    dynamodb = client("dynamodb")
    asked = {"KeyConditionExpression": "#day = :day", "ExpressionAttributeNames": {"#day": "day"}}
    found = dynamodb.query(TableName="metrics", ExpressionAttributeValues={":day": {"S": utc_day}}, **asked)
    for item in found["Items"]:
        if "#" not in item["interval_key"]["S"]:
            continue  # resolution is counted by day
        dynamodb.delete_item(TableName="metrics", Key={name: item[name] for name in ("day", "interval_key")})


def resolution(day):
    store = ResolutionStore(client("dynamodb"), "metrics", 730)
    return store.read([day])[day]["queue", "orders"]


def stored(key):
    return boto3.client("s3").get_object(Bucket="history", Key=key)["Body"].read()
