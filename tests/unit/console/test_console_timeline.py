"""A contact's story in order of time."""

from __future__ import annotations

from tests.unit.contact.samples import contact
from trunkline.console.timeline import failures_of, tell_timeline

STEP = {
    "ContactId": "c1",
    "ContactFlowName": "inbound",
    "ContactFlowModuleType": "PlayPrompt",
    "Identifier": "greet",
    "Timestamp": "2026-11-21T18:14:31.250Z",
    "Parameters": {"Text": "Thank you for calling"},
}
PARTS = {
    "contact": contact().to_values(),
    "recording": {"recorded_at": "2026-11-21T18:20:30Z", "seconds": 240, "retention": "standard"},
    "analysis": {"analysed_at": "2026-11-21T18:22:00Z", "categories": ["refund"]},
    "failure": {
        "stage": "ingest_recording",
        "cause": "TooShort",
        "at": "2026-11-21T18:20:40.123Z",
        "part": "failure",
    },
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
        ("pipeline", "failed"),
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


def test_failures_are_listed():
    assert failures_of(PARTS) == [{"stage": "ingest_recording", "cause": "TooShort", "at": "2026-11-21T18:20:40.123Z"}]
