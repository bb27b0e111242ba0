"""The protocol with CloudFormation: whatever happens, it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from trunkline.runtime.custom_resource import CustomResourceAnswer, CustomResourceRequest, answer_cloudformation


class Mailbox:
    """Takes what is put to a URL."""

    def __init__(self) -> None:
        box = self
        self.answers: list[dict[str, Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                box.path, box.content_type = self.path, self.headers["content-type"]
                box.answers.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/stack?Signature=a%2Bb"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    threading.Thread(target=box.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield box
    box.server.shutdown()
    box.server.server_close()


def event(mailbox: Mailbox, **more: Any) -> dict[str, Any]:
    return {
        "RequestType": "Create",
        "ResponseURL": mailbox.url,
        "StackId": "stack-1",
        "RequestId": "r-1",
        "LogicalResourceId": "KeyPair",
        **more,
    }


def test_what_was_made_is_told_at_the_signed_address(mailbox: Mailbox) -> None:
    def act(request: CustomResourceRequest) -> CustomResourceAnswer:
        assert (request.type, request.properties, request.physical_id) == ("Create", {"Name": "x"}, "")
        return CustomResourceAnswer("key-1", {"Certificate": "pem"})

    answer_cloudformation(event(mailbox, ResourceProperties={"Name": "x"}), act)
    assert mailbox.answers == [
        {
            "Status": "SUCCESS",
            "Reason": "done",
            "PhysicalResourceId": "key-1",
            "Data": {"Certificate": "pem"},
            "StackId": "stack-1",
            "RequestId": "r-1",
            "LogicalResourceId": "KeyPair",
        }
    ]
    assert (mailbox.path, mailbox.content_type) == ("/stack?Signature=a%2Bb", "")


@pytest.mark.parametrize(("physical_id", "told"), [("", "r-1"), ("key-1", "key-1")])
def test_failure_is_told_so_that_nobody_waits_for_an_hour(mailbox: Mailbox, physical_id: str, told: str) -> None:
    def act(_: CustomResourceRequest) -> CustomResourceAnswer:
        raise PermissionError("x" * 5000)

    answer_cloudformation(event(mailbox, PhysicalResourceId=physical_id), act)
    (answer,) = mailbox.answers
    assert (answer["Status"], answer["PhysicalResourceId"], answer["Data"]) == ("FAILED", told, {})
    assert answer["Reason"].startswith("PermissionError: xxx")
    assert len(json.dumps(answer)) < 4096
