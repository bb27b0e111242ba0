"""What is behind the fixture day's figures: the very answer of the API, over contacts made of the fixture's rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.browser import fixture_day as day
from tests.browser.figures import Row
from trunkline.console.access import Caller
from trunkline.console.behind.cases import find_cases
from trunkline.console.behind.contacts import find_contacts
from trunkline.console.explain import list_definitions, tell_finding
from trunkline.console.questions import read_question
from trunkline.contact.model import Contact
from trunkline.metrics.resolution import ResolutionRule, count_resolution
from trunkline.metrics.rules import Totals, count_contact
from trunkline.metrics.tally import Tally
from trunkline.metrics.targets import Targets

CENTER: dict[str, Any] = {
    **day.CENTER,
    "queues": {queue["key"]: queue for queue in day.CENTER["queues"]},
    "metrics": {"short_abandon_seconds": 5, "service_level_convention": "c"},
}
TARGETS = Targets.of_center(CENTER)


def to_contact(row: Row) -> Contact:
    """Make a contact that counts what the fixture's figures count."""
    fields: dict[str, Any] = {
        "contact_id": row.contact_id,
        "version": row.initiated_at,
        "initiated_at": row.initiated_at,
        "channel": "VOICE",
        "initiation_method": "INBOUND",
        "outcome": row.outcome,
        "language": row.language,
        "customer": row.customer,
        "survey_score": row.survey_score,
    }
    if row.queue:
        fields |= {"queue": row.queue, "enqueued_at": row.initiated_at, "wait_seconds": row.wait_seconds}
    if row.agent:
        fields |= {
            "agent": row.agent,
            "answered_at": row.initiated_at + timedelta(seconds=row.wait_seconds or 0),
            "talk_seconds": row.talk_seconds,
            "hold_seconds": row.hold_seconds,
            "holds": int(row.hold_seconds > 0),
            "after_contact_seconds": row.after_contact_seconds,
        }
    return Contact(**fields)


CONTACTS = [to_contact(row) for row in day.ROWS]


def describe_definitions() -> dict[str, Any]:
    """Answer ``/api/definitions``."""
    return list_definitions(CENTER)


def describe_figure(query: dict[str, str], username: str, role: str) -> dict[str, Any]:
    """Answer ``/api/explain``; raises the console's own refusals."""
    caller = Caller(username, role)
    question = read_question(query, CENTER, caller, day.NOW)
    if question.definition.evidence == "cases":
        rule = ResolutionRule.of_center(CENTER)
        stored = count_resolution(CONTACTS, rule, day.NOW)
        return tell_finding(question, find_cases(question, stored, CONTACTS, rule, caller), CENTER)
    counters = Totals(Tally)
    for contact in CONTACTS:
        count_contact(contact, TARGETS, counters)
    return tell_finding(question, find_contacts(question, counters, CONTACTS, TARGETS, caller), CENTER)
