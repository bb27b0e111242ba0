"""Data: encrypted, recoverable, expiring as the file says, and outliving code."""

from typing import Any

import pytest

from .templates import Assembly, Found

STATEFUL = (
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::Kinesis::Stream",
    "AWS::Cognito::UserPool",
    "AWS::SecretsManager::Secret",
)


def tables(assembly: Assembly) -> dict[str, Found]:
    return {
        next(
            name
            for name in ("Contacts", "Metrics", "AgentStates", "Live", "Customers")
            if f"Tables{name}" in found.logical_id
        ): found
        for found in assembly.of_type("AWS::DynamoDB::Table")
    }


def buckets(assembly: Assembly) -> dict[str, Found]:
    names = ("AccessLogs", "Recordings", "Conversations", "ContactRecords", "History", "Files")
    return {
        next(name for name in names if name in found.logical_id): found for found in assembly.of_type("AWS::S3::Bucket")
    }


def rules(bucket: Found) -> dict[str, dict[str, Any]]:
    return {rule["Id"]: rule for rule in bucket.properties["LifecycleConfiguration"]["Rules"]}


def test_data_lives_in_the_data_stack_only(assembly: Assembly) -> None:
    elsewhere = [found.logical_id for found in assembly.of_type(*STATEFUL) if found.stack != "Data"]
    assert len(elsewhere) == 1, "only the console's files, which every deployment uploads again"
    assert "SiteFiles" in elsewhere[0]


def test_production_keeps_its_data_whatever_happens_to_the_stack(production: Assembly) -> None:
    kept = [*production.of_type(*STATEFUL), *production.of_type("AWS::Connect::Instance", "AWS::Connect::PhoneNumber")]
    for found in kept:
        if "SiteFiles" not in found.logical_id:
            assert found.body["DeletionPolicy"] == "Retain", found.logical_id
            assert found.body["UpdateReplacePolicy"] == "Retain", found.logical_id
    for table in production.of_type("AWS::DynamoDB::Table"):
        assert table.properties["DeletionProtectionEnabled"] is True
    (people,) = production.of_type("AWS::Cognito::UserPool")
    assert people.properties["DeletionProtection"] == "ACTIVE"


def test_development_cleans_up_after_itself(assembly: Assembly) -> None:
    assert {found.body["DeletionPolicy"] for found in assembly.of_type(*STATEFUL)} == {"Delete"}


def test_every_table_is_on_demand_recoverable_and_encrypted(assembly: Assembly) -> None:
    for found in tables(assembly).values():
        assert found.properties["BillingMode"] == "PAY_PER_REQUEST"
        assert found.properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert found.properties["SSESpecification"] == {"SSEEnabled": True}


@pytest.mark.parametrize(
    ("table", "keys", "expires"),
    [
        ("Contacts", ["contact_id", "part"], True),
        ("Metrics", ["day", "interval_key"], True),
        ("AgentStates", ["day", "state_key"], True),
        ("Live", ["picture", "item_key"], True),
        ("Customers", ["phone"], False),
    ],
)
def test_table_has_its_keys_and_expiry(assembly: Assembly, table: str, keys: list[str], expires: bool) -> None:
    properties = tables(assembly)[table].properties
    assert [key["AttributeName"] for key in properties["KeySchema"]] == keys
    assert ("TimeToLiveSpecification" in properties) is expires


def test_contacts_publish_changes_and_are_listed_by_day(assembly: Assembly) -> None:
    properties = tables(assembly)["Contacts"].properties
    assert properties["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    (index,) = properties["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "by_day"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["day", "initiated_at"]
    assert index["Projection"]["ProjectionType"] == "INCLUDE"


def test_states_of_agents_publish_what_they_were_and_are(assembly: Assembly) -> None:
    properties = tables(assembly)["AgentStates"].properties
    assert properties["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_every_bucket_is_private_versioned_encrypted_and_logged(assembly: Assembly) -> None:
    for name, found in buckets(assembly).items():
        properties = found.properties
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
        (encryption,) = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
        assert properties["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
        assert ("LoggingConfiguration" in properties) is (name != "AccessLogs")


def test_every_bucket_and_queue_is_reached_over_tls_only(assembly: Assembly) -> None:
    for kind, policy in (("AWS::S3::Bucket", "AWS::S3::BucketPolicy"), ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy")):
        policies = assembly.of_type(policy)
        assert len(policies) == len(assembly.of_type(kind))
        for found in policies:
            denied = [one for one in found.properties["PolicyDocument"]["Statement"] if one["Effect"] == "Deny"]
            assert {"Bool": {"aws:SecureTransport": "false"}} in [one["Condition"] for one in denied]


@pytest.mark.parametrize("bucket", ["Recordings", "Conversations"])
def test_tagged_objects_are_deleted_with_all_versions_when_their_retention_ends(
    assembly: Assembly, bucket: str
) -> None:
    rule = rules(buckets(assembly)[bucket])["expire-retention-standard"]
    assert rule["TagFilters"] == [{"Key": "retention", "Value": "standard"}]
    assert rule["ExpirationInDays"] == 90
    assert rule["NoncurrentVersionExpiration"]["NoncurrentDays"] == 1


def test_transcripts_that_nobody_tags_are_deleted_by_their_prefix(assembly: Assembly) -> None:
    rule = rules(buckets(assembly)["Conversations"])["expire-transcripts"]
    assert (rule["Prefix"], rule["ExpirationInDays"]) == ("transcripts/", 90)


def test_contact_records_are_kept_as_long_as_contacts(assembly: Assembly) -> None:
    assert rules(buckets(assembly)["ContactRecords"])["expire"]["ExpirationInDays"] == 730
    assert rules(buckets(assembly)["History"])["expire"]["ExpirationInDays"] == 730
    assert rules(buckets(assembly)["History"])["expire-results"]["ExpirationInDays"] == 7


def test_unfinished_uploads_are_aborted_everywhere(assembly: Assembly) -> None:
    for found in buckets(assembly).values():
        assert rules(found)["tidy"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


def test_recordings_are_announced_without_a_custom_resource(assembly: Assembly) -> None:
    announced = {name for name, found in buckets(assembly).items() if "NotificationConfiguration" in found.properties}
    assert announced == {"Recordings"}
    assert "Custom::S3BucketNotifications" not in {found.type for found in assembly.resources}


def test_every_log_group_forgets(assembly: Assembly, production: Assembly) -> None:
    assert {found.properties["RetentionInDays"] for found in assembly.of_type("AWS::Logs::LogGroup")} == {7}
    assert {found.properties["RetentionInDays"] for found in production.of_type("AWS::Logs::LogGroup")} == {90}


def test_agent_events_are_one_encrypted_provisioned_shard(assembly: Assembly) -> None:
    (stream,) = assembly.of_type("AWS::Kinesis::Stream")
    assert stream.properties["ShardCount"] == 1
    assert stream.properties["StreamModeDetails"] == {"StreamMode": "PROVISIONED"}
    assert stream.properties["StreamEncryption"]["KeyId"] == "alias/aws/kinesis"


def test_no_key_is_paid_by_the_month(assembly: Assembly) -> None:
    assert "AWS::KMS::Key" not in {found.type for found in assembly.resources}
