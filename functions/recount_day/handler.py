"""Step of ``close_day``: counters are held against contacts and agents, and what is stuck is named."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from environment import RecountDayEnvironment

from trunkline.closing.day import choose_day
from trunkline.closing.drift_store import DriftStore
from trunkline.closing.recount import DayProof, tell_outcome
from trunkline.contact.agent_log import AgentLog
from trunkline.contact.log_store import ContactLog
from trunkline.contact.moments import local_day
from trunkline.conversations.store import ConversationStore
from trunkline.history.rows import agent_row
from trunkline.history.store import HistoryStream
from trunkline.live.agent_tracker import close_silent_agents
from trunkline.live.store import LiveStore
from trunkline.metrics.late_days import LateDays
from trunkline.metrics.store import MetricsStore
from trunkline.metrics.targets import Targets
from trunkline.runtime import EmbeddedMetrics, client, load_center_document, load_environment

ENVIRONMENT = load_environment(RecountDayEnvironment)
CENTER = load_center_document()
DYNAMODB = client("dynamodb", read_timeout_seconds=20, attempts=8)  # nobody waits, and much is read
S3 = client("s3", read_timeout_seconds=20)
AGENTS = AgentLog(DYNAMODB, ENVIRONMENT.agent_states_table, CENTER["recording"]["contact_retention_days"] * 86_400)
LATE_DAYS = LateDays(DYNAMODB, ENVIRONMENT.metrics_table)
LIVE = LiveStore(DYNAMODB, ENVIRONMENT.live_table)
HISTORY = HistoryStream(client("firehose"), ENVIRONMENT.history_agent_states_stream)
PROOF = DayProof(
    contacts=ContactLog(DYNAMODB, ENVIRONMENT.contacts_table),
    agents=AGENTS,
    counters=MetricsStore(DYNAMODB, ENVIRONMENT.metrics_table, CENTER["recording"]["contact_retention_days"] * 86_400),
    reports=DriftStore(S3, ENVIRONMENT.drift_bucket),
    targets=Targets.of_center(CENTER),
    transcribed=ConversationStore(S3, ENVIRONMENT.conversations_bucket).has_transcript,
    recordings_bucket=ENVIRONMENT.recordings_bucket,
)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take the workflow's ``input``, and whether this is the second look (``again``); answer the outcome.

    Only a look that decides is told to CloudWatch, so that each day is one data point. Before the first look the
    states of agents are closed whose logout never came; what the stream has not counted by then, the second look
    finds counted. The schedule's night also names the days that were counted in after they were over.
    """
    request = event["input"]
    day, now = choose_day(request, CENTER["time_zone"]), datetime.fromtimestamp(int(time.time()), UTC)
    mend = bool(request.get("mend"))
    if not event["again"]:
        closed = close_silent_agents(LIVE.read_picture(now.timestamp()), AGENTS, now)
        HISTORY.put(agent_row(state, now) for state in closed)
    proof = PROOF.look_again(day, now, mend=mend) if event["again"] else PROOF.look_first(day, now)
    if not proof.suspected:
        telemetry = EmbeddedMetrics("Trunkline")
        counts = {"Drift": proof.drifted - proof.mended, "StuckContacts": proof.stuck}
        telemetry.add({"Center": CENTER["alias"]}, counts)
        telemetry.flush()
    late_days = [] if "day" in request else [late for late in LATE_DAYS.list() if late != day.name]
    return dict(tell_outcome(day, proof, local_day(now, CENTER["time_zone"]), late_days))
