"""``route_call`` against the live table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.workflows.functions import CENTER, flow_event, load_handler

Handler = Callable[[Any, Any], dict[str, str]]


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="live",
            KeySchema=[
                {"AttributeName": "picture", "KeyType": "HASH"},
                {"AttributeName": "item_key", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("picture", "item_key")],
            BillingMode="PAY_PER_REQUEST",
        )
        yield client


@pytest.fixture
def route_call(dynamodb: Any, tmp_path: Path) -> Handler:
    return load_handler("route_call", tmp_path, {"LIVE_TABLE": "live"})


def put(dynamodb: Any, kind: str, name: str, state: str, **attributes: Any) -> None:
    since = {"S": "2026-11-17T18:00:00Z"}
    item = {
        "picture": {"S": "now"},
        "item_key": {"S": f"{kind}#{name}"},
        "state": {"S": state},
        "since": since,
        **attributes,
    }
    dynamodb.put_item(TableName="live", Item=item)


def put_contact(dynamodb: Any, name: str, state: str, queue: str, **attributes: Any) -> None:
    put(dynamodb, "contact", name, state, queue={"S": queue}, **attributes)


def put_agent(dynamodb: Any, username: str, state: str, **attributes: Any) -> None:
    put(dynamodb, "agent", username, state, agent_id={"S": f"id-{username}"}, **attributes)


def test_wait_is_estimated_from_who_waits_and_who_works(dynamodb: Any, route_call: Handler) -> None:
    put_contact(dynamodb, "c-1", "queued", "billing")
    put_contact(dynamodb, "c-2", "queued", "orders")
    put_contact(dynamodb, "c-3", "connected", "billing", agent_id={"S": "id-mina"})
    later = {"S": "2026-11-17T18:05:00Z"}
    put_contact(dynamodb, "c-4", "ended", "billing", agent_id={"S": "id-sofia"}, since=later)
    for username in ("mina", "sofia"):
        put_agent(dynamodb, username, "available")
    put_agent(dynamodb, "hana", "offline")
    assert route_call(flow_event(queue="billing", language="en", vip="false"), None) == {
        "queue": "billing",
        "priority": "5",
        "expected_wait_seconds": "180",
        "expected_wait_minutes": "3",
        "offer_callback": "false",
        "reasons": "menu choice billing; usual priority 5; 1 waiting, 2 agents on contact: about 180 s",
    }


OFFERS = {"offers": [{"after_seconds": 180, "voicemail": {"en": "Press 2."}, "key": "2"}]}
CALLBACK = {"after_seconds": 120, "callback": {"en": "Press 1."}, "voicemail": None, "key": "1"}


@pytest.mark.parametrize(
    ("treatment", "waiting", "offered"),
    [
        ({"offers": [CALLBACK, *OFFERS["offers"]]}, 1, "true"),
        ({"offers": [CALLBACK]}, 0, "false"),
        (OFFERS, 5, "false"),
        ({"offers": None}, 5, "false"),
    ],
    ids=["longer than that", "shorter than that", "only voicemail is offered", "nothing is offered"],
)
def test_callback_is_offered_to_those_who_will_wait_past_its_offer(
    dynamodb: Any, tmp_path: Path, treatment: dict[str, Any], waiting: int, offered: str
) -> None:
    center = {**CENTER, "ivr": {**CENTER["ivr"], "queue_treatment": treatment}}
    handler = load_handler("route_call", tmp_path, {"LIVE_TABLE": "live"}, center)
    for number in range(waiting):
        put_contact(dynamodb, f"c-{number}", "queued", "billing")
    for username in ("mina", "sofia"):
        put_agent(dynamodb, username, "available" if not waiting else "on_contact")
    put_contact(dynamodb, "c-talk", "connected", "billing", agent_id={"S": "id-mina"})
    put_contact(dynamodb, "c-too", "connected", "billing", agent_id={"S": "id-sofia"})
    assert handler(flow_event(queue="billing"), None)["offer_callback"] == offered


def test_only_agents_with_the_skill_of_the_queue_count(dynamodb: Any, route_call: Handler) -> None:
    put_agent(dynamodb, "mina", "available")
    put_agent(dynamodb, "walt", "available")
    assert "1 available" in route_call(flow_event(queue="orders"), None)["reasons"]


def test_items_that_expired_do_not_count(dynamodb: Any, route_call: Handler) -> None:
    past = {"N": str(int(time.time()) - 60)}
    put_contact(dynamodb, "c-1", "queued", "orders", expires_at=past)
    put_agent(dynamodb, "mina", "available", expires_at=past)
    answer = route_call(flow_event(queue="orders"), None)
    assert answer["reasons"].endswith("0 waiting, 0 agents on contact: wait unknown")
    assert answer["expected_wait_seconds"] == ""


def test_board_longer_than_a_page_is_read_to_its_end(dynamodb: Any, route_call: Handler) -> None:
    for number in range(30):
        put_contact(dynamodb, f"c-{number}", "queued", "orders", customer={"S": "x" * 60_000})
    assert "30 waiting" in route_call(flow_event(queue="orders"), None)["reasons"]


def test_vip_gets_priority_one(route_call: Handler) -> None:
    assert route_call(flow_event(queue="orders", vip="true"), None)["priority"] == "1"


def test_call_is_routed_when_the_board_cannot_be_read(
    caplog: pytest.LogCaptureFixture, dynamodb: Any, route_call: Handler
) -> None:
    dynamodb.delete_table(TableName="live")
    answer = route_call(flow_event(queue="billing", vip="true"), None)
    assert (answer["queue"], answer["priority"], answer["expected_wait_seconds"]) == ("billing", "1", "")
    assert "live board not read" in answer["reasons"]
    assert "ResourceNotFoundException" in caplog.text


def test_call_without_parameters_is_routed_too(route_call: Handler) -> None:
    assert route_call(flow_event(), None)["queue"] == "orders"


def test_agent_whom_nobody_reaches_is_not_counted_as_available(dynamodb: Any, route_call: Handler) -> None:
    put_agent(dynamodb, "mina", "available", missed={"N": "2"})
    assert "available" not in route_call(flow_event(queue="orders"), None)["reasons"]
