from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.twin.cloud.assemblies import allow, role
from tests.twin.cloud.conftest import START, Load, ref
from twin.cloud import LocalCloud
from twin.cloud.clock import VirtualClock
from twin.cloud.metrics import MetricName

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GROUP = "/the/group"
MIDNIGHT = START.replace(hour=0) + DAY


def stream_of(hours: int) -> dict[str, Any]:
    properties = {"Name": "agents", "ShardCount": 1, "RetentionPeriodHours": hours}
    return {"Type": "AWS::Kinesis::Stream", "Properties": properties}


def kinesis_bodies(cloud: LocalCloud, **since: str) -> list[bytes]:
    client = cloud.client("kinesis")
    since = since or {"ShardIteratorType": "TRIM_HORIZON"}
    iterator = client.get_shard_iterator(StreamName="agents", ShardId="shardId-000000000000", **since)
    return [record["Data"] for record in client.get_records(ShardIterator=iterator["ShardIterator"])["Records"]]


@pytest.mark.parametrize("hours", [24, 48])
def test_kinesis_forgets_records_older_than_the_retention_and_no_younger(load: Load, hours: int) -> None:
    cloud = load({"Stream": stream_of(hours)})
    client = cloud.client("kinesis")
    client.put_record(StreamName="agents", Data=b"old", PartitionKey="a")
    cloud.run_until(START + HOUR)
    young = client.put_record(StreamName="agents", Data=b"young", PartitionKey="a")["SequenceNumber"]
    cloud.run_until(START + timedelta(hours=hours))
    assert kinesis_bodies(cloud) == [b"old", b"young"]
    cloud.run_until(START + timedelta(hours=hours, minutes=59))
    client.put_record(StreamName="agents", Data=b"new", PartitionKey="a")
    cloud.run_until(START + timedelta(hours=hours + 1))
    assert kinesis_bodies(cloud) == [b"young", b"new"]
    at_young = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": young}
    assert kinesis_bodies(cloud, **at_young) == [b"new"]


def test_reader_of_a_stream_goes_on_where_it_was_when_records_before_it_are_gone(load: Load) -> None:
    cloud = load({"Stream": stream_of(24)})
    client = cloud.client("kinesis")
    client.put_record(StreamName="agents", Data=b"old", PartitionKey="a")
    shard = {"StreamName": "agents", "ShardId": "shardId-000000000000", "ShardIteratorType": "LATEST"}
    iterator = client.get_shard_iterator(**shard)["ShardIterator"]
    cloud.run_until(START + 2 * DAY)
    client.put_record(StreamName="agents", Data=b"new", PartitionKey="a")
    assert [one["Data"] for one in client.get_records(ShardIterator=iterator)["Records"]] == [b"new"]


def log_group(days: int | None) -> dict[str, Any]:
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": GROUP, "RetentionInDays": days}}


def test_log_events_are_read_from_disk_until_the_retention_of_their_group_is_over(load: Load) -> None:
    cloud = load({"Group": log_group(3)})
    for hour in range(80):
        cloud.run_until(START + hour * HOUR)
        cloud.logs.write(GROUP, "stream", [f"line {hour}"])
    kept = [f"line {hour}" for hour in range(79 - 72, 80)]
    assert cloud.logs.lines(GROUP) == kept
    assert len(cloud.logs.group(GROUP).events) <= 2
    found = cloud.client("logs").filter_log_events(
        logGroupName=GROUP,
        startTime=int((START + 20 * HOUR).timestamp() * 1000),
        endTime=int((START + 22 * HOUR).timestamp() * 1000),
    )
    assert [event["message"] for event in found["events"]] == ["line 20", "line 21", "line 22"]


def test_late_log_event_is_read_in_order_of_time(load: Load) -> None:
    cloud = load({"Group": log_group(3)})
    cloud.logs.write(GROUP, "stream", ["first"])
    cloud.run_until(START + 5 * HOUR)
    cloud.logs.write(GROUP, "stream", ["last"])
    late = {"timestamp": int((START - HOUR).timestamp() * 1000), "message": "late"}
    cloud.client("logs").put_log_events(logGroupName=GROUP, logStreamName="stream", logEvents=[late])
    assert cloud.logs.lines(GROUP) == ["late", "first", "last"]


