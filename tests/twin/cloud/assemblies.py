"""Small cloud assemblies, written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ACCOUNT = "123456789012"
REGION = "us-east-1"


def write_assembly(
    folder: Path, stacks: Mapping[str, Mapping[str, Any]], assets: Mapping[str, Path] | None = None, **needs: list[str]
) -> Path:
    """Write templates as CDK does; ``needs`` names the stacks that a stack depends on."""
    folder.mkdir(parents=True, exist_ok=True)
    artifacts: dict[str, Any] = {}
    files = {
        key: {
            "source": {"path": str(path), "packaging": "zip" if path.is_dir() else "file"},
            "destinations": {"current": {"objectKey": key, "bucketName": "assets"}},
        }
        for key, path in (assets or {}).items()
    }
    for name, resources in stacks.items():
        template = resources if "Resources" in resources else {"Resources": resources}
        (folder / f"{name}.template.json").write_text(json.dumps(template))
        (folder / f"{name}.assets.json").write_text(json.dumps({"version": "1", "files": files}))
        artifacts[f"{name}.assets"] = {"type": "cdk:asset-manifest", "properties": {"file": f"{name}.assets.json"}}
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": f"{name}.template.json", "stackName": name},
            "dependencies": [f"{name}.assets", *needs.get(name, [])],
        }
    (folder / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))
    return folder


def role(*statements: Mapping[str, Any], service: str = "lambda.amazonaws.com") -> dict[str, Any]:
    policy = {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    managed = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/" + LOGGING]]}
    properties: dict[str, Any] = {"AssumeRolePolicyDocument": trust, "ManagedPolicyArns": [managed]}
    if statements:
        properties["Policies"] = [policy]
    return {"Type": "AWS::IAM::Role", "Properties": properties}


LOGGING = "service-role/AWSLambdaBasicExecutionRole"


def allow(actions: str | list[str], resource: Any = "*") -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def arn_of(logical_id: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [logical_id, "Arn"]}


def function(role_id: str = "Role", key: str = "code.zip", **more: Any) -> dict[str, Any]:
    properties = {
        "Code": {"S3Bucket": "assets", "S3Key": key},
        "Handler": "handler.handler",
        "Runtime": "python3.13",
        "Role": arn_of(role_id),
        "Timeout": 5,
        **more,
    }
    return {"Type": "AWS::Lambda::Function", "Properties": properties}


def permit(service: str, function_id: str = "Function", source: Any = None) -> dict[str, Any]:
    properties = {"Action": "lambda:InvokeFunction", "FunctionName": arn_of(function_id), "Principal": service}
    if source is not None:
        properties["SourceArn"] = source
    return {"Type": "AWS::Lambda::Permission", "Properties": properties}


def table(stream: bool = False) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    if stream:
        properties["StreamSpecification"] = {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    return {"Type": "AWS::DynamoDB::Table", "Properties": properties}


def write_code(folder: Path, text: str, **others: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "handler.py").write_text(text)
    for name, content in others.items():
        (folder / f"{name}.py").write_text(content)
    return folder
