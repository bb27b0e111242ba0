"""A contact's story: the flow's steps, the routing decision, the phone's events, the pipelines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trunkline.contact.moments import format_precise_moment, parse_moment
from trunkline.contact.wholeness import failures_of

# When two things happen in the same second they are told in this order.
_ORDER = (
    "initiated",
    "flow_step",
    "routed",
    "queued",
    "queue_step",
    "answered",
    "disconnected",
    "after_contact_work_ended",
)
_ROUTING_ATTRIBUTES = ("queue_choice", "menu_path", "expected_wait_seconds", "language")
Entry = dict[str, Any]
Ranked = tuple[str, Entry]


def tell_timeline(parts: Mapping[str, Mapping[str, Any]], flow_log: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Merge all that is known of a contact, in order of time.

    Parameters
    ----------
    parts
        Items of the contacts table, by part.
    flow_log
        Entries of the flow log, in order.

    Returns
    -------
    list of dict
        ``at`` (ISO), ``kind`` (``flow``, ``routing``, ``event`` or ``pipeline``), ``code``, ``title``
        (English; a console translates by ``code``) and ``detail``.
    """
    contact, flow_log = parts.get("contact", {}), list(flow_log)
    entries = [*_events(contact), *_routing(contact, flow_log), *_pipelines(parts)]
    ranked = [(entry["code"], entry) for entry in entries]
    told = [each for each in [*ranked, *_steps(contact, flow_log)] if each[1]["at"]]
    return [entry for _, entry in sorted(told, key=_place)]


def _place(ranked: Ranked) -> tuple[str, int, str]:
    code, entry = ranked
    rank = _ORDER.index(code) if code in _ORDER else len(_ORDER)
    return str(entry["at"])[:19], rank, str(entry["at"])


def _steps(contact: Mapping[str, Any], flow_log: Iterable[Mapping[str, Any]]) -> Iterator[Ranked]:
    """Tell flow steps; those after the transfer to the queue come after the contact was queued."""
    queued_at = str(contact.get("enqueued_at", "9999"))[:19]
    code = "flow_step"
    for logged in flow_log:
        step = _step(logged)
        yield code, step
        if step["detail"]["type"] == "Transfer" and str(step["at"])[:19] >= queued_at:
            code = "queue_step"


def _entry(at: Any, kind: str, code: str, title: str, detail: Mapping[str, Any]) -> Entry:
    present = {name: value for name, value in detail.items() if value is not None}
    return {"at": at, "kind": kind, "code": code, "title": title, "detail": present}


def _events(contact: Mapping[str, Any]) -> list[Entry]:
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


def _routing(contact: Mapping[str, Any], flow_log: Iterable[Mapping[str, Any]]) -> list[Entry]:
    attributes = contact.get("attributes", {})
    reasons = attributes.get("routing_reasons")
    if not reasons:
        return []
    at = contact.get("enqueued_at") or _decided_at(flow_log) or contact.get("initiated_at")
    detail = {"queue": contact.get("queue"), "reasons": reasons}
    detail |= {name: attributes[name] for name in _ROUTING_ATTRIBUTES if name in attributes}
    return [_entry(at, "routing", "routed", f"Routed to {contact.get('queue', 'no queue')}", detail)]


def _decided_at(flow_log: Iterable[Mapping[str, Any]]) -> str | None:
    setting = (step for step in flow_log if "routing_reasons" in str(step.get("Parameters")))
    return next((_moment(step.get("Timestamp")) for step in setting), None)


def _step(entry: Mapping[str, Any]) -> Entry:
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


def _pipelines(parts: Mapping[str, Mapping[str, Any]]) -> list[Entry]:
    recording, analysis = parts.get("recording", {}), parts.get("analysis", {})
    entries = [
        _entry(
            _kept_at(parts),
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
        entries.append(_entry(failure.get("at"), "pipeline", "failed", title, {"cause": failure.get("cause")}))
    return entries


def _kept_at(parts: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Tell when a recording was there: its name tells the minute of its begin, its object comes after the call."""
    begun: str | None = parts.get("recording", {}).get("recorded_at")
    ended: str | None = parts.get("contact", {}).get("disconnected_at")
    return max(begun, ended) if begun and ended else begun
