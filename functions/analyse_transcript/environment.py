"""The environment of ``analyse_transcript``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnalyseTranscriptEnvironment:
    """The bucket that it reads and writes, and the way into history."""

    conversations_bucket: str
    history_analyses_stream: str
