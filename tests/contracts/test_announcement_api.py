"""``/api/announcement`` over the live table, and what the console's live page then shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
import time_machine

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
SNOW = {"text": {"en": "Snow.", "ko": "눈."}, "closed": False, "expires_at": "2026-11-21T20:00:00Z"}


def event(method: str, path: str, role: str, body: Any = None) -> dict[str, Any]:
    claims = {"username": "sue", "cognito:groups": f"[{role}]"}
    return {
        "version": "2.0",
        "rawPath": path,
        "requestContext": {"http": {"method": method, "path": path}, "authorizer": {"jwt": {"claims": claims}}},
        **({} if body is None else {"body": body if isinstance(body, str) else json.dumps(body)}),
    }


@pytest.fixture
def send(load_handler):
    """Send a request to the announcement's API as somebody; answer status and body."""
    handle = load_handler("publish_announcement")

    def send(method, role="supervisor", body=None):
        with time_machine.travel(NOW, tick=False):
            response = handle(event(method, "/api/announcement", role, body))
        return response["statusCode"], json.loads(response["body"])

    return send


def test_supervisor_sets_sees_replaces_and_clears_an_announcement(send):
    status, body = send("PUT", body=SNOW)
    first = body["announcement"]
    assert status == 200
    assert {name: first[name] for name in SNOW} == SNOW
    assert (first["set_by"], first["set_at"]) == ("sue", "2026-11-21T18:30:00Z")
    assert send("GET", role="agent") == (200, body)
    second = send("PUT", role="manager", body={**SNOW, "closed": True})[1]["announcement"]
    assert second["closed"] is True
    assert second["announcement_id"] != first["announcement_id"]
    assert send("DELETE") == (200, {"announcement": None})
    assert send("GET") == (200, {"announcement": None})
    assert send("DELETE")[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_agents_and_strangers_change_nothing(send, method):
    send("PUT", body=SNOW)
    assert send(method, role="agent", body=SNOW)[0] == 403
    assert send(method, role="cleaner", body=SNOW)[0] == 403
    assert send("GET")[1]["announcement"]["text"] == SNOW["text"]


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        {"text": {"en": "Snow."}},
        {**SNOW, "expires_at": "2026-11-21T18:00:00Z"},
        "9" * 40_000,
        "[" * 20_000,
    ],
    ids=["nothing", "empty", "broken", "list", "null", "one language", "past", "too long", "nested"],
)
def test_what_cannot_be_announced_is_refused_and_nothing_changes(send, body):
    status, answer = send("PUT", body=body)
    assert (status, answer["error"]) == (400, "bad_request")
    assert send("GET")[1] == {"announcement": None}


def test_other_methods_are_not_there(send):
    assert send("PATCH", body=SNOW)[0] == 404


def test_table_that_cannot_be_written_is_told_without_its_cause(send):
    boto3.client("dynamodb").delete_table(TableName="live")
    status, answer = send("PUT", body=SNOW)
    assert (status, answer["error"]) == (500, "internal_error")
    assert "live" not in answer["message"]


def test_change_leaves_a_line_without_names_and_texts(send, capsys):
    send("PUT", body=SNOW)
    send("DELETE")
    lines = capsys.readouterr().out
    assert "announcement published" in lines
    assert '"role":"supervisor"' in lines
    assert "announcement cleared" in lines
    assert "sue" not in lines
    assert "Snow" not in lines


def test_live_page_shows_the_announcement_to_everybody(send, load_handler):
    console = load_handler("serve_console")
    send("PUT", body=SNOW)
    with time_machine.travel(NOW, tick=False):
        shown = json.loads(console(event("GET", "/api/live", "agent"))["body"])["announcement"]
    assert shown["text"] == SNOW["text"]
    with time_machine.travel("2026-11-21T20:00:00Z", tick=False):
        later = json.loads(console(event("GET", "/api/live", "agent"))["body"])["announcement"]
    assert later is None
