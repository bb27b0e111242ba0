"""The environment of ``answer_question``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerQuestionEnvironment:
    """The workflow that it starts."""

    self_service_arn: str
