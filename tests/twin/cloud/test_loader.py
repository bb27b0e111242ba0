from __future__ import annotations

from pathlib import Path

import pytest

from tests.twin.cloud.assemblies import allow, arn_of, function, role, table, write_assembly, write_code
from twin.cloud import AssemblyError, LocalCloud, ResourceError, TemplateError, UnknownResourceError
from twin.cloud.resources.inert import INERT


def test_missing_assembly_says_what_to_do(cloud: LocalCloud, tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="synthesise"):
        cloud.load(tmp_path)


def test_unknown_resource_type_names_type_place_and_mend(cloud: LocalCloud, tmp_path: Path) -> None:
    folder = write_assembly(tmp_path, {"Stack": {"Chatbot": {"Type": "AWS::Chatbot::Room", "Properties": {}}}})
    with pytest.raises(UnknownResourceError, match=r"Stack/Chatbot.*AWS::Chatbot::Room.*provide_resource"):
        cloud.load(folder)


def test_unknown_custom_resource_is_an_error(cloud: LocalCloud, tmp_path: Path) -> None:
    folder = write_assembly(tmp_path, {"Stack": {"C": {"Type": "Custom::Magic", "Properties": {}}}})
    with pytest.raises(UnknownResourceError, match="Custom::Magic"):
        cloud.load(folder)


def test_resource_that_cannot_be_created_is_named_with_its_cause(cloud: LocalCloud, tmp_path: Path) -> None:
    broken = {"Type": "AWS::DynamoDB::Table", "Properties": {"AttributeDefinitions": []}}
    with pytest.raises(ResourceError, match=r"Stack/Broken \(AWS::DynamoDB::Table\).*KeySchema"):
        cloud.load(write_assembly(tmp_path, {"Stack": {"Broken": broken}}))


def test_stacks_load_in_the_order_of_their_dependencies(cloud: LocalCloud, tmp_path: Path) -> None:
    data = {
        "Resources": {"Table": table()},
        "Outputs": {"Out": {"Value": {"Ref": "Table"}, "Export": {"Name": "Data:Table"}}},
    }
    secret = {
        "Type": "AWS::SSM::Parameter",
        "Properties": {"Type": "String", "Value": {"Fn::ImportValue": "Data:Table"}},
    }
    folder = write_assembly(tmp_path, {"App": {"Param": secret}, "Data": data}, App=["Data"])
    cloud.load(folder)
    assert cloud.loader.created["App", "Param"].attributes["Value"] == cloud.loader.exports["Data:Table"]


def test_resource_whose_condition_fails_does_not_exist(cloud: LocalCloud, tmp_path: Path) -> None:
    template = {
        "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
        "Resources": {"Table": {**table(), "Condition": "Never"}},
    }
    cloud.load(write_assembly(tmp_path, {"Stack": template}))
    assert cloud.client("dynamodb").list_tables()["TableNames"] == []


def test_circular_resources_are_named(cloud: LocalCloud, tmp_path: Path) -> None:
    a = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "B"}}}
    b = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "A"}}}
    with pytest.raises(TemplateError, match="A -> B -> A"):
        cloud.load(write_assembly(tmp_path, {"Stack": {"A": a, "B": b}}))


def test_function_names_the_asset_that_is_missing(cloud: LocalCloud, tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"code\.zip"):
        cloud.load(write_assembly(tmp_path, {"Stack": {"Role": role(), "Function": function()}}))


def test_event_source_that_the_role_may_not_read_is_an_error(cloud: LocalCloud, tmp_path: Path) -> None:
    stream = {"Fn::GetAtt": ["Table", "StreamArn"]}
    resources = {
        "Role": role(allow("dynamodb:GetRecords", stream)),
        "Table": table(stream=True),
        "Function": function(),
        "Mapping": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"FunctionName": arn_of("Function"), "EventSourceArn": stream},
        },
    }
    code = write_code(tmp_path / "code", "def handler(event, context): ...")
    with pytest.raises(ResourceError, match="may not dynamodb:DescribeStream"):
        cloud.load(write_assembly(tmp_path / "out", {"Stack": resources}, {"code.zip": code}))


def test_every_inert_type_has_a_reason() -> None:
    assert all(len(inert.reason) > 20 for inert in INERT.values())


def test_bucket_keeps_lifecycle_and_versioning(cloud: LocalCloud, tmp_path: Path) -> None:
    rule = {
        "Id": "r",
        "Status": "Enabled",
        "ExpirationInDays": 90,
        "TagFilters": [{"Key": "retention", "Value": "standard"}],
        "Prefix": "connect/",
    }
    bucket = {
        "Type": "AWS::S3::Bucket",
        "Properties": {
            "VersioningConfiguration": {"Status": "Enabled"},
            "LifecycleConfiguration": {"Rules": [rule]},
            "NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}},
        },
    }
    cloud.load(write_assembly(tmp_path, {"Stack": {"Bucket": bucket}}))
    name = cloud.loader.created["Stack", "Bucket"].ref
    kept = cloud.client("s3").get_bucket_lifecycle_configuration(Bucket=name)["Rules"][0]
    assert kept["Expiration"] == {"Days": 90}
    assert kept["Filter"]["And"]["Tags"] == [{"Key": "retention", "Value": "standard"}]
    assert cloud.client("s3").get_bucket_versioning(Bucket=name)["Status"] == "Enabled"
    assert name in cloud.objects.buckets


def test_second_cloud_in_the_process_is_refused(cloud: LocalCloud) -> None:
    with pytest.raises(Exception, match="close it first"):
        LocalCloud(seed=1, start=cloud.clock.now())
