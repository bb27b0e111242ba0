"""Let a supervisor say what every caller hears now: the console's API for ``/api/announcement``."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from environment import PublishAnnouncementEnvironment

from trunkline.console.announcements import AnnouncementDesk
from trunkline.console.responses import answer_request
from trunkline.live.announcement_board import AnnouncementBoard
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(PublishAnnouncementEnvironment)
LOGGER = logger()
DESK = AnnouncementDesk(
    board=AnnouncementBoard(client("dynamodb"), ENVIRONMENT.live_table),
    languages=tuple(load_center_document()["languages"]),
    new_id=lambda: uuid4().hex,
    audit=LOGGER.info,
)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request; what goes wrong within is logged and told as 500 without its cause."""
    return answer_request(event, DESK.answer, LOGGER.exception)
