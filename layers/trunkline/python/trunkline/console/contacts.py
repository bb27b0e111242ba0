"""Contacts as the console shows them: a row of the list, and one contact with all that hangs on it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.console.access import BadRequestError, Caller, ForbiddenError, NotFoundError
from trunkline.contact.masking import mask_phone
from trunkline.runtime.log import mask_phone_numbers

_ROW = (
    "contact_id",
    "initiated_at",
    "channel",
    "customer",
    "queue",
    "agent",
    "outcome",
    "wait_seconds",
    "talk_seconds",
    "language",
)
_UNSHOWN = frozenset({"part", "expires_at", "day"})
_RECORDING = ("seconds", "bytes", "sha256", "retention", "channels", "sample_rate_hertz", "recorded_at")
_CURSOR = ("contact_id", "part", "day", "initiated_at")


def show_row(item: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    """Show one contact of the list; agents see the end of the customer's number only."""
    row = {name: item.get(name) for name in _ROW}
    if caller.own_only and row["customer"]:
        row["customer"] = mask_phone(row["customer"])
    return row


def check_access(parts: Mapping[str, Mapping[str, Any]], caller: Caller) -> None:
    """Refuse what the caller may not see.

    Raises
    ------
    NotFoundError
        If nothing is kept of the contact.
    ForbiddenError
        If an agent asks for a contact that another handled, or nobody yet.
    """
    if not parts:
        raise NotFoundError("no contact with this id is kept; it may have been deleted with its retention")
    if caller.own_only and parts.get("contact", {}).get("agent") != caller.username:
        raise ForbiddenError("agents see the contacts that they handled themselves")


def show_contact(parts: Mapping[str, Mapping[str, Any]], contact_id: str, caller: Caller) -> dict[str, Any]:
    """Show what the contact record told; agents see the end of the customer's number only."""
    item = parts.get("contact", {"contact_id": contact_id})
    shown = {name: value for name, value in item.items() if name not in _UNSHOWN}
    if caller.own_only and "customer" in shown:
        shown["customer"] = mask_phone(shown["customer"])
    return shown


def name_customer(flow_log: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return ``customer_name`` as the flow learnt it from the customers table; empty for the unknown."""
    answers = (step.get("ExternalResults") for step in flow_log)
    names = (answer.get("customer_name") for answer in answers if isinstance(answer, Mapping))
    return next(({"customer_name": str(name)} for name in names if name), {})


def attributes_set(flow_log: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the contact attributes that the flow has set so far, as the contact record will tell them."""
    attributes: dict[str, str] = {}
    for step in flow_log:
        parameters = step.get("Parameters")
        given = parameters.get("Attributes") if isinstance(parameters, Mapping) else None
        attributes |= {name: str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}
    return attributes


def show_recording(item: Mapping[str, Any] | None, url: str | None) -> dict[str, Any] | None:
    """Show a recording with the link to hear it."""
    if item is None or url is None:
        return None
    return {"url": url, **{name: item[name] for name in _RECORDING if name in item}}


def show_transcript(analysis: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Show the redacted transcript of an analysis."""
    if analysis is None:
        return None
    return {"language": analysis.get("language"), "segments": analysis.get("segments", [])}


def show_analysis(item: Mapping[str, Any] | None, analysis: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Show the measures and categories: from the analysis, and from the item while that is missing."""
    if item is None:
        return None
    merged = {**item, **(analysis or {})}
    hidden = _UNSHOWN | {"segments", "transcript_key", "analysis_key", "contact_id"}
    return {name: value for name, value in merged.items() if name not in hidden}


def mask_for(caller: Caller, document: Any) -> Any:
    """Hide telephone numbers anywhere in a document from an agent."""
    if not caller.own_only:
        return document
    return json.loads(mask_phone_numbers(json.dumps(document, ensure_ascii=False)))


def write_cursor(resume_at: Mapping[str, str] | None) -> str | None:
    """Write where a list goes on as opaque text."""
    if resume_at is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(resume_at).encode()).decode()


def read_cursor(text: str | None) -> dict[str, str] | None:
    """Read what ``write_cursor`` wrote.

    Raises
    ------
    BadRequestError
        If it is something else.
    """
    if not text:
        return None
    try:
        document = json.loads(base64.urlsafe_b64decode(text.encode()))
        return {name: str(document[name]) for name in _CURSOR}
    except (ValueError, TypeError, KeyError) as error:
        raise BadRequestError("cursor: give the cursor of the page before, unchanged") from error
