"""Amazon Transcribe in the twin: jobs, permissions, output, events, failures."""

from __future__ import annotations

import json
from datetime import timedelta

import boto3
import pytest
from botocore.stub import Stubber

from tests.twin.speech.fakes import START, FakeCloud
from tests.twin.speech.samples import CONVERSATION, KOREAN, pcm, tone, wav
from twin.contracts import ServiceError
from twin.speech import SilentStudio, install
from twin.speech.heard import Heard, HeardSegment, HeardWord

ROLE = "arn:aws:iam::111122223333:role/ingest"
KEY = "connect/redline/CallRecordings/2026/11/21/contact_20261121T10:00_UTC.wav"
REQUEST = {
    "TranscriptionJobName": "contact-1",
    "Media": {"MediaFileUri": f"s3://recordings/{KEY}"},
    "IdentifyLanguage": True,
    "LanguageOptions": ["en-US", "ko-KR"],
    "OutputBucketName": "conversations",
    "OutputKey": "transcripts/contact-1.json",
    "Settings": {"ChannelIdentification": True},
}


class World:
    """A cloud with Transcribe, and one recording in it."""

    def __init__(self, utterances=CONVERSATION, *, error_rate=0.0, seconds=60.0, find=lambda: None):
        self.cloud, self.studio = FakeCloud(), SilentStudio()
        install(self.cloud, self.studio, word_error_rate=error_rate, find=find)
        self.put(self.studio.recording(utterances, seconds))
        self.studio.remember("recordings", KEY, utterances)

    def put(self, content, key=KEY):
        self.cloud.s3.objects["recordings", key] = content

    def call(self, operation, caller=ROLE, **parameters):
        return self.cloud.services["transcribe"].call(operation, parameters, caller)

    def start(self, **changes):
        request = {name: value for name, value in (REQUEST | changes).items() if value is not None}
        return self.call("StartTranscriptionJob", **request)["TranscriptionJob"]

    def job(self, name="contact-1"):
        return self.call("GetTranscriptionJob", TranscriptionJobName=name)["TranscriptionJob"]

    def transcribe(self, **changes):
        self.start(**changes)
        self.cloud.clock.run()
        return json.loads(self.cloud.s3.objects["conversations", "transcripts/contact-1.json"])


def test_job_takes_a_quarter_of_the_recording_and_ends_with_an_event():
    world = World(seconds=60)
    assert world.start()["TranscriptionJobStatus"] == "IN_PROGRESS"
    world.cloud.clock.run(14.9)
    assert world.job()["TranscriptionJobStatus"] == "IN_PROGRESS"
    assert not world.cloud.events
    world.cloud.clock.run(0.2)
    assert world.job()["TranscriptionJobStatus"] == "COMPLETED"
    detail = {"TranscriptionJobName": "contact-1", "TranscriptionJobStatus": "COMPLETED"}
    moment = START + timedelta(seconds=15)
    assert world.cloud.events == [(moment, "aws.transcribe", "Transcribe Job State Change", detail)]


def test_short_recording_takes_five_seconds_and_is_billed_as_fifteen():
    world = World(CONVERSATION[:1], seconds=4)
    world.start()
    world.cloud.clock.run()
    assert world.job()["CompletionTime"] == START + timedelta(seconds=5)
    assert world.cloud.usage == [("transcribe", "audio_seconds", 15.0)]


def test_recording_is_billed_by_its_length():
    world = World(seconds=60)
    world.transcribe()
    assert world.cloud.usage == [("transcribe", "audio_seconds", 60.0)]


def test_output_has_amazons_shape():
    results = World().transcribe()["results"]
    channels = results["channel_labels"]["channels"]
    assert results["channel_labels"]["number_of_channels"] == 2
    assert [channel["channel_label"] for channel in channels] == ["ch_0", "ch_1"]
    assert [item["alternatives"][0]["content"] for item in channels[0]["items"]] == [
        "My", "order", "4471", "has", "not", "arrived", ",", "and", "I", "paid", "$27.50", "!",
    ]  # fmt: skip
    first, mark = channels[0]["items"][0], channels[0]["items"][6]
    assert first["type"] == "pronunciation"
    assert first["start_time"] == "4.0"
    assert 0.9 <= float(first["alternatives"][0]["confidence"]) <= 1
    assert mark["type"] == "punctuation"
    assert mark["alternatives"] == [{"confidence": "0.0", "content": ","}]
    assert "start_time" not in mark
    assert results["transcripts"] == [{"transcript": " ".join(line.text for line in CONVERSATION)}]
    assert [item["id"] for item in results["items"]] == list(range(len(results["items"])))
    segment = results["audio_segments"][1]
    assert (segment["channel_label"], segment["start_time"], segment["end_time"]) == ("ch_0", "4.0", "8.0")
    assert segment["transcript"] == CONVERSATION[1].text


