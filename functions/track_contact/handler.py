"""Contact events of Amazon Connect -> the live picture."""

from __future__ import annotations

import json
import time
from typing import Any

from environment import TrackContactEnvironment

from trunkline.contact.events import parse_contact_event
from trunkline.live.rules import follow_contact
from trunkline.live.store import LiveStore
from trunkline.runtime import client, load_environment, logger

ENVIRONMENT = load_environment(TrackContactEnvironment)
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
QUEUE_KEYS = {arn.rsplit("/", 1)[-1]: key for arn, key in json.loads(ENVIRONMENT.queue_keys).items()}
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> None:
    """Move one contact of the live picture; an event that cannot be read raises and becomes a dead letter."""
    update = follow_contact(parse_contact_event(event), QUEUE_KEYS, time.time())
    if update is not None and not LIVE.apply(update):
        LOGGER.info("late or repeated event", contact_id=update.id, state=update.values["state"])
