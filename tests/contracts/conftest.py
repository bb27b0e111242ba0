"""Tables, buckets and log groups in moto, as the stacks make them, and handlers loaded as Lambda does."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.unit.contact.samples import ROOT, center_document

NAMES = {
    "CONTACTS_TABLE": "contacts",
    "METRICS_TABLE": "metrics",
    "AGENT_STATES_TABLE": "agent_states",
    "HISTORY_AGENT_STATES_STREAM": "agent_states",
    "HISTORY_CONTACTS_STREAM": "contacts",
    "HISTORY_ANALYSES_STREAM": "analyses",
    "LIVE_TABLE": "live",
    "RECORDINGS_BUCKET": "recordings",
    "CONVERSATIONS_BUCKET": "conversations",
    "REPORTS_BUCKET": "history",
    "FLOW_LOG_GROUP": "/aws/connect/redline-parts",
}

_LOADS = count()


def _table(name: str, partition: str, sort: str, indexed: tuple[str, str] | None = None) -> dict[str, Any]:
    keys = [(partition, "HASH"), (sort, "RANGE")]
    table: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{"AttributeName": each, "KeyType": kind} for each, kind in keys],
        "AttributeDefinitions": [
            {"AttributeName": each, "AttributeType": "S"} for each in {partition, sort, *(indexed or ())}
        ],
    }
    if indexed:
        projected = ["queue", "agent", "outcome", "wait_seconds", "talk_seconds", "language", "customer"]
        table["GlobalSecondaryIndexes"] = [
            {
                "IndexName": "by_day",
                "KeySchema": [
                    {"AttributeName": indexed[0], "KeyType": "HASH"},
                    {"AttributeName": indexed[1], "KeyType": "RANGE"},
                ],
                "Projection": {
                    "ProjectionType": "INCLUDE",
                    "NonKeyAttributes": [*projected, "channel", "enqueued_at"],
                },
            }
        ]
    return table


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An account with the tables, buckets and log group of the centre."""
    for name, value in {
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        dynamodb.create_table(**_table("contacts", "contact_id", "part", ("day", "initiated_at")))
        dynamodb.create_table(**_table("metrics", "day", "interval_key"))
        dynamodb.create_table(**_table("agent_states", "day", "state_key"))
        dynamodb.create_table(**_table("live", "picture", "item_key"))
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="recordings")
        s3.create_bucket(Bucket="conversations")
        s3.create_bucket(Bucket="history")
        destination = {"RoleARN": "arn:aws:iam::123456789012:role/delivery", "BucketARN": "arn:aws:s3:::history"}
        for dataset in ("agent_states", "contacts", "analyses"):
            boto3.client("firehose").create_delivery_stream(
                DeliveryStreamName=dataset, ExtendedS3DestinationConfiguration=destination
            )
        boto3.client("logs").create_log_group(logGroupName=NAMES["FLOW_LOG_GROUP"])
        yield


@pytest.fixture
def load_handler(
    aws: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Callable[[dict[str, Any]], Any]]:
    """Return a function's handler, imported at its first call: its logger keeps the output it finds then."""
    (tmp_path / "center.json").write_text(json.dumps(center_document()), encoding="utf-8")

    def load(function: str, **environment: str) -> Callable[[dict[str, Any]], Any]:
        @cache
        def module() -> Any:
            # Loggers of one service share their output: each load gets a service of its own.
            service = {"POWERTOOLS_SERVICE_NAME": f"{function}_{next(_LOADS)}"}
            for name, value in {**NAMES, **service, **environment, "LAMBDA_TASK_ROOT": str(tmp_path)}.items():
                monkeypatch.setenv(name, value)
            folder = ROOT / "functions" / function
            monkeypatch.syspath_prepend(str(folder))
            monkeypatch.delitem(sys.modules, "environment", raising=False)
            spec = importlib.util.spec_from_file_location(f"handler_of_{function}", folder / "handler.py")
            assert spec is not None
            assert spec.loader is not None
            loaded = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(loaded)
            monkeypatch.delitem(sys.modules, "environment", raising=False)
            return loaded

        return lambda event: module().handler(event, object())

    return load
