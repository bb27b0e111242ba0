"""Agent events of Amazon Connect as Kinesis delivers them: an agent's status before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from trunkline.contact.events import PhoneEventError
from trunkline.contact.moments import parse_moment

LOGGED_OUT = "Offline"


@dataclass(frozen=True)
class AgentStatus:
    """An agent status, by its name as configured, and when it began."""

    name: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class AgentChange:
    """A change of an agent's own state: status, login, logout, or the end of after-contact work.

    Attributes
    ----------
    status
        Name of the agent status after it, such as ``Available`` or ``Lunch``.
    since
        When that began.
    at
        When the event was made: of two events the later one is right.
    sequence
        The record's place in its stream: of two events of one moment, as a login and the first status may be,
        the one that was written later is right.
    began
        The status that began; ``None`` where only after-contact work ended.
    before
        The status that it ended, as the event tells it; ``None`` at a login, and where none began.
    """

    username: str
    agent_id: str
    status: str
    since: datetime
    at: datetime
    sequence: int = 0
    began: AgentStatus | None = None
    before: AgentStatus | None = None


def parse_agent_change(event: Mapping[str, Any], sequence: int = 0) -> AgentChange | None:
    """Read an agent event, if it changes the agent's own state.

    Parameters
    ----------
    event
        JSON object of one Kinesis record.
    sequence
        The record's sequence number.

    Returns
    -------
    AgentChange or None
        ``None`` for heart beats, changes of configuration, and contacts that begin or are put on hold:
        the contact's own events tell those.

    Raises
    ------
    PhoneEventError
        Naming the field that is missing or wrong.

    Notes
    -----
    A contact in after-contact work is listed as ``ENDED``, and is gone from the list when that is over.

    **Source**: Amazon Connect administrator guide, "Agent event streams data model" and "Determine the
    contact center agent's ACW (After Contact Work) time".
    """
    kind = _read(event, "EventType")
    if kind not in {"LOGIN", "LOGOUT", "STATE_CHANGE"}:
        return None
    before = event.get("PreviousAgentSnapshot") or {}
    after = event.get("CurrentAgentSnapshot") or {}
    at = _moment(event, "EventTimestamp")
    known = after if after.get("Configuration") else before
    username = _read(known, "Configuration", "Username")
    agent_id = _read(event, "AgentARN").rsplit("/", 1)[-1]
    change = partial(AgentChange, username=username, agent_id=agent_id, at=at, sequence=sequence)
    if kind == "LOGOUT":
        return change(status=LOGGED_OUT, since=at, began=AgentStatus(LOGGED_OUT, at), before=_known_status(before))
    status = _read(after, "AgentStatus", "Name")
    started = _moment(after, "AgentStatus", "StartTimestamp")
    if kind == "LOGIN" or _status_of(before) != _status_of(after):
        ended = None if kind == "LOGIN" else _known_status(before)
        return change(status=status, since=started, began=AgentStatus(status, started), before=ended)
    if _in_after_contact_work(before) - _contact_ids(after):
        return change(status=status, since=at)
    return None


def _known_status(snapshot: Mapping[str, Any]) -> AgentStatus | None:
    """Return the status of the snapshot before, which may be absent."""
    if not snapshot.get("AgentStatus"):
        return None
    return AgentStatus(_read(snapshot, "AgentStatus", "Name"), _moment(snapshot, "AgentStatus", "StartTimestamp"))


def _status_of(snapshot: Mapping[str, Any]) -> tuple[Any, Any]:
    status = snapshot.get("AgentStatus") or {}
    return status.get("Name"), status.get("StartTimestamp")


def _in_after_contact_work(snapshot: Mapping[str, Any]) -> set[Any]:
    contacts = snapshot.get("Contacts") or []
    return {each.get("ContactId") for each in contacts if each.get("State") == "ENDED"}


def _contact_ids(snapshot: Mapping[str, Any]) -> set[Any]:
    return {each.get("ContactId") for each in snapshot.get("Contacts") or []}


def _read(document: Mapping[str, Any], *path: str) -> str:
    value: Any = document
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(value, str) or not value:
        raise PhoneEventError(f"agent event: {'.'.join(path)} is missing or no text")
    return value


def _moment(document: Mapping[str, Any], *path: str) -> datetime:
    text = _read(document, *path)
    try:
        return parse_moment(text)
    except ValueError as error:
        raise PhoneEventError(f"agent event: {'.'.join(path)} is no timestamp") from error
