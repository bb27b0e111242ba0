"""Ringing as a customer whom the centre knows, and speaking to all callers as a supervisor."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.centre.callers import KeyPresser
from tests.centre.centre import Centre
from twin.cloud.front.exchange import Request
from twin.cloud.front.pages import Pages


def ring_as(centre: Centre, number: str, *keys: str) -> list[str]:
    """Let somebody ring and press keys; return what was said until they were put through or the line was dead."""
    caller = KeyPresser(centre, list(keys))
    caller.number = number
    call = centre.session.network.dial(caller)
    centre.run(minutes=3)
    call.hang_up()
    centre.run(minutes=1)
    return caller.heard


def announce(centre: Centre, method: str, **body: Any) -> dict[str, Any]:
    """Set or clear the announcement as a supervisor does."""
    return supervise(centre, method, "/api/announcement", **body)


def supervise(centre: Centre, method: str, path: str, **body: Any) -> dict[str, Any]:
    """Ask the console's API as a supervisor does."""
    claims = {"username": "sue", "cognito:groups": ["supervisor"]}
    token = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    request = Request(
        method,
        path,
        headers={"authorization": f"Bearer e30.{token}.", "host": "127.0.0.1"},
        body=json.dumps(body).encode() if body else b"",
    )
    answer = Pages(centre.session.cloud).answer(request)
    assert answer.status == 200, answer.body
    document: dict[str, Any] = json.loads(answer.body)
    return document
