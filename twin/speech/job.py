"""A transcription job: what was asked for, checked as Amazon Transcribe checks it, and how it went.

**Source**: Amazon Transcribe API Reference, "StartTranscriptionJob" and "TranscriptionJob".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from twin.contracts import ServiceError

_KINDS_OF_LANGUAGE = ("LanguageCode", "IdentifyLanguage", "IdentifyMultipleLanguages")
_VIRTUAL_HOST = re.compile(r"^(?P<bucket>[^/]+?)\.s3[.-][^/]*$")
_ECHOED = ("LanguageCode", "MediaFormat", "Media", "Settings", "IdentifyLanguage", "LanguageOptions", "Tags")


@dataclass
class Job:
    """One transcription job."""

    name: str
    request: Mapping[str, Any]
    caller: str
    created_at: datetime
    status: str = "IN_PROGRESS"
    completed_at: datetime | None = None
    failure: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def media(self) -> tuple[str, str]:
        """Bucket and key of the recording."""
        return locate_object(self.request["Media"]["MediaFileUri"])

    @property
    def output(self) -> tuple[str, str]:
        """Bucket and key of the transcript."""
        key = str(self.request.get("OutputKey", ""))
        if not key or key.endswith("/"):
            key += f"{self.name}.json"
        return str(self.request["OutputBucketName"]), key

    @property
    def locales(self) -> tuple[str, ...]:
        """Languages that the recording may be in; none where any language may be."""
        if "LanguageCode" in self.request:
            return (self.request["LanguageCode"],)
        return tuple(self.request.get("LanguageOptions", ()))

    @property
    def separates_channels(self) -> bool:
        """Whether the channels are to be told apart."""
        return bool(self.request.get("Settings", {}).get("ChannelIdentification"))

    def describe(self) -> dict[str, Any]:
        """Return the job as ``GetTranscriptionJob`` shows it."""
        shown = self.summarise()
        shown |= {name: self.request[name] for name in _ECHOED if name in self.request}
        return shown | self.answer

    def summarise(self) -> dict[str, Any]:
        """Return the job as ``ListTranscriptionJobs`` shows it."""
        shown: dict[str, Any] = {
            "TranscriptionJobName": self.name,
            "TranscriptionJobStatus": self.status,
            "CreationTime": self.created_at,
            "StartTime": self.created_at,
        }
        if self.completed_at:
            shown["CompletionTime"] = self.completed_at
        if self.failure:
            shown["FailureReason"] = self.failure
        return shown


def check_request(request: Mapping[str, Any]) -> None:
    """Refuse what Amazon Transcribe refuses, with its error codes."""
    given = [name for name in _KINDS_OF_LANGUAGE if request.get(name)]
    if len(given) != 1:
        raise _bad_request(f"specify exactly one of {', '.join(_KINDS_OF_LANGUAGE)}; found {len(given)}")
    options = request.get("LanguageOptions")
    if options is not None and "LanguageCode" in request:
        raise _bad_request("LanguageOptions needs IdentifyLanguage or IdentifyMultipleLanguages")
    if options is not None and len(options) < 2:
        raise _bad_request("LanguageOptions needs two or more language codes; for one, use LanguageCode")
    if "MediaFileUri" not in request.get("Media", {}):
        raise _bad_request("Media needs a MediaFileUri")
    if "OutputBucketName" not in request:
        raise _bad_request("the twin has no bucket of Amazon Transcribe's own: give OutputBucketName")
    locate_object(request["Media"]["MediaFileUri"])


def locate_object(uri: str) -> tuple[str, str]:
    """Return bucket and key of an object named as ``s3://…`` or by its HTTPS address.

    >>> locate_object("s3://recordings/connect/a.wav")
    ('recordings', 'connect/a.wav')
    >>> locate_object("https://s3.us-west-2.amazonaws.com/recordings/connect/a.wav")
    ('recordings', 'connect/a.wav')
    """
    scheme, _, rest = uri.partition("://")
    if scheme == "s3":
        bucket, _, key = rest.partition("/")
    else:
        address = urlsplit(uri)
        path = unquote(address.path).lstrip("/")
        virtual = _VIRTUAL_HOST.match(address.netloc)
        bucket, key = (virtual["bucket"], path) if virtual else _split_path(path)
    if not bucket or not key:
        raise _bad_request("The S3 URI that you provided doesn't point to an S3 object.")
    return bucket, key


def _split_path(path: str) -> tuple[str, str]:
    bucket, _, key = path.partition("/")
    return bucket, key


def _bad_request(message: str) -> ServiceError:
    return ServiceError("BadRequestException", message)
