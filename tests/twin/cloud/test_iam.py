from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from twin.cloud.actions import Place, find_accesses
from twin.cloud.errors import PolicyError
from twin.cloud.iam import Access, evaluate, parse_policy
from twin.cloud.policies import PolicyStore

PLACE = Place("123456789012", "us-east-1")
ROLE = "arn:aws:iam::123456789012:role/r"
TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/t"


def allowed(statements: list[dict[str, Any]], action: str, resource: str = "*", **context: str) -> bool:
    keys = {name.replace("_", ":"): value for name, value in context.items()}
    return evaluate(parse_policy("p", {"Statement": statements}), Access(action, (resource,), keys)).allowed


def test_nothing_is_allowed_without_a_statement() -> None:
    assert not allowed([], "s3:GetObject")


def test_wildcards_match_in_actions_and_resources() -> None:
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/tran?cripts/*"}
    assert allowed([statement], "s3:GetObject", "arn:aws:s3:::b/transcripts/c1.json")
    assert allowed([statement], "S3:getobject", "arn:aws:s3:::b/transcripts/c1.json")
    assert not allowed([statement], "s3:PutObject", "arn:aws:s3:::b/transcripts/c1.json")
    assert not allowed([statement], "s3:GetObject", "arn:aws:s3:::b/analyses/c1.json")


def test_explicit_deny_wins() -> None:
    statements = [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"},
    ]
    assert allowed(statements, "s3:GetObject")
    assert not allowed(statements, "s3:DeleteObject")


def test_not_action_and_not_resource_are_exceptions() -> None:
    statement = {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret/*"}
    assert allowed([statement], "s3:GetObject", "arn:aws:s3:::open/a")
    assert not allowed([statement], "iam:CreateRole", "*")
    assert not allowed([statement], "s3:GetObject", "arn:aws:s3:::secret/a")


@pytest.mark.parametrize(
    ("operator", "value", "holds"),
    [
        ("StringEquals", "red", True),
        ("StringNotEquals", "red", False),
        ("StringLike", "r*", True),
        ("StringEqualsIgnoreCase", "RED", True),
        ("ForAnyValue:StringEquals", ["blue", "red"], True),
        ("StringEqualsIfExists", "blue", False),
    ],
)
def test_condition_operators(operator: str, value: Any, holds: bool) -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:colour": value}}}
    assert allowed([statement], "s3:GetObject", aws_colour="red") is holds


def test_condition_on_an_absent_key_fails_unless_it_says_if_exists() -> None:
    def statement(operator: str) -> dict[str, Any]:
        return {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:colour": "red"}}}

    assert not allowed([statement("StringEquals")], "s3:GetObject")
    assert allowed([statement("StringEqualsIfExists")], "s3:GetObject")


def test_unknown_condition_operator_is_an_error_not_an_allowance() -> None:
    with pytest.raises(PolicyError, match="IpAddress"):
        parse_policy("p", {"Statement": [{"Effect": "Allow", "Action": "*", "Condition": {"IpAddress": {"a": "b"}}}]})


def test_calls_count_as_made_over_tls() -> None:
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    assert allowed([{"Effect": "Allow", "Action": "*", "Resource": "*"}, deny], "s3:GetObject")


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "wanted"),
    [
        ("dynamodb", "Query", {"TableName": "t", "IndexName": "by_day"}, [("dynamodb:Query", f"{TABLE}/index/by_day")]),
        (
            "dynamodb",
            "TransactWriteItems",
            {"TransactItems": [{"Put": {"TableName": "t"}}, {"ConditionCheck": {"TableName": "t"}}]},
            [("dynamodb:PutItem", TABLE), ("dynamodb:ConditionCheckItem", TABLE)],
        ),
        ("s3", "HeadObject", {"Bucket": "b", "Key": "k"}, [("s3:GetObject", "arn:aws:s3:::b/k")]),
        ("s3", "ListObjectsV2", {"Bucket": "b"}, [("s3:ListBucket", "arn:aws:s3:::b")]),
        (
            "s3",
            "PutObject",
            {"Bucket": "b", "Key": "k", "Tagging": "a=b"},
            [("s3:PutObject", "arn:aws:s3:::b/k"), ("s3:PutObjectTagging", "arn:aws:s3:::b/k")],
        ),
        (
            "sqs",
            "SendMessageBatch",
            {"QueueUrl": "https://sqs/123456789012/q"},
            [("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q")],
        ),
        ("sts", "GetCallerIdentity", {}, []),
    ],
)
def test_operations_need_the_actions_that_aws_documents(
    service: str, operation: str, parameters: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    accesses = find_accesses(PLACE, service, operation, parameters)
    assert [(access.action, access.resources[0]) for access in accesses] == wanted


def test_service_without_a_mapping_is_an_error() -> None:
    with pytest.raises(PolicyError, match="braket"):
        find_accesses(PLACE, "braket", "CreateJob", {})


def test_store_reports_what_was_denied_and_what_was_never_used() -> None:
    store = PolicyStore(lambda: datetime(2026, 1, 1, tzinfo=UTC))
    statement = {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Scan"], "Resource": TABLE}
    store.attach(ROLE, "p", {"Statement": [statement]})
    assert store.allows(ROLE, Access("dynamodb:GetItem", (TABLE,)))
    assert not store.allows(ROLE, Access("dynamodb:PutItem", (TABLE,)))
    assert [grant.action for grant in store.unused_grants()] == ["dynamodb:Scan"]
    assert "is not authorized to perform: dynamodb:PutItem" in store.denials[0].message()


def test_managed_policy_that_is_not_known_is_an_error() -> None:
    with pytest.raises(PolicyError, match="AdministratorAccess"):
        PolicyStore(lambda: datetime(2026, 1, 1, tzinfo=UTC)).attach_managed(
            ROLE, "arn:aws:iam::aws:policy/AdministratorAccess"
        )


def test_listing_can_be_allowed_for_one_prefix() -> None:
    statement = {
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::b",
        "Condition": {"StringLike": {"s3:prefix": "transcripts/*"}},
    }
    policy = parse_policy("p", {"Statement": [statement]})
    asked = [{"Bucket": "b", "Prefix": "transcripts/c1"}, {"Bucket": "b", "Prefix": "analyses/"}, {"Bucket": "b"}]
    accesses = [next(iter(find_accesses(PLACE, "s3", "ListObjectsV2", one))) for one in asked]
    assert [evaluate(policy, access).allowed for access in accesses] == [True, False, False]
