"""Amazon Transcribe's batch jobs.

A job reads its recording and writes its transcript with the permissions of whoever started it (forward
access sessions), so that role needs ``s3:GetObject`` on the recording and ``s3:PutObject`` on the
transcript. It takes a quarter of the recording's length, at least five seconds, and ends with an event on
the default bus.

Words come from what the studio remembers of the call. A recording that the studio does not know (one
brought from elsewhere) goes to the recogniser, if the extra ``recognition`` is installed; otherwise its job
fails and says so.

**Source**: Amazon Transcribe API Reference; Developer Guide, "Using Amazon EventBridge with Amazon
Transcribe"; IAM User Guide, "Forward access sessions"; Amazon Transcribe pricing (at least 15 seconds a
request).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import takewhile
from typing import Any

from botocore.exceptions import ClientError

from twin.contracts import Cloud, ServiceError

from .errors import RecognitionError, RecordingError
from .heard import Heard, Recogniser
from .job import Job, check_request
from .mishear import hear
from .output import write_output
from .recognise import EXTRA, find_recogniser
from .studio import RememberingStudio
from .wav import inspect_wav, read_wav

_SHARE_OF_LENGTH = 0.25
_SHORTEST_JOB_SECONDS = 5.0
_SHORTEST_BILLED_SECONDS = 15.0
_PAGE = 100
_KEPT = timedelta(days=90)
_FAILURES = {
    "empty": "Invalid file size: file size too small",
    "truncated": "Invalid media file",
    "not_audio": "The media format provided does not match the detected media format",
    "unsupported": "Unsupported media format",
}


def install(
    cloud: Cloud,
    studio: RememberingStudio,
    *,
    word_error_rate: float = 0.02,
    find: Callable[[], Recogniser | None] = find_recogniser,
) -> None:
    """Let this cloud transcribe.

    Parameters
    ----------
    cloud
        Where the boto3 client ``transcribe`` will be answered from here.
    studio
        Knows what was said in the recordings of this cloud.
    word_error_rate
        Share of words, from 0 to 1, that are misheard or missed.
    find
        Returns the recogniser for recordings that the studio does not know, or nothing.
    """
    cloud.provide_service("transcribe", TranscribeService(cloud, studio, word_error_rate, find))


class TranscribeService:
    """The operations on transcription jobs that a call centre uses."""

    def __init__(
        self,
        cloud: Cloud,
        studio: RememberingStudio,
        word_error_rate: float,
        find: Callable[[], Recogniser | None],
    ) -> None:
        self._cloud = cloud
        self._studio = studio
        self._word_error_rate = word_error_rate
        self._find_recogniser = find
        self._random = cloud.random("transcribe")
        self._jobs: dict[str, Job] = {}
        self._operations: dict[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
            "StartTranscriptionJob": self._start,
            "GetTranscriptionJob": self._get,
            "ListTranscriptionJobs": self._list,
            "DeleteTranscriptionJob": self._delete,
        }

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one API operation."""
        answer = self._operations.get(operation)
        if answer is None:
            known = ", ".join(self._operations)
            raise ServiceError(
                "UnknownOperationException",
                f"the twin's Transcribe does not know {operation}; it knows {known}",
            )
        return answer(parameters, caller)

    def _start(self, request: Mapping[str, Any], caller: str) -> dict[str, Any]:
        name = request["TranscriptionJobName"]
        check_request(request)
        self._expire()
        if name in self._jobs:
            raise ServiceError("ConflictException", "The requested job name already exists.", 409)
        job = Job(name, dict(request), caller, self._cloud.clock.now())
        content = self._read_media(job)
        self._jobs[name] = job
        try:
            seconds = inspect_wav(content).seconds
        except RecordingError as error:
            reason = f"{_FAILURES[error.fault]}: {error}"
            self._cloud.clock.call_later(_SHORTEST_JOB_SECONDS, lambda: self._fail(job, reason))
        else:
            known = self._studio.recall(*job.media) is not None
            kept = b"" if known else content
            duration = max(_SHORTEST_JOB_SECONDS, seconds * _SHARE_OF_LENGTH)
            self._cloud.clock.call_later(duration, lambda: self._complete(job, kept, seconds))
        return {"TranscriptionJob": job.describe()}

    def _expire(self) -> None:
        """Forget the jobs that are older than 90 days, as Amazon Transcribe does."""
        begin = self._cloud.clock.now() - _KEPT
        for job in list(takewhile(lambda one: one.created_at <= begin, self._jobs.values())):
            del self._jobs[job.name]

    def _get(self, request: Mapping[str, Any], caller: str) -> dict[str, Any]:  # noqa: ARG002
        return {"TranscriptionJob": self._find(request).describe()}

    def _delete(self, request: Mapping[str, Any], caller: str) -> dict[str, Any]:  # noqa: ARG002
        del self._jobs[self._find(request).name]
        return {}

    def _list(self, request: Mapping[str, Any], caller: str) -> dict[str, Any]:  # noqa: ARG002
        status, part = request.get("Status"), request.get("JobNameContains", "").lower()
        found = [
            job for job in reversed(self._jobs.values()) if status in (None, job.status) and part in job.name.lower()
        ]
        begin = int(request.get("NextToken", 0))
        end = begin + min(_PAGE, request.get("MaxResults", 5))
        answer: dict[str, Any] = {"TranscriptionJobSummaries": [job.summarise() for job in found[begin:end]]}
        if status:
            answer["Status"] = status
        if end < len(found):
            answer["NextToken"] = str(end)
        return answer

    def _find(self, request: Mapping[str, Any]) -> Job:
        job = self._jobs.get(request["TranscriptionJobName"])
        if job is None:
            raise ServiceError("BadRequestException", "The requested job couldn't be found. Check the job name.")
        return job

    def _read_media(self, job: Job) -> bytes:
        bucket, key = job.media
        try:
            answer = self._cloud.client("s3", job.caller).get_object(Bucket=bucket, Key=key)
        except ClientError as error:
            cause = error.response["Error"].get("Code")
            message = f"The S3 URI that you provided can't be accessed ({cause}): s3://{bucket}/{key}"
            raise ServiceError("BadRequestException", message) from error
        return bytes(answer["Body"].read())

    def _complete(self, job: Job, content: bytes, seconds: float) -> None:
        try:
            heard = self._hear(job, content)
            self._write(job, heard)
        except RecognitionError as error:
            self._fail(job, str(error))
            return
        except ClientError as error:
            bucket, key = job.output
            self._fail(job, f"The transcript could not be written to s3://{bucket}/{key}: {error}")
            return
        self._cloud.meter("transcribe", "audio_seconds", max(_SHORTEST_BILLED_SECONDS, seconds))
        self._end(job, "COMPLETED")

    def _hear(self, job: Job, content: bytes) -> Heard:
        said = self._studio.recall(*job.media)
        if said is not None:
            locales = job.locales or tuple(sorted({line.language for line in said})) or ("en-US",)
            return hear(said, locales, self._random, self._word_error_rate)
        recogniser = self._find_recogniser()
        if recogniser is None:
            message = f"The twin did not make this recording and cannot recognise speech: {EXTRA}"
            raise RecognitionError(message)
        return recogniser.hear(read_wav(content), job.locales)

    def _write(self, job: Job, heard: Heard) -> None:
        identified = bool(job.request.get("IdentifyLanguage"))
        document = write_output(
            job.name, self._cloud.account, heard, channels=job.separates_channels, identified=identified
        )
        bucket, key = job.output
        self._cloud.client("s3", job.caller).put_object(
            Bucket=bucket,
            Key=key,
            Body=json.dumps(document, ensure_ascii=False).encode(),
            ContentType="application/json",
        )
        uri = f"https://s3.{self._cloud.region}.amazonaws.com/{bucket}/{key}"
        job.answer = {"LanguageCode": heard.locale, "Transcript": {"TranscriptFileUri": uri}}
        if identified:
            job.answer["IdentifiedLanguageScore"] = round(heard.scores[heard.locale], 4)

    def _fail(self, job: Job, reason: str) -> None:
        job.failure = reason
        self._end(job, "FAILED")

    def _end(self, job: Job, status: str) -> None:
        job.status, job.completed_at = status, self._cloud.clock.now()
        detail = {"TranscriptionJobName": job.name, "TranscriptionJobStatus": status}
        self._cloud.emit("aws.transcribe", "Transcribe Job State Change", detail)
