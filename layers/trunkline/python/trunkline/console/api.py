"""The API's routes: an HTTP API event to a page, a page or a refusal to a response.

A table of a few routes; Powertools' event handler would bring its own request, response and OpenAPI
models into every cold start for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from trunkline.console.access import ApiError, Caller, NotFoundError, read_caller
from trunkline.console.pages import Console
from trunkline.console.responses import TextAnswer, refuse, respond, respond_text

Query = Mapping[str, str]
Page = Callable[[Console, Caller, Query, str], dict[str, Any] | TextAnswer]

_ROUTES: tuple[tuple[re.Pattern[str], Page], ...] = (
    (re.compile(r"/api/me"), lambda console, caller, _query, _id: console.show_me(caller)),
    (re.compile(r"/api/center"), lambda console, _caller, _query, _id: console.show_center()),
    (
        re.compile(r"/api/live"),
        lambda console, caller, query, _id: console.show_live(caller, today=query.get("today") == "1"),
    ),
    (
        re.compile(r"/api/contacts"),
        lambda console, caller, query, _id: console.list_contacts(
            caller, day=query.get("day"), limit=query.get("limit"), cursor=query.get("cursor")
        ),
    ),
    (
        re.compile(r"/api/contacts/([^/]+)"),
        lambda console, caller, _query, contact_id: console.show_contact(caller, contact_id),
    ),
    (re.compile(r"/api/flows"), lambda console, _caller, _query, _id: console.drawings.list_flows()),
    (
        re.compile(r"/api/flows/([^/]+)"),
        lambda console, _caller, query, name: console.drawings.show_flow(unquote(name), query.get("language")),
    ),
    (
        re.compile(r"/api/metrics"),
        lambda console, caller, query, _id: console.show_day(caller, day=query.get("day")),
    ),
    (re.compile(r"/api/definitions"), lambda console, _caller, _query, _id: console.list_definitions()),
    (re.compile(r"/api/explain"), lambda console, caller, query, _id: console.explain_figure(caller, query)),
    (re.compile(r"/api/reports"), lambda console, caller, query, _id: console.show_report(caller, query)),
    (re.compile(r"/api/scorecards"), lambda console, caller, query, _id: console.show_scorecards(caller, query)),
    (
        re.compile(r"/api/bill"),
        lambda console, caller, query, _id: console.show_bill(caller, first=query.get("from"), last=query.get("to")),
    ),
)


def answer(console: Console, event: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one request.

    Parameters
    ----------
    console
        What the pages read.
    event
        HTTP API event, payload format 2.0.

    Returns
    -------
    dict
        Response of a Lambda proxy integration; a refusal is ``{"error": code, "message": text}``.

    Notes
    -----
    **Source**: Amazon API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs"
    (payload format version 2.0).
    """
    try:
        caller = read_caller(event)
        page, contact_id = _find_page(str(event.get("rawPath", "")))
        shown = page(console, caller, event.get("queryStringParameters") or {}, contact_id)
        return respond_text(shown) if isinstance(shown, TextAnswer) else respond(200, shown)
    except ApiError as error:
        return refuse(error)


def _find_page(path: str) -> tuple[Page, str]:
    for pattern, page in _ROUTES:
        match = pattern.fullmatch(path)
        if match:
            return page, match[1] if match.lastindex else ""
    raise NotFoundError(f"no page {path}")
