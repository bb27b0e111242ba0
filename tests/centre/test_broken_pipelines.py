"""Functions and workflows that nobody waits for, broken on purpose: a dead letter with its cause, others unharmed."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.centre.altered import AlteredAssembly
from tests.centre.centre import Centre, open_centre
from twin.connect import NetworkEvent

pytestmark = pytest.mark.xdist_group("centre-pipelines")

CALLS = 6
CAUSE = "broken on purpose"
# Handlers that raise for one contact in four, told by the last digit of its id.
UNLUCKY = "048c"
FOR_UNLUCKY = f"""
import re
def unlucky(text):
    return any(one[-1] in {UNLUCKY!r} for one in re.findall(r"[0-9a-f]{{8}}-[0-9a-f-]{{27}}", text))
"""


def unlucky(centre: Centre) -> set[str]:
    """Return the contacts that the broken handler does not like; there are such, and others."""
    found = {one.contact_id for one in centre.ledger if one.contact_id[-1] in UNLUCKY}
    assert 0 < len(found) < len(centre.ledger)
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


def test_contact_event_that_raises_is_a_dead_letter_and_the_record_heals_the_picture(
    altered: AlteredAssembly,
) -> None:
    altered.replace_handler(
        "track_contact",
        FOR_UNLUCKY
        + f"""
def handler(event, context):
    if event["detail"]["eventType"] == "DISCONNECTED" and unlucky(event["detail"]["contactId"]):
        raise RuntimeError({CAUSE!r})
    return ordinary(event, context)
""",
    )
    with open_centre(CALLS, assembly=altered.folder) as centre:
        stuck = watch_for_ghosts(centre)
        report = centre.finish()
        letters = centre.dead_letters("ContactEventDeadLetters")
        assert stuck == unlucky(centre)
        assert centre.session.console.live()["contacts"] == []
    assert report["differences"] == []
    assert {one["body"]["requestPayload"]["detail"]["contactId"] for one in letters} == stuck
    assert {one["body"]["responsePayload"]["errorMessage"] for one in letters} == {CAUSE}
    assert {one["body"]["requestContext"]["approximateInvokeCount"] for one in letters} == {3}


def test_contact_change_that_raises_is_isolated_and_all_others_are_counted(altered: AlteredAssembly) -> None:
    altered.replace_handler(
        "aggregate_metrics",
        FOR_UNLUCKY
        + f"""
def handler(event, context):
    keys = [one["dynamodb"]["Keys"] for one in event.get("Records", [])]
    if any(unlucky(key["contact_id"]["S"]) for key in keys if "contact_id" in key):
        raise RuntimeError({CAUSE!r})
    return ordinary(event, context)
""",
    )
    with open_centre(CALLS, assembly=altered.folder) as centre:
        centre.finish()
        for contact in centre.ledger:  # all in one batch once more, so that it has to be bisected
            centre.put_record(centre.record_of(contact.contact_id))
        centre.run(minutes=30)
        bad = unlucky(centre)
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


def test_item_that_is_no_contact_goes_to_the_queue_and_all_others_are_counted(assembly: Any) -> None:
    with open_centre(CALLS, assembly=assembly) as centre:
        centre.run_until(12)
        table = centre.session.table_with_keys("contact_id", "part")
        poison = {"contact_id": {"S": "poison"}, "part": {"S": "contact"}, "version": {"S": "2026"}}
        centre.session.cloud.client("dynamodb").put_item(TableName=table, Item=poison)
        report = centre.finish()
        assert report["differences"] == []
        (letter,) = centre.dead_letters("ContactChangeDeadLetters")
        assert letter["body"]["DDBStreamBatchInfo"]["batchSize"] == 1
        assert "change of a contact or agent: contact item: version is not a timestamp" in centre.logged(
            "AggregateMetrics"
        )


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
    ("function", "stage", "part"),
    [("verify_recording", "verify_recording", "recording"), ("analyse_transcript", "analyse_transcript", "analysis")],
)
def test_step_that_raises_is_shown_on_its_contact_and_nowhere_else(
    altered: AlteredAssembly, function: str, stage: str, part: str
) -> None:
    altered.replace_handler(
        function,
        FOR_UNLUCKY
        + f"""
import json
def handler(event, context):
    if unlucky(json.dumps(event)):
        raise RuntimeError({CAUSE!r})
    return ordinary(event, context)
""",
    )
    with open_centre(CALLS, assembly=altered.folder) as centre:
        report = centre.finish()
        bad = {one.contact_id for one in centre.ledger if one.recording_key} & unlucky(centre)
        letters = centre.dead_letters("WorkflowFailures")
        for contact in centre.ledger:
            parts = centre.parts(contact.contact_id)
            assert ("failure" in parts) == (contact.contact_id in bad)
            assert (part in parts) == (contact.recording_key is not None and contact.contact_id not in bad)
            if contact.contact_id in bad:
                failure = parts["failure"]
                assert (failure["stage"]["S"], failure["cause"]["S"]) == (stage, f"RuntimeError: {CAUSE}")
    assert report["differences"] == []
    assert len(letters) == len(bad)
    assert {(one["body"]["stage"], one["body"]["cause"]) for one in letters} == {(stage, CAUSE)}


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
