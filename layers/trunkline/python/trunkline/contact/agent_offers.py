"""Offers that an agent did not take, from agent events. Pure.

**Source**: Amazon Connect administrator guide, "About contact states in Amazon Connect", "Contact states in the
agent event stream": MISSED, the agent did not accept in time; REJECTED, the agent rejected the contact or the
customer abandoned it while it was connecting; ERROR, such as a customer who is lost during outbound whisper,
which is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trunkline.contact.agent_states import AgentOffer, OfferOutcome
from trunkline.contact.events import PhoneEventError
from trunkline.contact.moments import parse_moment

_OUTCOMES: Mapping[str, OfferOutcome] = {"MISSED": "missed", "REJECTED": "abandoned"}
_OFFERED = "CONNECTING"


def parse_offers(event: Mapping[str, Any]) -> list[AgentOffer]:
    """Return the offers that an event tells to be over without an answer.

    Each is told when it is over and again when the agent clears it, both times alike, so that one of two
    events may be lost. A call that was being offered and is gone without a word was abandoned; a callback that
    is gone is not, for nobody was on the line.

    Raises
    ------
    PhoneEventError
        Naming the field that is missing or wrong.
    """
    if event.get("EventType") != "STATE_CHANGE":
        return []
    before, after = _contacts(event, "PreviousAgentSnapshot"), _contacts(event, "CurrentAgentSnapshot")
    offers = []
    for contact_id, contact in {**before, **after}.items():
        state, now = before.get(contact_id, {}).get("State"), after.get(contact_id, {}).get("State")
        if state == now:
            continue
        if outcome := _OUTCOMES.get(now or state or ""):
            offers.append(_offer(event, contact_id, contact, contact.get("StateStartTimestamp"), outcome))
        elif now is None and state == _OFFERED and contact.get("InitiationMethod") != "CALLBACK":
            offers.append(_offer(event, contact_id, contact, event.get("EventTimestamp"), "abandoned"))
    return offers


def _contacts(event: Mapping[str, Any], snapshot: str) -> dict[str, Mapping[str, Any]]:
    contacts = (event.get(snapshot) or {}).get("Contacts") or []
    return {each["ContactId"]: each for each in contacts if each.get("ContactId")}


def _offer(
    event: Mapping[str, Any], contact_id: str, contact: Mapping[str, Any], at: Any, outcome: OfferOutcome
) -> AgentOffer:
    known = event.get("CurrentAgentSnapshot") or event.get("PreviousAgentSnapshot") or {}
    username = (known.get("Configuration") or {}).get("Username")
    if not username:
        raise PhoneEventError("agent event: Configuration.Username is missing or no text")
    return AgentOffer(
        username=username,
        agent_id=str(event.get("AgentARN", "")).rsplit("/", 1)[-1],
        contact_id=contact_id,
        queue=(contact.get("Queue") or {}).get("Name"),
        at=_moment(at),
        outcome=outcome,
    )


def _moment(text: Any) -> datetime:
    try:
        return parse_moment(text).replace(microsecond=0)
    except (TypeError, ValueError) as error:
        raise PhoneEventError("agent event: the state of a contact has no timestamp") from error
