"""Responses of the console's functions behind an HTTP API.

**Source**: Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs"
(payload format version 2.0).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from trunkline.console.access import ApiError

Event = Mapping[str, Any]


@dataclass(frozen=True)
class TextAnswer:
    """An answer that is no JSON: a file to keep."""

    text: str
    content_type: str
    file_name: str


def respond(status: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a response with a JSON body that no cache keeps."""
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json; charset=utf-8", "cache-control": "no-store"},
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    }


def respond_text(answer: TextAnswer) -> dict[str, Any]:
    """Return a response with a file that no cache keeps."""
    return {
        "statusCode": 200,
        "headers": {
            "content-type": f"{answer.content_type}; charset=utf-8",
            "content-disposition": f'attachment; filename="{answer.file_name}"',
            "cache-control": "no-store",
        },
        "body": answer.text,
    }


def refuse(error: ApiError) -> dict[str, Any]:
    """Return the response that says why not: ``{"error": code, "message": text}``."""
    return respond(error.status, {"error": error.code, "message": str(error)})


def answer_request(
    event: Event, answer: Callable[[Event], dict[str, Any]], log_exception: Callable[..., None]
) -> dict[str, Any]:
    """Answer one request; what goes wrong within is logged and told as 500 without its cause."""
    try:
        return answer(event)
    except Exception:
        log_exception("request failed", path=event.get("rawPath"))
        message = "the console could not answer; its log says why"
        return respond(500, {"error": "internal_error", "message": message})
