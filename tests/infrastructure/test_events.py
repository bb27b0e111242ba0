"""Events: where they come from, how often they are tried, and where they end if nothing helps."""

import json
from typing import Any

from trunkline.live.reachability import WINDOW_SECONDS

from .templates import Assembly, flatten

DAYS_14 = 1_209_600
TOLD_NIGHTLY = ("AlarmsDrift", "AlarmsStuckCalls")
"""Between two nights nothing is told of these: their alarms stay as they are."""


def rules(assembly: Assembly) -> dict[str, dict[str, Any]]:
    return {
        found.properties["EventPattern"]["source"][0]: found.properties
        for found in assembly.of_type("AWS::Events::Rule")
    }


def mapping(assembly: Assembly, source: str, function: str) -> dict[str, Any]:
    (found,) = [
        one.properties
        for one in assembly.of_type("AWS::Lambda::EventSourceMapping")
        if source in flatten(one.properties["EventSourceArn"]) and function in flatten(one.properties["FunctionName"])
    ]
    return found


def patterns(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(one["Pattern"]) for one in found["FilterCriteria"]["Filters"]]


def test_every_target_of_a_rule_retries_and_has_dead_letters(assembly: Assembly) -> None:
    for properties in rules(assembly).values():
        for target in properties["Targets"]:
            assert "DeadLetterConfig" in target
            assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0


def test_contact_events_of_other_instances_are_not_ours(assembly: Assembly) -> None:
    pattern = rules(assembly)["aws.connect"]["EventPattern"]
    assert pattern["detail-type"] == ["Amazon Connect Contact Event"]
    spellings = {tuple(choice) for choice in pattern["detail"]["$or"]}
    instances = ("instanceArn", "instanceARN", "InstanceARN")
    assert spellings == {(kind, instance) for kind in ("eventType", "EventType") for instance in instances}


def test_only_contact_events_that_move_a_contact_run_the_function(assembly: Assembly) -> None:
    for choice in rules(assembly)["aws.connect"]["EventPattern"]["detail"]["$or"]:
        kinds = choice.get("eventType") or choice["EventType"]
        assert kinds == ["INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED"]


def test_recordings_start_their_ingestion(assembly: Assembly) -> None:
    properties = rules(assembly)["aws.s3"]
    assert properties["EventPattern"]["detail"]["object"] == {"key": [{"prefix": "connect/"}]}
    assert "IngestRecording" in flatten(properties["Targets"][0]["Arn"])


def test_transcriptions_that_failed_are_processed_too(assembly: Assembly) -> None:
    properties = rules(assembly)["aws.transcribe"]
    assert properties["EventPattern"]["detail"] == {"TranscriptionJobStatus": ["COMPLETED", "FAILED"]}
    assert "ProcessTranscript" in flatten(properties["Targets"][0]["Arn"])


def test_contact_event_that_fails_in_the_function_is_kept_with_its_cause(assembly: Assembly) -> None:
    (config,) = assembly.of_type("AWS::Lambda::EventInvokeConfig")
    assert "TrackContact" in flatten(config.properties["FunctionName"])
    assert "DeadLetters" in flatten(config.properties["DestinationConfig"]["OnFailure"]["Destination"])


def test_agents_heartbeats_are_filtered_out(assembly: Assembly) -> None:
    found = mapping(assembly, "AgentEvents", "TrackAgent")
    assert patterns(found) == [{"data": {"EventType": ["LOGIN", "LOGOUT", "STATE_CHANGE"]}}]
    assert found["BisectBatchOnFunctionError"] is True
    assert found["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "OnFailure" in found["DestinationConfig"]


def test_heartbeats_are_gathered_as_long_as_the_live_picture_reckons_with(assembly: Assembly) -> None:
    found = mapping(assembly, "AgentEvents", "WatchAgents")
    assert patterns(found) == [{"data": {"EventType": ["HEART_BEAT"]}}]
    assert found["MaximumBatchingWindowInSeconds"] == WINDOW_SECONDS
    assert found["MaximumRetryAttempts"] == 2


def test_metrics_fold_changes_of_contacts_by_the_minute(assembly: Assembly) -> None:
    found = mapping(assembly, "Contacts", "AggregateMetrics")
    assert patterns(found) == [{"eventName": ["INSERT", "MODIFY"], "dynamodb": {"Keys": {"part": {"S": ["contact"]}}}}]
    assert found["TumblingWindowInSeconds"] == 60
    assert found["BisectBatchOnFunctionError"] is True
    assert found["StartingPosition"] == "TRIM_HORIZON"
    assert "OnFailure" in found["DestinationConfig"]


def test_dead_letters_are_encrypted_kept_two_weeks_and_watched(assembly: Assembly) -> None:
    queues = assembly.of_type("AWS::SQS::Queue")
    watched = {
        flatten(dimension["Value"])
        for alarm in assembly.of_type("AWS::CloudWatch::Alarm")
        for dimension in alarm.properties.get("Dimensions", [])
        if dimension["Name"] == "QueueName"
    }
    for queue in queues:
        assert queue.properties["SqsManagedSseEnabled"] is True
        assert queue.properties["MessageRetentionPeriod"] == DAYS_14
    assert len(watched) == len(queues)


def test_contact_records_pass_through_the_function_into_the_lake(assembly: Assembly) -> None:
    (stream,) = (
        one
        for one in assembly.of_type("AWS::KinesisFirehose::DeliveryStream")
        if not one.logical_id.startswith("History")
    )
    destination = stream.properties["ExtendedS3DestinationConfiguration"]
    (processor,) = destination["ProcessingConfiguration"]["Processors"]
    parameters = {one["ParameterName"]: flatten(one["ParameterValue"]) for one in processor["Parameters"]}
    assert "StoreContact" in parameters["LambdaArn"]
    assert destination["Prefix"].startswith("contacts/")
    assert destination["ErrorOutputPrefix"].startswith("failed/!{firehose:error-output-type}")


def test_every_alarm_tells_somebody_what_it_means(assembly: Assembly) -> None:
    for alarm in assembly.of_type("AWS::CloudWatch::Alarm"):
        assert alarm.properties["AlarmActions"]
        assert alarm.properties["AlarmDescription"].endswith(".")
        nightly = any(name in alarm.logical_id for name in TOLD_NIGHTLY)
        assert alarm.properties["TreatMissingData"] == ("ignore" if nightly else "notBreaching")
