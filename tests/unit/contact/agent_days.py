"""Agents' days as agent events tell them, and the stores that follow them, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from trunkline.contact.agent_states import AgentEntry, AgentOffer, AgentState, settle
from trunkline.contact.moments import format_precise_moment
from trunkline.live.picture import LivePicture
from trunkline.live.rules import LiveUpdate
from trunkline.runtime.items import to_item

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
AGENT_ARN = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/a1"


def at(minutes: float) -> datetime:
    """A moment so many minutes after nine."""
    return NINE + timedelta(minutes=minutes)


def status(name: str, since: datetime) -> dict[str, Any]:
    return {"Name": name, "StartTimestamp": format_precise_moment(since)}


def contact(state: str, since: datetime, contact_id: str = "c1", **more: Any) -> dict[str, Any]:
    told = {"ContactId": contact_id, "State": state, "StateStartTimestamp": format_precise_moment(since)}
    return {**told, "InitiationMethod": "INBOUND", "Queue": {"ARN": "arn:q", "Name": "orders"}, **more}


def snapshot(told: dict[str, Any], *contacts: dict[str, Any]) -> dict[str, Any]:
    return {"AgentStatus": told, "Configuration": {"Username": "mina"}, "Contacts": list(contacts)}


def event(kind: str, moment: datetime, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "AgentARN": AGENT_ARN,
        "EventType": kind,
        "EventTimestamp": format_precise_moment(moment),
        "PreviousAgentSnapshot": before,
        "CurrentAgentSnapshot": after,
    }


def login(moment: datetime) -> dict[str, Any]:
    return event("LOGIN", moment, None, snapshot(status("Offline", moment)))


def move(before: tuple[str, datetime], after: tuple[str, datetime], moment: datetime | None = None) -> dict[str, Any]:
    """A change of status, told when it happened unless another moment is given."""
    return event("STATE_CHANGE", moment or after[1], snapshot(status(*before)), snapshot(status(*after)))


def logout(before: tuple[str, datetime], moment: datetime) -> dict[str, Any]:
    return event("LOGOUT", moment, snapshot(status(*before)), snapshot(status("Offline", moment)))


def state(name: str, since: datetime, until: datetime, *, inferred: bool = False) -> AgentState:
    return AgentState(username="mina", agent_id="a1", state=name, since=since, until=until, inferred=inferred)


@dataclass
class MemoryAgentLog:
    """The agent states table in memory, and its change stream; it passes the suite that the real one passes."""

    entries: dict[str, AgentEntry] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    sequences: Iterator[int] = field(default_factory=lambda: count(1))

    def read_days(self, start: datetime, end: datetime) -> Iterator[AgentEntry]:
        yield from self.entries.values()

    def add(self, added: AgentState) -> list[AgentState]:
        changes = settle(added, [each for each in self.states() if each.username == added.username])
        for change in changes:
            self._put(change)
        return changes

    def knows(self, offer: AgentOffer) -> bool:
        return offer.state_key in self.entries

    def add_offer(self, offer: AgentOffer) -> bool:
        if self.knows(offer):
            return False
        self._put(offer)
        return True

    def states(self) -> list[AgentState]:
        found = (each for each in self.entries.values() if isinstance(each, AgentState))
        return sorted(found, key=lambda each: each.since)

    def _put(self, entry: AgentEntry) -> None:
        old = self.entries.get(entry.state_key)
        self.entries[entry.state_key] = entry
        images = {"NewImage": to_item(entry.to_values())}
        images |= {"OldImage": to_item(old.to_values())} if old else {}
        change = {"SequenceNumber": str(next(self.sequences)), **images}
        self.records.append({"eventName": "MODIFY" if old else "INSERT", "dynamodb": change})


@dataclass
class MemoryLive:
    """The agents of the live table in memory, with their heartbeats."""

    agents: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)

    def read(self, kind: str, item_id: str) -> dict[str, Any] | None:
        return self.agents.get(item_id)

    def read_picture(self, now_epoch_seconds: float) -> LivePicture:
        return LivePicture(agents=tuple(self.agents.values()), heartbeats={"shard": self.heard})

    def apply(self, update: LiveUpdate) -> bool:
        known = self.agents.get(update.id)
        if known is None and not update.creates:
            return False
        newer = update.newer_than
        if known is not None and newer in known and known[newer] >= update.values[newer]:
            return False
        self.agents[update.id] = {**(known or {"id": update.id}), **update.values}
        return True


def shift(told: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """An event whose clock is wrong: all its moments are."""

    def moved(value: Any, name: str = "") -> Any:
        if isinstance(value, Mapping):
            return {key: moved(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [moved(each) for each in value]
        if name.endswith("Timestamp") and isinstance(value, str):
            moment = datetime.fromisoformat(value) + timedelta(seconds=seconds)
            return format_precise_moment(moment)
        return value

    return moved(told)


def without_inference(states: Iterable[AgentState]) -> list[AgentState]:
    return [replace(each, inferred=False) for each in states]
