"""The console's API, behind an HTTP API with a JWT authoriser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from environment import ServeConsoleEnvironment

from trunkline.billing.prices import load_prices
from trunkline.console.api import answer
from trunkline.console.drawings import Drawings
from trunkline.console.evidence import Evidence
from trunkline.console.pages import Console, utc_now
from trunkline.console.responses import answer_request
from trunkline.console.sources import Analyses, FlowLogs, RecordingLinks
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.log_store import ContactLog
from trunkline.contact.store import ContactStore
from trunkline.live.store import LiveStore
from trunkline.metrics.late_days import LateDays
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.metrics.store import MetricsStore
from trunkline.reports.day_sums import DaySumsShelf
from trunkline.reports.reading import Sources
from trunkline.reports.stores import ListedContacts
from trunkline.reports.target_store import TargetStore
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(ServeConsoleEnvironment)
CENTER = load_center_document()
KEPT_DAYS = CENTER["recording"]["contact_retention_days"]
CONTACTS = ContactStore(client("dynamodb"), ENVIRONMENT.contacts_table)
METRICS = MetricsStore(client("dynamodb"), ENVIRONMENT.metrics_table, KEPT_DAYS * 86_400)
STATES = AgentLog(client("dynamodb"), ENVIRONMENT.agent_states_table)
RESOLUTION = ResolutionStore(client("dynamodb"), ENVIRONMENT.metrics_table, KEPT_DAYS)
LIVE = LiveStore(client("dynamodb"), ENVIRONMENT.live_table)
PRICES = load_prices(CENTER["costs"].get("prices"))
CONSOLE = Console(
    center=CENTER,
    contacts=CONTACTS,
    evidence=Evidence(
        center=CENTER,
        counters=METRICS,
        contacts=ContactLog(client("dynamodb"), ENVIRONMENT.contacts_table),
        states=STATES,
        resolution=RESOLUTION,
        listed=ListedContacts(CONTACTS),
        prices=PRICES,
        live=LIVE,
    ),
    metrics=METRICS,
    live=LIVE,
    recordings=RecordingLinks(client("s3"), ENVIRONMENT.recordings_bucket),
    analyses=Analyses(client("s3"), ENVIRONMENT.conversations_bucket),
    flow_logs=FlowLogs(client("logs"), ENVIRONMENT.flow_log_group),
    drawings=Drawings(Path(__file__).with_name("drawings")),
    prices=PRICES,
    reported=Sources(
        center=CENTER,
        counters=METRICS,
        resolution=RESOLUTION,
        states=STATES,
        contacts=ListedContacts(CONTACTS),
        prices=PRICES,
        kept=DaySumsShelf(client("s3"), ENVIRONMENT.reports_bucket),
        late=LateDays(client("dynamodb"), ENVIRONMENT.metrics_table),
    ),
    targets=TargetStore(client("dynamodb"), ENVIRONMENT.metrics_table),
    now=utc_now,
)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request; what goes wrong within is logged and told as 500 without its cause."""
    return answer_request(event, partial(answer, CONSOLE), LOGGER.exception)
