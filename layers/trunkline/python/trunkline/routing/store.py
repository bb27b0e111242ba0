"""The live picture as routing reads it: who waits in a queue, and who serves it."""

from __future__ import annotations

from collections.abc import Collection

from trunkline.live.reachability import tell_agents
from trunkline.live.store import LiveStore
from trunkline.routing.rules import QueueLoad

_BUSY = frozenset({"on_contact", "after_contact_work"})


def read_load(live: LiveStore, queue: str, members: Collection[str], now_epoch_seconds: float) -> QueueLoad:
    """Return how busy ``queue`` is, by one query.

    Parameters
    ----------
    live
        The live table.
    queue
        Key of the queue.
    members
        User names of agents who have the queue's skill.
    now_epoch_seconds
        Items that expired before this moment are not counted, and agents whom nobody reaches are not available.

    Raises
    ------
    botocore.exceptions.ClientError, botocore.exceptions.BotoCoreError
        If the table cannot be read.
    """
    picture = live.read_picture(now_epoch_seconds)
    waiting = sum(each["state"] == "queued" and each.get("queue") == queue for each in picture.contacts)
    agents = tell_agents(picture, now_epoch_seconds)
    here = [agent for username, agent in agents.items() if username in members]
    return QueueLoad(
        waiting=waiting,
        available=sum(agent.available for agent in here),
        on_contact=sum(agent.presence.state in _BUSY for agent in here),
    )
