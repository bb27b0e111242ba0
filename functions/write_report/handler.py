"""Step of ``close_day``: the report of a day, a week or a month, in every form in which it is delivered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from environment import WriteReportEnvironment

from trunkline.billing.prices import load_prices
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.log_store import ContactLog
from trunkline.contact.store import ContactStore
from trunkline.metrics.late_days import LateDays
from trunkline.metrics.resolution_store import ResolutionStore
from trunkline.metrics.store import MetricsStore
from trunkline.reports.day_sums import DaySumsShelf
from trunkline.reports.delivery import ReportBell, ReportShelf
from trunkline.reports.job import ReportJob, kinds_told
from trunkline.reports.reading import Sources
from trunkline.reports.stores import ListedContacts
from trunkline.runtime import client, load_center_document, load_environment

ENVIRONMENT = load_environment(WriteReportEnvironment)
CENTER = load_center_document()
DYNAMODB = client("dynamodb")
KEPT_DAYS = CENTER["recording"]["contact_retention_days"]
SUMS = DaySumsShelf(client("s3"), ENVIRONMENT.reports_bucket)
RESOLUTION = ResolutionStore(DYNAMODB, ENVIRONMENT.metrics_table, KEPT_DAYS)
JOB = ReportJob(
    center=CENTER,
    sources=Sources(
        center=CENTER,
        counters=MetricsStore(DYNAMODB, ENVIRONMENT.metrics_table, KEPT_DAYS * 86_400),
        resolution=RESOLUTION,
        states=AgentLog(DYNAMODB, ENVIRONMENT.agent_states_table),
        contacts=ListedContacts(ContactStore(DYNAMODB, ENVIRONMENT.contacts_table)),
        prices=load_prices(CENTER["costs"].get("prices")),
        kept=SUMS,
        late=LateDays(DYNAMODB, ENVIRONMENT.metrics_table),
    ),
    log=ContactLog(DYNAMODB, ENVIRONMENT.contacts_table),
    resolution=RESOLUTION,
    sums=SUMS,
    shelf=ReportShelf(client("s3"), ENVIRONMENT.reports_bucket),
    bell=ReportBell(client("sns"), ENVIRONMENT.reports_topic_arn),
    told=kinds_told(CENTER),
)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take ``period`` and ``on``; answer which report was written, where, and whether somebody was told."""
    return JOB.run(event.get("period"), event.get("on"), datetime.now(UTC))
