"""Contact events of Amazon Connect as EventBridge delivers them: best effort, unordered, two spellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trunkline.contact.moments import parse_moment


class PhoneEventError(ValueError):
    """An event that cannot be read; the message names the field."""


@dataclass(frozen=True, kw_only=True)
class ContactEvent:
    """What happened to a contact.

    Attributes
    ----------
    type
        ``INITIATED``, ``QUEUED``, ``CONNECTED_TO_AGENT``, ``DISCONNECTED`` or another of Connect's.
    at
        When it happened, in UTC.
    channel
        In capitals, such as ``VOICE``.
    queue_id, agent_id
        Last part of the ARN; ``None`` while there is none.
    enqueued_at, answered_at
        When the contact entered its queue, and when it was connected to its agent: later events tell them
        again, so that an event may be lost.
    """

    type: str
    contact_id: str
    at: datetime
    channel: str
    initiation_method: str
    initiated_at: datetime | None = None
    queue_id: str | None = None
    agent_id: str | None = None
    enqueued_at: datetime | None = None
    answered_at: datetime | None = None


def parse_contact_event(event: Mapping[str, Any]) -> ContactEvent:
    """Read an EventBridge event of detail type "Amazon Connect Contact Event".

    Parameters
    ----------
    event
        Whole event; the detail's keys may be PascalCase, camelCase or both.

    Returns
    -------
    ContactEvent
        Timed by the detail where it says when, else by the event.

    Raises
    ------
    PhoneEventError
        Naming the field that is missing or wrong.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Amazon Connect contact events" (data model, contact
    timestamps).
    """
    detail = _camel(event.get("detail"), "detail")
    queue = _camel(detail.get("queueInfo") or {}, "detail.queueInfo")
    agent = _camel(detail.get("agentInfo") or {}, "detail.agentInfo")
    kind = _text(detail, "eventType")
    initiated_at, enqueued_at = detail.get("initiationTimestamp"), queue.get("enqueueTimestamp")
    answered_at = agent.get("connectedToAgentTimestamp")
    told = {
        "INITIATED": initiated_at,
        "QUEUED": enqueued_at,
        "CONNECTED_TO_AGENT": answered_at,
        "DISCONNECTED": detail.get("disconnectTimestamp"),
    }.get(kind)
    return ContactEvent(
        type=kind,
        contact_id=_text(detail, "contactId"),
        at=_moment(told or event.get("time"), f"time of {kind}"),
        channel=_text(detail, "channel").upper(),
        initiation_method=_text(detail, "initiationMethod").upper(),
        initiated_at=_moment(initiated_at, "detail.initiationTimestamp") if initiated_at else None,
        queue_id=_resource_id(queue.get("queueArn")),
        agent_id=_resource_id(agent.get("agentArn")),
        enqueued_at=_moment(enqueued_at, "detail.queueInfo.enqueueTimestamp") if enqueued_at else None,
        answered_at=_moment(answered_at, "detail.agentInfo.connectedToAgentTimestamp") if answered_at else None,
    )


def _camel(document: Any, where: str) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise PhoneEventError(f"contact event: {where} is missing or no object")
    return {name[:1].lower() + name[1:]: value for name, value in document.items()}


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise PhoneEventError(f"contact event: detail.{name} is missing or no text")
    return value


def _moment(value: Any, where: str) -> datetime:
    try:
        return parse_moment(value)
    except (TypeError, ValueError) as error:
        raise PhoneEventError(f"contact event: {where} is missing or no timestamp") from error


def _resource_id(arn: Any) -> str | None:
    return arn.rsplit("/", 1)[-1] if isinstance(arn, str) and arn else None
