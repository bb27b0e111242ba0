"""The console's API, read the way the console reads it: a request with a manager's token."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from twin.cloud import LocalCloud
from twin.cloud.front.exchange import Request
from twin.cloud.front.pages import Pages


class ConsoleApiError(Exception):
    """The API did not answer what was asked; the message tells path, status and body."""


class ConsoleApi:
    """Reads what the system measured.

    Parameters
    ----------
    cloud
        The twin whose HTTP API is asked; requests do not leave the process.
    """

    def __init__(self, cloud: LocalCloud) -> None:
        self._pages = Pages(cloud)
        claims = {"username": "trunkline", "cognito:groups": ["manager"]}
        payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        self._headers = {"host": "127.0.0.1", "authorization": f"Bearer e30.{payload}."}

    def metrics(self, on: date) -> dict[str, Any]:
        """Return the figures of a day of the centre."""
        return self._get("/api/metrics", day=on.isoformat())

    def live(self, *, today: bool = False) -> dict[str, Any]:
        """Return the live picture, with the figures of today where they are asked for."""
        return self._get("/api/live", **({"today": "1"} if today else {}))

    def contact(self, contact_id: str) -> dict[str, Any]:
        """Return one contact with all that belongs to it."""
        return self._get(f"/api/contacts/{contact_id}")

    def _get(self, path: str, **query: str) -> dict[str, Any]:
        answer = self._pages.answer(Request("GET", path, urlencode(query), self._headers))
        if answer.status != 200:
            raise ConsoleApiError(f"{path} answered {answer.status}: {answer.body.decode(errors='replace')}")
        document: dict[str, Any] = json.loads(answer.body)
        return document
