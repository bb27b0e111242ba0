"""Step of ``process_transcript``: redact, measure and categorise a conversation, and store that."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from environment import AnalyseTranscriptEnvironment

from trunkline.conversations.analysis import analyse_transcript, describe_analysis, summarise_analysis
from trunkline.conversations.store import ConversationStore, transcript_key
from trunkline.conversations.transcript import parse_transcript
from trunkline.history.rows import analysis_row
from trunkline.history.store import HistoryStream
from trunkline.runtime import client, load_center_document, load_environment

ENVIRONMENT = load_environment(AnalyseTranscriptEnvironment)
CENTER = load_center_document()
CONVERSATIONS = ConversationStore(client("s3", read_timeout_seconds=20), ENVIRONMENT.conversations_bucket)
HISTORY = HistoryStream(client("firehose"), ENVIRONMENT.history_analyses_stream)

DAY_SECONDS = 86_400


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Take ``contact_id``; answer where the analysis is and what the contact's item holds of it.

    A run that is repeated adds one more row to history, where the newest of a contact counts.
    """
    contact_id = str(event["contact_id"])
    now = int(time.time())
    analysed_at = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    analysis = analyse_transcript(parse_transcript(CONVERSATIONS.read_transcript(contact_id)), CENTER)
    document = describe_analysis(analysis, contact_id, analysed_at)
    key = CONVERSATIONS.write_analysis(contact_id, document)
    HISTORY.put([analysis_row(document)])
    return {
        **summarise_analysis(analysis),
        "contact_id": contact_id,
        "transcript_key": transcript_key(contact_id),
        "analysis_key": key,
        "analysed_at": analysed_at,
        "expires_at": now + CENTER["recording"]["retention_days"] * DAY_SECONDS,
    }
