"""The environment of ``analyse_transcript``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnalyseTranscriptEnvironment:
    """The bucket that it reads and writes."""

    conversations_bucket: str
