"""What roles allow is used by a day with everything in it, or there is a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from cli.night import live_through_night
from tests.centre.announcing import announce, ring_as, supervise
from tests.centre.callers import ring
from tests.centre.centre import CONNECT, Centre, open_centre
from tests.centre.sounds import make_wav
from tests.centre.test_agents import let_agents_miss
from tests.centre.test_night import lose_from_history

DEPLOYMENT = "the role of a custom resource of the CDK, which the twin deploys without running its code"
LOG_DELIVERY = "Step Functions checks these when a state machine that logs is created, not when it runs"
SENDING = "the CDK grants these with every on-failure destination; Lambda itself needs SendMessage only"
FIREHOSE = "Firehose asks for this in its documented policy, for large files and other versions of its function"
# Part of a role's name, action (* for all), and why nothing in the twin uses it.
EXPLAINED = [
    ("CloseDayRole", "athena:GetQueryResults", "what runs queries may page through results; the night reads the file"),
    ("CloseDayRole", "athena:StopQueryExecution", "what runs queries may stop them; the night's run to their end"),
    ("CloseDayRole", "glue:GetDatabase", "Athena asks for this of the database and the catalogue that it stands in"),
    ("CloseDayRole", "glue:GetTable", "whoever runs queries may ask of every dataset; the night asks of contacts"),
    ("CloseDayRole", "s3:GetBucketLocation", "Athena asks for this of the bucket of its results"),
    ("CloseDayRole", "glue:GetPartitions", "Athena asks for this of tables without partition projection"),
    ("CloseDayRole", "s3:AbortMultipartUpload", "Athena asks for this, for large results"),
    ("CloseDayRole", "s3:GetObject", "Athena hands results out with the grants of who asks; a function reads the file"),
    ("SchedulerRole", "sqs:SendMessage", "only where the workflow cannot be started at all"),
    ("CustomCDKBucketDeployment", "*", DEPLOYMENT),
    ("Center-AWS679f", "*", DEPLOYMENT),
    *(
        (workflow, f"logs:{action}", LOG_DELIVERY)
        for workflow in ("SelfServiceRole", "IngestRecordingRole", "ProcessTranscriptRole", "CloseDayRole")
        for action in ("CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery")
    ),
    *(
        (workflow, f"logs:{action}", LOG_DELIVERY)
        for workflow in ("SelfServiceRole", "IngestRecordingRole", "ProcessTranscriptRole", "CloseDayRole")
        for action in ("ListLogDeliveries", "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups")
    ),
    *(
        (role, f"sqs:{action}", SENDING)
        for role in ("TrackContactRole", "TrackAgentRole", "AggregateMetricsRole")
        for action in ("GetQueueAttributes", "GetQueueUrl")
    ),
    ("ContactsDeliveryRole", "s3:AbortMultipartUpload", FIREHOSE),
    ("ContactsDeliveryRole", "s3:GetBucketLocation", FIREHOSE),
    ("ContactsDeliveryRole", "s3:ListBucket", FIREHOSE),
    ("ContactsDeliveryRole", "s3:ListBucketMultipartUploads", FIREHOSE),
    ("ContactsDeliveryRole", "lambda:GetFunctionConfiguration", FIREHOSE),
    ("ContactsDeliveryRole", "lambda:InvokeFunction", FIREHOSE),
    ("ContactsDeliveryRole", "logs:PutLogEvents", "Firehose logs failed deliveries; none fails here"),
    *(
        ("HistoryDeliveryRole", f"s3:{action}", FIREHOSE)
        for action in ("AbortMultipartUpload", "GetBucketLocation", "ListBucket", "ListBucketMultipartUploads")
    ),
    *(("HistoryDeliveryRole", f"glue:{action}", FIREHOSE) for action in ("GetTableVersion", "GetTableVersions")),
    ("HistoryDeliveryRole", "s3:PutObject", "where Firehose keeps what it cannot convert; every row converts here"),
    ("HistoryDeliveryRole", "logs:PutLogEvents", "Firehose logs failed deliveries; none fails here"),
    ("WriteReportRole", "s3:ListBucket", "makes S3 say that a report is not there, instead of forbidding it"),
    *(
        ("WatchAgentsRole", f"kinesis:{action}", "Lambda asks for this of whoever reads a Kinesis stream")
        for action in ("DescribeStreamSummary", "ListShards")
    ),
    ("TrackAgentRole", "kinesis:DescribeStreamSummary", "Lambda asks for this of whoever reads a Kinesis stream"),
    ("TrackAgentRole", "kinesis:ListShards", "Lambda asks for this of whoever reads a Kinesis stream"),
    ("InputKeyCreateInputKe", "ssm:DeleteParameter", "when the key is rotated, or the stack deleted"),
    (
        "ServeConsoleRole",
        "s3:ListBucket",
        "makes S3 say that an analysis or the sums of a day are not there, instead of forbidding it",
    ),
]


@pytest.fixture(scope="module")
def unused() -> Iterator[list[dict[str, Any]]]:
    """What nothing used on a day on which everything happens that roles allow for."""
    with open_centre(5) as centre:
        centre.run_until(11)
        send_bad_input(centre)
        lose_a_logout(centre, "mina")
        leave_an_agent_logged_in(centre, "temp")
        let_agents_miss(centre, 1.0)
        ring(centre, ["1", "4", "10017#", "1"])
        ring(centre, ["1", "5", "4711"])
        let_agents_miss(centre, 0.0)
        serve_callers_without_agents(centre)
        report = centre.finish()
        assert report["differences"] == []
        shorten_the_longest_wait(centre)
        tell_of_the_day_before(centre)
        read_all_pages(centre)
        close_days(centre)
        report = centre.compare()
        assert report["denials"] == []
        yield report["unused_grants"]


def send_bad_input(centre: Centre) -> None:
    """Send what ends in each dead-letter queue."""
    session = centre.session
    registry, table = session.network.registry, session.table_with_keys("contact_id", "part")
    agent_events = registry.storage_for("AGENT_EVENTS")
    assert agent_events is not None
    centre.put_recording(centre.recording_key("nobody"), make_wav())
    centre.put_recording(centre.recording_key("notes"), b"")
    centre.put_record(b"nonsense")
    centre.send_event({"eventType": "QUEUED", "instanceArn": registry.instance().arn})
    session.cloud.client("kinesis", CONNECT).put_record(
        StreamARN=agent_events.stream_arn, Data=b'{"EventType": "LOGIN"}', PartitionKey="nobody"
    )
    session.cloud.client("dynamodb").put_item(
        TableName=table, Item={"contact_id": {"S": "poison"}, "part": {"S": "contact"}}
    )


def lose_a_logout(centre: Centre, username: str) -> None:
    """Let an agent log in who never logged out: what the agent did before ends with the last heartbeat."""
    assert centre.session.network.desk(username).status == "Available"
    user = centre.session.network.registry.user_named(username)
    assert user is not None
    tell_of_agent(centre, "LOGIN", username, user.arn, status="Offline", since=centre.session.cloud.clock.now())
    centre.run(minutes=2)


def leave_an_agent_logged_in(centre: Centre, username: str) -> None:
    """Let an agent come who falls silent: the night ends what the agent did with the last heartbeat."""
    came, arn = centre.session.cloud.clock.now(), f"{centre.session.network.registry.instance().arn}/agent/{username}"
    for kind in ("LOGIN", "HEART_BEAT"):
        tell_of_agent(centre, kind, username, arn, status="Available", since=came)
        centre.run(minutes=2)


def tell_of_agent(centre: Centre, kind: str, username: str, arn: str, *, status: str, since: datetime) -> None:
    agent_events = centre.session.network.registry.storage_for("AGENT_EVENTS")
    assert agent_events is not None
    event = {
        "EventType": kind,
        "AgentARN": arn,
        "EventTimestamp": centre.session.cloud.clock.now().isoformat(),
        "CurrentAgentSnapshot": {
            "AgentStatus": {"Name": status, "StartTimestamp": since.isoformat()},
            "Configuration": {"Username": username},
        },
    }
    centre.session.cloud.client("kinesis", CONNECT).put_record(
        StreamARN=agent_events.stream_arn, Data=json.dumps(event).encode(), PartitionKey=arn
    )


def serve_callers_without_agents(centre: Centre) -> None:
    ring_as(centre, "+15555550101", "4", "10017#", "1")
    ring_as(centre, "+15555550101", "5", "4821")
    until = (centre.session.cloud.clock.now() + timedelta(minutes=1)).isoformat()
    announce(centre, "PUT", text={"en": "Snow.", "ko": "눈."}, expires_at=until)
    announce(centre, "GET")
    announce(centre, "DELETE")


def shorten_the_longest_wait(centre: Centre) -> None:
    longest = max(centre.ledger, key=lambda one: one.wait_seconds or 0)
    record = centre.record_of(longest.contact_id)
    record["Queue"]["Duration"] = 0
    centre.put_record(record)
    centre.run(minutes=20)


def tell_of_the_day_before(centre: Centre) -> None:
    """Send a record a day late: the night closes that day again."""
    record = centre.record_of(centre.ledger[0].contact_id)
    text = json.dumps({**record, "ContactId": "late"})
    for days in (0, 1):  # a UTC day more, where the centre's day has two
        today, before = (centre.day + timedelta(days=days - late) for late in (0, 1))
        text = text.replace(today.isoformat(), before.isoformat())
    centre.put_record(json.loads(text))
    centre.run(minutes=20)


def close_days(centre: Centre) -> None:
    """Let a good night pass, then close the same day with all that a night may find; it puts the counters right."""
    session = centre.session
    assert live_through_night(session, centre.day)["status"] == "SUCCEEDED"
    dynamodb, stepfunctions = session.cloud.client("dynamodb"), session.cloud.client("stepfunctions")
    counters, contacts = session.table_with_keys("day", "interval_key"), session.table_with_keys("contact_id", "part")
    item = next(one for one in dynamodb.scan(TableName=counters)["Items"] if "#queue#" in one["interval_key"]["S"])
    dynamodb.delete_item(TableName=counters, Key={name: item[name] for name in ("day", "interval_key")})
    analysed = next(one.contact_id for one in centre.ledger if "analysis" in centre.parts(one.contact_id))
    dynamodb.delete_item(TableName=contacts, Key={"contact_id": {"S": analysed}, "part": {"S": "analysis"}})
    lose_from_history(centre)
    machine = centre._reference("AWS::StepFunctions::StateMachine", "CloseDay")
    for request in ({"day": centre.day.isoformat(), "mend": True}, {"date": "yesterday"}):
        stepfunctions.start_execution(stateMachineArn=machine, input=json.dumps(request))
    centre.run(hours=2)


def read_all_pages(centre: Centre) -> None:
    console = centre.session.console
    for contact in centre.ledger:
        console.contact(contact.contact_id)
    console.live()
    day = centre.day.isoformat()
    assert console._get("/api/contacts", day=day)["contacts"]
    assert console._get("/api/explain", day=day, figure="offered", scope="queue", key="orders")["contacts"]
    assert console._get("/api/explain", day=day, figure="available_seconds", scope="agent", key="mina")["states"]
    assert console._get("/api/reports", period="day", on=day)
    assert console._get("/api/scorecards", period="day", on=day)
    supervise(centre, "PUT", "/api/targets/mina", figure="csat_percent", value=60, reason="Learns billing")
    supervise(centre, "DELETE", "/api/targets/mina/csat_percent")


def explains(entry: tuple[str, str, str], grant: dict[str, Any]) -> bool:
    role, action, _ = entry
    return role in grant["role"] and action in ("*", grant["action"])


def test_every_grant_is_used_or_explained(unused: list[dict[str, Any]]) -> None:
    unexplained = [grant for grant in unused if not any(explains(entry, grant) for entry in EXPLAINED)]
    assert unexplained == []


@pytest.mark.parametrize("entry", EXPLAINED, ids=lambda entry: f"{entry[0]} {entry[1]}")
def test_every_explanation_is_still_needed(unused: list[dict[str, Any]], entry: tuple[str, str, str]) -> None:
    assert any(explains(entry, grant) for grant in unused)
