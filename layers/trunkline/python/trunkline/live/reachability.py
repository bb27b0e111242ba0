"""Who is heard of, and who is not: agents that Amazon Connect offers calls to and that nobody reaches. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from trunkline.contact.heartbeats import HEARTBEAT_SECONDS
from trunkline.contact.moments import parse_moment
from trunkline.contact.presence import Presence, tell_presence
from trunkline.live.picture import LivePicture

WINDOW_SECONDS = 300
"""Longest time that heartbeats are gathered before ``watch_agents`` sees them."""
MARGIN_SECONDS = 60
"""What clocks may differ by, and what delivery and the function may take."""
UNHEARD_SECONDS = HEARTBEAT_SECONDS + WINDOW_SECONDS + MARGIN_SECONDS
LOST_SECONDS = 3600
"""After an hour without a heartbeat an agent has left, whatever the last event said."""
MISSED_IN_A_ROW = 2

OFFLINE_UNHEARD = "offline_unheard"
AWAY = frozenset({"offline", OFFLINE_UNHEARD})
"""States of agents who are not at work."""

GhostReason = Literal["unheard", "misses_offers"]


@dataclass(frozen=True)
class LiveAgent:
    """What an agent does, and whether that is to be believed.

    Attributes
    ----------
    presence
        State, since when, and contact; ``offline_unheard`` for an agent whose logout never came.
    heard_at
        Newest sign of life in seconds since 1970; ``None`` where there is none.
    ghost
        Why an available agent is not to be reached; ``None`` for everybody else.
    """

    presence: Presence
    heard_at: int | None
    ghost: GhostReason | None

    @property
    def staffed(self) -> bool:
        """Whether the agent is at work."""
        return self.presence.state not in AWAY

    @property
    def available(self) -> bool:
        """Whether a call that is offered now will probably be taken."""
        return self.presence.state == "available" and self.ghost is None


def tell_agents(picture: LivePicture, now_epoch_seconds: float) -> dict[str, LiveAgent]:
    """Tell what each agent does, from events and from what is missing.

    Parameters
    ----------
    picture
        Agents, contacts and heartbeats.
    now_epoch_seconds
        This moment.

    Returns
    -------
    dict
        User names to what they do. Nobody counts as unheard before the first heartbeat of anybody has come.

    Notes
    -----
    An agent is heard of by heartbeats, by the own events, and by contacts that reach the agent. Amazon
    Connect sends no heartbeat within 120 seconds of another event.
    """
    heard = picture.heard
    presences = tell_presence(picture.agents, picture.contacts)
    return {
        item["id"]: _judge(item, presences[item["id"]], heard.get(item["id"]), now_epoch_seconds, watched=bool(heard))
        for item in picture.agents
    }


def find_ghosts(agents: Mapping[str, LiveAgent]) -> list[str]:
    """List the user names of agents who are available and not to be reached."""
    return sorted(name for name, agent in agents.items() if agent.ghost is not None)


def merge_heartbeats(
    known: Mapping[str, int], beats: Iterable[tuple[str, float]], now_epoch_seconds: float
) -> dict[str, int]:
    """Add the heartbeats of a batch to those that are known of a shard.

    Parameters
    ----------
    known
        User names to seconds since 1970.
    beats
        User names and moments; one that lies ahead of the own clock counts as now.
    now_epoch_seconds
        This moment. Who was not heard for an hour is left out, so that the item stays small.

    Examples
    --------
    >>> merge_heartbeats({"mina": 9000, "theo": 100}, [("sue", 9100.5), ("mina", 12000.0)], 9200)
    {'mina': 9200, 'sue': 9100}
    """
    newest = dict(known)
    for username, at in beats:
        newest[username] = max(newest.get(username, 0), int(min(at, now_epoch_seconds)))
    return {name: newest[name] for name in sorted(newest) if newest[name] > now_epoch_seconds - LOST_SECONDS}


def _judge(
    item: Mapping[str, Any], presence: Presence, heartbeat: int | None, now: float, *, watched: bool
) -> LiveAgent:
    signs = [_epoch(item.get("version", "").partition("#")[0] or item["since"]), _epoch(presence.since)]
    heard_at = int(min(max(*signs, heartbeat or 0), now))
    silent_seconds = now - heard_at if watched else 0
    if silent_seconds > LOST_SECONDS and presence.state != "offline":
        return LiveAgent(Presence(presence.username, OFFLINE_UNHEARD, presence.since), heard_at, None)
    ghost: GhostReason | None = None
    if presence.state == "available" and silent_seconds > UNHEARD_SECONDS:
        ghost = "unheard"
    elif presence.state == "available" and item.get("missed", 0) >= MISSED_IN_A_ROW:
        ghost = "misses_offers"
    return LiveAgent(presence, heard_at, ghost)


def _epoch(moment: str | None) -> float:
    return parse_moment(moment).timestamp() if moment else 0
