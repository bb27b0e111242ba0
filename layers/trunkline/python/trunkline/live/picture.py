"""Everything that happens now, as one query of the live table tells it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trunkline.live.keys import PARTITION_KEY, SORT_KEY, split_sort_key

Item = Mapping[str, Any]


@dataclass(frozen=True)
class LivePicture:
    """Contacts, agents, the announcement, and when agents were last heard.

    Attributes
    ----------
    contacts, agents
        Items with their ``id``.
    announcement
        Its item; empty where there is none.
    heartbeats
        By shard of the agent event stream: user names to the second since 1970 of their newest heartbeat.
    """

    contacts: tuple[Item, ...] = ()
    agents: tuple[Item, ...] = ()
    announcement: Item = field(default_factory=dict)
    heartbeats: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def heard(self) -> dict[str, int]:
        """User names to the second of their newest heartbeat: resharding may leave an agent in two items."""
        newest: dict[str, int] = {}
        for agents in self.heartbeats.values():
            for username, at in agents.items():
                newest[username] = max(at, newest.get(username, 0))
        return newest

    def with_heartbeats(self, shard_id: str, agents: Mapping[str, int]) -> LivePicture:
        """Return the picture with the heartbeats of a shard in place of those that were known."""
        return replace(self, heartbeats={**self.heartbeats, shard_id: agents})


def compose_picture(items: Iterable[Item], now_epoch_seconds: float) -> LivePicture:
    """Sort the items of one query by their kind.

    Parameters
    ----------
    items
        Plain values, keys included.
    now_epoch_seconds
        Items that expired before this moment are left out: DynamoDB deletes them up to days later.
    """
    kinds: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        if item.get("expires_at", now_epoch_seconds + 1) > now_epoch_seconds:
            kind, item_id = split_sort_key(item[SORT_KEY])
            kinds.setdefault(kind, []).append(show_item(item, item_id))
    return LivePicture(
        tuple(kinds.get("contact", ())),
        tuple(kinds.get("agent", ())),
        next(iter(kinds.get("announcement", ())), {}),
        {each["id"]: each.get("agents", {}) for each in kinds.get("heard", ())},
    )


def show_item(item: Item, item_id: str) -> dict[str, Any]:
    """Return an item without its key, and with its id."""
    return {"id": item_id, **{name: value for name, value in item.items() if name not in {PARTITION_KEY, SORT_KEY}}}
