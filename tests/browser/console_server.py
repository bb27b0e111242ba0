"""A server for the console's development and tests: the built site, and the console API over a fixture day.

Run ``python -m tests.browser.console_server [PORT]``; ``npm run dev`` in ``web/`` forwards to it.
"""

from __future__ import annotations

import base64
import json
import mimetypes
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.browser import fixture_day as day
from tests.browser import fixture_explain, fixture_flow, fixture_report
from tests.browser.figures import Row
from tests.browser.fixture_contact import describe_contact
from tests.browser.fixture_conversation import make_recording, make_transcript
from trunkline.console import access

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
STARTED = time.monotonic()
YESTERDAY = "2026-11-19"
OWN_TARGETS: dict[tuple[str, str], dict[str, Any]] = {}


class ApiError(Exception):
    """An answer that is no 200."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Caller:
    """Who asks, by the claims of the token."""

    username: str
    role: str

    @property
    def agent(self) -> str | None:
        """The agent whose data alone may be seen; None for a supervisor or manager."""
        return self.username if self.role == "agent" else None


def read_caller(authorization: str | None) -> Caller:
    """Take the claims of an unsigned token as they are."""
    if not authorization or not authorization.startswith("Bearer "):
        raise ApiError(HTTPStatus.UNAUTHORIZED, "Unauthorized")
    payload = authorization.removeprefix("Bearer ").split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return Caller(claims["username"], claims["cognito:groups"][0])


def summarise_contact(row: Row, caller: Caller) -> dict[str, Any]:
    """Give a contact as the list shows it: numbers masked for agents."""
    customer = "***" + row.customer[-4:] if caller.agent else row.customer
    summary = {
        "contact_id": row.contact_id,
        "initiated_at": day.as_text(row.initiated_at),
        "channel": "VOICE",
        "customer": customer,
        "queue": row.queue,
        "agent": row.agent,
        "outcome": row.outcome,
        "wait_seconds": row.wait_seconds,
        "talk_seconds": row.talk_seconds,
        "language": row.language,
    }
    return {key: value for key, value in summary.items() if value is not None}


@cache
def recording_of(contact_id: str) -> bytes:
    """Make the recording of an answered contact."""
    row = find_row(contact_id)
    if row.talk_seconds is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "This contact has no recording")
    return make_recording(make_transcript(row.language, row.talk_seconds), row.talk_seconds)


def find_row(contact_id: str) -> Row:
    """Find a contact of the day."""
    for row in day.ROWS:
        if row.contact_id == contact_id:
            return row
    raise ApiError(HTTPStatus.NOT_FOUND, f"No contact {contact_id}")


def answer_me(caller: Caller, _query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/me``."""
    names = {agent["username"]: agent["name"] for agent in day.CENTER["agents"]}
    return {
        "username": caller.username,
        "name": names.get(caller.username, caller.username),
        "role": caller.role,
    }


