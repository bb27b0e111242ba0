"""What a request of the HTTP API asks: its method and its body.

**Source**: Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs" (payload format
version 2.0).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from trunkline.console.access import BadRequestError


def read_method(event: Mapping[str, Any]) -> str:
    """Return the request's method, such as ``PUT``."""
    return str(((event.get("requestContext") or {}).get("http") or {}).get("method"))


def read_body(event: Mapping[str, Any], *, most_bytes: int) -> object:
    """Return what the request sends.

    Raises
    ------
    BadRequestError
        If it is no JSON, or longer than ``most_bytes``.
    """
    body = event.get("body") or ""
    if len(str(body).encode()) > most_bytes:
        raise BadRequestError(f"body: at most {most_bytes} bytes")
    try:
        return json.loads(body)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadRequestError("body: send JSON") from error
