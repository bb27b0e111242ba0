"""What heartbeats know better than the live picture: events that were lost. Pure.

Contact events are best effort. What they left wrong is mended by heartbeats, which tell an agent's state and
contacts every two minutes, and in the end by the contact record. Where no event was lost nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from trunkline.contact.agent_events import AgentChange
from trunkline.contact.events import ContactEvent
from trunkline.contact.heartbeats import Heartbeat, HeldContact
from trunkline.contact.moments import parse_moment
from trunkline.live.picture import LivePicture
from trunkline.live.rules import LiveUpdate, follow_agent, follow_contact, name_state

_SLACK = timedelta(seconds=5)


def find_lost_events(beats: Iterable[Heartbeat], picture: LivePicture) -> list[LiveUpdate]:
    """Return the updates that events should have made.

    Parameters
    ----------
    beats
        Heartbeats; of each agent the newest one counts.
    picture
        The live picture, read after them. It may know more: whatever is newer than a heartbeat stays.

    Returns
    -------
    list of LiveUpdate
        A login, logout or status that was lost; a contact that was connected to an agent, or left one.
    """
    newest: dict[str, Heartbeat] = {}
    for beat in beats:
        if beat.username not in newest or beat.at > newest[beat.username].at:
            newest[beat.username] = beat
    agents = {each["id"]: each for each in picture.agents}
    updates: list[LiveUpdate] = []
    for beat in newest.values():
        updates += _mend_agent(beat, agents.get(beat.username))
        updates += _mend_contacts(beat, picture.contacts)
    return updates


def _mend_agent(beat: Heartbeat, item: Mapping[str, Any] | None) -> Iterator[LiveUpdate]:
    """Yield the change of status that was lost; the end of after-contact work is no change of status."""
    if item is not None and (item["state"] == name_state(beat.status) or _is_newer(item["since"], beat.at)):
        return
    yield follow_agent(
        AgentChange(
            username=beat.username,
            agent_id=beat.agent_id,
            status=beat.status,
            since=beat.since,
            at=beat.at,
            sequence=beat.sequence,
        )
    )


def _mend_contacts(beat: Heartbeat, contacts: Iterable[Mapping[str, Any]]) -> Iterator[LiveUpdate]:
    for contact in contacts:
        if _is_newer(contact["since"], beat.at):
            continue
        held = beat.contacts.get(contact["id"])
        if held is not None and held.talking and contact["state"] in {"menu", "queued"}:
            yield from _move(contact, "CONNECTED_TO_AGENT", held.answered_at or beat.at, beat, held)
        elif held is None and contact["state"] == "connected" and contact.get("agent_id") == beat.agent_id:
            yield from _move(contact, "DISCONNECTED", beat.at, beat, None)


def _move(
    contact: Mapping[str, Any], kind: str, at: datetime, beat: Heartbeat, held: HeldContact | None
) -> Iterator[LiveUpdate]:
    """Yield what the lost event would have written; the contact is there, and none is made."""
    event = ContactEvent(
        type=kind,
        contact_id=contact["id"],
        at=at,
        channel=contact.get("channel", "VOICE"),
        initiation_method=contact.get("method", "INBOUND"),
        queue_id=contact.get("queue") or (held.queue if held else None),
        agent_id=beat.agent_id,
        enqueued_at=held.enqueued_at if held else None,
        answered_at=held.answered_at if held else None,
    )
    update = follow_contact(event, {}, now_epoch_seconds=float("inf"))
    if update is not None:
        yield update


def _is_newer(since: str, at: datetime) -> bool:
    return parse_moment(since) + _SLACK > at