def test_log_group_without_retention_keeps_everything(load: Load) -> None:
    cloud = load({"Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": GROUP}}})
    cloud.logs.write(GROUP, "stream", ["old"])
    cloud.run_until(START + 400 * DAY)
    assert cloud.logs.lines(GROUP) == ["old"]


def machine(kind: str) -> dict[str, Any]:
    definition = '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
    arn = {"Fn::GetAtt": ["Role", "Arn"]}
    properties = {"StateMachineType": kind, "RoleArn": arn, "DefinitionString": definition}
    return {
        "Role": role(allow("s3:ListBucket"), service="states.amazonaws.com"),
        "Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties},
    }


@pytest.mark.parametrize(("kind", "kept"), [("STANDARD", timedelta(days=90)), ("EXPRESS", timedelta(minutes=5))])
def test_executions_are_kept_as_long_as_their_kind_is(load: Load, kind: str, kept: timedelta) -> None:
    cloud = load(machine(kind))
    start = cloud.client("stepfunctions").start_execution
    start(stateMachineArn=ref(cloud, "Machine"), name="old", input="{}")
    cloud.run_until(START + kept - timedelta(minutes=1))
    start(stateMachineArn=ref(cloud, "Machine"), name="young", input="{}")
    assert [one.name for one in cloud.workflows.executions] == ["old", "young"]
    cloud.run_until(START + kept + HOUR - timedelta(minutes=kept.seconds // 60))
    expected = ["young"] if kind == "STANDARD" else []
    assert [one.name for one in cloud.workflows.executions] == expected


def expiring_table(**more: Any) -> dict[str, Any]:
    properties = {
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
        **more,
    }
    return {"Type": "AWS::DynamoDB::Table", "Properties": properties}


def put_items(cloud: LocalCloud) -> None:
    moments = {"over": MIDNIGHT - HOUR, "alive": MIDNIGHT + HOUR, "ancient": MIDNIGHT - 6 * 365 * DAY}
    for name, moment in moments.items():
        item = {"id": {"S": name}, "expires_at": {"N": str(int(moment.timestamp()))}}
        cloud.client("dynamodb").put_item(TableName=ref(cloud, "Table"), Item=item)
    cloud.client("dynamodb").put_item(TableName=ref(cloud, "Table"), Item={"id": {"S": "without"}})


def ids(cloud: LocalCloud) -> set[str]:
    return {item["id"]["S"] for item in cloud.client("dynamodb").scan(TableName=ref(cloud, "Table"))["Items"]}


def test_items_whose_time_to_live_is_over_are_deleted_and_no_others(load: Load) -> None:
    cloud = load({"Table": expiring_table()})
    put_items(cloud)
    cloud.run_until(MIDNIGHT - timedelta(minutes=1))
    assert ids(cloud) == {"over", "alive", "ancient", "without"}
    cloud.run_until(MIDNIGHT)
    assert ids(cloud) == {"alive", "ancient", "without"}


SAYING = """
def handler(event, context):
    for record in event["Records"]:
        if record["eventName"] == "REMOVE":
            print("gone", record["dynamodb"]["Keys"]["id"]["S"], record["userIdentity"]["principalId"])
"""


def test_stream_tells_that_dynamodb_itself_deleted_an_item(load: Load) -> None:
    code = {"S3Bucket": "assets", "S3Key": "code.zip"}
    function = {
        "Code": code,
        "Handler": "handler.handler",
        "Runtime": "python3.12",
        "Role": {"Fn::GetAtt": ["Role", "Arn"]},
    }
    mapping = {
        "EventSourceArn": {"Fn::GetAtt": ["Table", "StreamArn"]},
        "FunctionName": {"Ref": "Function"},
        "StartingPosition": "TRIM_HORIZON",
    }
    resources = {
        "Table": expiring_table(StreamSpecification={"StreamViewType": "NEW_AND_OLD_IMAGES"}),
        "Role": role(allow("dynamodb:*")),
        "Function": {"Type": "AWS::Lambda::Function", "Properties": function},
        "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
    }
    cloud = load(resources, code=SAYING)
    put_items(cloud)
    cloud.run_until(MIDNIGHT + timedelta(minutes=1))
    lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
    assert [line for line in lines if line.startswith("gone")] == ["gone over dynamodb.amazonaws.com"]


def test_changes_that_no_function_reads_are_dropped(load: Load) -> None:
    cloud = load({"Table": expiring_table(StreamSpecification={"StreamViewType": "NEW_IMAGE"})})
    put_items(cloud)
    cloud.run_until(MIDNIGHT)
    assert cloud.tables.take_changes(ref(cloud, "Table"))[1] == []


BUCKET = {
    "Type": "AWS::S3::Bucket",
    "Properties": {
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Status": "Enabled",
                    "ExpirationInDays": 90,
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
                    "TagFilters": [{"Key": "retention", "Value": "standard"}],
                },
                {
                    "Status": "Enabled",
                    "ExpirationInDays": 7,
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
                    "Prefix": "results/",
                },
                {"Status": "Enabled", "ExpiredObjectDeleteMarker": True},
            ]
        },
    },
}
BODY = b"x" * 10_000


