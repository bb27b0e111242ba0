"""Cost allocation: the cloud's bill can be split by centre, environment and capability."""

from __future__ import annotations

from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from .templates import Assembly, Found

SHARED_TYPES = {
    "AWS::IAM::Role",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
}
"""What may belong to several capabilities: custom resources' own functions, and the bucket of access logs."""


def is_taggable(kind: str) -> bool:
    if not kind.startswith("AWS::"):
        return False
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    tagging = schema.get("tagging", {})
    return bool(tagging.get("taggable", schema.get("taggable", False)))


def tags_of(found: Found) -> dict[str, Any]:
    for name in ("Tags", "UserPoolTags", "HostedZoneTags"):
        tags = found.properties.get(name)
        if isinstance(tags, dict):
            return tags
        if tags:
            return {tag["Key"]: tag["Value"] for tag in tags}
    return {}


def test_every_taggable_resource_tells_centre_and_capability(assembly: Assembly) -> None:
    wanted = {"trunkline:center", "trunkline:environment", "trunkline:capability"}
    taggable = [found for found in assembly.resources if is_taggable(found.type)]
    assert len(taggable) > 100
    assert [f"{found.type} {found.logical_id}" for found in taggable if not wanted <= tags_of(found).keys()] == []


def test_tags_name_the_centre_and_the_environment(assembly: Assembly, production: Assembly) -> None:
    for one, environment in ((assembly, "dev"), (production, "prod")):
        for found in one.of_type("AWS::DynamoDB::Table", "AWS::Connect::Instance", "AWS::Kinesis::Stream"):
            assert tags_of(found)["trunkline:center"] == "redline-parts"
            assert tags_of(found)["trunkline:environment"] == environment


@pytest.mark.parametrize(
    ("part_of_id", "capability"),
    [
        ("TablesContacts", "contacts"),
        ("TablesMetrics", "metrics"),
        ("BucketsRecordings", "recordings"),
        ("CallFunctionsIdentifyCaller", "ivr"),
        ("ConsoleApiServeConsole", "console"),
        ("AgentEvents", "live"),
    ],
)
def test_capability_is_the_one_that_a_resource_works_for(assembly: Assembly, part_of_id: str, capability: str) -> None:
    found = [one for one in assembly.resources if one.logical_id.startswith(part_of_id) and is_taggable(one.type)]
    assert found
    assert {tags_of(one)["trunkline:capability"] for one in found} == {capability}


def test_only_helpers_of_the_cdk_are_shared(assembly: Assembly) -> None:
    shared = {one.type for one in assembly.resources if tags_of(one).get("trunkline:capability") == "shared"}
    assert shared <= SHARED_TYPES, "name the capability of a new construct in infra/capabilities.py"
