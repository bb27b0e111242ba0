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
import time_machine
from moto import mock_aws

from tests.workflows.functions import CENTER, PROJECT, flow_event, load_handler

Handler = Callable[[Any, Any], dict[str, str]]
UNKNOWN = {
    "known": "false",
    "customer_id": "",
    "customer_name": "",
    "language": "",
    "vip": "false",
    "open_matters": "",
    "recent_contacts": "",
    "announced": "false",
    "announcement": "",
    "announcement_id": "",
    "closed": "false",
}


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        for table, keys in (("customers", ["phone"]), ("live", ["picture", "item_key"])):
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
    item = {"picture": {"S": "now"}, "item_key": {"S": "announcement#current"}, **attributes}
    dynamodb.put_item(TableName="live", Item=item)


def test_known_caller_is_told_with_language_and_rank(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb, language={"S": "ko"}, vip={"BOOL": True})
    assert identify_caller(flow_event(), None) == {
        **UNKNOWN,
        "known": "true",
        "customer_id": "C-1",
        "customer_name": "Ann Lee",
        "language": "ko",
        "vip": "true",
    }


@pytest.mark.parametrize(
    ("kept", "told"),
    [({"N": "2"}, "2"), ({"L": [{"S": "claim 7"}]}, "1"), ({"N": "0"}, "0"), ({"S": "many"}, ""), (None, "")],
    ids=["figure", "list", "none open", "no figure", "not kept"],
)
def test_open_matters_are_those_that_the_team_keeps(
    dynamodb: Any, identify_caller: Handler, kept: dict[str, Any] | None, told: str
) -> None:
    put_customer(dynamodb, **({"open_matters": kept} if kept else {}))
    assert identify_caller(flow_event(), None)["open_matters"] == told


@time_machine.travel("2026-11-21T18:00:00Z", tick=False)
def test_recent_contacts_are_those_of_the_last_seven_days(dynamodb: Any, identify_caller: Handler) -> None:
    moments = ("2026-11-21T17:59:00Z", "2026-11-14T18:00:00Z", "2026-11-14T17:59:59Z", "2026-12-01T00:00:00Z", "soon")
    put_customer(dynamodb, recent_contacts={"L": [{"S": moment} for moment in moments]})
    assert identify_caller(flow_event(), None)["recent_contacts"] == "2"
    put_customer(dynamodb)
    assert identify_caller(flow_event(), None)["recent_contacts"] == ""


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
    put_announcement(dynamodb, text={"S": "Snow."}, announcement_id={"S": "a-1"})
    assert identify_caller(flow_event(), None) == {
        **UNKNOWN,
        "announced": "true",
        "announcement": "Snow.",
        "announcement_id": "a-1",
    }
    assert "ResourceNotFoundException" in caplog.text
    assert "+15555550101" not in caplog.text


def test_same_invocation_twice_gets_the_same_answer(dynamodb: Any, identify_caller: Handler) -> None:
    put_customer(dynamodb)
    assert identify_caller(flow_event(), None) == identify_caller(flow_event(), None)


@pytest.fixture
def check_announcement(dynamodb: Any, tmp_path: Path) -> Handler:
    return load_handler("check_announcement", tmp_path, {"LIVE_TABLE": "live"})


SNOW = {"text": {"M": {"en": {"S": "Snow."}, "ko": {"S": "눈."}}}, "announcement_id": {"S": "a-1"}}


def test_announcement_set_during_a_call_is_heard_at_its_next_step(dynamodb: Any, check_announcement: Handler) -> None:
    assert check_announcement(flow_event(language="ko", heard=""), None)["announced"] == "false"
    put_announcement(dynamodb, **SNOW)
    assert check_announcement(flow_event(language="ko", heard=""), None) == {
        "announced": "true",
        "announcement": "눈.",
        "announcement_id": "a-1",
        "closed": "false",
    }


def test_announcement_is_heard_once_and_the_next_one_again(dynamodb: Any, check_announcement: Handler) -> None:
    put_announcement(dynamodb, **SNOW)
    assert check_announcement(flow_event(language="en", heard="a-1"), None)["announced"] == "false"
    assert check_announcement(flow_event(language="en", heard="a-0"), None)["announcement"] == "Snow."


def test_emergency_closure_is_told_even_to_those_who_heard_it(dynamodb: Any, check_announcement: Handler) -> None:
    put_announcement(dynamodb, **SNOW, closed={"BOOL": True})
    answer = check_announcement(flow_event(language="en", heard="a-1"), None)
    assert (answer["announced"], answer["announcement"], answer["closed"]) == ("true", "Snow.", "true")


def test_step_without_parameters_hears_the_first_language(dynamodb: Any, check_announcement: Handler) -> None:
    put_announcement(dynamodb, **SNOW)
    assert check_announcement(flow_event(), None)["announcement"] == "Snow."


def test_board_that_cannot_be_read_keeps_the_call_going(
    caplog: pytest.LogCaptureFixture, dynamodb: Any, check_announcement: Handler
) -> None:
    dynamodb.delete_table(TableName="live")
    answer = check_announcement(flow_event(language="en"), None)
    assert (answer["announced"], answer["closed"]) == ("false", "false")
    assert "ResourceNotFoundException" in caplog.text


INPUTS = {"card": {"min_digits": 5, "max_digits": 8, "check_digit": "luhn"}, "pin": {"encrypted": True}}


@pytest.mark.parametrize(
    ("name", "digits", "answer"),
    [
        ("card", "10017#", ("true", "", "1 0 0 1 7")),
        ("card", "10018", ("false", "check_digit", "")),
        ("card", "1001", ("false", "too_short", "")),
        ("card", "100171001", ("false", "too_long", "")),
        ("card", "Timeout", ("false", "not_digits", "")),
        ("card", "１００１７", ("false", "not_digits", "")),
        ("card", "", ("false", "too_short", "")),
        ("nothing", "99000012", ("true", "", "9 9 0 0 0 0 1 2")),
        ("pin", "4821", ("false", "not_digits", "")),
    ],
)
def test_digits_are_held_against_the_rules_of_their_input(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, name: str, digits: str, answer: tuple[str, str, str]
) -> None:
    handler = load_handler("check_input", tmp_path, {}, {**CENTER, "ivr": {"inputs": INPUTS}})
    assert handler(flow_event(input=name, digits=digits), None) == dict(
        zip(("valid", "reason", "spoken"), answer, strict=True)
    )
    assert not digits or all(digits not in record.getMessage() for record in caplog.records)


def test_check_without_parameters_and_without_inputs_is_calm(tmp_path: Path) -> None:
    handler = load_handler("check_input", tmp_path, {}, {**CENTER, "ivr": {"inputs": None}})
    assert handler(flow_event(), None)["valid"] == "false"


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


IN_CALL = (
    "identify_caller",
    "check_announcement",
    "check_input",
    "answer_question",
    "route_call",
    "record_survey",
)


@pytest.mark.parametrize("function", IN_CALL)
def test_in_call_functions_start_without_pydantic_and_boto3(function: str, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.workflows.functions import load_handler\n"
        "names = {'CUSTOMERS_TABLE': 'c', 'LIVE_TABLE': 'l', 'SELF_SERVICE_ARN': 'a'}\n"
        f"load_handler({function!r}, Path({str(tmp_path)!r}), names)\n"
        "print([name for name in ('pydantic', 'boto3', 'zoneinfo', 'cryptography') if name in sys.modules])"
    )
    paths = f"{PROJECT}:{PROJECT / 'layers/trunkline/python'}"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": paths}
    )
    assert done.stdout.strip() == "[]"
