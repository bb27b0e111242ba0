"""Tell a contact flow which queue a call goes to, how urgent it is and how long it will wait."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from environment import RouteCallEnvironment

from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.live.store import LiveStore
from trunkline.routing.rules import QueueLoad, choose_queue, decide_route, find_callback_seconds, list_members
from trunkline.routing.store import read_load
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(RouteCallEnvironment)
CENTER = load_center_document()
CALLBACK_SECONDS = find_callback_seconds(CENTER)
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer where the call goes, how urgent it is, how long it will wait, and why.

    The keys are ``queue``, ``priority``, ``expected_wait_seconds`` and ``expected_wait_minutes`` (both empty where
    nothing is known), ``offer_callback`` and ``reasons``.

    Where the live board cannot be read the call is routed all the same, and the reasons say so.
    """
    invocation = parse_invocation(event)
    queue, reason = choose_queue(invocation.get("queue"), CENTER)
    load = _read_load(queue, invocation.contact_id)
    decision = decide_route(
        queue, reason, vip=invocation.get("vip").lower() == "true", load=load, callback_seconds=CALLBACK_SECONDS
    )
    return to_string_map(
        {
            "queue": decision.queue,
            "priority": decision.priority,
            "expected_wait_seconds": decision.expected_wait_seconds,
            "expected_wait_minutes": decision.expected_wait_minutes,
            "offer_callback": decision.offer_callback,
            "reasons": decision.reasons,
        }
    )


def _read_load(queue: str, contact_id: str) -> QueueLoad | None:
    try:
        return read_load(LIVE, queue, list_members(queue, CENTER), time.time())
    except (BotoCoreError, ClientError):
        LOGGER.exception("live board not read; the call is routed without it", contact_id=contact_id)
        return None
