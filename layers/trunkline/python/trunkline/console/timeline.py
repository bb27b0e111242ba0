"""A contact's story: the flow's steps, the routing decision, the phone's events, the pipelines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trunkline.contact.moments import format_precise_moment, parse_moment

# When two things happen in the same second they are told in this order.
_ORDER = (
    "initiated",
    "flow_step",
    "routed",
    "queued",
    "answered",
    "disconnected",
    "after_contact_work_ended",
)
_ROUTING_ATTRIBUTES = ("queue_choice", "menu_path", "expected_wait_seconds", "language")


def tell_timeline(
    parts: Mapping[str, Mapping[str, Any]], flow_log: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Merge all that is known of a contact, in order of time.

    Parameters
    ----------
    parts
        Items of the contacts table, by part.
    flow_log
        Entries of the flow log.

    Returns
    -------
    list of dict
        ``at`` (ISO), ``kind`` (``flow``, ``routing``, ``event`` or ``pipeline``), ``code``, ``title``
        (English; a console translates by ``code``) and ``detail``.
    """
    contact = parts.get("contact", {})
    entries = [*_events(contact), *_routing(contact), *map(_step, flow_log), *_pipelines(parts)]
    told = [entry for entry in entries if entry["at"]]
    return sorted(told, key=lambda entry: (_to_the_second(entry), _rank(entry["code"]), entry["at"]))


def _to_the_second(entry: Mapping[str, Any]) -> str:
    return str(entry["at"])[:19]


def _rank(code: str) -> int:
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def _entry(at: Any, kind: str, code: str, title: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    present = {name: value for name, value in detail.items() if value is not None}
    return {"at": at, "kind": kind, "code": code, "title": title, "detail": present}


def _events(contact: Mapping[str, Any]) -> list[dict[str, Any]]:
    queue, agent = contact.get("queue"), contact.get("agent")
    return [
        _entry(
            contact.get("initiated_at"),
            "event",
            "initiated",
            "Call began",
            {"channel": contact.get("channel"), "method": contact.get("initiation_method")},
        ),
        _entry(contact.get("enqueued_at"), "event", "queued", f"Waited in queue {queue}", {"queue": queue}),
        _entry(
            contact.get("answered_at"),
            "event",
            "answered",
            f"Answered by {agent}",
            {"agent": agent, "wait_seconds": contact.get("wait_seconds")},
        ),
        _entry(
            contact.get("disconnected_at"),
            "event",
            "disconnected",
            "Call ended",
            {"reason": contact.get("disconnect_reason"), "outcome": contact.get("outcome")},
        ),
        _entry(
            contact.get("after_contact_ended_at"),
            "event",
            "after_contact_work_ended",
            f"{agent} finished after-contact work",
            {"agent": agent, "seconds": contact.get("after_contact_seconds")},
        ),
    ]


def _routing(contact: Mapping[str, Any]) -> list[dict[str, Any]]:
    attributes = contact.get("attributes", {})
    reasons = attributes.get("routing_reasons")
    if not reasons:
        return []
    at = contact.get("enqueued_at") or contact.get("initiated_at")
    detail = {"queue": contact.get("queue"), "reasons": reasons}
    detail |= {name: attributes[name] for name in _ROUTING_ATTRIBUTES if name in attributes}
    return [_entry(at, "routing", "routed", f"Routed to {contact.get('queue', 'no queue')}", detail)]


def _step(entry: Mapping[str, Any]) -> dict[str, Any]:
    module = entry.get("ContactFlowModuleType", "step")
    return _entry(
        _moment(entry.get("Timestamp")),
        "flow",
        "flow_step",
        f"{entry.get('ContactFlowName', 'Flow')}: {module}",
        {
            "flow": entry.get("ContactFlowName"),
            "type": module,
            "identifier": entry.get("Identifier"),
            "parameters": entry.get("Parameters"),
            "results": entry.get("Results"),
            "external_results": entry.get("ExternalResults"),
        },
    )


def _moment(text: Any) -> str | None:
    try:
        return format_precise_moment(parse_moment(text))
    except (TypeError, ValueError):
        return None


def _pipelines(parts: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    recording, analysis = parts.get("recording", {}), parts.get("analysis", {})
    entries = [
        _entry(
            recording.get("recorded_at"),
            "pipeline",
            "recorded",
            "Recording kept",
            {name: recording.get(name) for name in ("seconds", "bytes", "sha256", "retention")},
        ),
        _entry(
            analysis.get("analysed_at"),
            "pipeline",
            "analysed",
            "Transcript analysed",
            {name: analysis.get(name) for name in ("language", "categories", "silence_seconds")},
        ),
    ]
    for failure in failures_of(parts):
        title = f"Failed: {failure.get('stage', 'pipeline')}"
        entries.append(
            _entry(failure.get("at"), "pipeline", "failed", title, {"cause": failure.get("cause")})
        )
    return entries


def failures_of(parts: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what could not be done for a contact: ``stage``, ``cause``, ``at``."""
    return [
        {name: item[name] for name in ("stage", "cause", "at") if name in item}
        for part, item in sorted(parts.items())
        if part.startswith("failure")
    ]
