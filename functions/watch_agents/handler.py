"""Heartbeats of agents, from Kinesis -> when each agent was last heard, lost events mended, one line of metrics."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from environment import WatchAgentsEnvironment

from trunkline.contact.events import PhoneEventError
from trunkline.contact.heartbeats import Heartbeat, parse_heartbeat
from trunkline.live.healing import find_lost_events
from trunkline.live.reachability import LiveAgent, find_ghosts, merge_heartbeats, tell_agents
from trunkline.live.store import LiveStore
from trunkline.runtime import EmbeddedMetrics, client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(WatchAgentsEnvironment)
CENTER = load_center_document()["alias"]
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> None:
    """Keep one item a shard, by one write a batch; a heartbeat that cannot be read is passed over.

    Lambda calls it for one shard at a time, in order. What is lost here comes again within two minutes.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Process Amazon Kinesis Data Streams records with Lambda" (``eventID`` is
    the shard and the sequence number).
    """
    records = event["Records"]
    now = time.time()
    beats = [beat for beat in map(_read, records) if beat is not None]
    shard_id = records[0]["eventID"].partition(":")[0]
    picture = LIVE.read_picture(now)
    heard = merge_heartbeats(
        picture.heartbeats.get(shard_id, {}), ((beat.username, beat.at.timestamp()) for beat in beats), now
    )
    LIVE.keep_heartbeats(shard_id, heard)
    for update in find_lost_events(beats, picture):
        if LIVE.apply(update):
            LOGGER.warning("lost event mended", kind=update.kind, id=update.id, state=update.values["state"])
    _publish(tell_agents(picture.with_heartbeats(shard_id, heard), now))


def _publish(agents: Mapping[str, LiveAgent]) -> None:
    ghosts = find_ghosts(agents)
    if ghosts:
        LOGGER.warning("ghost agents", usernames=ghosts)
    telemetry = EmbeddedMetrics("Trunkline")
    counts = {"GhostAgents": len(ghosts), "AgentsAvailable": sum(agent.available for agent in agents.values())}
    telemetry.add({"Center": CENTER}, counts)
    telemetry.flush()


def _read(record: dict[str, Any]) -> Heartbeat | None:
    number = record["kinesis"]["sequenceNumber"]
    try:
        return parse_heartbeat(json.loads(base64.b64decode(record["kinesis"]["data"])), int(number))
    except (PhoneEventError, ValueError) as error:
        LOGGER.warning("heartbeat not read", cause=str(error), sequence_number=number)
        return None