def test_words_lie_inside_their_utterance_in_order():
    for segment, line in zip(World().transcribe()["results"]["audio_segments"], CONVERSATION, strict=True):
        assert float(segment["start_time"]) == line.start_seconds
        assert float(segment["end_time"]) == pytest.approx(line.end_seconds, abs=0.002)
    times = [float(item["start_time"]) for item in World().transcribe()["results"]["items"] if "start_time" in item]
    assert times == sorted(times)


def test_language_is_identified():
    world = World(KOREAN)
    results = world.transcribe()["results"]
    assert results["language_code"] == "ko-KR"
    assert results["language_identification"][0]["code"] == "ko-KR"
    assert results["transcripts"][0]["transcript"] == "안녕하세요, 레드라인입니다. 주문한 부품이 아직 안 왔어요."
    assert world.job()["LanguageCode"] == "ko-KR"
    assert world.job()["IdentifiedLanguageScore"] > 0.9


def test_language_can_be_given_and_channels_left_together():
    results = World().transcribe(IdentifyLanguage=None, LanguageOptions=None, LanguageCode="en-US", Settings=None)[
        "results"
    ]
    assert results["language_code"] == "en-US"
    assert "language_identification" not in results
    assert "channel_labels" not in results
    assert "channel_label" not in results["items"][0]


def test_recording_and_transcript_are_touched_as_the_caller():
    world = World()
    world.transcribe()
    assert world.cloud.s3.calls == [
        (ROLE, "GetObject", "recordings", KEY),
        (ROLE, "PutObject", "conversations", "transcripts/contact-1.json"),
    ]


def test_some_words_are_misheard_with_low_confidence_and_the_same_ones_for_the_same_seed():
    def words(error_rate):
        items = World(CONVERSATION * 20, error_rate=error_rate).transcribe()["results"]["items"]
        return [(i["alternatives"][0]["content"], float(i["alternatives"][0]["confidence"])) for i in items]

    clean, heard = words(0.0), words(0.1)
    assert heard == words(0.1)
    unsure = [word for word, confidence in heard if 0 < confidence < 0.8]
    missed = len(clean) - len(heard)
    assert 0.05 < (len(unsure) + missed) / (20 * 25) < 0.2
    assert missed > 0
    assert sum(word == "4471" for word, _ in heard) == 20


def test_default_error_rate_is_about_two_in_a_hundred():
    cloud, studio = FakeCloud(), SilentStudio()
    install(cloud, studio)
    lines = CONVERSATION * 80
    studio.remember("recordings", KEY, lines)
    cloud.s3.objects["recordings", KEY] = studio.recording(lines[:3], 20)
    cloud.services["transcribe"].call("StartTranscriptionJob", REQUEST, ROLE)
    cloud.clock.run()
    items = json.loads(cloud.s3.objects["conversations", "transcripts/contact-1.json"])["results"]["items"]
    unsure = sum(0 < float(item["alternatives"][0]["confidence"]) < 0.8 for item in items)
    assert 0.005 < unsure / len(items) < 0.03


def test_second_job_of_the_same_name_is_a_conflict():
    world = World()
    world.start()
    with pytest.raises(ServiceError, match="already exists") as raised:
        world.start()
    assert raised.value.code == "ConflictException"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"IdentifyLanguage": None, "LanguageOptions": None}, "exactly one of"),
        ({"LanguageCode": "en-US"}, "exactly one of"),
        ({"LanguageOptions": ["en-US"]}, "two or more"),
        ({"OutputBucketName": None}, "OutputBucketName"),
        ({"Media": {}}, "MediaFileUri"),
        ({"Media": {"MediaFileUri": "s3://recordings"}}, "doesn't point to an S3 object"),
        ({"Media": {"MediaFileUri": "s3://recordings/none.wav"}}, "NoSuchKey"),
    ],
)
def test_request_that_amazon_refuses_is_refused(changes, words):
    with pytest.raises(ServiceError, match=words) as raised:
        World().start(**changes)
    assert raised.value.code == "BadRequestException"


