"""What an agent does now, from the agent's own state and the contacts of this moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Presence:
    """State of one agent.

    Attributes
    ----------
    username
        Key of the agent in ``callcenter.yaml``.
    state
        ``available``, ``on_contact``, ``after_contact_work``, ``offline`` or the centre's own status.
    since
        ISO moment at which that began; ``None`` for an agent of whom nothing was heard.
    contact_id, queue
        Of the contact that the agent works on.
    """

    username: str
    state: str
    since: str | None = None
    contact_id: str | None = None
    queue: str | None = None


def tell_presence(agents: Iterable[Mapping[str, Any]], contacts: Iterable[Mapping[str, Any]]) -> dict[str, Presence]:
    """Tell what each agent does.

    Parameters
    ----------
    agents
        Items of kind ``agent``: ``id`` (user name), ``agent_id``, ``state``, ``since``.
    contacts
        Items of kind ``contact``: ``id``, ``state``, ``since``, ``queue``, ``agent_id``.

    Returns
    -------
    dict
        User names to presences. An agent whose contact is connected is on contact, unless the agent
        changed state since: then the event that ended the contact was lost. An agent whose contact
        ended after the own last change is in after-contact work: the agent event that ends that work
        is still to come.
    """
    newest: dict[str, Mapping[str, Any]] = {}
    for contact in contacts:
        agent_id = contact.get("agent_id")
        if agent_id and contact["state"] in {"connected", "ended"}:
            known = newest.get(agent_id)
            if known is None or _weight(contact) > _weight(known):
                newest[agent_id] = contact
    return {each["id"]: _presence(each, newest.get(each.get("agent_id", ""))) for each in agents}


def _weight(contact: Mapping[str, Any]) -> tuple[bool, str]:
    return contact["state"] == "connected", contact["since"]


def _presence(agent: Mapping[str, Any], contact: Mapping[str, Any] | None) -> Presence:
    own = Presence(agent["id"], agent["state"], agent["since"])
    if contact is None or agent["state"] == "offline":
        return own
    if contact["state"] == "connected" and contact["since"] >= agent["since"]:
        state = "on_contact"
    elif contact["state"] == "ended" and contact["since"] > agent["since"]:
        state = "after_contact_work"
    else:
        return own
    return Presence(agent["id"], state, contact["since"], contact["id"], contact.get("queue"))
