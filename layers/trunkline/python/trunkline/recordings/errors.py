"""What can be wrong with a recording."""


class RecordingError(Exception):
    """A recording cannot be used; the message says which, what is wrong and what to do."""


class NotARecordingError(RecordingError):
    """The object is not named as Amazon Connect names recordings."""


class EmptyRecordingError(RecordingError):
    """The object has no bytes."""


class TruncatedRecordingError(RecordingError):
    """The file ends before its audio does, or holds no audio at all."""


class NotAudioError(RecordingError):
    """The file is not WAV audio, or not of a kind that can be transcribed."""
