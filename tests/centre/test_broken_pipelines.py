"""Functions and workflows that nobody waits for, broken on purpose: a dead letter with its cause, others unharmed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.centre.altered import AlteredAssembly
from tests.centre.centre import Centre, open_centre
from twin.connect import NetworkEvent, TrueContact

CALLS = 6
CAUSE = "broken on purpose"
# Handlers that raise for one contact in four, told by the last digit of its id: the second sort for another quarter.
UNLUCKY, LATER_UNLUCKY = "048c", "26ae"
RAISING = f"""
import json, re
def handler(event, context):
    met = re.findall(r"[0-9a-f]{{8}}-[0-9a-f-]{{27}}", json.dumps(CONCERNED))
    if any(one[-1] in DIGITS for one in met):
        raise RuntimeError({CAUSE!r})
    return ordinary(event, context)
"""


def raising(concerned: str = "event", digits: str = UNLUCKY) -> str:
    """Write a handler that raises where what it is concerned with names such a contact."""
    return RAISING.replace("CONCERNED", concerned).replace("DIGITS", repr(digits))


def unlucky(ledger: Iterable[TrueContact], digits: str = UNLUCKY) -> set[str]:
    """Return the contacts that a broken handler does not like; there are such, and others."""
    ids = {one.contact_id for one in ledger}
    found = {one for one in ids if one[-1] in digits}
    assert 0 < len(found) < len(ids)
    return found


def watch_for_ghosts(centre: Centre) -> set[str]:
    """Return a set that is filled with the contacts that are over, and still in the live picture ten seconds later."""
    network = centre.session.network
    seen: set[str] = set()

    def look(contact_id: str) -> None:
        if centre.live(contact_id) is not None:
            seen.add(contact_id)

    def notice(event: NetworkEvent) -> None:
        if event.kind == "completed":
            network.clock.later(10, lambda: look(str(event.contact_id)))

    network.observe(notice)
    return seen


@dataclass(frozen=True)
class BrokenDay:
    """A day that is over, on which several things broke beside each other."""

    ledger: list[TrueContact]
    report: dict[str, Any]
    stuck: set[str]
    live: list[Any]
    parts: dict[str, dict[str, Any]]
    letters: dict[str, list[dict[str, Any]]]
    aggregate_log: str

    def recorded(self, digits: str) -> set[str]:
        """Return the unlucky contacts that have a recording."""
        bad = {one.contact_id for one in self.ledger if one.recording_key} & unlucky(self.ledger, digits)
        assert bad
        return bad


@pytest.fixture(scope="module")
def broken_day(altered_copy: Callable[[], AlteredAssembly]) -> BrokenDay:
    """A day on which ends of calls, recordings and transcripts raise, and an item is no contact."""
    altered = altered_copy()
    ended = '[one["contactId"] for one in [event["detail"]] if one["eventType"] == "DISCONNECTED"]'
    altered.replace_handler("track_contact", raising(ended))
    altered.replace_handler("verify_recording", raising())
    altered.replace_handler("analyse_transcript", raising(digits=LATER_UNLUCKY))
    with open_centre(12, assembly=altered.folder) as centre:
        stuck = watch_for_ghosts(centre)
        centre.run_until(12)
        table = centre.session.table_with_keys("contact_id", "part")
        poison = {"contact_id": {"S": "poison"}, "part": {"S": "contact"}, "version": {"S": "2026"}}
        centre.session.cloud.client("dynamodb").put_item(TableName=table, Item=poison)
        report = centre.finish()
        return BrokenDay(
            ledger=list(centre.ledger),
            report=report,
            stuck=stuck,
            live=centre.session.console.live()["contacts"],
            parts={one.contact_id: centre.parts(one.contact_id) for one in centre.ledger},
            letters={
                name: centre.dead_letters(name)
                for name in ("ContactEventDeadLetters", "ContactChangeDeadLetters", "WorkflowFailures")
            },
            aggregate_log=centre.logged("AggregateMetrics"),
        )


def test_what_breaks_on_a_day_changes_no_figure(broken_day: BrokenDay) -> None:
    assert broken_day.report["differences"] == []


def test_contact_event_that_raises_is_a_dead_letter_and_the_record_heals_the_picture(broken_day: BrokenDay) -> None:
    letters = broken_day.letters["ContactEventDeadLetters"]
    assert broken_day.stuck == unlucky(broken_day.ledger)
    assert broken_day.live == []
    assert {one["body"]["requestPayload"]["detail"]["contactId"] for one in letters} == broken_day.stuck
    assert {one["body"]["responsePayload"]["errorMessage"] for one in letters} == {CAUSE}
    assert {one["body"]["requestContext"]["approximateInvokeCount"] for one in letters} == {3}


def test_item_that_is_no_contact_goes_to_the_queue_and_all_others_are_counted(broken_day: BrokenDay) -> None:
    (letter,) = broken_day.letters["ContactChangeDeadLetters"]
    assert letter["body"]["DDBStreamBatchInfo"]["batchSize"] == 1
    assert "change of a contact or agent: contact item: version is not a timestamp" in broken_day.aggregate_log


@pytest.mark.parametrize(
    ("stage", "part", "digits"),
    [("verify_recording", "recording", UNLUCKY), ("analyse_transcript", "analysis", LATER_UNLUCKY)],
)
def test_step_that_raises_is_shown_on_its_contact_and_nowhere_else(
    broken_day: BrokenDay, stage: str, part: str, digits: str
) -> None:
    bad, whole = broken_day.recorded(digits), {one.contact_id for one in broken_day.ledger if one.recording_key}
    for contact_id, parts in broken_day.parts.items():
        shown = parts.get("failure", {}).get("stage", {}).get("S")
        assert (shown == stage) == (contact_id in bad)
        assert (part in parts) == (contact_id in whole - bad - broken_day.recorded(UNLUCKY))
        if contact_id in bad:
            assert parts["failure"]["cause"]["S"] == f"RuntimeError: {CAUSE}"
    letters = [one["body"] for one in broken_day.letters["WorkflowFailures"] if one["body"]["stage"] == stage]
    assert len(letters) == len(bad)
    assert {one["cause"] for one in letters} == {CAUSE}


def test_no_other_step_fails(broken_day: BrokenDay) -> None:
    stages = {one["body"]["stage"] for one in broken_day.letters["WorkflowFailures"]}
    assert stages == {"verify_recording", "analyse_transcript"}
    failed = broken_day.recorded(UNLUCKY) | broken_day.recorded(LATER_UNLUCKY)
    assert {contact_id for contact_id, parts in broken_day.parts.items() if "failure" in parts} == failed


def test_contact_change_that_raises_is_isolated_and_all_others_are_counted(altered: AlteredAssembly) -> None:
    keys = '[one["dynamodb"]["Keys"].get("contact_id") for one in event.get("Records", [])]'
    altered.replace_handler("aggregate_metrics", raising(keys))
    with open_centre(CALLS, assembly=altered.folder) as centre:
        centre.finish()
        for contact in centre.ledger:  # all in one batch once more, so that it has to be bisected
            centre.put_record(centre.record_of(contact.contact_id))
        centre.run(minutes=30)
        bad = unlucky(centre.ledger)
        lost = [event for dead in centre.session.cloud.sources.dead for event in dead.events]
        letters = centre.dead_letters("ContactChangeDeadLetters")
        report = centre.compare()
        assert {dead.cause for dead in centre.session.cloud.sources.dead} == {f"RuntimeError: {CAUSE}"}
        assert {event["dynamodb"]["Keys"]["contact_id"]["S"] for event in lost} == bad
        assert report["measured"]["contacts"] == len(centre.ledger) - len(bad)
        good = [one for one in centre.ledger if one.contact_id not in bad]
        assert report["measured"]["talk_seconds"] == sum(one.talk_seconds for one in good)
    assert {one["body"]["DDBStreamBatchInfo"]["batchSize"] for one in letters} == {1}
    assert {one["body"]["responseContext"]["functionError"] for one in letters} == {"Unhandled"}
    assert report["whole"]["with_analysis"] == report["whole"]["recorded"]


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        (f"def handler(event, context):\n    raise RuntimeError({CAUSE!r})\n", CAUSE),
        ("import time\ndef handler(event, context):\n    time.sleep(90)\n", "Task timed out after 60.00 seconds"),
    ],
)
def test_records_that_the_function_fails_on_are_kept_in_the_lake(
    altered: AlteredAssembly, source: str, cause: str
) -> None:
    altered.replace_handler("store_contact", source)
    with open_centre(3, assembly=altered.folder) as centre:
        report = centre.finish()
        kept = [json.loads(line) for body in centre.lake("failed/").values() for line in body.splitlines()]
        records = [json.loads(base64.b64decode(one["rawData"])) for one in kept]
        assert {one["ContactId"] for one in records} == {one.contact_id for one in centre.ledger}
        assert {one["errorCode"] for one in kept} == {"Lambda.FunctionError"}
        assert {one["attemptsMade"] for one in kept} == {4}
        assert all(cause in one["errorMessage"] for one in kept)
    assert report["measured"]["contacts"] == 0
    assert report["whole"]["with_analysis"] == report["whole"]["recorded"] == 3


def test_table_that_the_role_forbids_keeps_the_records_in_the_lake(altered: AlteredAssembly) -> None:
    altered.forbid("StoreContact", "dynamodb:PutItem")
    with open_centre(2, assembly=altered.folder) as centre:
        report = centre.finish()
        kept = [json.loads(line) for body in centre.lake("failed/").values() for line in body.splitlines()]
    assert len({json.loads(base64.b64decode(one["rawData"]))["ContactId"] for one in kept}) == 2
    assert all("is not authorized to perform: dynamodb:PutItem" in one["errorMessage"] for one in kept)
    assert "StoreContact" in report["denials"][0]


@pytest.mark.parametrize(
    ("role", "action", "stage", "kept"),
    [
        ("IngestRecordingRole", "s3:PutObjectTagging", "tag_retention", True),
        ("IngestRecordingRole", "dynamodb:PutItem", "link_recording", False),
        ("VerifyRecording", "s3:GetObject", "verify_recording", True),
    ],
)
def test_step_that_its_role_forbids_is_told_with_the_missing_permission(
    altered: AlteredAssembly, role: str, action: str, stage: str, kept: bool
) -> None:
    altered.forbid(role, action)
    with open_centre(2, assembly=altered.folder) as centre:
        report = centre.finish()
        letters = [one["body"] for one in centre.dead_letters("WorkflowFailures")]
        failures = [centre.parts(one.contact_id).get("failure") for one in centre.ledger]
    assert report["differences"] == []
    assert {one["stage"] for one in letters} == {stage}
    assert len(letters) == report["whole"]["recorded"] == 2
    assert all(role in one["cause"] and action in one["cause"] for one in letters)
    assert all(one["input"]["detail"] for one in letters)
    assert [one is not None for one in failures] == [kept, kept]
    assert any(action in denial for denial in report["denials"])
