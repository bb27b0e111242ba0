"""``process_transcript``: a transcript is analysed and linked, or kept as a failure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from moto.transcribe.models import TranscribeBackend

from tests.workflows.conftest import Workshop, substitute
from tests.workflows.faults import Faults

CONTACT = "7f2c0c1e-54a8-4a1c-9d0e-0123456789ab"


def job_ended(status: str = "COMPLETED", **detail: str) -> dict[str, Any]:
    """Return the event that Transcribe sends through EventBridge."""
    return {
        "version": "0",
        "detail-type": "Transcribe Job State Change",
        "source": "aws.transcribe",
        "detail": {"TranscriptionJobName": CONTACT, "TranscriptionJobStatus": status, **detail},
    }


def said(channel: str, start: float, *words: str) -> list[dict[str, Any]]:
    """Return the items of a channel: each word lasts half a second."""
    return [
        {
            "channel_label": channel,
            "start_time": str(start + index / 2),
            "end_time": str(start + index / 2 + 0.5),
            "alternatives": [{"confidence": "0.9", "content": word}],
            "type": "pronunciation",
        }
        for index, word in enumerate(words)
    ]


TRANSCRIPT = {
    "jobName": CONTACT,
    "results": {
        "language_code": "en-US",
        "channel_labels": {
            "channels": [
                {
                    "channel_label": "ch_0",
                    "items": said("ch_0", 2, "my", "card", "4111", "1111", "1111", "1111"),
                },
                {"channel_label": "ch_1", "items": said("ch_1", 7, "I", "give", "you", "a", "refund")},
            ],
            "number_of_channels": 2,
        },
    },
    "status": "COMPLETED",
}


@dataclass(frozen=True)
class Failing:
    """Something goes wrong, and where that leads."""

    stage: str
    error: str
    says: str
    path: tuple[str, ...]
    event: dict[str, Any]
    transcript: str | None = json.dumps(TRANSCRIPT)
    operation: str = ""
    times: int = 99


KEPT = ("KeepFailure", "ReportFailure", "NotProcessed")
ASKED = ("HowDidItEnd", "IsReasonGiven", "AskReason")
RAISED = (
    "HowDidItEnd",
    "AnalyseTranscript",
    "AnalysisFailed",
    "IsFunctionError",
    "ReadFunctionError",
    "TakeFunctionError",
    *KEPT,
)
PROCESSED = ("HowDidItEnd", "AnalyseTranscript", "LinkAnalysis", "Processed")
FAILURES = {
    "job failed and says why": Failing(
        "transcribe",
        "TranscriptionFailedError",
        "The data in your input file is not valid.",
        ("HowDidItEnd", "IsReasonGiven", "TakeReason", "TranscriptionFailed", *KEPT),
        job_ended("FAILED", FailureReason="The data in your input file is not valid."),
    ),
    "job failed and Transcribe does not know it": Failing(
        "transcribe",
        "TranscriptionFailedError",
        "gave no reason",
        (*ASKED, "ReasonUnknown", "TranscriptionFailed", *KEPT),
        job_ended("FAILED"),
    ),
    "transcript is missing": Failing(
        "analyse_transcript", "TranscriptError", "is missing", RAISED, job_ended(), transcript=None
    ),
    "transcript is not JSON": Failing(
        "analyse_transcript", "TranscriptError", "is not JSON", RAISED, job_ended(), transcript="<html>"
    ),
    "transcript has another form": Failing(
        "analyse_transcript",
        "TranscriptError",
        "not an output",
        RAISED,
        job_ended(),
        transcript='{"results": {}}',
    ),
    "contacts table is denied once": Failing(
        "link_analysis",
        "DynamoDB.AccessDeniedException",
        "planned",
        ("HowDidItEnd", "AnalyseTranscript", "LinkAnalysis", "LinkingFailed", *KEPT),
        job_ended(),
        operation="PutItem",
        times=1,
    ),
}
REASON_ASKED = (*ASKED, "TakeReason", "TranscriptionFailed", *KEPT)


def process(workshop: Workshop, event: dict[str, Any], transcript: str | None = json.dumps(TRANSCRIPT)) -> Any:
    """Store a transcript, as Transcribe does, and run the workflow on the event."""
    if transcript is not None:
        workshop.s3.put_object(Bucket="conversations", Key=f"transcripts/{CONTACT}.json", Body=transcript)
    return workshop.run("process_transcript", event)


def test_analysis_is_linked_to_its_contact(workshop: Workshop) -> None:
    ended = process(workshop, job_ended())
    assert (ended.status, ended.path) == ("SUCCEEDED", PROCESSED)
    item = workshop.item(CONTACT, "analysis")
    assert item is not None
    assert item.pop("expires_at")["N"].isdigit()
    assert item.pop("analysed_at")["S"].endswith("Z")
    assert item == {
        "contact_id": {"S": CONTACT},
        "part": {"S": "analysis"},
        "transcript_key": {"S": f"transcripts/{CONTACT}.json"},
        "analysis_key": {"S": f"analyses/{CONTACT}.json"},
        "language": {"S": "en"},
        "talk_seconds_customer": {"N": "3.0"},
        "talk_seconds_agent": {"N": "2.5"},
        "silence_seconds": {"N": "2.0"},
        "interruptions": {"N": "0"},
        "categories": {"L": [{"S": "refund"}]},
    }


def test_stored_analysis_is_redacted_and_carries_its_retention(workshop: Workshop) -> None:
    process(workshop, job_ended())
    stored = workshop.s3.get_object(Bucket="conversations", Key=f"analyses/{CONTACT}.json")
    document = json.loads(stored["Body"].read())
    tags = workshop.s3.get_object_tagging(Bucket="conversations", Key=f"analyses/{CONTACT}.json")["TagSet"]
    assert [segment["text"] for segment in document["segments"]] == [
        "my card [card number]",
        "I give you a refund",
    ]
    assert document["segments"][1]["speaker"] == "agent"
    assert tags == [{"Key": "retention", "Value": "standard"}]


def test_transcript_costs_one_read_one_object_and_one_item(workshop: Workshop, faults: Faults) -> None:
    process(workshop, job_ended())
    asked = Counter(operation for operation, _ in faults.requests)
    paid = {"Invoke": 1, "GetObject": 1, "PutItem": 1, "PutObjectTagging": 0, "SendMessage": 0}
    assert {operation: asked[operation] for operation in paid} == paid
    assert asked["PutObject"] == len(["the test's own transcript", "the analysis"])


def test_event_that_comes_twice_ends_well_both_times(workshop: Workshop) -> None:
    process(workshop, job_ended())
    assert process(workshop, job_ended()).path == PROCESSED


def test_conversation_in_no_category_is_linked_too(workshop: Workshop) -> None:
    silent = {"results": {"language_code": "ko-KR", "channel_labels": {"channels": []}}}
    process(workshop, job_ended(), json.dumps(silent))
    item = workshop.item(CONTACT, "analysis")
    assert item is not None
    assert item["categories"] == {"L": []}
    assert item["language"] == {"S": "ko"}


def test_job_that_has_not_ended_is_left_alone(workshop: Workshop) -> None:
    ended = process(workshop, job_ended("IN_PROGRESS"))
    assert (ended.status, ended.path) == ("SUCCEEDED", ("HowDidItEnd", "StillRunning"))


def test_failed_job_is_asked_for_its_reason(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"TranscriptionJob": {"TranscriptionJobName": CONTACT, "FailureReason": "Invalid sample rate."}}
    monkeypatch.setattr(TranscribeBackend, "get_transcription_job", lambda *_, **__: answer)
    ended = process(workshop, job_ended("FAILED"))
    assert ended.path == REASON_ASKED
    kept = workshop.item(CONTACT, "failure")
    assert kept is not None
    assert kept["cause"] == {"S": "TranscriptionFailedError: Invalid sample rate."}


@pytest.mark.parametrize(
    ("operation", "code"), [("Invoke", "TooManyRequestsException"), ("PutItem", "ThrottlingException")]
)
def test_busy_service_is_tried_again_until_it_works(
    workshop: Workshop, faults: Faults, operation: str, code: str
) -> None:
    faults.add(operation, code, times=3)
    assert process(workshop, job_ended()).path == PROCESSED
    assert len(workshop.slept) == 3


@pytest.mark.parametrize("failing", FAILURES.values(), ids=FAILURES)
def test_failure_is_kept_with_its_contact_and_reported_with_its_input(
    workshop: Workshop, faults: Faults, failing: Failing
) -> None:
    if failing.operation:
        faults.add(failing.operation, failing.error.split(".")[-1], times=failing.times)
    ended = process(workshop, failing.event, failing.transcript)
    assert (ended.status, ended.error, ended.path) == ("FAILED", failing.error, failing.path)
    kept = workshop.item(CONTACT, "failure")
    assert kept is not None
    assert kept["stage"] == {"S": failing.stage}
    assert failing.says in kept["cause"]["S"]
    (letter,) = workshop.take_dead_letters()
    assert (letter["workflow"], letter["stage"]) == ("process_transcript", failing.stage)
    assert failing.says in letter["cause"]
    assert letter["input"] == failing.event


def test_failure_that_cannot_be_kept_is_still_reported(workshop: Workshop, faults: Faults) -> None:
    faults.add("PutItem", "InternalServerError", times=99)
    process(workshop, job_ended())
    (letter,) = workshop.take_dead_letters()
    assert letter["stage"] == "link_analysis"


def test_every_state_is_visited_by_a_test(workshop: Workshop) -> None:
    definition = json.loads(substitute("process_transcript", workshop.substitutions))
    visited = {state for failing in FAILURES.values() for state in failing.path}
    visited |= {*PROCESSED, *REASON_ASKED, "StillRunning"}
    assert visited == set(definition["States"])
