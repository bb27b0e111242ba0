"""The in-call functions, as a contact flow sees them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from tests.workflows.functions import PROJECT, flow_event, load_handler, load_module

Handler = Callable[[Any, Any], dict[str, str]]
UNKNOWN = {
    "known": "false",
    "customer_id": "",
    "customer_name": "",
    "language": "",
    "vip": "false",
    "announced": "false",
    "announcement": "",
}


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        for table, keys in (("customers", ["phone"]), ("live", ["kind", "id"])):
            client.create_table(
                TableName=table,
                KeySchema=[
                    {"AttributeName": key, "KeyType": kind}  # type: ignore[typeddict-item]
                    for key, kind in zip(keys, ["HASH", "RANGE"], strict=False)
                ],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
                BillingMode="PAY_PER_REQUEST",
            )
        yield client


@pytest.fixture
def identify_caller(dynamodb: Any, tmp_path: Path) -> Handler:
    return load_handler("identify_caller", tmp_path, {"CUSTOMERS_TABLE": "customers", "LIVE_TABLE": "live"})


def put_customer(dynamodb: Any, **attributes: Any) -> None:
    item = {
        "phone": {"S": "+15555550101"},
        "customer_id": {"S": "C-1"},
        "name": {"S": "Ann Lee"},
        **attributes,
    }
    dynamodb.put_item(TableName="customers", Item=item)


def put_announcement(dynamodb: Any, **attributes: Any) -> None:
    item = {"kind": {"S": "announcement"}, "id": {"S": "current"}, **attributes}
    dynamodb.put_item(TableName="live", Item=item)


def test_known_caller_is_told_with_language_and_rank(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb, language={"S": "ko"}, vip={"BOOL": True})
    assert identify_caller(flow_event(), None) == {
        "known": "true",
        "customer_id": "C-1",
        "customer_name": "Ann Lee",
        "language": "ko",
        "vip": "true",
        "announced": "false",
        "announcement": "",
    }


def test_unknown_and_withheld_numbers_are_unknown_callers(identify_caller: Handler) -> None:
    assert identify_caller(flow_event("+15555550199"), None) == UNKNOWN
    assert identify_caller(flow_event(None), None) == UNKNOWN


def test_language_that_the_centre_does_not_speak_counts_as_unknown(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb, language={"S": "fr"})
    assert identify_caller(flow_event(), None)["language"] == ""


def test_announcement_is_played_in_the_callers_language(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb, language={"S": "ko"})
    put_announcement(dynamodb, text={"M": {"en": {"S": "Snow."}, "ko": {"S": "눈."}}})
    assert identify_caller(flow_event(), None)["announcement"] == "눈."
    assert identify_caller(flow_event(None), None)["announcement"] == "Snow."


def test_announcement_that_expired_is_not_played(dynamodb: Any, identify_caller: Handler) -> None:
    put_announcement(dynamodb, text={"S": "Snow."}, expires_at={"N": str(int(time.time()) - 1)})
    assert identify_caller(flow_event(), None)["announcement"] == ""


def test_table_that_cannot_be_read_makes_the_caller_unknown_and_is_logged(
    caplog: pytest.LogCaptureFixture, dynamodb: Any, identify_caller: Handler
) -> None:
    dynamodb.delete_table(TableName="customers")
    put_announcement(dynamodb, text={"S": "Snow."})
    assert identify_caller(flow_event(), None) == {**UNKNOWN, "announced": "true", "announcement": "Snow."}
    assert "ResourceNotFoundException" in caplog.text
    assert "+15555550101" not in caplog.text


def test_same_invocation_twice_gets_the_same_answer(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb)
    assert identify_caller(flow_event(), None) == identify_caller(flow_event(), None)


class FakeStates:
    """Step Functions that answer one thing."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def start_sync_execution(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def answer_question(folder: Path, answer: dict[str, Any] | Exception) -> tuple[Handler, FakeStates]:
    module: Any = load_module("answer_question", folder, {"SELF_SERVICE_ARN": "arn:self-service"})
    states = FakeStates(answer)
    module.SELF_SERVICE = type(module.SELF_SERVICE)(states, "arn:self-service")
    return module.handler, states


def test_question_is_asked_with_all_that_the_workflow_needs(tmp_path: Path) -> None:
    handler, states = answer_question(
        tmp_path, {"status": "SUCCEEDED", "output": '{"answered": true, "text": "Open."}'}
    )
    event = flow_event(topic="opening_hours", language="en")
    assert handler(event, None) == {"answered": "true", "text": "Open."}
    (asked,) = states.asked
    assert asked["stateMachineArn"] == "arn:self-service"
    assert '"phone": "+15555550101"' in asked["input"]
    assert "Monday to Friday" in asked["input"]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "FAILED", "error": "States.Runtime", "cause": "broken"},
        {"status": "TIMED_OUT"},
        {"status": "SUCCEEDED", "output": "no JSON"},
        {"status": "SUCCEEDED", "output": "{}"},
        ReadTimeoutError(endpoint_url="https://sync-states"),
    ],
    ids=["failed", "timed out", "no JSON", "no answer", "unreachable"],
)
def test_workflow_that_does_not_answer_leaves_the_question_open(
    tmp_path: Path, answer: dict[str, Any] | Exception
) -> None:
    handler, _ = answer_question(tmp_path, answer)
    assert handler(flow_event(topic="order_status"), None) == {"answered": "false", "text": ""}


def test_unknown_topic_does_not_start_the_workflow(tmp_path: Path) -> None:
    handler, states = answer_question(tmp_path, {"status": "SUCCEEDED"})
    assert handler(flow_event(topic="weather"), None) == {"answered": "false", "text": ""}
    assert states.asked == []


@pytest.mark.parametrize(
    ("digits", "score"),
    [("1", "1"), ("5", "5"), ("5#", "5"), ("0", ""), ("6", ""), ("", ""), ("Timeout", "")],
)
def test_survey_takes_one_key_from_1_to_5(tmp_path: Path, digits: str, score: str) -> None:
    handler = load_handler("record_survey", tmp_path, {})
    assert handler(flow_event(digits=digits), None) == {
        "valid": "true" if score else "false",
        "survey_score": score,
    }


@pytest.mark.parametrize("function", ["identify_caller", "answer_question", "route_call", "record_survey"])
def test_in_call_functions_start_without_pydantic_and_boto3(function: str, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.workflows.functions import load_handler\n"
        "names = {'CUSTOMERS_TABLE': 'c', 'LIVE_TABLE': 'l', 'SELF_SERVICE_ARN': 'a'}\n"
        f"load_handler({function!r}, Path({str(tmp_path)!r}), names)\n"
        "print([name for name in ('pydantic', 'boto3') if name in sys.modules])"
    )
    paths = f"{PROJECT}:{PROJECT / 'layers/trunkline/python'}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": paths}
    )
    assert done.stdout.strip() == "[]"
