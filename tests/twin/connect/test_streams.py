"""Events, records, logs and recordings: the shapes that AWS documents, and its delivery faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.twin.connect.centre import Centre, open_centre
from tests.twin.connect.test_calls import HOUR, dial, only, staff
from twin.connect import DeliveryFaults

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "events"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the measuring data is not beside the project")


@pytest.fixture
def served() -> Centre:
    centre = open_centre(survey=True)
    staff(centre, talk=30, holds=((5, 5),))
    dial(centre, keys=["1", "4"])
    centre.cloud.clock.run(HOUR)
    return centre


def missing_keys(sample: Any, found: Any, path: str = "") -> list[str]:
    """Return key paths of ``sample`` that ``found`` lacks; lists are compared by their first item."""
    if isinstance(sample, dict) and isinstance(found, dict):
        missing = [f"{path}.{key}" for key in sample if key not in found]
        return missing + [
            p for key in sample if key in found for p in missing_keys(sample[key], found[key], f"{path}.{key}")
        ]
    if isinstance(sample, list) and isinstance(found, list) and sample and found:
        return missing_keys(sample[0], found[0], f"{path}[0]")
    return []


@pytest.mark.shared
@needs_samples
def test_contact_record_has_every_key_of_the_documented_sample(served: Centre) -> None:
    sample = json.loads((SAMPLES / "contact_record_inbound_handled.json").read_text())
    assert missing_keys(sample | {"Attributes": {}}, served.cloud.contact_records()[0]) == []


@pytest.mark.shared
@needs_samples
def test_agent_event_has_every_key_of_the_documented_sample(served: Centre) -> None:
    sample = json.loads((SAMPLES / "agent_event.json").read_text())
    event = served.cloud.agent_events()[-1]
    ours = event["CurrentAgentSnapshot"] | {"NextAgentStatus": sample["CurrentAgentSnapshot"]["NextAgentStatus"]}
    assert missing_keys(sample, event | {"CurrentAgentSnapshot": ours}) == []


def test_contact_record_says_what_the_ledger_knows(served: Centre) -> None:
    true, record = only(served), served.cloud.contact_records()[0]
    assert record["Agent"]["AgentInteractionDuration"] == true.talk_seconds
    assert record["Agent"]["CustomerHoldDuration"] == true.hold_seconds
    assert record["Agent"]["AfterContactWorkDuration"] == true.after_contact_seconds
    assert record["Queue"]["Duration"] == true.wait_seconds
    assert record["Recording"]["Location"] == f"{true.recording_bucket}/{true.recording_key}"
    assert record["LastUpdateTimestamp"] >= record["DisconnectTimestamp"]


def test_record_of_an_abandoned_contact_has_a_queue_and_no_agent() -> None:
    centre = open_centre()
    dial(centre, patience=40)
    centre.cloud.clock.run(HOUR)
    record = centre.cloud.contact_records()[0]
    assert record["Agent"] is None
    assert record["Recording"] is None
    assert record["Queue"]["Duration"] == 40
    assert record["DisconnectReason"] == "CUSTOMER_DISCONNECT"
    assert record["LastUpdateTimestamp"] == record["DisconnectTimestamp"]


def test_contact_events_come_in_the_order_of_a_call(served: Centre) -> None:
    kinds = [e["eventType"] for e in served.cloud.events if e["eventType"] != "CONTACT_DATA_UPDATED"]
    assert kinds == ["INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED", "COMPLETED"]
    connected = next(e for e in served.cloud.events if e["eventType"] == "CONNECTED_TO_AGENT")
    assert connected["queueInfo"] == {
        "queueArn": served.queues["orders"],
        "queueType": "STANDARD",
        "enqueueTimestamp": "2026-11-20T17:00:04.000Z",
    }
    assert connected["agentInfo"]["connectedToAgentTimestamp"] == "2026-11-20T17:00:08.000Z"
    completed = served.cloud.events[-1]
    assert completed["agentInfo"]["afterContactWorkDuration"] == 30


def test_agent_stream_tells_the_whole_story(served: Centre) -> None:
    story = [
        (e["EventType"], [c["State"] for c in e["CurrentAgentSnapshot"]["Contacts"]])
        for e in served.cloud.agent_events()
        if e["EventType"] != "HEART_BEAT"
    ]
    assert story == [
        ("LOGIN", []),
        ("STATE_CHANGE", []),
        ("STATE_CHANGE", ["CONNECTING"]),
        ("STATE_CHANGE", ["CONNECTED"]),
        ("STATE_CHANGE", ["CONNECTED_ONHOLD"]),
        ("STATE_CHANGE", ["CONNECTED"]),
        ("STATE_CHANGE", ["ENDED"]),
        ("STATE_CHANGE", []),
    ]


def test_silent_agent_sends_a_heartbeat_every_two_minutes() -> None:
    centre = open_centre()
    staff(centre)
    centre.cloud.clock.run(601)
    beats = [e["EventTimestamp"][14:19] for e in centre.cloud.agent_events() if e["EventType"] == "HEART_BEAT"]
    assert beats == ["02:00", "04:00", "06:00", "08:00", "10:00"]


def test_heart_stops_when_everybody_went_home() -> None:
    centre = open_centre()
    staff(centre)
    centre.network.desk("mina").log_out()
    centre.cloud.clock.run()
    assert centre.cloud.agent_events()[-1]["EventType"] == "LOGOUT"


def test_flow_log_has_one_event_per_action_in_one_put_per_flow(served: Centre) -> None:
    puts = served.cloud.calls_of("logs", "put_log_events")
    assert [put["logGroupName"] for put in puts] == ["/aws/connect/redline"] * 3
    names = [json.loads(put["logEvents"][0]["message"])["ContactFlowName"] for put in puts]
    assert names == ["inbound", "waiting", "survey"]
    event = next(e for e in served.cloud.flow_log_events() if e["Identifier"] == "menu")
    assert event["ContactFlowModuleType"] == "GetUserInput"
    assert event["ContactFlowId"].startswith("arn:aws:connect:")
    assert event["Results"] == "1"


def test_recording_is_written_after_the_call_with_what_was_said(served: Centre) -> None:
    true = only(served)
    (put,) = served.cloud.calls_of("s3", "put_object")
    assert put["Key"] == f"connect/redline/CallRecordings/2026/11/20/{true.contact_id}_20261120T17:00_UTC.wav"
    said = served.studio.remembered[put["Bucket"], put["Key"]]
    assert [one.text for one in said] == ["Good morning.", "My bumper is damaged."]
    assert put["Body"] == b"RIFF 2 30"
    assert true.utterances == 2


def test_recording_keeps_nothing_that_was_cut_off() -> None:
    centre = open_centre()
    staff(centre)
    dial(centre, talk=4)
    centre.cloud.clock.run(HOUR)
    assert only(centre).utterances == 1


def test_duplicates_and_corrections_are_later_versions_of_the_same_record() -> None:
    centre = open_centre(faults=DeliveryFaults(corrected_records=1.0, duplicated_records=1.0))
    staff(centre)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    first, second, corrected = centre.cloud.contact_records()
    assert first["ContactId"] == second["ContactId"] == corrected["ContactId"]
    assert first["Recording"] is None
    assert corrected["Recording"] is not None
    assert corrected["LastUpdateTimestamp"] > first["LastUpdateTimestamp"]


def test_events_may_get_lost_doubled_and_late() -> None:
    lost = open_centre(faults=DeliveryFaults(dropped_events=1.0))
    doubled = open_centre(faults=DeliveryFaults(duplicated_events=1.0))
    late = open_centre(faults=DeliveryFaults(late_events=0.5), seed=3)
    for centre in (lost, doubled, late):
        dial(centre, patience=20)
        centre.cloud.clock.run(HOUR)
        assert only(centre).outcome == "abandoned"
    assert lost.cloud.events == []
    kinds = [e["eventType"] for e in doubled.cloud.events]
    assert kinds[0::2] == kinds[1::2]
    assert len(late.cloud.events) == len(kinds) / 2


def test_late_event_still_says_what_was_true_when_it_happened() -> None:
    centre = open_centre(faults=DeliveryFaults(late_events=1.0))
    staff(centre)
    dial(centre, talk=20)
    centre.cloud.clock.run(HOUR)
    queued = next(e for e in centre.cloud.events if e["eventType"] == "QUEUED")
    assert "agentInfo" not in queued
