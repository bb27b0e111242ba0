"""What roles allow is used by a day with everything in it, or there is a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.centre.announcing import announce, ring_as
from tests.centre.callers import ring
from tests.centre.centre import CONNECT, Centre, open_centre
from tests.centre.sounds import make_wav

pytestmark = pytest.mark.xdist_group("centre-permissions")

DEPLOYMENT = "the role of a custom resource of the CDK, which the twin deploys without running its code"
LOG_DELIVERY = "Step Functions checks these when a state machine that logs is created, not when it runs"
SENDING = "the CDK grants these with every on-failure destination; Lambda itself needs SendMessage only"
FIREHOSE = "Firehose asks for this in its documented policy, for large files and other versions of its function"
# Part of a role's name, action (* for all), and why nothing in the twin uses it.
EXPLAINED = [
    ("CustomCDKBucketDeployment", "*", DEPLOYMENT),
    ("Center-AWS679f", "*", DEPLOYMENT),
    *(
        (workflow, f"logs:{action}", LOG_DELIVERY)
        for workflow in ("SelfServiceRole", "IngestRecordingRole", "ProcessTranscriptRole")
        for action in ("CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery")
    ),
    *(
        (workflow, f"logs:{action}", LOG_DELIVERY)
        for workflow in ("SelfServiceRole", "IngestRecordingRole", "ProcessTranscriptRole")
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
    ("TrackAgentRole", "kinesis:DescribeStreamSummary", "Lambda asks for this of whoever reads a Kinesis stream"),
    ("TrackAgentRole", "kinesis:ListShards", "Lambda asks for this of whoever reads a Kinesis stream"),
    ("InputKeyCreateInputKe", "ssm:DeleteParameter", "when the key is rotated, or the stack deleted"),
    ("ServeConsoleRole", "s3:ListBucket", "makes S3 say that an analysis is not there, instead of forbidding it"),
]


@pytest.fixture(scope="module")
def unused() -> Iterator[list[dict[str, Any]]]:
    """What nothing used on a day on which everything happens that roles allow for."""
    with open_centre(5) as centre:
        centre.run_until(11)
        send_bad_input(centre)
        ring(centre, ["1", "4", "10017#", "1"])
        ring(centre, ["1", "5", "4711"])
        serve_callers_without_agents(centre)
        report = centre.finish()
        assert report["differences"] == []
        shorten_the_longest_wait(centre)
        read_all_pages(centre)
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


def read_all_pages(centre: Centre) -> None:
    console = centre.session.console
    for contact in centre.ledger:
        console.contact(contact.contact_id)
    console.live()
    assert console._get("/api/contacts", day=centre.day.isoformat())["contacts"]


def explains(entry: tuple[str, str, str], grant: dict[str, Any]) -> bool:
    role, action, _ = entry
    return role in grant["role"] and action in ("*", grant["action"])


def test_every_grant_is_used_or_explained(unused: list[dict[str, Any]]) -> None:
    unexplained = [grant for grant in unused if not any(explains(entry, grant) for entry in EXPLAINED)]
    assert unexplained == []


@pytest.mark.parametrize("entry", EXPLAINED, ids=lambda entry: f"{entry[0]} {entry[1]}")
def test_every_explanation_is_still_needed(unused: list[dict[str, Any]], entry: tuple[str, str, str]) -> None:
    assert any(explains(entry, grant) for grant in unused)
