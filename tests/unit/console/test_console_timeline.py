"""A contact's story in order of time."""

from __future__ import annotations

import pytest

from tests.unit.contact.samples import contact
from trunkline.console.timeline import tell_timeline
from trunkline.contact.wholeness import failures_of

STEP = {
    "ContactId": "c1",
    "ContactFlowName": "inbound",
    "ContactFlowModuleType": "PlayPrompt",
    "Identifier": "greet",
    "Timestamp": "2026-11-21T18:14:31.250Z",
    "Parameters": {"Text": "Thank you for calling"},
}
FAILURE = {
    "stage": "verify_recording",
    "cause": "TooShort",
    "at": "2026-11-21T18:20:40.123Z",
    "part": "failure",
}
PARTS = {
    "contact": contact().to_values(),
    "recording": {"recorded_at": "2026-11-21T18:20:30Z", "seconds": 240, "retention": "standard"},
    "analysis": {"analysed_at": "2026-11-21T18:22:00Z", "categories": ["refund"]},
}


def test_story_is_in_order_of_time_and_each_entry_has_its_kind():
    story = tell_timeline(PARTS, [STEP])
    assert [(entry["kind"], entry["code"]) for entry in story] == [
        ("event", "initiated"),
        ("flow", "flow_step"),
        ("routing", "routed"),
        ("event", "queued"),
        ("event", "answered"),
        ("event", "disconnected"),
        ("pipeline", "recorded"),
        ("event", "after_contact_work_ended"),
        ("pipeline", "analysed"),
    ]
    assert all(entry["at"] and entry["title"] for entry in story)


def test_routing_tells_its_reasons():
    routed = next(entry for entry in tell_timeline(PARTS, []) if entry["kind"] == "routing")
    assert routed["detail"]["reasons"].startswith("menu choice orders")
    assert routed["detail"]["menu_path"] == "main>1"


def test_flow_step_tells_what_it_did():
    step = next(entry for entry in tell_timeline({}, [STEP]))
    assert step["title"] == "inbound: PlayPrompt"
    assert step["detail"]["parameters"] == {"Text": "Thank you for calling"}
    assert "results" not in step["detail"]


def test_step_without_a_readable_time_is_left_out():
    assert tell_timeline({}, [{**STEP, "Timestamp": "soon"}, {}]) == []


def test_recording_is_kept_once_the_call_has_ended_though_its_name_tells_its_begin():
    parts = {**PARTS, "recording": {"recorded_at": "2026-11-21T18:15:00Z"}}
    story = tell_timeline(parts, [])
    codes = [entry["code"] for entry in story]
    assert codes.index("recorded") == codes.index("disconnected") + 1


def test_queue_flow_comes_after_the_contact_was_queued_in_the_same_second():
    at = PARTS["contact"]["enqueued_at"]
    transfer = {**STEP, "ContactFlowModuleType": "Transfer", "Timestamp": at}
    waiting = {**STEP, "ContactFlowModuleType": "LoopPrompts", "Timestamp": at}
    story = tell_timeline(PARTS, [STEP, transfer, waiting])
    told = [entry["detail"].get("type", entry["code"]) for entry in story]
    first = told.index("Transfer")
    assert told[first : first + 4] == ["Transfer", "routed", "queued", "LoopPrompts"]


def test_failures_are_listed_and_told():
    parts = {"contact": PARTS["contact"], "failure": FAILURE}
    assert failures_of(parts) == [{name: FAILURE[name] for name in ("stage", "cause", "at")}]
    assert "failed" in [entry["code"] for entry in tell_timeline(parts, [])]


@pytest.mark.parametrize(
    ("stage", "left", "mended"),
    [
        ("verify_recording", {"recording"}, True),
        ("link_recording", {"recording"}, True),
        ("start_transcription", {"recording"}, False),
        ("analyse_transcript", {"recording"}, False),
        ("start_transcription", {"recording", "analysis"}, True),
        ("another", {"recording"}, False),
    ],
)
def test_failure_is_hidden_where_a_later_try_left_its_result(stage, left, mended):
    parts = {**{part: PARTS[part] for part in left}, "failure": {**FAILURE, "stage": stage}}
    assert (failures_of(parts) == []) is mended
