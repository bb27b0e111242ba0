from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from tests.twin.cloud.assemblies import allow, arn_of, function, permit, role, table
from tests.twin.cloud.conftest import Load, arn, ref
from twin.cloud import LocalCloud

KEEP = """
SEEN = []
def handler(event, context):
    SEEN.append(event)
    print(__import__("json").dumps(event))
    return event.get("answer") if isinstance(event, dict) else None
"""
QUEUE: dict[str, Any] = {"Type": "AWS::SQS::Queue", "Properties": {}}


def queue_policy(queue: str, service: str) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": arn_of(queue),
    }
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [{"Ref": queue}], "PolicyDocument": {"Statement": [statement]}},
    }


def rule(target: dict[str, Any], pattern: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    properties = {"EventPattern": pattern or {"source": ["phone"]}, "Targets": [{"Id": "t", **target}], **more}
    return {"Type": "AWS::Events::Rule", "Properties": properties}


def messages(cloud: LocalCloud, queue: str) -> list[dict[str, Any]]:
    answer = cloud.client("sqs").receive_message(
        QueueUrl=ref(cloud, queue), MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    )
    return list(answer.get("Messages", ()))


def events_of(cloud: LocalCloud) -> list[dict[str, Any]]:
    lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
    return [json.loads(line) for line in lines if line.startswith("{")]


def test_rule_delivers_matching_events_to_a_function(load: Load) -> None:
    cloud = load(
        {
            "Role": role(),
            "Function": function(),
            "Rule": rule({"Arn": arn_of("Function")}),
            "Permit": permit("events.amazonaws.com", source=arn_of("Rule")),
        },
        KEEP,
    )
    cloud.emit("phone", "Rang", {"n": 1})
    cloud.emit("door", "Rang", {"n": 2})
    cloud.run_until_idle()
    assert [event["detail"] for event in events_of(cloud)] == [{"n": 1}]
    assert events_of(cloud)[0]["time"] == "2026-11-21T09:00:00Z"


def test_event_that_the_function_does_not_permit_goes_to_the_dead_letter_queue_with_its_cause(load: Load) -> None:
    cloud = load(
        {
            "Role": role(),
            "Function": function(),
            "Dead": QUEUE,
            "Policy": queue_policy("Dead", "events.amazonaws.com"),
            "Rule": rule({"Arn": arn_of("Function"), "DeadLetterConfig": {"Arn": arn_of("Dead")}}),
        },
        KEEP,
    )
    cloud.emit("phone", "Rang", {"n": 1})
    cloud.run_until_idle()
    (dead,) = messages(cloud, "Dead")
    assert json.loads(dead["Body"])["detail"] == {"n": 1}
    assert dead["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS"
    assert "not authorized" in dead["MessageAttributes"]["ERROR_MESSAGE"]["StringValue"]
    assert dead["MessageAttributes"]["TARGET_ARN"]["StringValue"] == arn(cloud, "Function")


def test_dead_letter_queue_that_does_not_let_eventbridge_send_is_reported(load: Load) -> None:
    cloud = load(
        {
            "Role": role(),
            "Function": function(),
            "Dead": QUEUE,
            "Rule": rule({"Arn": arn_of("Function"), "DeadLetterConfig": {"Arn": arn_of("Dead")}}),
        },
        KEEP,
    )
    cloud.emit("phone", "Rang", {})
    cloud.run_until_idle()
    assert messages(cloud, "Dead") == []
    assert "sqs:SendMessage" in cloud.sender.undelivered[0][2]


def test_schedule_ticks_in_virtual_time(load: Load) -> None:
    properties = {"ScheduleExpression": "rate(5 minutes)", "Targets": [{"Id": "t", "Arn": arn_of("Function")}]}
    cloud = load(
        {
            "Role": role(),
            "Function": function(),
            "Rule": {"Type": "AWS::Events::Rule", "Properties": properties},
            "Permit": permit("events.amazonaws.com"),
        },
        KEEP,
    )
    cloud.run_until(cloud.clock.now() + timedelta(minutes=16))
    assert [event["detail-type"] for event in events_of(cloud)] == ["Scheduled Event"] * 3


def test_new_object_is_told_with_awss_own_key_names(load: Load) -> None:
    bucket = {
        "Type": "AWS::S3::Bucket",
        "Properties": {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}},
    }
    cloud = load(
        {
            "Role": role(),
            "Function": function(),
            "Bucket": bucket,
            "Rule": rule({"Arn": arn_of("Function")}, {"source": ["aws.s3"], "detail-type": ["Object Created"]}),
            "Permit": permit("events.amazonaws.com"),
        },
        KEEP,
    )
    cloud.client("s3", "connect.amazonaws.com").put_object(Bucket=ref(cloud, "Bucket"), Key="a b.wav", Body=b"12345")
    cloud.run_until_idle()
    detail = events_of(cloud)[0]["detail"]
    assert detail["object"]["key"] == "a b.wav"
    assert detail["object"]["size"] == 5
    assert set(detail["object"]) >= {"etag", "sequencer"}
    assert detail["reason"] == "PutObject"


STREAM_CODE = """
def handler(event, context):
    failed = [r["dynamodb"]["SequenceNumber"] for r in event["Records"] if "poison" in r["dynamodb"]["Keys"]["id"]["S"]]
    for record in event["Records"]:
        if record["dynamodb"]["SequenceNumber"] not in failed:
            print("saw " + record["eventName"] + " " + record["dynamodb"]["Keys"]["id"]["S"])
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
"""


def test_poison_change_ends_in_the_dead_letter_queue_and_others_are_unharmed(load: Load) -> None:
    stream = {"Fn::GetAtt": ["Table", "StreamArn"]}
    reads = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
    mapping = {
        "FunctionName": arn_of("Function"),
        "EventSourceArn": stream,
        "StartingPosition": "LATEST",
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 2,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "DestinationConfig": {"OnFailure": {"Destination": arn_of("Dead")}},
        "FilterCriteria": {"Filters": [{"Pattern": '{"eventName": ["INSERT", "MODIFY"]}'}]},
    }
    cloud = load(
        {
            "Role": role(allow(reads), allow("sqs:SendMessage", arn_of("Dead"))),
            "Function": function(),
            "Table": table(stream=True),
            "Dead": QUEUE,
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
        },
        STREAM_CODE,
    )
    client = cloud.client("dynamodb")
    for name in ("a", "poison", "b"):
        client.put_item(TableName=ref(cloud, "Table"), Item={"id": {"S": name}})
    client.put_item(TableName=ref(cloud, "Table"), Item={"id": {"S": "a"}})
    client.delete_item(TableName=ref(cloud, "Table"), Key={"id": {"S": "b"}})
    cloud.run_until_idle()
    lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
    assert [line for line in lines if line.startswith("saw")][:1] == ["saw INSERT a"]
    assert "saw INSERT b" in lines
    assert not any("REMOVE" in line for line in lines)
    (dead,) = messages(cloud, "Dead")
    notice = json.loads(dead["Body"])
    assert notice["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert notice["DDBStreamBatchInfo"]["batchSize"] == 1
    assert cloud.sources.dead[0].events[0]["dynamodb"]["Keys"]["id"]["S"] == "poison"


def test_writing_the_same_item_again_is_no_change(load: Load) -> None:
    cloud = load({"Table": table(stream=True)})
    client = cloud.client("dynamodb")
    for _ in range(2):
        client.put_item(TableName=ref(cloud, "Table"), Item={"id": {"S": "a"}})
    assert len(cloud.tables.take_changes(ref(cloud, "Table"))[1]) == 1


QUEUE_CODE = """
def handler(event, context):
    failed = [{"itemIdentifier": r["messageId"]} for r in event["Records"] if r["body"] == "poison"]
    print("saw " + ",".join(r["body"] for r in event["Records"] if r["body"] != "poison"))
    return {"batchItemFailures": failed}
"""


def test_queue_keeps_only_what_failed_and_moves_it_to_its_dead_letters(load: Load) -> None:
    redrive = {"deadLetterTargetArn": arn_of("Dead"), "maxReceiveCount": 2}
    reads = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    mapping = {
        "FunctionName": arn_of("Function"),
        "EventSourceArn": arn_of("Queue"),
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    cloud = load(
        {
            "Role": role(allow(reads, arn_of("Queue"))),
            "Function": function(),
            "Dead": QUEUE,
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": redrive}},
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
        },
        QUEUE_CODE,
    )
    for body in ("a", "poison", "b"):
        cloud.client("sqs", "connect.amazonaws.com").send_message(QueueUrl=ref(cloud, "Queue"), MessageBody=body)
    cloud.run_until_idle()
    lines = cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
    assert "saw a,b" in lines
    assert [message["Body"] for message in messages(cloud, "Dead")] == ["poison"]


TRANSFORM_CODE = """
import base64
def handler(event, context):
    def one(record):
        text = base64.b64decode(record["data"]).decode()
        if text == "drop":
            return {"recordId": record["recordId"], "result": "Dropped", "data": record["data"]}
        if text == "poison":
            return {"recordId": record["recordId"], "result": "ProcessingFailed", "data": record["data"]}
        data = base64.b64encode((text.upper() + "\\n").encode()).decode()
        return {"recordId": record["recordId"], "result": "Ok", "data": data}
    return {"records": [one(record) for record in event["records"]]}
"""


def delivery_stream() -> dict[str, Any]:
    parameters = {"LambdaArn": arn_of("Function"), "BufferIntervalInSeconds": "60", "NumberOfRetries": "1"}
    destination = {
        "BucketARN": arn_of("Bucket"),
        "RoleARN": arn_of("Delivery"),
        "Prefix": "contacts/!{timestamp:yyyy/MM/dd}/",
        "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
        "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 5},
        "ProcessingConfiguration": {
            "Enabled": True,
            "Processors": [
                {
                    "Type": "Lambda",
                    "Parameters": [{"ParameterName": k, "ParameterValue": v} for k, v in parameters.items()],
                }
            ],
        },
    }
    return {
        "Role": role(),
        "Function": function(),
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}},
        "Delivery": role(allow("lambda:InvokeFunction"), allow("s3:PutObject"), service="firehose.amazonaws.com"),
        "Stream": {
            "Type": "AWS::KinesisFirehose::DeliveryStream",
            "Properties": {"ExtendedS3DestinationConfiguration": destination},
        },
    }


def objects(cloud: LocalCloud) -> dict[str, str]:
    client = cloud.client("s3")
    listed = client.list_objects_v2(Bucket=ref(cloud, "Bucket")).get("Contents", ())
    bodies = {entry["Key"]: client.get_object(Bucket=ref(cloud, "Bucket"), Key=entry["Key"]) for entry in listed}
    return {key.rsplit("/", 1)[0]: body["Body"].read().decode() for key, body in bodies.items()}


def test_firehose_transforms_delivers_and_keeps_what_failed_with_its_cause(load: Load) -> None:
    cloud = load(delivery_stream(), TRANSFORM_CODE)
    client = cloud.client("firehose", "connect.amazonaws.com")
    for text in ("one", "poison", "drop", "two"):
        client.put_record(DeliveryStreamName=ref(cloud, "Stream"), Record={"Data": text.encode()})
    cloud.run_until_idle()
    stored = objects(cloud)
    assert stored["contacts/2026/11/21"] == "ONE\nTWO\n"
    failure = json.loads(stored["failed/processing-failed"])
    assert failure["errorCode"] == "Lambda.ProcessingFailedStatus"
    assert failure["rawData"] == "cG9pc29u"
    assert cloud.usage()["firehose", "ingested bytes"] == 4 * 5120


def test_firehose_keeps_every_record_of_a_function_that_raises(load: Load) -> None:
    cloud = load(delivery_stream(), "def handler(event, context):\n    raise ValueError('broken')\n")
    client = cloud.client("firehose", "connect.amazonaws.com")
    client.put_record(DeliveryStreamName=ref(cloud, "Stream"), Record={"Data": b"x"})
    cloud.run_until_idle()
    failure = json.loads(objects(cloud)["failed/processing-failed"])
    assert (failure["errorMessage"], failure["attemptsMade"]) == ("broken", 2)


def test_agent_events_reach_the_function_in_order_through_kinesis(load: Load) -> None:
    reads = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"]
    mapping = {"FunctionName": arn_of("Function"), "EventSourceArn": arn_of("Stream"), "StartingPosition": "LATEST"}
    cloud = load(
        {
            "Role": role(allow(reads)),
            "Function": function(),
            "Stream": {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 1}},
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
        },
        "import base64\ndef handler(event, context):\n"
        "    print(b''.join(base64.b64decode(r['kinesis']['data']) for r in event['Records']).decode())\n",
    )
    client = cloud.client("kinesis", "connect.amazonaws.com")
    for text in ("a", "b", "c"):
        client.put_record(StreamName=ref(cloud, "Stream"), Data=text.encode(), PartitionKey="agent")
    cloud.run_until_idle()
    assert "abc" in cloud.logs.lines(f"/aws/lambda/{ref(cloud, 'Function')}")