def test_caller_who_may_not_read_the_recording_is_refused():
    world = World()
    world.cloud.s3.denied.add((ROLE, "GetObject"))
    with pytest.raises(ServiceError, match=r"can't be accessed \(AccessDenied\)"):
        world.start()


def test_job_fails_where_the_caller_may_not_write_the_transcript():
    world = World()
    world.cloud.s3.denied.add((ROLE, "PutObject"))
    world.start()
    world.cloud.clock.run()
    assert "s3://conversations/transcripts/contact-1.json" in world.job()["FailureReason"]
    assert world.cloud.events[0][3]["TranscriptionJobStatus"] == "FAILED"
    assert not world.cloud.usage


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file size too small"),
        (wav(pcm(tone(8000), 16))[:44], "cut off"),
        (b"not a recording", "does not match the detected media format"),
        (wav(pcm(tone(8000), 16), rate=96000), "Unsupported media format"),
    ],
)
def test_job_of_a_file_that_is_no_recording_fails_with_the_reason(content, reason):
    world = World()
    world.put(content)
    world.start()
    world.cloud.clock.run()
    job = world.job()
    assert job["TranscriptionJobStatus"] == "FAILED"
    assert reason in job["FailureReason"]
    assert world.cloud.events[0][3] == {
        "TranscriptionJobName": "contact-1",
        "TranscriptionJobStatus": "FAILED",
    }


def test_unknown_recording_without_the_recogniser_fails_and_says_how_to_install_it():
    world = World()
    world.put(wav(pcm(tone(8000), 16)), "elsewhere.wav")
    world.start(Media={"MediaFileUri": "s3://recordings/elsewhere.wav"})
    world.cloud.clock.run()
    assert "pip install -e '.[recognition]'" in world.job()["FailureReason"]


def test_unknown_recording_goes_to_the_recogniser():
    class Ear:
        def hear(self, samples, locales):
            assert samples.shape == (4000, 2)
            words = (HeardWord("hello", 0.1, 0.4, 0.8, "."),)
            return Heard((HeardSegment(0, words),), dict.fromkeys(locales, 0.5))

    world = World(find=Ear)
    world.put(wav(pcm(tone(16000), 16), rate=16000), "elsewhere.wav")
    document = world.transcribe(Media={"MediaFileUri": "s3://recordings/elsewhere.wav"})
    assert document["results"]["transcripts"] == [{"transcript": "hello."}]


def test_jobs_are_listed_newest_first_by_pages_and_deleted():
    world = World()
    for number in range(7):
        world.start(TranscriptionJobName=f"job-{number}", OutputKey=None)
    page = world.call("ListTranscriptionJobs", JobNameContains="JOB")
    assert [job["TranscriptionJobName"] for job in page["TranscriptionJobSummaries"]][:2] == [
        "job-6",
        "job-5",
    ]
    rest = world.call("ListTranscriptionJobs", NextToken=page["NextToken"], Status="IN_PROGRESS")
    assert [job["TranscriptionJobName"] for job in rest["TranscriptionJobSummaries"]] == ["job-1", "job-0"]
    world.call("DeleteTranscriptionJob", TranscriptionJobName="job-3")
    with pytest.raises(ServiceError, match="couldn't be found"):
        world.job("job-3")
    world.cloud.clock.run()
    assert ("conversations", "job-0.json") in world.cloud.s3.objects


def test_operation_that_is_not_there_is_told():
    with pytest.raises(ServiceError, match="does not know StartCallAnalyticsJob"):
        World().call("StartCallAnalyticsJob")


def test_answers_satisfy_botos_model_of_the_service():
    client = boto3.client("transcribe", region_name="us-west-2", aws_access_key_id="x", aws_secret_access_key="x")
    world = World()
    with Stubber(client) as stubber:
        stubber.add_response("start_transcription_job", {"TranscriptionJob": world.start()}, REQUEST)
        client.start_transcription_job(**REQUEST)
        world.cloud.clock.run()
        stubber.add_response("get_transcription_job", {"TranscriptionJob": world.job()})
        client.get_transcription_job(TranscriptionJobName="contact-1")
        stubber.add_response("list_transcription_jobs", world.call("ListTranscriptionJobs", Status="COMPLETED"))
        client.list_transcription_jobs(Status="COMPLETED")
