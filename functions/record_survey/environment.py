"""The environment of ``record_survey``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordSurveyEnvironment:
    """It needs nothing: the score travels as an attribute of the contact."""
