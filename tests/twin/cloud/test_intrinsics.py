from __future__ import annotations

from typing import Any

import pytest

from twin.cloud.errors import TemplateError
from twin.cloud.intrinsics import Scope, find_references
from twin.contracts import Created


def scope(**template: Any) -> Scope:
    return Scope(
        stack="Stack",
        template=template,
        pseudo={"AWS::Region": "eu-west-1", "AWS::AccountId": "123456789012"},
        parameters={"Stage": "dev"},
        exports={"Data:Table": "contacts"},
        dynamic=lambda service, reference: f"<{service} {reference}>",
        created={"Queue": Created("https://q", {"Arn": "arn:aws:sqs:::q"})},
    )


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ({"Ref": "AWS::Region"}, "eu-west-1"),
        ({"Ref": "Stage"}, "dev"),
        ({"Ref": "Queue"}, "https://q"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "arn:aws:sqs:::q"),
        ({"Fn::GetAtt": "Queue.Arn"}, "arn:aws:sqs:::q"),
        ({"Fn::Sub": "${AWS::Region}/${Queue.Arn}/${!literal}"}, "eu-west-1/arn:aws:sqs:::q/${literal}"),
        ({"Fn::Sub": ["${x}-${Stage}", {"x": {"Ref": "AWS::AccountId"}}]}, "123456789012-dev"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Stage"}, 3]]}, "a-dev-3"),
        ({"Fn::Select": [1, {"Fn::Split": ["/", "a/b/c"]}]}, "b"),
        ({"Fn::ImportValue": "Data:Table"}, "contacts"),
        ({"Fn::Base64": "hi"}, "aGk="),
        ({"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "eu-west-1a"),
        ({"Fn::FindInMap": ["Sizes", "dev", "memory"]}, 256),
        ({"Fn::If": ["IsProd", "big", "small"]}, "small"),
        ({"a": {"Ref": "AWS::NoValue"}, "b": [1, {"Ref": "AWS::NoValue"}]}, {"b": [1]}),
        ("{{resolve:secretsmanager:s1:SecretString:password}}", "<secretsmanager s1:SecretString:password>"),
    ],
)
def test_intrinsics_resolve(value: Any, resolved: Any) -> None:
    template = {
        "Mappings": {"Sizes": {"dev": {"memory": 256}}},
        "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    assert scope(**template).resolve(value) == resolved


def test_conditions_combine() -> None:
    conditions = {
        "Dev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]},
        "Both": {"Fn::And": [{"Condition": "Dev"}, {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}]},
        "Either": {"Fn::Or": [{"Fn::Equals": ["a", "b"]}, {"Condition": "Dev"}]},
    }
    assert scope(Conditions=conditions).holds("Both")
    assert scope(Conditions=conditions).holds("Either")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"Ref": "Missing"}, "Ref to Missing"),
        ({"Fn::GetAtt": ["Queue", "Size"]}, "Queue gives no attribute Size"),
        ({"Fn::ImportValue": "nowhere"}, "exports nowhere"),
        ({"Fn::Transform": {}}, "Fn::Transform"),
        ({"Fn::Select": [3, ["a"]]}, "Fn::Select 3"),
    ],
)
def test_what_cannot_be_resolved_is_named(value: Any, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        scope().resolve(value)


def test_references_are_found_wherever_they_stand() -> None:
    value = {"a": [{"Ref": "A"}], "b": {"Fn::Sub": ["${B.Arn} ${x}", {"x": {"Fn::GetAtt": ["C", "Arn"]}}]}}
    assert set(find_references(value)) == {"A", "B", "C", "x"}
