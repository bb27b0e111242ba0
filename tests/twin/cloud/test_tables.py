"""The twin's tables and moto's answer the same; where moto is laxer than AWS, the twin is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.twin.cloud.conftest import START
from twin.cloud import LocalCloud

CREATE: dict[str, Any] = {
    "TableName": "t",
    "KeySchema": [
        {"AttributeName": "contact_id", "KeyType": "HASH"},
        {"AttributeName": "part", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": kind}
        for name, kind in (("contact_id", "S"), ("part", "S"), ("day", "S"), ("at", "N"))
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by_day",
            "KeySchema": [
                {"AttributeName": "day", "KeyType": "HASH"},
                {"AttributeName": "at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["queue"]},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
KEY = {"contact_id": {"S": "c1"}, "part": {"S": "contact"}}


@pytest.fixture
def twin() -> Iterator[Any]:
    with LocalCloud(seed=1, start=START) as cloud:
        client = cloud.client("dynamodb")
        client.create_table(**CREATE)
        yield client


@pytest.fixture(params=["twin", "moto"])
def client(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "twin":
        yield request.getfixturevalue("twin")
        return
    with mock_aws():
        made = boto3.client("dynamodb", region_name="us-east-1")
        made.create_table(**CREATE)
        yield made


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "contact_id": {"S": f"c{number}"},
        "part": {"S": "contact"},
        "day": {"S": "2026-11-21"},
        "at": {"N": str(number)},
        "queue": {"S": "orders"},
        "language": {"S": "en"},
        **more,
    }


def update(client: Any, expression: str, values: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    if values:
        more["ExpressionAttributeValues"] = values
    answer = client.update_item(TableName="t", Key=KEY, UpdateExpression=expression, ReturnValues="ALL_NEW", **more)
    attributes: dict[str, Any] = answer["Attributes"]
    return {name: value for name, value in attributes.items() if name not in KEY}


def test_put_get_and_delete(client: Any) -> None:
    client.put_item(TableName="t", Item=item(1))
    assert client.get_item(TableName="t", Key=KEY)["Item"] == item(1)
    client.delete_item(TableName="t", Key=KEY)
    assert "Item" not in client.get_item(TableName="t", Key=KEY)


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([("SET a = :x", {":x": {"N": "1"}})], {"a": {"N": "1"}}),
        ([("SET a = if_not_exists(a, :x) + :x", {":x": {"N": "2"}})] * 2, {"a": {"N": "6"}}),
        ([("ADD a :x", {":x": {"N": "2"}})] * 2, {"a": {"N": "4"}}),
        ([("ADD a :x", {":x": {"SS": ["p"]}}), ("DELETE a :x", {":x": {"SS": ["p"]}})], {}),
        (
            [("SET a = :x, b = :y", {":x": {"N": "1"}, ":y": {"N": "2"}}), ("SET a = b, b = a", {})],
            {"a": {"N": "2"}, "b": {"N": "1"}},
        ),
        (
            [("SET m = :m", {":m": {"M": {"x": {"N": "1"}}}}), ("SET m.y = :y REMOVE m.x", {":y": {"S": "z"}})],
            {"m": {"M": {"y": {"S": "z"}}}},
        ),
        (
            [("SET l = list_append(if_not_exists(l, :e), :x)", {":e": {"L": []}, ":x": {"L": [{"N": "1"}]}})] * 2,
            {"l": {"L": [{"N": "1"}, {"N": "1"}]}},
        ),
        (
            [("SET l = :l", {":l": {"L": [{"S": "a"}, {"S": "b"}, {"S": "c"}]}}), ("REMOVE l[0], l[2]", {})],
            {"l": {"L": [{"S": "b"}]}},
        ),
    ],
)
def test_update_expressions(client: Any, steps: list[tuple[str, dict[str, Any]]], left: dict[str, Any]) -> None:
    result = {}
    for expression, values in steps:
        result = update(client, expression, values)
    assert result == left


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("attribute_exists(queue)", True),
        ("attribute_not_exists(queue)", False),
        ("queue = :orders", True),
        ("queue <> :orders", False),
        ("begins_with(queue, :ord)", True),
        ("contains(queue, :ord)", True),
        ("#at BETWEEN :one AND :five", True),
        ("#at > :five OR (queue = :orders AND NOT #at > :five)", True),
        ("queue IN (:ord, :orders)", True),
        ("size(queue) = :six", True),
        ("#at < :one", False),
    ],
)
def test_conditions(client: Any, condition: str, holds: bool) -> None:
    client.put_item(TableName="t", Item=item(1, at={"N": "3"}))
    values = {
        ":orders": {"S": "orders"},
        ":ord": {"S": "ord"},
        ":one": {"N": "1"},
        ":five": {"N": "5"},
        ":six": {"N": "6"},
    }
    used = {
        name: value
        for name, value in values.items()
        if f"{name})" in condition.replace(",", ")") + ")" or f"{name} " in condition + " "
    }
    request: dict[str, Any] = {"ConditionExpression": condition}
    if used:
        request["ExpressionAttributeValues"] = used
    if "#at" in condition:
        request["ExpressionAttributeNames"] = {"#at": "at"}
    if holds:
        client.delete_item(TableName="t", Key=KEY, **request)
    else:
        with pytest.raises(ClientError) as caught:
            client.delete_item(TableName="t", Key=KEY, **request)
        assert caught.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


def test_failed_condition_can_answer_the_item(client: Any) -> None:
    client.put_item(TableName="t", Item=item(1))
    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as caught:
        client.put_item(
            TableName="t",
            Item=item(1),
            ConditionExpression="attribute_not_exists(contact_id)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert caught.value.response["Item"] == item(1)


def test_index_query_pages_in_both_directions(client: Any) -> None:
    for number in range(1, 8):
        client.put_item(TableName="t", Item=item(number))
    for forward, wanted in ((True, [1, 2, 3, 4, 5, 6, 7]), (False, [7, 6, 5, 4, 3, 2, 1])):
        found: list[int] = []
        start: dict[str, Any] = {}
        while True:
            page = client.query(
                TableName="t",
                IndexName="by_day",
                KeyConditionExpression="#d = :day",
                ExpressionAttributeNames={"#d": "day"},
                ExpressionAttributeValues={":day": {"S": "2026-11-21"}},
                ScanIndexForward=forward,
                Limit=3,
                **start,
            )
            found += [int(entry["at"]["N"]) for entry in page["Items"]]
            assert all("language" not in entry for entry in page["Items"])
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        assert found == wanted


@pytest.mark.parametrize(
    ("test", "wanted"),
    [("= :x", [3]), ("> :x", [4, 5]), ("<= :x", [1, 2, 3]), ("BETWEEN :x AND :y", [3, 4])],
)
def test_range_conditions_of_a_query(client: Any, test: str, wanted: list[int]) -> None:
    for number in range(1, 6):
        client.put_item(TableName="t", Item=item(number))
    values = {":day": {"S": "2026-11-21"}, ":x": {"N": "3"}} | ({":y": {"N": "4"}} if ":y" in test else {})
    page = client.query(
        TableName="t",
        IndexName="by_day",
        KeyConditionExpression=f"#d = :day AND #a {test}",
        ExpressionAttributeNames={"#d": "day", "#a": "at"},
        ExpressionAttributeValues=values,
    )
    assert [int(entry["at"]["N"]) for entry in page["Items"]] == wanted


def test_filter_counts_what_it_scanned(client: Any) -> None:
    for number in range(4):
        client.put_item(TableName="t", Item=item(number, queue={"S": "orders" if number % 2 else "billing"}))
    page = client.scan(TableName="t", FilterExpression="queue = :q", ExpressionAttributeValues={":q": {"S": "billing"}})
    assert (page["Count"], page["ScannedCount"]) == (2, 4)


def test_transaction_is_all_or_nothing_and_tells_each_reason(client: Any) -> None:
    client.put_item(TableName="t", Item=item(2))
    writes = [
        {"Put": {"TableName": "t", "Item": item(1)}},
        {"Put": {"TableName": "t", "Item": item(2), "ConditionExpression": "attribute_not_exists(contact_id)"}},
    ]
    with pytest.raises(client.exceptions.TransactionCanceledException) as caught:
        client.transact_write_items(TransactItems=writes)
    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == [
        "None",
        "ConditionalCheckFailed",
    ]
    assert "Item" not in client.get_item(TableName="t", Key=KEY)
    client.transact_write_items(TransactItems=writes[:1])
    assert "Item" in client.get_item(TableName="t", Key=KEY)


def test_batches_read_and_write(client: Any) -> None:
    client.batch_write_item(RequestItems={"t": [{"PutRequest": {"Item": item(number)}} for number in (1, 2)]})
    keys = [{"contact_id": {"S": f"c{number}"}, "part": {"S": "contact"}} for number in (1, 2, 3)]
    found = client.batch_get_item(RequestItems={"t": {"Keys": keys}})["Responses"]["t"]
    assert sorted(entry["contact_id"]["S"] for entry in found) == ["c1", "c2"]


@pytest.mark.parametrize(
    ("operation", "request_members", "message"),
    [
        ("put_item", {"Item": {"contact_id": {"S": "c"}}}, "Missing the key part"),
        ("put_item", {"Item": item(1, at={"S": "three"})}, "Type mismatch for Index Key at"),
        ("put_item", {"Item": item(1, contact_id={"S": ""})}, "empty string"),
        ("put_item", {"Item": item(1), "ExpressionAttributeValues": {":x": {"N": "1"}}}, "unused"),
        ("get_item", {"Key": {"contact_id": {"S": "c"}}}, "does not match the schema"),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET day = :x"}, "reserved keyword"),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET q = :x"}, "not defined"),
        ("update_item", {"Key": KEY, "UpdateExpression": "REMOVE part"}, "part of the key"),
        ("update_item", {"Key": KEY, "UpdateExpression": "REMOVE m.a, m"}, "overlap"),
        ("update_item", {"Key": KEY, "UpdateExpression": "SET q == :x"}, "Syntax error"),
        ("put_item", {"Item": item(1, text={"S": "x" * 410_000})}, "maximum allowed size"),
    ],
)
def test_what_aws_refuses_is_refused(twin: Any, operation: str, request_members: dict[str, Any], message: str) -> None:
    with pytest.raises(ClientError, match=message) as caught:
        getattr(twin, operation)(TableName="t", **request_members)
    assert caught.value.response["Error"]["Code"] == "ValidationException"


def test_numbers_are_stored_without_superfluous_digits(twin: Any) -> None:
    update(twin, "SET a = :x", {":x": {"N": "1.50"}})
    assert update(twin, "ADD a :x", {":x": {"N": "1.5"}}) == {"a": {"N": "3"}}


def test_batch_larger_than_aws_allows_is_refused(twin: Any) -> None:
    with pytest.raises(ClientError, match="Too many items"):
        twin.batch_write_item(RequestItems={"t": [{"PutRequest": {"Item": item(number)}} for number in range(26)]})


def test_unknown_table_is_not_found(twin: Any) -> None:
    with pytest.raises(twin.exceptions.ResourceNotFoundException):
        twin.get_item(TableName="nope", Key=KEY)
