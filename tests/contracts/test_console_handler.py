"""The console's API over tables, buckets and flow logs in moto."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import boto3
import pytest
import time_machine

from tests.contracts.counting import count_requests
from tests.unit.contact.samples import CONTACT_ID, MINA_ID, contact, contact_record
from tests.unit.metrics.calls import TARGETS
from trunkline.contact.agent_events import AgentChange
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.agent_states import AgentState
from trunkline.contact.store import ContactStore
from trunkline.live.rules import LiveUpdate, follow_agent
from trunkline.live.store import LiveStore
from trunkline.metrics.changes import Change
from trunkline.metrics.fold import apply_changes
from trunkline.metrics.rules import tally_contact
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import client
from trunkline.runtime.items import to_item

THEOS = contact(ContactId="theos", Agent={**contact_record()["Agent"], "Username": "theo"})
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
KEY = "connect/redline-parts/CallRecordings/2026/11/21/x.wav"


@pytest.fixture
def ask(load_handler):
    """Ask a page as somebody; answer status and body."""
    handle = load_handler("serve_console")

    def ask(path, role="supervisor", username="sue", **query):
        event = {
            "version": "2.0",
            "rawPath": path,
            "requestContext": {
                "http": {"method": "GET", "path": path},
                "authorizer": {"jwt": {"claims": {"username": username, "cognito:groups": f"[{role}]"}}},
            },
            **({"queryStringParameters": query} if query else {}),
        }
        with time_machine.travel(NOW, tick=False):
            response = handle(event)
        assert response["headers"]["content-type"].startswith("application/json")
        return response["statusCode"], json.loads(response["body"])

    return ask


def keep(*contacts):
    store = ContactStore(client("dynamodb"), "contacts")
    for each in contacts:
        store.save(each, expires_at=1)
    changes = [
        Change(number, each.contact_id, {}, tally_contact(each, TARGETS), first=True)
        for number, each in enumerate(contacts, 1)
    ]
    apply_changes(changes, "shardId-1", MetricsStore(client("dynamodb"), "metrics", 86_400), lambda *_: 0)


def keep_whole_call():
    keep(contact())
    dynamodb, s3, logs = boto3.client("dynamodb"), boto3.client("s3"), boto3.client("logs")
    recording = {"bucket": "recordings", "key": KEY, "seconds": 260, "bytes": 4160044, "channels": 2}
    recording |= {"sha256": "ab", "retention": "standard", "recorded_at": "2026-11-21T18:20:20Z"}
    recording |= {"sample_rate_hertz": 8000, "transcription_job": CONTACT_ID}
    analysis = {"analysis_key": f"analyses/{CONTACT_ID}.json", "categories": ["refund"], "language": "ko"}
    analysis |= {"analysed_at": "2026-11-21T18:22:00Z", "transcript_key": f"transcripts/{CONTACT_ID}.json"}
    for part, values in {"recording": recording, "analysis": analysis}.items():
        item = to_item({"contact_id": CONTACT_ID, "part": part, **values})
        dynamodb.put_item(TableName="contacts", Item=item)
    segment = {
        "speaker": "agent",
        "start_seconds": 0.5,
        "end_seconds": 2.0,
        "text": "안녕하세요",
        "confidence": 0.98,
    }
    document = {"language": "ko", "segments": [segment], "silence_seconds": 31.5, "categories": ["refund"]}
    s3.put_object(Bucket="conversations", Key=analysis["analysis_key"], Body=json.dumps(document).encode())
    group = {"logGroupName": "/aws/connect/redline-parts", "logStreamName": "2026/11/21"}
    logs.create_log_stream(**group)
    step = {"ContactId": CONTACT_ID, "ContactFlowName": "inbound", "ContactFlowModuleType": "PlayPrompt"}
    step |= {"Timestamp": "2026-11-21T18:14:31.250Z", "Parameters": {"Caller": "+15555550101"}}
    step |= {"ExternalResults": {"customer_name": "Ada Miles"}}
    at = int(datetime(2026, 11, 21, 18, 14, 31, tzinfo=UTC).timestamp() * 1000)
    messages = [json.dumps(step), json.dumps({**step, "ContactId": "another"}), f"no json {CONTACT_ID}"]
    logs.put_log_events(**group, logEvents=[{"timestamp": at, "message": each} for each in messages])


def test_me_and_center(ask):
    assert ask("/api/me", "agent", "mina") == (
        200,
        {"username": "mina", "name": "Mina Park", "role": "agent"},
    )
    status, center = ask("/api/center")
    assert (status, center["currency"], center["service_level_convention"]) == (200, "USD", "c")
    assert center["queues"][0] == {
        "key": "orders",
        "title": {"en": "Orders", "ko": "주문"},
        "department": "Sales",
        "service_target": {"percent": 80.0, "seconds": 20},
    }
    assert center["languages"][1] == {"code": "ko", "locale": "ko-KR"}
    assert {"username": "walt", "name": "Walt Brennan"} in center["agents"]


def test_whole_contact_is_shown(ask):
    keep_whole_call()
    status, page = ask(f"/api/contacts/{CONTACT_ID}")
    assert status == 200
    assert page["contact"]["customer"] == "+15555550101"
    assert page["contact"]["customer_name"] == "Ada Miles"
    assert page["recording"]["url"].startswith("https://recordings.s3")
    assert "X-Amz-Expires=300" in page["recording"]["url"]
    assert (page["recording"]["channels"], page["recording"]["sha256"]) == (2, "ab")
    assert page["transcript"]["segments"][0]["text"] == "안녕하세요"
    assert (page["analysis"]["silence_seconds"], page["analysis"]["categories"]) == (31.5, ["refund"])
    assert "segments" not in page["analysis"]
    assert [each["kind"] for each in page["timeline"]].count("flow") == 1
    assert page["bill"]["total"] > 2
    assert page["failures"] == []


def test_contact_without_recording_or_analysis_says_null(ask):
    keep(contact())
    _, page = ask(f"/api/contacts/{CONTACT_ID}")
    assert (page["recording"], page["transcript"], page["analysis"]) == (None, None, None)


def test_analysis_whose_file_is_gone_still_shows_what_the_item_holds(ask):
    keep_whole_call()
    boto3.client("s3").delete_object(Bucket="conversations", Key=f"analyses/{CONTACT_ID}.json")
    _, page = ask(f"/api/contacts/{CONTACT_ID}")
    assert page["transcript"] is None
    assert page["analysis"]["categories"] == ["refund"]


def test_agent_sees_own_contact_masked_and_no_other(ask):
    keep_whole_call()
    status, page = ask(f"/api/contacts/{CONTACT_ID}", "agent", "mina")
    assert (status, page["contact"]["customer"]) == (200, "***0101")
    assert "5555550101" not in json.dumps(page["timeline"])
    assert page["bill"] is None
    status, refusal = ask(f"/api/contacts/{CONTACT_ID}", "agent", "theo")
    assert (status, refusal["error"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("path", "query", "status", "said"),
    [
        ("/api/contacts/unknown", {}, 404, "no contact"),
        ("/api/contacts/%22x%22", {}, 400, "contact id"),
        ("/api/nothing", {}, 404, "no page"),
        ("/api/contacts", {"day": "yesterday"}, 400, "day"),
        ("/api/contacts", {"limit": "0"}, 400, "limit"),
        ("/api/contacts", {"limit": "many"}, 400, "limit"),
        ("/api/contacts", {"cursor": "x"}, 400, "cursor"),
        ("/api/contacts", {"cursor": "e30="}, 400, "cursor"),
        ("/api/metrics", {"day": "2026-13-01"}, 400, "day"),
    ],
)
def test_refusals_say_why(ask, path, query, status, said):
    answered, body = ask(path, **query)
    assert answered == status
    assert said in body["message"]


def test_stranger_is_refused(ask):
    assert ask("/api/me", "guest")[0] == 403


def test_list_of_a_day_in_the_centres_zone(ask):
    late = contact(ContactId="late", InitiationTimestamp="2026-11-22T07:59:59Z")
    tomorrow = contact(ContactId="tomorrow", InitiationTimestamp="2026-11-22T08:00:00Z")
    theos = contact(ContactId="theos", Agent={"Username": "theo"})
    keep(contact(), late, tomorrow, theos)
    _, page = ask("/api/contacts", limit="2")
    assert (page["day"], [row["contact_id"] for row in page["contacts"]]) == ("2026-11-21", ["late", "theos"])
    _, rest = ask("/api/contacts", limit="2", cursor=page["cursor"])
    assert ([row["contact_id"] for row in rest["contacts"]], rest["cursor"]) == ([CONTACT_ID], None)
    _, own = ask("/api/contacts", "agent", "theo")
    assert [(row["contact_id"], row["customer"]) for row in own["contacts"]] == [("theos", "***0101")]


def test_figures_of_a_day(ask):
    keep(contact(), contact(ContactId="second", Agent={"Username": "theo"}, Queue=None))
    status, page = ask("/api/metrics", day="2026-11-21")
    assert (status, page["time_zone"]) == (200, "America/Los_Angeles")
    assert (page["total"]["contacts"], page["total"]["offered"], page["total"]["answered"]) == (2, 1, 1)
    assert page["queues"]["orders"]["average_handle_time_seconds"] == 300
    assert page["agents"]["mina"]["csat_percent"] == 100
    assert page["intervals"][0]["start"] == "2026-11-21T18:00:00Z"
    assert ask("/api/metrics", day="2026-11-20")[1]["total"]["contacts"] == 0


def test_agent_gets_own_figures_only(ask):
    keep(contact())
    _, page = ask("/api/metrics", "agent", "mina")
    assert (page["total"]["answered"], page["queues"], set(page["agents"])) == (1, {}, {"mina"})
    _, page = ask("/api/metrics", "agent", "theo")
    assert (page["total"]["answered"], page["intervals"]) == (0, [])


def test_live_board_with_todays_figures(ask):
    keep(contact())
    live = LiveStore(client("dynamodb"), "live")
    live.apply(follow_agent(AgentChange(username="mina", agent_id=MINA_ID, status="Available", since=NOW, at=NOW)))
    waiting = {"rank": 2, "state": "queued", "since": "2026-11-21T18:29:00Z", "queue": "orders"}
    expires_at = int(NOW.timestamp()) + 60
    live.apply(LiveUpdate("contact", "c9", {**waiting, "expires_at": expires_at}, "rank"))
    with count_requests() as requests:
        status, board = ask("/api/live", today="1")
    assert requests == ["Query", "Query", "Query"]
    assert (status, board["at"]) == (200, "2026-11-21T18:30:00Z")
    orders = board["queues"][0]
    assert (orders["queue"], orders["waiting"], orders["longest_wait_seconds"]) == ("orders", 1, 60)
    assert board["today"]["answered"] == 1
    assert board["agents"][0]["state"] == "available"


@pytest.mark.parametrize(
    ("now", "queries"),
    [("2026-11-21T18:30:00Z", 2), ("2026-11-22T00:15:00Z", 2), ("2026-11-22T00:14:59Z", 3)],
    ids=["any time", "second interval of a UTC day", "first interval of a UTC day"],
)
def test_live_screen_costs_one_query_of_the_picture_and_one_of_the_counters(ask, monkeypatch, now, queries):
    monkeypatch.setattr(sys.modules[__name__], "NOW", datetime.fromisoformat(now))
    keep(contact())
    with count_requests() as requests:
        status, board = ask("/api/live")
    assert (status, requests) == (200, ["Query"] * queries)
    assert "today" not in board


def test_live_screen_tells_the_running_interval_and_how_old_its_figures_are(ask):
    queue = contact_record()["Queue"]
    with time_machine.travel(NOW - timedelta(seconds=40), tick=False):
        keep(contact(), contact(ContactId="now", Queue={**queue, "EnqueueTimestamp": "2026-11-21T18:30:00Z"}))
    _, board = ask("/api/live")
    assert (board["queues"][0]["offered"], board["queues"][0]["service_level_percent"]) == (1, 100.0)
    assert board["ages"] == {"contacts": None, "agents": None, "figures": 40}


def test_contact_in_progress_is_told_from_the_live_picture(ask):
    live = LiveStore(client("dynamodb"), "live")
    live.apply(follow_agent(AgentChange(username="mina", agent_id=MINA_ID, status="Available", since=NOW, at=NOW)))
    values = {"rank": 3, "state": "connected", "since": "2026-11-21T18:29:30Z", "queue": "orders"}
    values |= {"initiated_at": "2026-11-21T18:29:00Z", "agent_id": MINA_ID, "channel": "VOICE"}
    live.apply(LiveUpdate("contact", "c9", {**values, "expires_at": int(NOW.timestamp()) + 60}, "rank"))
    logs = boto3.client("logs")
    group = {"logGroupName": "/aws/connect/redline-parts", "logStreamName": "2026/11/21"}
    logs.create_log_stream(**group)
    attributes = {"language": "en", "routing_reasons": "menu choice orders"}
    step = {"ContactId": "c9", "ContactFlowModuleType": "SetAttributes", "Timestamp": "2026-11-21T18:29:20Z"}
    message = json.dumps({**step, "Parameters": {"Attributes": attributes}})
    at = int(datetime(2026, 11, 21, 18, 29, 20, tzinfo=UTC).timestamp() * 1000)
    logs.put_log_events(**group, logEvents=[{"timestamp": at, "message": message}])
    status, page = ask("/api/contacts/c9", "agent", "mina")
    assert (status, page["contact"]["state"], page["contact"]["agent"]) == (200, "connected", "mina")
    assert [entry["code"] for entry in page["timeline"]] == ["initiated", "flow_step", "routed", "answered"]
    assert (page["contact"]["language"], page["contact"]["attributes"]) == ("en", attributes)
    assert (page["recording"], page["bill"]) == (None, None)
    assert ask("/api/contacts/c9", "agent", "theo")[0] == 403


def test_bill_of_a_span_by_queue_and_department_is_for_managers(ask):
    keep(contact())
    status, bill = ask("/api/bill", "manager", "max", **{"from": "2026-11-20", "to": "2026-11-21"})
    assert (status, bill["from"], bill["to"]) == (200, "2026-11-20", "2026-11-21")
    assert (bill["contacts"], bill["currency"], bill["estimated"]) == (1, "USD", True)
    assert set(bill["queues"]) == {"orders"}
    assert set(bill["departments"]) == {"Sales"}
    assert bill["queues"]["orders"]["total"] + bill["fixed"] == pytest.approx(bill["total"])
    for role in ("supervisor", "agent"):
        status, refusal = ask("/api/bill", role, "mina")
        assert (status, refusal["error"]) == (403, "forbidden")


def test_bill_without_days_is_the_month_so_far(ask):
    keep(contact())
    _, bill = ask("/api/bill", "manager", "max")
    assert (bill["from"], bill["to"], bill["contacts"]) == ("2026-11-01", "2026-11-21", 1)
    _, before = ask("/api/bill", "manager", "max", **{"from": "2026-10-01", "to": "2026-10-31"})
    assert (before["contacts"], before["queues"]) == (0, {})
    assert before["fixed"] == before["total"] > 0


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"from": "yesterday"}, "from: give a calendar day"),
        ({"to": "2026-13-01"}, "to: give a calendar day"),
        ({"from": "2026-11-21", "to": "2026-11-20"}, "1 to 31 days"),
        ({"from": "2026-10-01", "to": "2026-11-20"}, "1 to 31 days"),
    ],
)
def test_span_that_cannot_be_billed_is_told(ask, query, told):
    status, refusal = ask("/api/bill", "manager", "max", **query)
    assert (status, refusal["error"]) == (400, "bad_request")
    assert told in refusal["message"]


def test_failure_within_is_told_without_its_cause(ask, capsys):
    boto3.client("dynamodb").delete_table(TableName="live")
    status, body = ask("/api/live")
    assert (status, body["error"]) == (500, "internal_error")
    assert "ResourceNotFound" not in body["message"]
    assert "ResourceNotFound" in capsys.readouterr().out


def test_figure_tells_its_definition_its_formula_and_its_contacts(ask):
    keep(contact(), THEOS)
    _, page = ask("/api/definitions")
    shown = ask("/api/metrics", day="2026-11-21")[1]
    told = {each["key"]: each for each in page["figures"]}
    assert set(shown["total"]) <= set(told)
    for scope, key, figures in (("center", "", shown["total"]), ("queue", "orders", shown["queues"]["orders"])):
        _, answer = ask("/api/explain", figure="average_handle_time_seconds", scope=scope, key=key)
        assert answer["value"] == figures["average_handle_time_seconds"]
        assert answer["formula"] == told["average_handle_time_seconds"]["formula"]
        assert {each["contact_id"] for each in answer["contacts"]} == {CONTACT_ID, "theos"}
    start = shown["intervals"][0]["start"]
    assert ask("/api/explain", figure="offered", start=start)[1]["counters"] == {"offered": 2}


def test_agent_is_told_the_own_contacts_behind_a_figure(ask):
    keep(contact(), THEOS)
    _, answer = ask("/api/explain", "agent", "theo", figure="answered")
    assert [(each["contact_id"], each["customer"]) for each in answer["contacts"]] == [("theos", "***0101")]
    status, refusal = ask("/api/explain", "agent", "theo", figure="answered", scope="agent", key="mina")
    assert (status, refusal["error"]) == (403, "forbidden")


def test_contact_of_the_evening_before_is_found_where_it_counts(ask):
    before = contact(
        InitiationTimestamp="2026-11-21T07:59:40Z",
        Queue={"Name": "orders", "EnqueueTimestamp": "2026-11-21T08:00:10Z", "Duration": 9},
    )
    keep(before)
    for scope in ({}, {"scope": "queue", "key": "orders"}):
        _, answer = ask("/api/explain", figure="offered", day="2026-11-21", **scope)
        assert (answer["counters"], answer["counted"]) == ({"offered": 1}, {"offered": 1})
        assert ask("/api/explain", figure="offered", day="2026-11-20", **scope)[1]["matching"] == 0


def test_figure_of_more_contacts_than_are_read_says_so(ask, monkeypatch):
    monkeypatch.setattr("trunkline.console.evidence.MOST_READ", 2)
    keep(*(contact(ContactId=f"c{number}") for number in range(3)))
    _, answer = ask("/api/explain", figure="offered")
    assert (answer["value"], answer["matching"], answer["more"]) == (3, 2, True)


def test_time_of_an_agent_is_explained_by_states_and_contacts(ask):
    keep(contact())
    log = AgentLog(client("dynamodb"), "agent_states")
    at = {"since": datetime(2026, 11, 21, 18, 0, tzinfo=UTC), "until": datetime(2026, 11, 21, 18, 10, tzinfo=UTC)}
    for username in ("mina", "theo"):
        log.add(AgentState(username=username, agent_id=MINA_ID, state="Available", **at))
    _, answer = ask("/api/explain", figure="occupancy_percent", scope="agent", key="mina")
    assert answer["counted"] == {
        "worked_contact_seconds": 260,
        "worked_after_contact_seconds": 40,
        "available_seconds": 600,
    }
    assert [(each["agent"], each["state"]) for each in answer["states"]] == [("mina", "Available")]
    assert [each["contact_id"] for each in answer["contacts"]] == [CONTACT_ID]
    assert ask("/api/explain", figure="answered", scope="agent", key="mina")[1]["states"] == []
