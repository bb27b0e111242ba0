"""Speech, offline: voices for the people on the line, recordings, and Amazon Transcribe."""

from .errors import RecordingError
from .studio import RememberingStudio, SilentStudio, SpokenStudio
from .transcribe import install
from .wav import inspect_wav, read_wav, write_wav

__all__ = [
    "RecordingError",
    "RememberingStudio",
    "SilentStudio",
    "SpokenStudio",
    "inspect_wav",
    "install",
    "read_wav",
    "write_wav",
]
