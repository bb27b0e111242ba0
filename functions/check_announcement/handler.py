"""Tell a contact flow, at a step in the middle of a call, what every caller should hear now."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from environment import CheckAnnouncementEnvironment

from trunkline.ivr.customer import describe_announcement
from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.live.announcement import Announcement
from trunkline.live.announcement_board import AnnouncementBoard
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(CheckAnnouncementEnvironment)
LANGUAGES = tuple(load_center_document()["languages"])
ANNOUNCEMENTS = AnnouncementBoard(client("dynamodb"), ENVIRONMENT.live_table)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``announced``, ``announcement``, ``announcement_id`` and ``closed``.

    ``announced`` is false for a caller who heard this one already (parameter ``heard``), unless it closes the
    centre. A table that cannot be read makes the announcement silent; the call goes on.
    """
    invocation = parse_invocation(event)
    language = invocation.get("language")
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    announcement = _read(invocation.contact_id)
    return to_string_map(describe_announcement(announcement, spoken, invocation.get("heard")))


def _read(contact_id: str) -> Announcement | None:
    try:
        return ANNOUNCEMENTS.read(time.time())
    except (BotoCoreError, ClientError):
        LOGGER.exception("announcement not read; the call goes on without it", contact_id=contact_id)
        return None
