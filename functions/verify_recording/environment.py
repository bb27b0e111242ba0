"""The environment of ``verify_recording``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VerifyRecordingEnvironment:
    """The bucket that it reads."""

    recordings_bucket: str
