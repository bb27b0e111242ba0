"""The console's API, behind an HTTP API with a JWT authoriser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from environment import ServeConsoleEnvironment

from trunkline.billing.prices import load_prices
from trunkline.console.api import answer
from trunkline.console.drawings import Drawings
from trunkline.console.pages import Console, utc_now
from trunkline.console.responses import answer_request
from trunkline.console.sources import Analyses, FlowLogs, RecordingLinks
from trunkline.contact.store import ContactStore
from trunkline.live.store import LiveStore
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(ServeConsoleEnvironment)
CENTER = load_center_document()
CONSOLE = Console(
    center=CENTER,
    contacts=ContactStore(client("dynamodb"), ENVIRONMENT.contacts_table),
    metrics=MetricsStore(
        client("dynamodb"), ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400
    ),
    live=LiveStore(client("dynamodb"), ENVIRONMENT.live_table),
    recordings=RecordingLinks(client("s3"), ENVIRONMENT.recordings_bucket),
    analyses=Analyses(client("s3"), ENVIRONMENT.conversations_bucket),
    flow_logs=FlowLogs(client("logs"), ENVIRONMENT.flow_log_group),
    drawings=Drawings(Path(__file__).with_name("drawings")),
    prices=load_prices(CENTER["costs"].get("prices")),
    now=utc_now,
)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request; what goes wrong within is logged and told as 500 without its cause."""
    return answer_request(event, partial(answer, CONSOLE), LOGGER.exception)
