"""What can be wrong with a recording."""

from __future__ import annotations

from typing import Literal

Fault = Literal["empty", "truncated", "not_audio", "unsupported"]


class RecordingError(ValueError):
    """A file is no recording that a telephone system could use.

    Parameters
    ----------
    fault
        ``empty`` (no bytes or no sound), ``truncated`` (less sound than the header says), ``not_audio``
        (no WAV file), ``unsupported`` (a WAV file of another kind than is read here).
    message
        What is wrong and what would be right.
    """

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class RecognitionError(RuntimeError):
    """Speech cannot be recognised, because the extra ``recognition`` is incomplete or damaged."""
