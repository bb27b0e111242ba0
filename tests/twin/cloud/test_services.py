from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from twin.cloud import LocalCloud, NotOfferedError, PatternError
from twin.cloud.delivery.cron import parse_schedule
from twin.cloud.log_filters import parse_filter
from twin.contracts import ServiceError

READER = "arn:aws:iam::123456789012:role/reader"


class Echo:
    def call(self, operation: str, parameters: object, caller: str) -> dict[str, object]:
        if operation == "StopContact":
            raise ServiceError("ResourceNotFoundException", "no such contact", 404)
        return {"CurrentUserId": caller}


@pytest.mark.parametrize(
    ("expression", "after", "wanted"),
    [
        ("rate(1 hour)", "2026-11-21T09:00", "2026-11-21T10:00"),
        ("cron(0 2 * * ? *)", "2026-11-21T02:00", "2026-11-22T02:00"),
        ("cron(0/15 * * * ? *)", "2026-11-21T09:16", "2026-11-21T09:30"),
        ("cron(0 9 ? * MON-FRI *)", "2026-11-20T09:00", "2026-11-23T09:00"),
        ("cron(0 9 L * ? *)", "2026-11-21T00:00", "2026-11-30T09:00"),
        ("cron(0 9 ? * 6#1 *)", "2026-11-21T00:00", "2026-12-04T09:00"),
        ("at(2026-12-24T18:00:00)", "2026-11-21T00:00", "2026-12-24T18:00"),
    ],
)
def test_schedules(expression: str, after: str, wanted: str) -> None:
    moment = parse_schedule(expression)(datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert moment == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


def test_schedule_in_a_time_zone_follows_its_clock_changes() -> None:
    following = parse_schedule("cron(0 9 * * ? *)", ZoneInfo("America/Chicago"))
    assert following(datetime(2026, 10, 31, 20, tzinfo=UTC)) == datetime(2026, 11, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("expression", ["every day", "rate(1 fortnight)", "cron(0 9 * *)", "cron(99 9 * * ? *)"])
def test_schedule_that_cannot_be_read_is_an_error(expression: str) -> None:
    with pytest.raises(PatternError, match="schedule expression"):
        parse_schedule(expression)


@pytest.mark.parametrize(
    ("pattern", "line", "matched"),
    [
        ("", "anything", True),
        ("ERROR", "an ERROR here", True),
        ('"two words" -not', "two words", True),
        ("?a ?b", "b", True),
        ('{ $.ContactId = "c1" }', '{"ContactId": "c1"}', True),
        ("{ $.Results[0].x = 3 || $.n >= 2 }", '{"n": 2}', True),
        ('{ $.a.b = "x*" }', '{"a": {"b": "xyz"}}', True),
        ('{ $.a = "x" }', "no json", False),
    ],
)
def test_log_filters(pattern: str, line: str, matched: bool) -> None:
    assert parse_filter(pattern)(line) is matched


def test_logs_are_written_and_found_by_time_and_pattern(cloud: LocalCloud) -> None:
    client = cloud.client("logs")
    client.create_log_group(logGroupName="/aws/connect/shop")
    client.create_log_stream(logGroupName="/aws/connect/shop", logStreamName="s")
    events = [{"timestamp": 1000 * number, "message": f'{{"ContactId": "c{number % 2}"}}'} for number in (3, 1, 2, 4)]
    client.put_log_events(logGroupName="/aws/connect/shop", logStreamName="s", logEvents=events)
    found = client.filter_log_events(
        logGroupName="/aws/connect/shop", filterPattern='{ $.ContactId = "c0" }', startTime=1500, endTime=4000
    )
    assert [event["timestamp"] for event in found["events"]] == [2000, 4000]
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        client.filter_log_events(logGroupName="missing")


def test_service_of_our_own_is_reached_through_boto3(cloud: LocalCloud) -> None:
    cloud.provide_service("connect", Echo())
    client = cloud.client("connect", "states.amazonaws.com")
    with pytest.raises(client.exceptions.ResourceNotFoundException, match="no such contact"):
        client.stop_contact(ContactId="c1", InstanceId="i1")
    with pytest.raises(ParamValidationError):
        client.stop_contact(Contact="c1")


def test_service_that_nobody_offers_never_leaves_the_machine(cloud: LocalCloud) -> None:
    with pytest.raises(NotOfferedError, match=r"provide_service\('amplify'"):
        cloud.client("amplify").list_apps()


def test_reader_who_may_not_list_gets_403_for_a_missing_object(cloud: LocalCloud) -> None:
    cloud.client("s3").create_bucket(Bucket="recordings")
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::recordings/*"}
    cloud.policies.attach(READER, "p", {"Statement": [statement]})
    with pytest.raises(ClientError, match="AccessDenied"):
        cloud.client("s3", READER).get_object(Bucket="recordings", Key="missing")
    listing = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::recordings"}
    cloud.policies.attach(READER, "q", {"Statement": [listing]})
    with pytest.raises(ClientError, match="NoSuchKey"):
        cloud.client("s3", READER).get_object(Bucket="recordings", Key="missing")


def test_malformed_custom_event_is_refused_alone(cloud: LocalCloud) -> None:
    entries = [
        {"Source": "s", "DetailType": "d", "Detail": "{}"},
        {"Source": "s", "DetailType": "d", "Detail": "no json"},
    ]
    answer = cloud.client("events", "states.amazonaws.com").put_events(Entries=entries)
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][1]["ErrorCode"] == "MalformedDetail"