def answer_center(_caller: Caller, _query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/center``."""
    return day.CENTER


def answer_live(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/live``; agents see themselves and the queues."""
    live = day.describe_live(day.NOW + timedelta(seconds=int(time.monotonic() - STARTED)))
    if query.get("today") == "1":
        live["today"] = day.describe_metrics(day.DAY, caller.agent)["total"]
    if caller.agent is None:
        return live
    return {
        **live,
        "agents": [one for one in live["agents"] if one["username"] == caller.agent],
        "contacts": [one for one in live["contacts"] if one.get("agent") == caller.agent],
    }


def answer_contacts(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/contacts``."""
    rows = day.ROWS if query["day"] == day.DAY else []
    visible = [row for row in rows if caller.agent in {None, row.agent}]
    start, limit = int(query.get("cursor", "0")), int(query.get("limit", "50"))
    page = visible[start : start + limit]
    more = start + limit < len(visible)
    return {
        "day": query["day"],
        "contacts": [summarise_contact(row, caller) for row in page],
        "cursor": str(start + limit) if more else None,
    }


def answer_contact(caller: Caller, contact_id: str) -> dict[str, Any]:
    """Answer ``/api/contacts/{contact_id}``."""
    row = find_row(contact_id)
    if caller.agent not in {None, row.agent}:
        raise ApiError(HTTPStatus.FORBIDDEN, "Agents see their own contacts only")
    recording = recording_of(contact_id) if row.outcome == "answered" else None
    return describe_contact(row, summarise_contact(row, caller), recording)


def answer_flow(name: str, query: dict[str, list[str]]) -> dict[str, Any]:
    """Answer ``/api/flows/{name}``."""
    if name != fixture_flow.NAME:
        raise ApiError(HTTPStatus.NOT_FOUND, f"no flow {name} is deployed with the console")
    language = query["language"][0]
    return {"name": name, "language": language, "svg": fixture_flow.draw_flow(language)}


def answer_metrics(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/metrics``."""
    return day.describe_metrics(query["day"], caller.agent)


def answer_definitions(_caller: Caller, _query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/definitions``."""
    return fixture_explain.describe_definitions()


def answer_explain(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/explain``."""
    try:
        return fixture_explain.describe_figure(query, caller.username, caller.role)
    except access.ApiError as error:
        raise ApiError(HTTPStatus(error.status), str(error)) from error


def answer_reports(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/reports``."""
    if caller.agent is not None:
        raise ApiError(HTTPStatus.FORBIDDEN, "reports are shown to supervisors and managers")
    return fixture_report.describe_report(query.get("period", "day"), query.get("on", YESTERDAY), caller.role)


def answer_scorecards(caller: Caller, query: dict[str, str]) -> dict[str, Any]:
    """Answer ``/api/scorecards``; agents see their own."""
    period, on = query.get("period", "day"), query.get("on", YESTERDAY)
    return fixture_report.describe_scorecards(period, on, caller.agent, OWN_TARGETS)


def change_target(caller: Caller, method: str, names: list[str], body: dict[str, Any]) -> dict[str, Any]:
    """Answer PUT ``/api/targets/{username}`` and DELETE ``/api/targets/{username}/{figure}``."""
    if caller.agent is not None:
        raise ApiError(HTTPStatus.FORBIDDEN, "targets are set by supervisors and managers")
    if method == "DELETE":
        OWN_TARGETS.pop((names[0], names[1]), None)
        return {"target": None}
    told = {"value": body["value"], "reason": body["reason"], "set_by": caller.username, "set_at": day.as_text(day.NOW)}
    OWN_TARGETS[names[0], body["figure"]] = told
    return {"target": {**told, "username": names[0], "figure": body["figure"]}}


ROUTES: dict[str, Callable[[Caller, dict[str, str]], dict[str, Any]]] = {
    "/api/me": answer_me,
    "/api/center": answer_center,
    "/api/live": answer_live,
    "/api/contacts": answer_contacts,
    "/api/metrics": answer_metrics,
    "/api/definitions": answer_definitions,
    "/api/explain": answer_explain,
    "/api/reports": answer_reports,
    "/api/scorecards": answer_scorecards,
}


class ConsoleHandler(BaseHTTPRequestHandler):
    """Serves the API, recordings in ranges, and the site with its index for every route."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        url = urlsplit(self.path)
        try:
            if url.path == "/config.json":
                self._send_json(HTTPStatus.OK, {"auth": "chosen", "apiUrl": ""})
            elif url.path.startswith("/api/"):
                answer = self._answer(url.path, parse_qs(url.query))
                if url.path == "/api/reports" and "format=csv" in url.query:
                    table = fixture_report.describe_csv(answer).encode()
                    self._send(HTTPStatus.OK, table, {"Content-Type": "text/csv; charset=utf-8"})
                else:
                    self._send_json(HTTPStatus.OK, answer)
            elif url.path.startswith("/recordings/"):
                self._send_range(recording_of(Path(url.path).stem))
            else:
                self._send_file(url.path)
        except ApiError as error:
            self._send_json(error.status, {"message": str(error)})

    def do_PUT(self) -> None:
        """Answer a change."""
        length = int(self.headers.get("Content-Length") or 0)
        self._change(json.loads(self.rfile.read(length) or b"{}"))

    def do_DELETE(self) -> None:
        """Answer a removal."""
        self._change({})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the terminal quiet."""

    def _change(self, body: dict[str, Any]) -> None:
        path = urlsplit(self.path).path
        try:
            if not path.startswith("/api/targets/"):
                raise ApiError(HTTPStatus.NOT_FOUND, f"No route {path}")
            names = [unquote(name) for name in path.removeprefix("/api/targets/").split("/")]
            caller = read_caller(self.headers.get("Authorization"))
            self._send_json(HTTPStatus.OK, change_target(caller, self.command, names, body))
        except ApiError as error:
            self._send_json(error.status, {"message": str(error)})

    def _answer(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        caller = read_caller(self.headers.get("Authorization"))
        route = ROUTES.get(path)
        if route is not None:
            return route(caller, {key: values[0] for key, values in query.items()})
        if path.startswith("/api/flows/"):
            return answer_flow(unquote(path.removeprefix("/api/flows/")), query)
        if path.startswith("/api/contacts/"):
            return answer_contact(caller, unquote(path.removeprefix("/api/contacts/")))
        raise ApiError(HTTPStatus.NOT_FOUND, f"No route {path}")

    def _send_json(self, status: HTTPStatus, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})

    def _send_range(self, body: bytes) -> None:
        headers = {"Content-Type": "audio/wav", "Accept-Ranges": "bytes"}
        asked = self.headers.get("Range")
        if asked is None:
            self._send(HTTPStatus.OK, body, headers)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or len(body) - 1), len(body) - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{len(body)}"
        self._send(HTTPStatus.PARTIAL_CONTENT, body[start : end + 1], headers)

    def _send_file(self, path: str) -> None:
        file = (DIST / path.lstrip("/")).resolve()
        if not file.is_relative_to(DIST) or not file.is_file():
            file = DIST / "index.html"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._send(HTTPStatus.OK, file.read_bytes(), {"Content-Type": kind})

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def start_server(port: int = 0) -> ThreadingHTTPServer:
    """Serve on the loopback interface in a thread of its own; port 0 takes any free one."""
    server = ThreadingHTTPServer(("127.0.0.1", port), ConsoleHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    serving = start_server(int(sys.argv[1]) if len(sys.argv) > 1 else 8700)
    print(f"http://127.0.0.1:{serving.server_port}/")  # noqa: T201
    threading.Event().wait()
