"""Let a supervisor set a target for one agent: the console's API for ``/api/targets``."""

from __future__ import annotations

from typing import Any

from environment import SetTargetEnvironment

from trunkline.console.responses import answer_request
from trunkline.console.targets import TargetDesk
from trunkline.reports.target_store import TargetStore
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(SetTargetEnvironment)
LOGGER = logger()
DESK = TargetDesk(
    store=TargetStore(client("dynamodb"), ENVIRONMENT.metrics_table),
    center=load_center_document(),
    audit=LOGGER.info,
)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request; what goes wrong within is logged and told as 500 without its cause."""
    return answer_request(event, DESK.answer, LOGGER.exception)
