"""What history keeps: four datasets, their columns and types. The one definition of both rows and catalogue.

Types are Hive's, as the Glue catalogue spells them. Columns are only ever appended: files that were written
before a column was there answer null for it, and a column that is dropped here stays unread in old files.

**Source**: Amazon Athena user guide, "Data types in Amazon Athena", "Handle schema updates" (Parquet is read
by name: columns may be added and dropped anywhere, types stay).
"""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "history/"
"""Where datasets lie in the bucket: ``history/<dataset>/day=YYYY-MM-DD/``, by the UTC day of delivery."""

PARTITION = "day"

CONTACTS: Mapping[str, str] = {
    "contact_id": "string",
    "version": "timestamp",
    "received_at": "timestamp",
    "initiated_at": "timestamp",
    "channel": "string",
    "initiation_method": "string",
    "language": "string",
    "queue": "string",
    "department": "string",
    "enqueued_at": "timestamp",
    "dequeued_at": "timestamp",
    "wait_seconds": "int",
    "service_target_seconds": "int",
    "short_abandon_seconds": "int",
    "agent": "string",
    "answered_at": "timestamp",
    "talk_seconds": "int",
    "hold_seconds": "int",
    "holds": "int",
    "after_contact_seconds": "int",
    "after_contact_ended_at": "timestamp",
    "disconnected_at": "timestamp",
    "disconnect_reason": "string",
    "outcome": "string",
    "transferred": "boolean",
    "survey_score": "int",
    "disposition": "string",
    "previous_contact_id": "string",
    "next_contact_id": "string",
    "recorded": "boolean",
}
"""Newest version of a contact counts; of one version, what was received first. No number, no name, no attribute."""

AGENT_STATES: Mapping[str, str] = {
    "username": "string",
    "agent_id": "string",
    "kind": "string",
    "state": "string",
    "since": "timestamp",
    "until": "timestamp",
    "inferred": "boolean",
    "contact_id": "string",
    "queue": "string",
    "outcome": "string",
    "version": "timestamp",
}
"""``kind`` is ``state`` (a span as it was told), or ``offer`` (a contact at ``since`` that the agent did not take).

Spans may overlap, as events may: who reads lets the one that began later hold, as the agent states table does.
"""

ANALYSES: Mapping[str, str] = {
    "contact_id": "string",
    "version": "timestamp",
    "language": "string",
    "locale": "string",
    "talk_seconds_customer": "double",
    "talk_seconds_agent": "double",
    "silence_seconds": "double",
    "longest_silence_seconds": "double",
    "overlap_seconds": "double",
    "interruptions": "int",
    "talk_ratio_agent": "double",
    "categories": "array<string>",
    "redactions": "int",
}
"""What was measured of a conversation, and its categories; never what was said."""

COUNTED: tuple[str, ...] = (
    "contacts",
    "offered",
    "answered",
    "abandoned",
    "abandoned_short",
    "ended_in_menu",
    "ended_by_flow",
    "callbacks",
    "transferred",
    "answered_in_target",
    "abandoned_in_target",
    "wait_answered_seconds",
    "wait_abandoned_seconds",
    "talk_seconds",
    "hold_seconds",
    "held",
    "after_contact_work_seconds",
    "survey_answers",
    "survey_satisfied",
    "survey_score_sum",
    "transfers_in",
    "transfers_out",
    "callbacks_attempted",
    "callbacks_connected",
    "callbacks_given_up",
    "callback_wait_seconds",
    "worked_contact_seconds",
    "worked_after_contact_seconds",
    "available_seconds",
    "unavailable_seconds",
    "offers_missed",
    "offers_abandoned",
)
"""Counters of an interval (docs/metrics.md)."""

COUNTERS: Mapping[str, str] = {
    "start": "timestamp",
    "scope": "string",
    "key": "string",
    "channel": "string",
    "version": "timestamp",
    **dict.fromkeys(COUNTED, "bigint"),
    "longest_wait_seconds": "bigint",
    **dict.fromkeys(("wait_p50", "wait_p90", "wait_p95", "handle_p50", "handle_p90", "handle_p95"), "double"),
}
"""Sums over the four intervals of an hour (UTC), with percentiles of the hour in seconds; newest version counts."""

DATASETS: Mapping[str, Mapping[str, str]] = {
    "contacts": CONTACTS,
    "agent_states": AGENT_STATES,
    "analyses": ANALYSES,
    "counters": COUNTERS,
}