def keys(cloud: LocalCloud) -> list[str]:
    listed = cloud.client("s3").list_objects_v2(Bucket=ref(cloud, "Bucket"))
    return [one["Key"] for one in listed.get("Contents", ())]


def put(cloud: LocalCloud, key: str, **more: str) -> None:
    cloud.client("s3").put_object(Bucket=ref(cloud, "Bucket"), Key=key, Body=BODY, **more)


def test_tagged_recording_expires_after_its_retention_and_its_neighbours_stay(load: Load) -> None:
    cloud = load({"Bucket": BUCKET})
    put(cloud, "old.wav", Tagging="retention=standard")
    put(cloud, "kept.wav", Tagging="retention=for-ever")
    cloud.run_until(START + HOUR)
    cloud.run_until(START + 2 * DAY)
    put(cloud, "young.wav", Tagging="retention=standard")
    cloud.run_until(START + 90 * DAY)
    assert keys(cloud) == ["kept.wav", "old.wav", "young.wav"]
    cloud.run_until(START + 91 * DAY)
    assert keys(cloud) == ["kept.wav", "young.wav"]
    with pytest.raises(ClientError, match="NoSuchKey"):
        cloud.client("s3").get_object(Bucket=ref(cloud, "Bucket"), Key="old.wav")


def test_prefix_expires_its_objects_and_then_their_versions_and_markers(load: Load) -> None:
    cloud = load({"Bucket": BUCKET})
    put(cloud, "results/a.csv")
    put(cloud, "other/a.csv")
    cloud.run_until(MIDNIGHT + 7 * DAY)
    assert keys(cloud) == ["other/a.csv"]
    assert len(list(cloud.spool.folder.iterdir())) == 2
    cloud.run_until(MIDNIGHT + 9 * DAY)
    versions = cloud.client("s3").list_object_versions(Bucket=ref(cloud, "Bucket"))
    assert [one["Key"] for one in versions["Versions"]] == ["other/a.csv"]
    assert "DeleteMarkers" not in versions
    assert len(list(cloud.spool.folder.iterdir())) == 1


def test_metric_months_count_hours_whose_values_are_gone() -> None:
    with LocalCloud(seed=1, start=START) as cloud:
        cloud.metrics.put_one(START, MetricName("Ours", "m"), 1.0)
        before = cloud.metrics.months()
        cloud.run_until(START + 15 * DAY)
        assert cloud.metrics.statistic(MetricName("Ours", "m"), START, START + DAY, "Sum") == 1.0
        cloud.run_until(START + 16 * DAY)
        assert cloud.metrics.statistic(MetricName("Ours", "m"), START, START + DAY, "Sum") is None
        assert cloud.metrics.months() == before > 0


def test_house_is_kept_each_hour_before_what_is_due_then_and_keeps_nobody_waiting() -> None:
    clock, seen = VirtualClock(START + timedelta(minutes=30)), []
    clock.keep_house(HOUR, lambda: seen.append(f"house {clock.now():%H:%M}"))
    clock.call_at(START + 2 * HOUR, lambda: seen.append("due"))
    assert clock.run_until_idle()
    assert seen == ["house 10:00", "house 11:00", "due"]
    assert clock.now() == START + 2 * HOUR


def test_what_house_keeping_schedules_runs_before_later_house_keeping() -> None:
    clock, seen = VirtualClock(START), []

    def keep() -> None:
        seen.append(f"house {clock.now():%H}")
        clock.call_later(60, lambda: seen.append(f"after {clock.now():%H:%M}"))

    clock.keep_house(HOUR, keep)
    clock.run_until(START + 2 * HOUR + timedelta(minutes=30))
    assert seen == ["house 10", "after 10:01", "house 11", "after 11:01"]
