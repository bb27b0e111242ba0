"""``ingest_recording``: a recording is checked, tagged, linked and transcribed, or kept as a failure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.workflows.conftest import Workshop, substitute
from tests.workflows.faults import Faults
from tests.workflows.functions import CENTER
from tests.workflows.recordings import make_wav

CONTACT = "7f2c0c1e-54a8-4a1c-9d0e-0123456789ab"
KEY = f"connect/test-parts/CallRecordings/2026/11/21/{CONTACT}_20261121T10:15_UTC.wav"
WHOLE = make_wav(seconds=2.5)

BEGUN = ("IsRecording", "TakeContactId", "VerifyRecording")
LINKED = (*BEGUN, "TagRetention", "LinkRecording", "CountLanguages")
KEPT = ("KeepFailure", "ReportFailure", "NotIngested")


def object_created(key: str = KEY, **object_detail: Any) -> dict[str, Any]:
    """Return the event that S3 sends through EventBridge."""
    return {
        "version": "0",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "detail": {
            "version": "0",
            "bucket": {"name": "recordings"},
            "object": {"key": key, "size": 1, "sequencer": "0", **object_detail},
            "reason": "PutObject",
        },
    }


def ingest(workshop: Workshop, content: bytes = WHOLE, key: str = KEY) -> Any:
    """Store a recording and run the workflow on its event."""
    workshop.s3.put_object(Bucket="recordings", Key=key, Body=content)
    return workshop.run("ingest_recording", object_created(key))


@dataclass(frozen=True)
class Failing:
    """Something goes wrong, and where that leads."""

    stage: str
    error: str
    says: str
    path: tuple[str, ...]
    content: bytes = WHOLE
    operation: str = ""
    times: int = 99
    center: dict[str, Any] = field(default_factory=lambda: CENTER)


RAISED = (*BEGUN, "VerificationFailed", "IsFunctionError", "ReadFunctionError", "TakeFunctionError", *KEPT)
ONE_LANGUAGE = {**CENTER, "languages": {"en": {"locale": "en-US"}}}
FAILURES = {
    "empty": Failing("verify_recording", "EmptyRecordingError", "no bytes", RAISED, content=b""),
    "header without its audio": Failing(
        "verify_recording",
        "TruncatedRecordingError",
        "80000 bytes of audio, but 0",
        RAISED,
        content=WHOLE[:44],
    ),
    "upload broken off": Failing(
        "verify_recording", "TruncatedRecordingError", "bytes of audio, but", RAISED, content=WHOLE[:20_000]
    ),
    "not audio": Failing("verify_recording", "NotAudioError", "not a WAV file", RAISED, content=b"%PDF-1.7 hello"),
    "Lambda stays busy": Failing(
        "verify_recording",
        "Lambda.TooManyRequestsException",
        "planned",
        (*BEGUN, "VerificationFailed", "IsFunctionError", *KEPT),
        operation="Invoke",
    ),
    "S3 stays busy": Failing(
        "tag_retention",
        "S3.S3Exception",
        "planned SlowDown",
        (*BEGUN, "TagRetention", "TaggingFailed", *KEPT),
        operation="PutObjectTagging",
    ),
    "contacts table is denied once": Failing(
        "link_recording",
        "DynamoDB.AccessDeniedException",
        "planned",
        (*BEGUN, "TagRetention", "LinkRecording", "LinkingFailed", *KEPT),
        operation="PutItem",
        times=1,
    ),
    "transcription is refused": Failing(
        "start_transcription",
        "Transcribe.BadRequestException",
        "planned",
        (*LINKED, "TranscribeInOneOfTheLanguages", "TranscriptionNotStarted", *KEPT),
        operation="StartTranscriptionJob",
    ),
    "transcription in one language stays busy": Failing(
        "start_transcription",
        "Transcribe.LimitExceededException",
        "planned",
        (*LINKED, "TranscribeInTheLanguage", "TranscriptionNotStarted", *KEPT),
        operation="StartTranscriptionJob",
        center=ONE_LANGUAGE,
    ),
}
SUCCESSES = {
    "two languages": (*LINKED, "TranscribeInOneOfTheLanguages", "Ingested"),
    "one language": (*LINKED, "TranscribeInTheLanguage", "Ingested"),
    "message": (
        "IsRecording",
        "TakeContactIdOfAutomatedPart",
        *LINKED[2:],
        "TranscribeInOneOfTheLanguages",
        "Ingested",
    ),
    "again": (*LINKED, "TranscribeInOneOfTheLanguages", "AlreadyTranscribing"),
    "not a recording": ("IsRecording", "NotARecording", "ReportFailure", "NotIngested"),
}


def test_recording_is_linked_to_its_contact_with_its_fingerprint(workshop: Workshop) -> None:
    ended = ingest(workshop)
    assert (ended.status, ended.path) == ("SUCCEEDED", SUCCESSES["two languages"])
    item = workshop.item(CONTACT, "recording")
    assert item is not None
    assert item.pop("expires_at")["N"].isdigit()
    assert item == {
        "contact_id": {"S": CONTACT},
        "part": {"S": "recording"},
        "bucket": {"S": "recordings"},
        "key": {"S": KEY},
        "sha256": {"S": hashlib.sha256(WHOLE).hexdigest()},
        "bytes": {"N": str(len(WHOLE))},
        "seconds": {"N": "2.5"},
        "channels": {"N": "2"},
        "sample_rate_hertz": {"N": "8000"},
        "retention": {"S": "standard"},
        "transcription_job": {"S": CONTACT},
        "recorded_at": {"S": "2026-11-21T10:15:00Z"},
    }


def test_recording_carries_its_retention_as_a_tag(workshop: Workshop) -> None:
    ingest(workshop)
    tags = workshop.s3.get_object_tagging(Bucket="recordings", Key=KEY)["TagSet"]
    assert tags == [{"Key": "retention", "Value": "standard"}]


def test_transcription_tells_channels_and_languages_apart(workshop: Workshop, faults: Faults) -> None:
    ingest(workshop)
    assert faults.sent("StartTranscriptionJob") == {
        "TranscriptionJobName": CONTACT,
        "Media": {"MediaFileUri": f"s3://recordings/{KEY}"},
        "MediaFormat": "wav",
        "IdentifyLanguage": True,
        "LanguageOptions": ["en-US", "ko-KR"],
        "Settings": {"ChannelIdentification": True},
        "OutputBucketName": "conversations",
        "OutputKey": f"transcripts/{CONTACT}.json",
    }


def test_recording_of_one_channel_is_transcribed_without_telling_channels_apart(
    workshop: Workshop, faults: Faults
) -> None:
    ingest(workshop, make_wav(channels=1))
    assert faults.sent("StartTranscriptionJob")["Settings"] == {"ChannelIdentification": False}


def test_message_that_a_caller_left_is_linked_to_its_contact(workshop: Workshop, faults: Faults) -> None:
    key = KEY.replace("CallRecordings/", "CallRecordings/ivr/")
    ended = ingest(workshop, make_wav(channels=1), key)
    assert (ended.status, ended.path) == ("SUCCEEDED", SUCCESSES["message"])
    item = workshop.item(CONTACT, "recording")
    assert item is not None
    assert item["key"] == {"S": key}
    assert faults.sent("StartTranscriptionJob")["TranscriptionJobName"] == CONTACT


def test_centre_with_one_language_names_it(workshop: Workshop, faults: Faults) -> None:
    workshop.install("verify_recording", {"RECORDINGS_BUCKET": "recordings"}, ONE_LANGUAGE)
    ended = ingest(workshop)
    assert ended.path == SUCCESSES["one language"]
    assert faults.sent("StartTranscriptionJob")["LanguageCode"] == "en-US"
    assert "IdentifyLanguage" not in faults.sent("StartTranscriptionJob")


def test_recording_costs_one_read_one_tag_one_write_and_one_job(workshop: Workshop, faults: Faults) -> None:
    ingest(workshop)
    asked = Counter(operation for operation, _ in faults.requests)
    paid = {"Invoke", "GetObject", "PutObjectTagging", "PutItem", "StartTranscriptionJob", "SendMessage"}
    assert {operation: asked[operation] for operation in paid} == dict.fromkeys(paid, 1) | {"SendMessage": 0}


def test_event_that_comes_twice_ends_well_both_times_and_leaves_the_same_item(workshop: Workshop) -> None:
    ingest(workshop)
    first = workshop.item(CONTACT, "recording")
    ended = workshop.run("ingest_recording", object_created(etag="d41d8cd98f00b204e9800998ecf8427e"))
    second = workshop.item(CONTACT, "recording")
    assert (ended.status, ended.path) == ("SUCCEEDED", SUCCESSES["again"])
    assert first is not None
    assert second is not None
    assert {**first, "expires_at": None} == {**second, "expires_at": None}


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("Invoke", "TooManyRequestsException"),
        ("PutObjectTagging", "SlowDown"),
        ("PutItem", "ThrottlingException"),
        ("StartTranscriptionJob", "LimitExceededException"),
    ],
)
def test_busy_service_is_tried_again_until_it_works(
    workshop: Workshop, faults: Faults, operation: str, code: str
) -> None:
    faults.add(operation, code, times=3)
    ended = ingest(workshop)
    assert ended.path[-1] == "Ingested"
    assert len(workshop.slept) == len(faults.raised) == 3
    assert workshop.take_dead_letters() == []


@pytest.mark.parametrize("failing", FAILURES.values(), ids=FAILURES)
def test_failure_is_kept_with_its_contact_and_reported_with_its_input(
    workshop: Workshop, faults: Faults, failing: Failing
) -> None:
    workshop.install("verify_recording", {"RECORDINGS_BUCKET": "recordings"}, failing.center)
    if failing.operation:
        code = failing.error.split(".")[-1].replace("S3Exception", "SlowDown")
        faults.add(failing.operation, code, times=failing.times)
    ended = ingest(workshop, failing.content)
    assert (ended.status, ended.error, ended.path) == ("FAILED", failing.error, failing.path)
    kept = workshop.item(CONTACT, "failure")
    assert kept is not None
    assert kept["stage"] == {"S": failing.stage}
    assert failing.says in kept["cause"]["S"]
    assert "stackTrace" not in kept["cause"]["S"]
    assert kept["at"]["S"]
    (letter,) = workshop.take_dead_letters()
    assert letter["workflow"] == "ingest_recording"
    assert (letter["stage"], letter["error"]) == (failing.stage, failing.error)
    assert failing.says in letter["cause"]
    assert letter["input"] == object_created()


@pytest.mark.parametrize(
    "event",
    [
        object_created("connect/test-parts/ChatTranscripts/2026/11/21/c-1_20261121T10:15_UTC.json"),
        {"detail": {"bucket": {"name": "recordings"}}},
    ],
    ids=["other object", "no key"],
)
def test_object_that_is_no_recording_is_reported_and_belongs_to_no_contact(
    workshop: Workshop, event: dict[str, Any]
) -> None:
    ended = workshop.run("ingest_recording", event)
    assert (ended.error, ended.path) == ("NotARecordingError", SUCCESSES["not a recording"])
    (letter,) = workshop.take_dead_letters()
    assert letter["input"] == event
    assert workshop.dynamodb.scan(TableName="contacts")["Count"] == 0


def test_failure_that_cannot_be_kept_is_still_reported(workshop: Workshop, faults: Faults) -> None:
    faults.add("PutItem", "InternalServerError", times=99)
    ended = ingest(workshop, b"")
    assert ended.error == "EmptyRecordingError"
    (letter,) = workshop.take_dead_letters()
    assert letter["error"] == "EmptyRecordingError"


def test_report_is_tried_again(workshop: Workshop, faults: Faults) -> None:
    faults.add("SendMessage", "ServiceUnavailable", times=2)
    ingest(workshop, b"")
    assert len(workshop.take_dead_letters()) == 1


def test_every_state_is_visited_by_a_test(workshop: Workshop) -> None:
    definition = json.loads(substitute("ingest_recording", workshop.substitutions))
    paths = [*(failing.path for failing in FAILURES.values()), *SUCCESSES.values()]
    assert {state for path in paths for state in path} == set(definition["States"])
