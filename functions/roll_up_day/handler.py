"""Step of ``close_day``: the hours of a day's counters become rows of the history."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from environment import RollUpDayEnvironment

from trunkline.closing.day import choose_day
from trunkline.closing.hours import sum_hours, whole_hours
from trunkline.contact.moments import parse_moment
from trunkline.history.rows import counter_row
from trunkline.history.store import HistoryStream
from trunkline.metrics.late_days import LateDays
from trunkline.metrics.store import MetricsStore
from trunkline.runtime import client, load_center_document, load_environment

ENVIRONMENT = load_environment(RollUpDayEnvironment)
CENTER = load_center_document()
DYNAMODB = client("dynamodb", read_timeout_seconds=20, attempts=8)  # nobody waits, and much is read
METRICS = MetricsStore(DYNAMODB, ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400)
LATE_DAYS = LateDays(DYNAMODB, ENVIRONMENT.metrics_table)
HISTORY = HistoryStream(client("firehose"), ENVIRONMENT.history_counters_stream)


def handler(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Take ``day``, and ``begun_at``, when its closing began; answer how many ``rows`` were put.

    Of rows that are put twice the newest counts. What was counted in the day before its closing began is told by now.
    """
    day = choose_day(event, CENTER["time_zone"])
    counted_at = datetime.fromtimestamp(time.time(), UTC)
    hours = sum_hours(METRICS.read_between(*whole_hours(day)))
    rows = HISTORY.put(counter_row(key, tally, counted_at) for key, tally in hours.items())
    LATE_DAYS.forget(day.name, parse_moment(event["begun_at"]))
    return {"rows": rows}
